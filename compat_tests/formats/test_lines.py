"""Lines drawn from formats: as real tmux draws them, and the ranges they carry for the mouse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tmuxish.emulator.charsets import line_drawing
from tmuxish.emulator.emulator import Emulator
from tmuxish.emulator.rows import PAD
from tmuxish.emulator.style import CHARSET, Style, style_of
from tmuxish.formats.draw import Line, Range, draw
from tmuxish.formats.styles import parse_style

RECORDED = json.loads(
    (Path(__file__).resolve().parents[2] / "fixtures/formats/lines.json").read_text(encoding="utf-8")
)
ALL = [
    pytest.param(int(width), *case, id=f"{width}-{number}")
    for width, cases in RECORDED["cases"].items()
    for number, case in enumerate(cases)
]


def cells_of(line: Line) -> list[tuple[str, Style]]:
    """What the line shows, line drawing as a terminal with UTF-8 gets it."""
    cells: list[tuple[str, Style]] = []
    for x, char in enumerate(line.text):
        style = line.styles[x]
        if style.attrs & CHARSET:
            char, style = line_drawing(char), style.replace(attrs=style.attrs & ~CHARSET)
        cells.append((char + line.marks.get(x, ""), style))
    return cells


def recorded_cells(drawn: str, width: int) -> list[tuple[str, Style]]:
    """What a terminal shows after the escape sequences of a capture."""
    emulator = Emulator(width, 1)
    emulator.feed(drawn.encode())
    row = emulator.lines[0]
    return [(row.cell(x), style_of(row.style_at(x))) for x in range(width)]


@pytest.mark.parametrize(("width", "base", "text", "drawn", "ranges"), ALL)
def test_drawn_like_tmux(width: int, base: str, text: str, drawn: str, ranges: list[list[object]]) -> None:
    line = draw(text, width, parse_style(base).cell)
    ours = cells_of(line)
    theirs = recorded_cells(drawn, width)
    assert [cell for cell, _ in ours] == [cell for cell, _ in theirs]
    assert [style for cell, style in ours if cell != PAD] == [style for cell, style in theirs if cell != PAD]
    assert [[_logged(item), item.start, item.end] for item in line.ranges] == ranges


def _logged(item: Range) -> str:
    """A range as tmux's log names it."""
    if item.kind in ("left", "right"):
        return item.kind
    sigil = {"pane": "%", "session": "$"}.get(item.kind, "")
    return f"{item.kind}|{sigil}{item.argument}"


def test_no_end_of_a_style_leaves_the_line_blank() -> None:
    line = draw("#[range=left]abc#[norange]#[fg=red", 5)
    assert (line.text, line.ranges) == ("     ", [])


def test_a_range_knows_what_it_is_of() -> None:
    line = draw("#[range=window|2]a#[range=user|me]b#[range=pane|%7]c#[norange]d", 6)
    assert [(item.kind, item.argument, item.name) for item in line.ranges] == [
        ("window", 2, ""),
        ("user", 0, "me"),
        ("pane", 7, ""),
    ]


def test_default_colours_keeps_the_base() -> None:
    line = draw("#[fg=red,bold]x", 2, parse_style("fg=blue").cell, default_colours=True)
    assert line.styles[0] == parse_style("fg=blue,bold").cell
