"""Terminal capabilities: terminfo, features, overrides, and what a terminal without a database can do."""

from __future__ import annotations

import curses
from pathlib import Path

import pytest

from tmuxish.display.builtin_terms import builtin_entry
from tmuxish.display.terminal import Terminal, TerminalError, load_entry, split_colons
from tmuxish.display.terminfo import parse, read_entry
from tmuxish.display.tparm import tparm
from tmuxish.features import (
    features_of_primary_da,
    features_of_secondary_da,
    features_of_xtversion,
    features_text,
    parse_features,
)

# What the options hold by default.
TERMINAL_FEATURES = ("xterm*:clipboard:ccolour:cstyle:focus:title", "screen*:title", "rxvt*:ignorefkeys")
TERMINAL_OVERRIDES = ("linux*:AX@",)


def opened(name: str, *features: str, colorterm: str = "", overrides: tuple[str, ...] = ()) -> Terminal:
    return Terminal(
        name,
        load_entry(name, {}),
        features,
        terminal_features=TERMINAL_FEATURES,
        terminal_overrides=(*TERMINAL_OVERRIDES, *overrides),
        colorterm=colorterm,
    )


def test_underline_styles_and_colours_are_written_as_tmux_writes_them() -> None:
    terminal = opened("xterm-256color", "usstyle")
    assert terminal.code("Smulx", 3) == "\x1b[4:3m"
    assert terminal.code("Setulc1", 208) == "\x1b[58:5:208m"
    assert terminal.code("Setulc", 0x010203) == "\x1b[58:2:1:2:3m"


@pytest.mark.parametrize("name", ["xterm-256color", "xterm", "screen", "tmux-256color", "linux", "vt100"])
def test_entries_are_read_as_curses_reads_them(name: str) -> None:
    entry = read_entry(name, {})
    if entry is None:
        pytest.skip(f"no terminfo entry {name} here")
    curses.setupterm("xterm-256color", 1)
    if name == "xterm-256color":  # curses reads one entry per process
        for key, value in entry.items():
            if isinstance(value, str):
                assert curses.tigetstr(key) == value.encode("latin-1"), key
            elif not isinstance(value, bool):
                assert curses.tigetnum(key) == value, key
    assert "cup" in entry
    assert "clear" in entry


@pytest.mark.parametrize(
    ("template", "parameters"),
    [
        ("\x1b[%i%p1%d;%p2%dH", (3, 4)),
        ("\x1b[%?%p1%{8}%<%t3%p1%d%e%p1%{16}%<%t9%p1%{8}%-%d%e38;5;%p1%d%;m", (3,)),
        ("\x1b[%?%p1%{8}%<%t3%p1%d%e%p1%{16}%<%t9%p1%{8}%-%d%e38;5;%p1%d%;m", (12,)),
        ("\x1b[%?%p1%{8}%<%t3%p1%d%e%p1%{16}%<%t9%p1%{8}%-%d%e38;5;%p1%d%;m", (200,)),
        ("%p1%{65536}%/%d::%p1%{256}%/%{255}%&%d::%p1%{255}%&%d", (0x102030,)),
        ("%p1%'0'%+%c%%%p2%03d%p1%p2%m%d", (5, 3)),
        ("%?%p1%{1}%=%?%p2%ta%eb%;%tX%eY%;", (1, 0)),
    ],
)
def test_parameters_are_filled_in_as_curses_does(template: str, parameters: tuple[int, ...]) -> None:
    curses.setupterm("xterm-256color", 1)
    assert tparm(template, *parameters).encode("latin-1") == curses.tparm(template.encode(), *parameters)


def test_string_parameters() -> None:
    link = "\x1b]8;%?%p1%l%tid=%p1%s%;;%p2%s\x1b\\"
    assert tparm(link, "a", "http://x") == "\x1b]8;id=a;http://x\x1b\\"
    assert tparm(link, "", "http://x") == "\x1b]8;;http://x\x1b\\"


