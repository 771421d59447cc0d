"""What a terminal is asked to report of the mouse: scenes, and the private modes set after each step.

`python -m compat_tests.mouse.modes TMUX` records it from real tmux.
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

from compat_tests.attached.script import Command, Scenario, Step, call, keys, look, typed, until
from compat_tests.attached.terminal import Terminal
from compat_tests.clients.sandbox import POLL_INTERVAL, Sandbox
from compat_tests.mouse.listen import Quiet
from compat_tests.recording import version_of

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures" / "mouse" / "modes.json"
STEADY = 0.3
"""Seconds without a change after which the modes count as set."""
LIMIT = 5.0
_MODE = re.compile(rb"\x1b\[\?(1000|1002|1003|1005|1006)([hl])")

ON: Command = ("set", "-g", "mouse", "on")
FOLLOWS: Command = ("set", "-g", "focus-follows-mouse", "on")
SPLIT: Command = ("split-window", "-h", "-t", "s:", "exec cat")


def asks(*modes: int) -> str:
    """A program that asks for these modes once something is typed, and gives them back after."""
    on, off = ("".join(f"\\033[?{mode}{end}" for mode in modes) for end in "hl")
    return f"stty -echo; read x; printf '{on}on '; read x; printf '{off}off '; exec cat"


ASKED: list[Step] = [look(), typed("\r"), until("on"), look(), typed("\r"), until("off"), look()]
SCENES = [
    Scenario(
        "option",
        [look(), call(*ON), look(), call(*FOLLOWS), look(), call("set", "-g", "mouse", "off"), look()],
    ),
    *(
        Scenario(f"program-{'-'.join(map(str, modes))}{suffix}", ASKED, setup, program=asks(*modes))
        for modes in ((1000,), (1000, 1006), (1002,), (1003,), (1000, 1005))
        for suffix, setup in (("", ()), ("-and-option", (ON,)))
    ),
    Scenario(
        "program-behind",
        [typed("\r"), until("on"), look(), keys("prefix", "o"), look()],
        (SPLIT, ("select-pane", "-t", "s:.0")),
        program=asks(1003),
    ),
    Scenario("menu", [look(), keys("prefix", ">"), look(), typed("q"), look()], needs=("display-menu",)),
    Scenario(
        "menu-and-option", [keys("prefix", ">"), look(), typed("q"), look()], (ON,), needs=("display-menu",)
    ),
    Scenario("prompt", [typed("\r"), until("on"), keys("prefix", ":"), look()], program=asks(1000)),
    Scenario("copy-mode", [keys("prefix", "["), look(), keys("q"), look()], (ON,), needs=("copy-mode",)),
]


class Watcher(Quiet):
    """`seen`: the modes set at each look, once they are so for a while or are those that are `wanted`."""

    def __init__(self, sandbox: Sandbox, scenario: Scenario, wanted: list[str] | None = None) -> None:
        super().__init__(sandbox, scenario)
        self.seen: list[str] = []
        self._wanted = wanted

    def see(self, client: Terminal) -> None:
        wanted = self._wanted[len(self.seen)] if self._wanted is not None else None
        end, last, since = time.monotonic() + LIMIT, _modes(client), time.monotonic()
        while last != wanted and time.monotonic() < end and (wanted or time.monotonic() < since + STEADY):
            time.sleep(POLL_INTERVAL)
            now = _modes(client)
            if now != last:
                last, since = now, time.monotonic()
        self.seen.append(last)


def _modes(client: Terminal) -> str:
    state = dict(_MODE.findall(client.drawn))
    return " ".join(sorted(mode.decode() for mode, end in state.items() if end == b"h")) or "none"


def load() -> dict[str, list[str]]:
    """Scene -> modes at each look, the first screen included."""
    recorded: dict[str, list[str]] = json.loads(FIXTURE.read_text(encoding="utf-8"))["scenes"]
    return recorded


def main(tmux: str) -> None:
    version = version_of(tmux)
    scenes = {}
    for scene in SCENES:
        with Sandbox([tmux]) as sandbox:
            watcher = Watcher(sandbox, scene)
            watcher.play()
            scenes[scene.name] = watcher.seen
    FIXTURE.write_text(
        json.dumps({"recorded with": version, "scenes": scenes}, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main(sys.argv[1])
