"""The emulator's screens and answers are those real tmux gave for the same input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tmuxish.emulator import Emulator, capture
from tmuxish.emulator import modes as mode

from .cases import HISTORY_LIMIT, NAMED, SEEDS, random_case

FIXTURES = Path(__file__).parents[2] / "fixtures" / "emulator"
SCREENS = json.loads((FIXTURES / "screens.json").read_text())["screens"]
REPLIES = json.loads((FIXTURES / "replies.json").read_text())["replies"]


def state(emulator: Emulator) -> str:
    """The formats that record.py asks for."""

    def flag(bit: int) -> int:
        return int(bool(emulator.modes & bit))

    fields = (
        emulator.cursor_x,
        emulator.cursor_y,
        len(emulator.history),
        int(emulator.alternate),
        flag(mode.INSERT),
        flag(mode.ORIGIN),
        flag(mode.WRAP),
        emulator.scroll_top,
        emulator.scroll_bottom,
        ",".join(map(str, sorted(emulator.tabs))),
    )
    return " ".join(map(str, fields))


def check(emulator: Emulator, recorded: dict[str, Any]) -> None:
    assert state(emulator) == recorded["state"]
    assert capture(emulator, "-", escapes=True) == recorded["escapes"]
    # capture-pane -p ends its output with a newline even where a joined last line has none.
    assert capture(emulator, "-", join=True).rstrip("\n") == recorded["joined"].rstrip("\n")
    assert capture(emulator, "-", keep_spaces=True) == recorded["blanks"]


def check_all(data: bytes, recorded: list[dict[str, Any]]) -> None:
    cols, rows = recorded[0]["size"]
    emulator = Emulator(cols, rows, HISTORY_LIMIT)
    emulator.feed(data)
    check(emulator, recorded[0])
    for step in recorded[1:]:
        emulator.resize(*step["size"])
        check(emulator, step)


@pytest.mark.parametrize("name", NAMED)
def test_named_case(name: str) -> None:
    check_all(NAMED[name], SCREENS[name])


@pytest.mark.parametrize("seed", SEEDS)
def test_random_stream(seed: int) -> None:
    check_all(random_case(seed)[0], SCREENS[f"random-{seed}"])


@pytest.mark.parametrize(("query", "answer"), REPLIES)
def test_reply(query: str, answer: str) -> None:
    emulator = Emulator(80, 24)
    emulator.feed(query.encode())
    assert emulator.replies.decode() == answer
