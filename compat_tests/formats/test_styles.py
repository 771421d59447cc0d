"""Styles: what is one, what it means, and how it is printed."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tmuxish.emulator import style as attributes
from tmuxish.emulator.colours import COLOUR_256
from tmuxish.emulator.style import Style
from tmuxish.formats.scope import Scope
from tmuxish.formats.styles import (
    ParsedStyle,
    StyleError,
    add_style,
    apply_style,
    parse_style,
    style_from_option,
    style_to_string,
)
from tmuxish.model.options import Options
from tmuxish.model.server import Model

RECORDED = json.loads(
    (Path(__file__).resolve().parents[2] / "fixtures/formats/styles.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("text", "refusal"), RECORDED["cases"])
def test_accepted_like_tmux(text: str, refusal: str) -> None:
    message = ""
    # tmux leaves a style with formats to the time it is used.
    if "#{" not in text:
        try:
            parse_style(text)
        except StyleError as error:
            message = str(error)
    assert message == refusal


def test_parts() -> None:
    style = parse_style("fg=red,bg=colour17,us=green bold italics align=centre range=window|3 list=focus")
    assert style.cell == Style(1, 17 | COLOUR_256, 2, attributes.BRIGHT | attributes.ITALICS)
    assert (style.align, style.range_kind, style.range_argument, style.list) == (
        "centre",
        "window",
        3,
        "focus",
    )
    assert parse_style("width=50% pad=1").width_is_percentage
    assert parse_style("range=user|me").range_name == "me"


def test_default_is_what_the_base_says() -> None:
    base = parse_style("fg=blue,bold").cell
    assert parse_style("fg=red,nobold,fg=default", base).cell == Style(4)
    assert parse_style("fg=red,bg=red,none,default", base).cell == base


def test_parsing_adds_to_a_style_or_leaves_it() -> None:
    style = parse_style("fg=red")
    parse_style("bold", onto=style)
    assert style.cell == Style(1, attrs=attributes.BRIGHT)
    with pytest.raises(StyleError, match="invalid style: bg=blue,nope"):
        parse_style("bg=blue,nope", onto=style)
    assert style.cell == Style(1, attrs=attributes.BRIGHT)


PRINTED = [
    ("", "default"),
    ("bold,fg=red", "fg=red,bright"),
    (
        "pad=1,width=5%,us=#0000ff,align=right,fill=red,list=on",
        "list=on,align=right,fill=red,us=#0000ff,width=5%,pad=1",
    ),
    ("push-default,range=pane|%4", "range=pane|%4,push-default"),
    ("range=session|$1,noattr", "range=session|$1,noattr"),
    ("dotted-underscore,overline,acs", "acs,dotted-underscore,overline"),
]


@pytest.mark.parametrize(("text", "printed"), PRINTED)
def test_printed(text: str, printed: str) -> None:
    assert style_to_string(parse_style(text)) == printed


_WORDS = """
fg=red bg=colour200 us=#102030 bold dim italics align=centre list=on range=left range=user|x range=window|12
fill=green push-default width=3 width=7% pad=0 noattr nobold nolist norange
"""
_PARTS = st.sampled_from(_WORDS.split())


@given(st.lists(_PARTS))
def test_print_and_parse_round_trip(parts: list[str]) -> None:
    style = parse_style(",".join(parts))
    again = parse_style(style_to_string(style))
    assert [getattr(again, name) for name in ParsedStyle.__slots__] == [
        getattr(style, name) for name in ParsedStyle.__slots__
    ]


@given(st.text("fgb=red, |#%1nolistwidth\n"))
def test_never_raises_anything_else(text: str) -> None:
    with contextlib.suppress(StyleError):
        parse_style(text)


def test_styles_of_options() -> None:
    model = Model()
    scope = Scope(model)
    options = Options(model.session_options)
    options.set("message-style", "fg=#{@colour},bold")
    options.set("@colour", "green")
    model.session_options.set("@colour", "red")
    assert add_style(Style(bg=3), options, "message-style", scope) == Style(1, 3, attrs=attributes.BRIGHT)
    default = model.window_options.get_string("mode-style")
    assert apply_style(model.window_options, "mode-style", scope) == parse_style(default).cell
    options.set("message-style", "#{@none}nope")
    assert style_from_option(options, "message-style", scope) is None
