"""Our emulator against what real tmux showed: every input of `fixtures/screens/`, at every size recorded.

The emulator is fed directly, without a server; the variables are asked for through the format engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from compat_tests.screens.fixture import (
    CAPTURES,
    FOLDER,
    ONCE,
    VARIABLES,
    escape,
    flags_only,
    load,
    sizes,
    unescape,
)
from tmuxish.emulator import Emulator, Policy, capture
from tmuxish.emulator.colours import colour_from_string
from tmuxish.formats.expand import expand
from tmuxish.formats.scope import Scope
from tmuxish.model.options import Options
from tmuxish.model.pane import Pane
from tmuxish.model.server import Model
from tmuxish.model.window import Window

HISTORY_LIMIT = 2000

CAPTURE_WITH: dict[str, dict[str, Any]] = {
    "p": {},
    "pe": {"escapes": True},
    "peJ": {"escapes": True, "join": True},
    "pN": {"keep_spaces": True},
    "pT": {"used_only": True},
    "peC": {"escapes": True, "octal": True},
    "history": {"start": "-"},
    "history-e": {"start": "-", "escapes": True},
    "history-eJ": {"start": "-", "escapes": True, "join": True},
    "history-F": {"start": "-", "flags": True},
    "history-H": {"start": "-", "hyperlinks": True},
    "alternate": {"saved": True, "escapes": True},
}


def _choice(name: str, *choices: str) -> Callable[[Policy, str], None]:
    """Sets an attribute of the policy to a number, or to a truth value where that is what it is."""
    return lambda policy, value: setattr(policy, name, type(getattr(policy, name))(choices.index(value)))


def _window_style(policy: Policy, value: str) -> None:
    for part in value.split(","):
        which, _, colour = part.partition("=")
        setattr(policy, which, colour_from_string(colour))


SET_OPTION: dict[str, Callable[[Policy, str], None]] = {
    "allow-passthrough": _choice("allow_passthrough", "off", "on", "all"),
    "allow-rename": _choice("allow_rename", "off", "on"),
    "allow-set-title": _choice("allow_set_title", "off", "on"),
    "alternate-screen": _choice("alternate_screen", "off", "on"),
    "codepoint-widths": lambda policy, value: setattr(policy, "codepoint_widths", (value,)),
    "cursor-style": _choice(
        "cursor_style",
        "default",
        "blinking-block",
        "block",
        "blinking-underline",
        "underline",
        "blinking-bar",
        "bar",
    ),
    "extended-keys": _choice("extended_keys", "off", "on", "always"),
    "history-limit": lambda policy, value: None,  # given to the constructor
    "scroll-on-clear": _choice("scroll_on_clear", "off", "on"),
    "set-clipboard": _choice("set_clipboard", "off", "external", "on"),
    "variation-selector-always-wide": _choice("variation_selector_wide", "off", "on"),
    "window-style": _window_style,
}


class Player:
    """An emulator with the surroundings a server gives it."""

    def __init__(self, case: dict[str, Any]) -> None:
        self.options: dict[str, str] = case.get("options", {})
        cols, rows = sizes(case)[0]
        self.emulator = Emulator(cols, rows, int(self.options.get("history-limit", HISTORY_LIMIT)))
        for option, value in self.options.items():
            SET_OPTION[option](self.emulator.policy, value)
        self.model = Model()
        window = Window(0, cols, rows, Options(self.model.window_options))
        self.pane = Pane(0, window, Options(window.options), self.emulator)
        window.panes.append(self.pane)
        window.active = self.pane
        if "window-style" in self.options:
            window.options.set("window-style", self.options["window-style"])
        self.window_name = "window"
        self.bell = "0"
        self.clipboard: bytes | None = None

    def feed(self, data: bytes) -> None:
        """Feed `data` and do what the events ask for."""
        self.emulator.feed(data)
        for kind, value in self.emulator.events:
            if kind == "bell":
                self.bell = "1"
            elif kind == "rename":
                self.window_name = str(value)
            elif kind == "clipboard-set":
                assert isinstance(value, tuple)
                self.clipboard = value[1]
        self.emulator.events.clear()

    def variables(self) -> dict[str, str]:
        """The recorded variables as our format engine tells them."""
        scope = Scope(self.model, pane=self.pane)
        found = {name: expand(f"#{{{name}}}", scope) for name in VARIABLES}
        found["window_name"] = self.window_name
        found["window_bell_flag"] = self.bell
        return found

    def capture(self, label: str) -> str:
        """One capture, as `capture-pane` prints it (with -p, a last line end is never missing)."""
        if label == "pending":
            text = _octal(self.emulator.pending())
        else:
            text = capture(self.emulator, **CAPTURE_WITH[label])
        text = text.removesuffix("\n") + "\n"
        return flags_only(text) if label == "history-F" else text


def _octal(data: bytes) -> str:
    return "".join(chr(byte) if byte >= 32 and byte != 92 else f"\\{byte:03o}" for byte in data)


def play(case: dict[str, Any], pieces: int = 0) -> Player:
    """A player that has fed the input of a case, in pieces of so many bytes (0: whole)."""
    player = Player(case)
    data = unescape(case["input"])
    for start in range(0, len(data), pieces or len(data) or 1):
        player.feed(data[start : start + (pieces or len(data))])
    return player


def first_line(case: dict[str, Any], pieces: int = 0) -> str:
    """The first line of `capture-pane -pe`."""
    return play(case, pieces).capture("pe").split("\n")[0]


def differences(case: dict[str, Any], defaults: dict[str, str], pieces: int = 0) -> Iterator[str]:
    """What of a case differs from tmux, the input being fed in pieces of so many bytes (0: whole)."""
    player = play(case, pieces)
    if escape(bytes(player.emulator.replies)) != case.get("replies", ""):
        yield f"replies: {case.get('replies', '')!r}, ours {escape(bytes(player.emulator.replies))!r}"
    clipboard = None if player.clipboard is None else escape(player.clipboard)
    if clipboard != case.get("clipboard"):
        yield f"clipboard: {case.get('clipboard')!r}, ours {clipboard!r}"
    wanted = dict(defaults)
    for number, ((cols, rows), stage) in enumerate(zip(sizes(case), case["stages"], strict=True)):
        if number:
            player.emulator.resize(cols, rows)
        wanted.update(stage["vars"])
        for name, value in player.variables().items():
            if value != wanted[name]:
                yield f"{cols}x{rows} {name}: {wanted[name]!r}, ours {value!r}"
        for label in CAPTURES:
            if number and label in ONCE:
                continue
            yield from _compare(
                f"{cols}x{rows} {label}", case["texts"][stage["captures"][label]], player.capture(label)
            )


def _compare(what: str, theirs: str, ours: str) -> Iterator[str]:
    if theirs == ours:
        return
    wanted, got = theirs.split("\n"), ours.split("\n")
    if len(wanted) != len(got):
        yield f"{what}: {len(wanted)} lines, ours {len(got)}"
    for number, (one, other) in enumerate(zip(wanted, got, strict=False)):
        if one != other:
            yield f"{what} line {number}: {one!r}, ours {other!r}"
            return


OURS: dict[str, str] = {
    # tmux prints the four bytes as they came; we show that they are no character.
    "unicode-invalid-utf8-too-large": "a\ufffdb\ufffd\ufffd\ufffd\ufffd\ufffdc\ufffd\ufffdd",
    # tmux loses the text of a cell of exactly 32 bytes; we keep it.
    "unicode-long-zwj-chain": "\u200d".join("👨" * 5) * 2 + "👨|",
    # tmux takes a character after REP in line drawing for line drawing too, if it is not ASCII.
    "style-charset-kept-by-rep": "\x0e--\x0f😀日x",
}
"""The listed deviations (compat_tests/deviations.md): the first line of `capture-pane -pe` here."""

FILES = {path.stem: load(path) for path in sorted(FOLDER.glob("*.json"))}
CASES = [(area, case["name"]) for area, content in FILES.items() for case in content["cases"]]


def find_case(area: str, name: str) -> tuple[dict[str, Any], dict[str, str]]:
    content = FILES[area]
    return next(case for case in content["cases"] if case["name"] == name), content["defaults"]


@pytest.mark.parametrize(("area", "name"), CASES, ids=[f"{area}-{name}" for area, name in CASES])
def test_same_as_tmux(area: str, name: str) -> None:
    case, defaults = find_case(area, name)
    if f"{area}-{name}" in OURS:
        theirs = case["texts"][case["stages"][0]["captures"]["pe"]].split("\n")[0]
        assert first_line(case) == OURS[f"{area}-{name}"] != theirs
    else:
        assert list(differences(case, defaults)) == []


@pytest.mark.parametrize(("area", "name"), CASES, ids=[f"{area}-{name}" for area, name in CASES])
def test_same_as_tmux_in_small_pieces(area: str, name: str) -> None:
    """However the input is cut into reads, the screen is the same."""
    case, defaults = find_case(area, name)
    if f"{area}-{name}" in OURS:
        assert first_line(case, 1) == OURS[f"{area}-{name}"]
    else:
        assert list(differences(case, defaults, 1)) == []


def test_there_are_enough() -> None:
    assert len(CASES) >= 170
    assert {content["tmux"] for content in FILES.values()} == {"3.7c"}
