"""Clocks of all sizes and styles, as recorded from tmux in fixtures/modes/clock.json."""

from __future__ import annotations

import json
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from tmuxish.emulator import Emulator
from tmuxish.emulator.modes import CURSOR
from tmuxish.emulator.style import Style, style_of
from tmuxish.model.options import Options
from tmuxish.model.pane import Pane
from tmuxish.model.window import Window
from tmuxish.modes import clock
from tmuxish.modes.clock import ClockMode

FIXTURE = Path(__file__).parents[2] / "fixtures" / "modes" / "clock.json"
CLOCKS: list[dict[str, Any]] = json.loads(FIXTURE.read_text(encoding="utf-8"))["clocks"]


class Loop:
    """Keeps what is to be called later."""

    def __init__(self) -> None:
        self.delays: list[float] = []

    def call_later(self, delay: float, callback: object) -> SimpleNamespace:
        self.delays.append(delay)
        return SimpleNamespace(cancel=lambda: self.delays.remove(delay))


def make_clock(cols: int, rows: int) -> tuple[ClockMode, Loop]:
    window = Window(0, cols, rows, Options.for_window(Options.for_global_window()))
    pane = Pane(0, window, Options.for_pane(window.options), Emulator(cols, rows))
    loop = Loop()
    return ClockMode(cast(Any, SimpleNamespace(loop=loop)), pane), loop


def shown(mode: ClockMode) -> list[str]:
    return [row.text.rstrip() for row in mode.screen.lines]


@pytest.mark.parametrize(
    "recorded", CLOCKS, ids=lambda clock: "-".join(map(str, [clock["zone"], *clock["size"], clock["style"]]))
)
def test_clock_is_that_of_tmux(recorded: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", recorded["zone"])
    time.tzset()
    mode, _ = make_clock(*recorded["size"])
    mode.pane.window.options.set("clock-mode-style", recorded["style"])
    monkeypatch.setattr(
        clock, "time", SimpleNamespace(localtime=lambda: time.localtime(recorded["time"]), time=time.time)
    )
    mode.draw()
    monkeypatch.undo()
    time.tzset()
    assert shown(mode) == recorded["rows"]


def test_blocks_are_in_the_colour_of_the_option_on_itself() -> None:
    mode, _ = make_clock(60, 12)
    mode.pane.window.options.set("clock-mode-colour", 1)
    mode.draw()
    styles = {
        style_of(code)
        for row in mode.screen.lines
        for code, char in zip(row.style, row.text, strict=True)
        if char == "#"
    }
    assert styles == {Style(1, 1)}
    assert not mode.screen.modes & CURSOR


def test_the_timer_waits_for_the_next_second_and_ends_with_the_mode() -> None:
    mode, loop = make_clock(60, 12)
    assert len(loop.delays) == 1
    assert 0 < loop.delays[0] <= 1
    mode.close()
    assert not loop.delays
