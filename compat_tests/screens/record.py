"""Record what a tmux executable makes of the inputs in `fixtures/screens/`.

usage: python -m compat_tests.screens.record TMUX FILE.json... [--only NAME]...

To add a case, append ``{"name": ..., "input": ...}`` to a file's cases and run this on it with the real
tmux.  Every case gets its own session; its program puts the terminal into raw mode, writes the input and
then reads what tmux sends back.  No time is guessed: `pipe-pane` tells when tmux has taken in the last byte,
and a marker typed with `send-keys` tells when the replies before it have arrived.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from compat_tests.screens.fixture import (
    CAPTURES,
    ONCE,
    VARIABLES,
    escape,
    flags_only,
    load,
    save,
    sizes,
    unescape,
)

MARKER = b"<end of replies>"
STEP_SECONDS = 10.0
SYNC_SECONDS = 0.8
"""tmux gives up a synchronized update after a second; a slower recording would show that instead."""

PROGRAM = """
import os, sys, termios, tty
payload, gate, answer, marker = sys.argv[1:]
tty.setraw(0)
open(gate).close()
data = open(payload, "rb").read()
while data:
    data = data[os.write(1, data):]
got = b""
while not got.endswith(marker.encode()):
    got += os.read(0, 4096)
with open(answer + ".part", "wb") as f:
    f.write(got[:-len(marker)])
os.rename(answer + ".part", answer)
while os.read(0, 4096):
    pass
