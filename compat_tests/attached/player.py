"""Plays a scenario on a tmux in a sandbox of its own; subclasses say what to do with screens."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

from compat_tests.attached import terminal
from compat_tests.attached.normalise import mask
from compat_tests.attached.script import (
    FIRST,
    Attach,
    Call,
    Command,
    Ends,
    Input,
    Look,
    Pause,
    Resize,
    Scenario,
    Step,
    Until,
)
from compat_tests.attached.terminal import Terminal
from compat_tests.clients.sandbox import POLL_INTERVAL, Sandbox, name_host, wait_until

ESCAPE_PAUSE = 0.05
"""Seconds after a lone Escape: only time tells it from the start of a sequence (escape-time is 10 ms)."""

FIXED_SETTINGS: tuple[Command, ...] = (
    ("set", "-g", "default-shell", "/bin/sh"),
    ("set", "-g", "status-right", "right"),
    ("set", "-g", "status-interval", "0"),
    ("set", "-g", "automatic-rename", "off"),
    ("set", "-g", "assume-paste-time", "0"),
    ("set", "-g", "repeat-time", "0"),
)
"""What keeps clocks, hosts and the speed of typing out of the screens."""

Screen = dict[str, Any]
"""`rows` (trimmed; none after the last with text), `looks` (row number -> `terminal.looks`), and facts."""


def joined(commands: Sequence[Command]) -> list[str]:
    """Commands as one command line."""
    return [word for command in commands for word in (*command, ";")][:-1]


class Player(ABC):
    """Does the steps. `see` gets every screen, `ended` every client's end."""

    def __init__(self, sandbox: Sandbox, scenario: Scenario) -> None:
        self.sandbox = sandbox
        self.scenario = scenario
        self.terminals: dict[str, Terminal] = {}

    @abstractmethod
    def see(self, client: Terminal) -> None:
        """Called where the scenario looks."""

    @abstractmethod
    def ended(self, answer: Screen) -> None:
        """Called when a client has ended."""

    def play(self) -> None:
        """The whole scenario."""
        scenario = self.scenario
        shell = (scenario.program,) if scenario.program else ()
        size = ("-x", str(scenario.cols), "-y", str(max(1, scenario.rows - 1)))
        first = ("new-session", "-d", "-s", "s", "-n", "first", *size, *shell)
        commands = [("start-server",), *FIXED_SETTINGS, first, *scenario.setup]
        self.sandbox.env.update(name_host(self.sandbox.root / "host"))
        self.sandbox.env.update({"TZ": "UTC", "PS1": "$ ", **scenario.env})
        self.sandbox.run(*joined(commands)).ok()
        self._attach(Attach(FIRST, scenario.cols, scenario.rows, scenario.argv, scenario.term))
        self.see(self.terminals[FIRST])
        try:
            for step in scenario.steps:
                self._do(step)
        finally:
            for client in self.terminals.values():
                client.end()

    def _do(self, step: Step) -> None:
        match step:
            case Input():
                self._type(step)
            case Call():
                self._call(step)
            case Resize():
                self.terminals[step.client].resize(step.cols, step.rows)
            case Until():
                self._until(step)
            case Pause():
                time.sleep(step.seconds)
            case Attach():
                self._attach(step)
            case Look():
                self.see(self.terminals[step.client])
            case Ends():
                client = self.terminals[step.client]
                self.ended({"code": client.wait(), "closing": client.closing_line()})

    def _type(self, step: Input) -> None:
        client = self.terminals[step.client]
        for chunk in step.chunks:
            client.type(chunk)
            if chunk == b"\x1b":
                time.sleep(ESCAPE_PAUSE)

    def _call(self, step: Call) -> None:
        argv = [self._fill(word) for word in step.argv]
        if not step.finish:
            self.sandbox.popen(*argv)
        elif step.wanted is None:
            self.sandbox.run(*argv).ok()
        else:
            self.sandbox.until(step.wanted, *argv)

    def _fill(self, word: str) -> str:
        for name, client in self.terminals.items():
            if f"<{name}>" in word:
                word = word.replace(f"<{name}>", client.tty)
        return word

    def _until(self, step: Until) -> None:
        client = self.terminals[step.client]
        what = f"{step.text!r} {'on' if step.there else 'off'} the screen of {self.scenario.name}"
        wait_until(
            lambda: any(step.text in line for line in client.lines()) == step.there,
            what,
        )

    def _attach(self, step: Attach) -> None:
        argv = [*self.sandbox.command, *map(self._fill, step.argv)]
        env = self.sandbox.environment({"TERM": step.term})
        client = Terminal(argv, env, self.sandbox.work, step.cols, step.rows)
        self.terminals[step.client] = client
        # Before it has drawn anything the terminal may not be in raw mode yet.
        wait_until(lambda: client.drawn, f"a first screen of {self.scenario.name}")

    def screen(self, client: Terminal) -> Screen:
        """A client's screen now, normalised."""
        cells = mask(client.cells(), self.scenario.masks)
        rows = ["".join(cell.data for cell in row).rstrip() for row in cells]
        while rows and not rows[-1]:
            rows.pop()
        looks = {str(y): terminal.looks(row) for y, row in enumerate(cells)}
        return {
            "size": list(client.size),
            "rows": rows,
            "looks": {y: text for y, text in looks.items() if text},
            **client.facts(),
        }


def steady(now: Callable[[], Screen], seconds: float, limit: float) -> Screen:
    """A screen that has not changed for `seconds`, or what there is after `limit`."""
    last, since, end = now(), time.monotonic(), time.monotonic() + limit
    while time.monotonic() < min(since + seconds, end):
        time.sleep(POLL_INTERVAL)
        fresh = now()
        if fresh != last:
            last, since = fresh, time.monotonic()
    return last