@pytest.mark.parametrize(
    "data", [b"", b"\x1a\x01", b"nonsense that is long enough", b"\x1a\x01" + b"\xff\x7f" * 9]
)
def test_a_broken_entry_is_an_error(data: bytes) -> None:
    with pytest.raises(Exception, match=r"entry|buffer|requires"):
        parse(data)


def test_a_broken_entry_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "broken-term").write_bytes(b"\x1a\x01garbage")
    assert read_entry("broken-term", {"TERMINFO": str(tmp_path)}) is None


@pytest.mark.parametrize("name", ["../x", "a/b", "..", ""])
def test_names_are_no_paths(name: str) -> None:
    assert read_entry(name, {}) is None


@pytest.mark.parametrize(
    "name", ["xterm-256color", "screen-256color", "tmux-256color", "linux", "xterm-kitty"]
)
def test_terminals_known_without_terminfo_can_be_used(name: str) -> None:
    entry = builtin_entry(name)
    assert entry is not None
    terminal = Terminal(name, entry)
    assert terminal.code("cup", 2, 3) == "\x1b[3;4H"
    assert terminal.colours >= 8
    host = read_entry(name, {})
    for key, value in entry.items() if host else ():
        # smcup: newer databases save the title too.
        if host and key in host and key not in ("smcup", "rmcup", "acsc", "kmous"):
            assert value == host[key], key


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("no-such-terminal", "missing or unsuitable terminal: no-such-terminal"),
        ("dumb", "open terminal failed: terminal does not support clear"),
        ("", "open terminal failed: terminal does not support clear"),
    ],
)
def test_unusable_terminals(name: str, message: str) -> None:
    with pytest.raises(TerminalError) as caught:
        opened(name)
    assert str(caught.value) == message


def test_features_of_xterm() -> None:
    # tmux 3.7c: TERM=xterm-256color, display -p '#{client_termfeatures}' before any answer
    terminal = opened("xterm-256color")
    assert features_text(frozenset(terminal.features)) == "bpaste,ccolour,clipboard,cstyle,focus,title"
    assert terminal.code("Enbp") == "\x1b[?2004h"


@pytest.mark.parametrize(("colorterm", "rgb"), [("truecolor", True), ("24bit", True), ("", False)])
def test_colorterm(colorterm: str, rgb: bool) -> None:
    assert opened("xterm-256color", colorterm=colorterm).rgb is rgb


def test_overrides_add_and_remove() -> None:
    terminal = opened("xterm-256color", overrides=("xterm*:smcup@:Tc:U8=0", "other:bold@"))
    assert not terminal.has("smcup")
    assert terminal.has("bold")
    assert terminal.rgb
    assert terminal.line_drawing_charset
    assert not opened("linux").flag("AX")


def test_override_text() -> None:
    assert split_colons("xterm*:a=b::c:d@") == ["xterm*", "a=b:c", "d@"]
    terminal = opened("xterm", overrides=(r"xterm:Ss=\E[%p1%d q\033\a\^A",))
    assert terminal.string("Ss") == "\x1b[%p1%d q\x1b\a\x01"


def test_answers_add_features() -> None:
    assert features_of_primary_da([62, 4, 52]) == {"sixel", "clipboard"}
    assert features_of_primary_da([1, 4]) == frozenset()
    assert "RGB" in features_of_secondary_da([ord("M"), 1, 0])
    assert "margins" in features_of_xtversion("iTerm2 3.5")
    terminal = opened("xterm-256color")
    assert terminal.add_features(features_of_xtversion("XTerm(390)"))
    assert not terminal.add_features(features_of_xtversion("XTerm(390)"))
    assert terminal.rgb


def test_feature_names() -> None:
    assert parse_features("rgb,Title") == {"RGB", "title"}
    assert parse_features("title,unknown,mouse") == {"title"}
