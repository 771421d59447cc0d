"""Waits until a screen is the recorded one, and tells a reader how it is not."""

from __future__ import annotations

import time
from collections.abc import Iterator

from compat_tests.attached.player import Player, Screen
from compat_tests.attached.script import Scenario
from compat_tests.attached.terminal import Terminal
from compat_tests.clients.sandbox import POLL_INTERVAL, Sandbox

PATIENCE = 15.0
"""Seconds a screen may take to become the recorded one."""
LINGER = 0.03
"""Seconds it must then stay so: what was right before the last key had any effect does not count."""


def _rows(expected: Screen, shown: Screen) -> Iterator[str]:
    wanted, found = expected.get("rows", []), shown.get("rows", [])
    for y in range(max(len(wanted), len(found))):
        lines = [rows[y] if y < len(rows) else "" for rows in (wanted, found)]
        if lines[0] != lines[1]:
            yield f"row {y:2}  tmux |{lines[0]}|\n        ours |{lines[1]}|"
    wanted, found = expected.get("looks", {}), shown.get("looks", {})
    for y in sorted({*wanted, *found}, key=int):
        if wanted.get(y, "") != found.get(y, ""):
            yield f"look {y:>2} tmux {wanted.get(y, '')}\n        ours {found.get(y, '')}"


def difference(expected: Screen, shown: Screen) -> str:
    """Where two screens differ, for people."""
    lines = list(_rows(expected, shown))
    for name in sorted({*expected, *shown} - {"rows", "looks"}):
        if expected.get(name) != shown.get(name):
            lines.append(f"{name}: tmux {expected.get(name)}, ours {shown.get(name)}")
    return "\n".join(lines)


class Comparer(Player):
    """AssertionError at the first screen that does not become the recorded one."""

    def __init__(
        self, sandbox: Sandbox, scenario: Scenario, expected: list[Screen], patience: float = PATIENCE
    ) -> None:
        super().__init__(sandbox, scenario)
        self._patience = patience
        self._expected = iter(expected)
        self._seen = 0

    def _next(self) -> Screen:
        self._seen += 1
        return next(self._expected)

    def see(self, client: Terminal) -> None:
        expected, end = self._next(), time.monotonic() + self._patience
        right_since = None
        shown, drawn = Screen(), -1
        while True:
            now = time.monotonic()
            if len(client.drawn) != drawn:  # else it is as it was
                drawn = len(client.drawn)
                shown = self.screen(client)
            right_since = (right_since or now) if shown == expected else None
            if right_since and now - right_since >= LINGER:
                return
            if not right_since and now > end:
                break
            time.sleep(POLL_INTERVAL)
        raise AssertionError(f"look {self._seen - 1} of {self.scenario.name}\n{difference(expected, shown)}")

    def ended(self, answer: Screen) -> None:
        assert answer == self._next()
