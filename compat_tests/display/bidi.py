"""What a terminal is sent around vertical borders so that text from right to left stays in its pane."""

from __future__ import annotations

import re

from compat_tests.display.attached import Attached, Tmux
from compat_tests.display.scenarios import FLOATING, FOUR, SPLIT_H, SPLIT_V, Scenario
from compat_tests.display.setup import attach, set_up, type_keys
from compat_tests.display.terminal_screen import Screen, Stream

_ISOLATE = re.compile(rb"(\xe2\x81[\xa6\xa9])")  # U+2066 and U+2069
OVERRIDE = ("set", "-g", "terminal-overrides", r"*:Bidi=\E[8h")
HEBREW = "\\327\\251\\327\\234\\327\\225\\327\\235\\n"  # four letters


def _lines(name: str, lines: str) -> Scenario:
    return Scenario(name, (*FOUR, ("set", "-g", "pane-border-lines", lines)), text=HEBREW)


SCENARIOS = [
    Scenario("one", text=HEBREW),
    Scenario("beside", (SPLIT_H,), text=HEBREW),
    Scenario("below", (SPLIT_V,), text=HEBREW),
    Scenario("four", FOUR, text=HEBREW),
    Scenario("small-window", FOUR, window=(40, 10), text=HEBREW),
    Scenario("floating", FLOATING, text=HEBREW),
    Scenario("status-at-top", (*FOUR, ("set", "-g", "status-position", "top")), text=HEBREW),
    Scenario("border-status", (*FOUR, ("set", "-g", "pane-border-status", "top")), text=HEBREW),
    Scenario("arrows", (*FOUR, ("set", "-g", "pane-border-indicators", "both")), text=HEBREW),
    _lines("double", "double"),
    _lines("simple", "simple"),
    _lines("number", "number"),
    _lines("spaces", "spaces"),
    Scenario("another-pane", (SPLIT_H,), typed=b"\x02o", text=HEBREW),
    Scenario("one-more-pane", typed=b"\x02%", text=HEBREW),
]


def play(tmux: Tmux, scenario: Scenario) -> Attached:
    """A client that has done all that the scenario says, on a terminal that orders letters itself."""
    set_up(tmux, scenario._replace(commands=(OVERRIDE, *scenario.commands)))
    client = attach(tmux, scenario)
    type_keys(client, scenario.typed)
    return client


def rows_with_isolates(client: Attached) -> list[str]:
    """The rows of its screen, with the isolates last sent before and after each cell."""
    screen = Screen(client.screen.columns, client.screen.lines)
    stream = Stream(screen)
    before: dict[tuple[int, int], str] = {}
    after: dict[tuple[int, int], str] = {}
    for part in _ISOLATE.split(client.received):
        y, x = screen.cursor.y, screen.cursor.x
        if part == "\u2069".encode():
            before[y, x] = "\u2069"
        elif part == "\u2066".encode():
            after[y, x - 1] = "\u2066"
        else:
            stream.feed(part)
    rows = [
        "".join(
            before.get((y, x), "") + screen.buffer[y][x].data + after.get((y, x), "")
            for x in range(screen.columns)
        )
        for y in range(screen.lines)
    ]
    return [row.rstrip(" ") for row in rows]
