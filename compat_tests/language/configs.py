"""Loads whole configurations, as people have them, and shows what they made of a server.

    python -m compat_tests.language.configs TMUX     records the answers of that tmux executable

Each *.conf of fixtures/language/configs is put, with its companions, into a home folder of its own and read
by `-f` when the server starts; then it is sourced once more for its messages. Key bindings are compared with
those of a server without a configuration: what was added and what went away.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from compat_tests.clients.normalise import Normaliser
from compat_tests.clients.sandbox import Sandbox
from compat_tests.language.play import FIXTURES
from compat_tests.language.words import needs
from compat_tests.recording import version_of

CONFIGS = FIXTURES / "configs"
ANSWERS = CONFIGS / "answers.json"
LATER = "later-"
"""So begin the names of configurations with commands that came later; others have them only in strings."""

KEYS = ["list-keys", "-F", "#{key_table} #{key_string} #{key_repeat} [#{key_note}] #{key_command}"]
# What a call shows of the server after the configuration was read.
SHOWN: dict[str, list[str]] = {
    "server options": ["show-options", "-s"],
    "global options": ["show-options", "-g"],
    "global window options": ["show-options", "-gw"],
    "hooks": ["show-hooks", "-g"],
    "window hooks": ["show-hooks", "-gw"],
    "environment": ["show-environment", "-g"],
    "hidden environment": ["show-environment", "-gh"],
    "windows": [
        "list-windows",
        "-a",
        "-F",
        "#{session_name}:#{window_index}:#{window_name} #{window_layout}",
    ],
    "lines": [
        "display-message",
        "-p",
        "#{E:window-status-format}\n#{E:window-status-current-format}\n#{E:pane-border-format}\n"
        "#{E:set-titles-string}\n#{status-format[1]}\n#{E:status-format[2]}\n#{W:#{E:window-status-format}}",
    ],
}
# What sets off hooks, default-command and renumbering.
LIVED = [
    ["new-window", "-d", "-t", "main:", "-n", "two", "cat"],
    ["new-window", "-d", "-t", "main:", "-n", "named", "cat"],
    ["split-window", "-d", "-t", "main:", "cat"],
    ["select-pane", "-t", "main:.{last}"],
    ["resize-pane", "-x", "20"],
    ["kill-window", "-t", "main:{end}"],
    ["rename-window", "-t", "main:{start}", "renamed"],
]

Answer = dict[str, Any]


class Loader:
    """A server that read one configuration."""

    def __init__(self, sandbox: Sandbox, name: str) -> None:
        self.sandbox = sandbox
        self.path = str(sandbox.home / name) if name else "/dev/null"
        self.clean = Normaliser(sandbox.root)

    def call(self, argv: list[str]) -> Answer:
        env = {"TZ": "UTC", "TMUX_CONF": self.path}
        result = self.sandbox.run("-f", self.path, *argv, env=env)
        shown: Answer = {"out": self.clean(result.out).splitlines()}
        if result.stderr:
            shown["err"] = self.clean(result.err).splitlines()
        if result.code:
            shown["code"] = result.code
        return shown

    def start(self) -> Answer:
        return self.call(["new-session", "-d", "-s", "main", "-n", "one", "-x", "120", "-y", "40", "cat"])

    def keys(self) -> list[str]:
        lines: list[str] = self.call(KEYS)["out"]
        return lines


def default_keys(command: list[str]) -> list[str]:
    """The bindings of a server without a configuration."""
    with Sandbox(command) as sandbox:
        loader = Loader(sandbox, "")
        loader.start()
        return loader.keys()


def answers_of(name: str, command: list[str], defaults: list[str]) -> Answer:
    """What the configuration does to a server of the executable, whose bindings were `defaults`."""
    with Sandbox(command) as sandbox:
        shutil.copytree(CONFIGS / "home", sandbox.home, dirs_exist_ok=True)
        shutil.copytree(CONFIGS / "conf.d", sandbox.work / "conf.d")
        for path in CONFIGS.glob("*.conf*"):
            if path.is_file():
                shutil.copy(path, sandbox.home)
        loader = Loader(sandbox, name)
        answer: Answer = {"start": loader.start()}
        keys = loader.keys()
        answer["bound"] = [line for line in keys if line not in defaults]
        answer["unbound"] = [line for line in defaults if line not in keys]
        answer |= {what: loader.call(argv) for what, argv in SHOWN.items()}
        answer["lived"] = [loader.call(argv) for argv in LIVED]
        answer["options afterwards"] = loader.call(["show-options", "-g"])
        answer["windows afterwards"] = loader.call(SHOWN["windows"])
        answer["sourced again"] = loader.call(["source-file", loader.path])
        answer["sessions"] = loader.call(["list-sessions", "-F", "#{session_name} #{session_windows}"])
    return answer


def names() -> list[str]:
    return sorted(path.name for path in CONFIGS.glob("*.conf"))


def main(tmux: str) -> int:
    """Record every configuration; exit status 1 where two recordings differ."""
    version = version_of(tmux)
    recorded: dict[str, Any] = {"recorded with": version, "configurations": {}}
    varied = 0
    defaults = default_keys([tmux])
    for name in names():
        answer, again = (answers_of(name, [tmux], defaults) for _ in range(2))
        for what in answer:
            if answer[what] != again[what]:
                varied += 1
                print(f"{name}: {what} varies", file=sys.stderr)
        text = Path(CONFIGS / name).read_text()
        used = needs({"text": text}, {"out": ""}) if name.startswith(LATER) else []
        recorded["configurations"][name] = {"needs": used, **answer}
    ANSWERS.write_text(json.dumps(recorded, indent=1, ensure_ascii=False) + "\n")
    print(f"{len(names())} configurations")
    return 1 if varied else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
