"""Commands of copy mode that look for something: text, a character in the line, a matching bracket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.modes import copy_jump as jump
from tmuxish.modes import copy_words as words

if TYPE_CHECKING:
    from tmuxish.modes.copy_call import CopyCall

# Each jump and the one the other way.
_REVERSED = {
    "forward": "backward",
    "backward": "forward",
    "to-forward": "to-backward",
    "to-backward": "to-forward",
}


# -- text ------------------------------------------------------------------------------------------


def _search(call: CopyCall, *, upward: bool, regex: bool) -> None:
    text = call.search_text()
    if text:
        call.mode.search.search(call.view, text, upward=upward, regex=regex, count=call.count)


def search_forward(call: CopyCall) -> None:
    _search(call, upward=False, regex=True)


def search_forward_text(call: CopyCall) -> None:
    _search(call, upward=False, regex=False)


def search_backward(call: CopyCall) -> None:
    _search(call, upward=True, regex=True)


def search_backward_text(call: CopyCall) -> None:
    _search(call, upward=True, regex=False)


def search_forward_incremental(call: CopyCall) -> None:
    call.mode.search.incremental(call.view, call.args.text(0) or "", upward=False)


def search_backward_incremental(call: CopyCall) -> None:
    call.mode.search.incremental(call.view, call.args.text(0) or "", upward=True)


def search_again(call: CopyCall) -> None:
    call.mode.search.again(call.view, call.count)


def search_reverse(call: CopyCall) -> None:
    call.mode.search.again(call.view, call.count, reverse=True)


# -- a character in the line -----------------------------------------------------------------------


def _jump(call: CopyCall, kind: str, character: str) -> None:
    view = call.view

    def once() -> None:
        rows, at = view.rows, view.cursor
        if kind == "forward":
            found = jump.jump_forward(rows, at, character)
        elif kind == "backward":
            found = jump.jump_backward(rows, at, character)
        elif kind == "to-forward":
            found = jump.jump_to_forward(rows, at, character)
        else:
            found = jump.jump_to_backward(rows, at, character, past_end=not view.vi)
        if found is not None:
            (view.go_down if kind.endswith("forward") else view.go_up)(found)

    call.repeat(once)


def _new_jump(call: CopyCall, kind: str) -> None:
    text = call.args.text(0)
    if text:
        call.mode.jump = kind, text[0]
        _jump(call, kind, text[0])


def jump_forward(call: CopyCall) -> None:
    _new_jump(call, "forward")


def jump_backward(call: CopyCall) -> None:
    _new_jump(call, "backward")


def jump_to_forward(call: CopyCall) -> None:
    _new_jump(call, "to-forward")


def jump_to_backward(call: CopyCall) -> None:
    _new_jump(call, "to-backward")


def jump_again(call: CopyCall) -> None:
    if call.mode.jump is not None:
        _jump(call, *call.mode.jump)


def jump_reverse(call: CopyCall) -> None:
    if call.mode.jump is not None:
        kind, character = call.mode.jump
        _jump(call, _REVERSED[kind], character)


# -- brackets --------------------------------------------------------------------------------------


def previous_matching_bracket(call: CopyCall) -> None:
    """From a closing bracket to its partner; with emacs keys, where there is none, to the previous word."""
    view = call.view

    def once() -> None:
        if not view.length():
            return
        closing = words.closing_near(view.rows, view.cursor, vi=view.vi)
        if closing is None:
            if not view.vi:
                view.to_previous_word(words.CLOSING, leave=True)
            return
        found = words.opening_of(view.rows, closing)
        if found is not None:
            view.go_to(found)

    call.repeat(once)


def next_matching_bracket(call: CopyCall) -> None:
    """From an opening bracket to its partner, with vi keys from a closing one back; with emacs keys, where
    there is none, to the end of the next word."""
    view = call.view

    def once() -> bool:
        if not view.length():
            return False
        bracket = words.bracket_near(view.rows, view.cursor, vi=view.vi)
        if bracket is None:
            if not view.vi:
                view.to_next_word_end(words.OPENING)
            return False
        closes = view.rows.cell(*bracket) in words.CLOSING
        found = (words.opening_of if closes else words.closing_of)(view.rows, bracket)
        if found is not None:
            view.go_to(found)
        return closes

    call.repeat_until(once)