"""


class Recorder:
    """One server of the given executable, and the cases run on it one after the other."""

    def __init__(self, executable: str, folder: Path) -> None:
        self.executable = executable
        self.folder = folder
        self.hostname = os.uname().nodename
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("TMUX")}
        self.environment.update(TMUX_TMPDIR=str(folder), LANG="C.UTF-8", LC_ALL="C.UTF-8")
        (folder / "program.py").write_text(PROGRAM)
        self.number = 0

    def run(self, *arguments: str) -> bytes:
        """The standard output of one tmux command; an error raises."""
        return subprocess.run(
            [self.executable, "-u", "-L", "screens", "-f", "/dev/null", *arguments],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            timeout=STEP_SECONDS,
            check=True,
        ).stdout

    def version(self) -> str:
        """The version number the executable tells."""
        return self.run("-V").decode().split()[1]

    def start(self) -> None:
        """Start the server with a session that keeps it alive."""
        self.run("new-session", "-d", "-s", "keep", "cat")
        self.run(
            "set-option", "-g", "window-size", "manual", ";", "set-option", "-g", "automatic-rename", "off"
        )

    def stop(self) -> None:
        """End the server."""
        self.run("kill-server")

    def record(self, case: dict[str, Any], defaults: dict[str, str] | None) -> None:
        """Fill in the recorded part of one case; ``defaults`` are the variables not worth repeating."""
        for key in ("replies", "clipboard", "texts", "stages"):
            case.pop(key, None)
        self.number += 1
        folder = self.folder / str(self.number)
        folder.mkdir()
        name = f"c{self.number}"
        for option, value in case.get("options", {}).items():
            self.run("set-option", "-g", option, value)
        try:
            started = self._start_program(name, folder, unescape(case["input"]), sizes(case)[0])
            self._stages(case, name, defaults or {})
            if time.monotonic() - started > SYNC_SECONDS and b"\x1b[?2026h" in unescape(case["input"]):
                raise TimeoutError(f"{case['name']}: too slow to catch the synchronized update")
            replies = self._replies(name, folder / "answer")
            if replies:
                case["replies"] = escape(replies)
            if self.run("list-buffers"):
                case["clipboard"] = escape(self.run("show-buffer"))
                self.run("delete-buffer")
        finally:
            self.run("kill-session", "-t", f"={name}")
            for option in case.get("options", {}):
                self.run("set-option", "-gu", option)
        case["stages"] = case.pop("stages")

    def _start_program(self, name: str, folder: Path, data: bytes, size: tuple[int, int]) -> float:
        """Run the program in a new session; back once all of ``data`` is on the screen."""
        (folder / "payload").write_bytes(data)
        os.mkfifo(folder / "gate")
        os.mkfifo(folder / "seen")
        words = [sys.executable, "-I", "-S", str(self.folder / "program.py")]
        words += [str(folder / "payload"), str(folder / "gate"), str(folder / "answer"), MARKER.decode()]
        command = shlex.join(words)
        self.run(
            "new-session", "-d", "-s", name, "-n", "window", "-x", str(size[0]), "-y", str(size[1]), command
        )
        self.run("pipe-pane", "-O", "-t", f"={name}:", f"exec cat >{shlex.quote(str(folder / 'seen'))}")
        with open(folder / "seen", "rb") as seen:
            with open(folder / "gate", "wb"):
                started = time.monotonic()
            left = len(data)
            while left:
                chunk = seen.read1(left)
                if not chunk:
                    raise EOFError(f"{name}: the pane's pipe ended early")
                left -= len(chunk)
        return started

    def _stages(self, case: dict[str, Any], name: str, defaults: dict[str, str]) -> None:
        texts: list[str] = []
        stages: list[dict[str, Any]] = []
        before = defaults
        for number, (cols, rows) in enumerate(sizes(case)):
            if number:
                self.run("resize-window", "-t", f"={name}:", "-x", str(cols), "-y", str(rows))
            now = self._variables(name)
            captures: dict[str, int] = {}
            for label, flags in CAPTURES.items():
                if number and label in ONCE:
                    continue
                text = self.run("capture-pane", *flags, "-t", f"={name}:").decode("utf-8", "backslashreplace")
                if label == "history-F":
                    text = flags_only(text)
                if text not in texts:
                    texts.append(text)
                captures[label] = texts.index(text)
            changed = {key: value for key, value in now.items() if before.get(key) != value}
            stages.append({"vars": changed, "captures": captures})
            before = now
        case["texts"] = texts
        case["stages"] = stages

    def _variables(self, name: str) -> dict[str, str]:
        template = "\n".join(f"#{{{variable}}}" for variable in VARIABLES)
        values = self.run("display-message", "-p", "-t", f"={name}:", template).decode().split("\n")
        found = dict(zip(VARIABLES, values, strict=False))
        if found["pane_title"] == self.hostname:
            found["pane_title"] = ""
        return found

    def _replies(self, name: str, answer: Path) -> bytes:
        self.run("send-keys", "-t", f"={name}:", "-l", MARKER.decode())
        deadline = time.monotonic() + STEP_SECONDS
        while not answer.exists():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{name}: the marker never came back")
            time.sleep(0.005)
        return answer.read_bytes()


def record_file(recorder: Recorder, path: Path, only: list[str]) -> int:
    """Record the cases of one file (those whose name matches a pattern of ``only``, if any); how many."""
    content = load(path)
    content["tmux"] = recorder.version()
    blank: dict[str, Any] = {"name": "blank", "input": "", "resizes": []}
    recorder.record(blank, None)
    content["defaults"] = blank["stages"][0]["vars"]
    chosen = [case for case in content["cases"] if not only or any(re.search(p, case["name"]) for p in only)]
    for case in chosen:
        try:
            recorder.record(case, content["defaults"])
        except (TimeoutError, subprocess.SubprocessError, EOFError) as error:
            print(f"{path.name}: {case['name']}: {error}", file=sys.stderr)
            raise
    save(path, content)
    return len(chosen)


def main() -> None:
    """Record the named files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("tmux")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--only", action="append", default=[], metavar="REGEX")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="screens-") as folder:
        recorder = Recorder(arguments.tmux, Path(folder))
        recorder.start()
        try:
            for path in arguments.files:
                print(f"{path.name}: {record_file(recorder, path, arguments.only)} cases")
        finally:
            recorder.stop()


if __name__ == "__main__":
    main()
