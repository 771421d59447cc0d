"""Variables of the mouse event a key binding runs for. Functions are named without the `mouse_`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.formats.rows import line_at, link_at, word_at

if TYPE_CHECKING:
    from tmuxish.formats.scope import Scope


def pane(scope: Scope) -> str | None:
    mouse = scope.mouse
    return None if mouse is None or mouse.pane is None else mouse.pane.name


def x(scope: Scope) -> str | None:
    mouse = scope.mouse
    if mouse is None:
        return None
    if mouse.pane is not None and mouse.x >= 0:
        return str(mouse.x)
    return None if mouse.status_line is None else str(mouse.status_x)


def y(scope: Scope) -> str | None:
    mouse = scope.mouse
    if mouse is None:
        return None
    if mouse.pane is not None and mouse.y >= 0:
        return str(mouse.y)
    return None if mouse.status_line is None else str(mouse.status_line)


def status_line(scope: Scope) -> str | None:
    mouse = scope.mouse
    return None if mouse is None or mouse.status_line is None else str(mouse.status_line)


def status_range(scope: Scope) -> str | None:
    return None if scope.mouse is None else scope.mouse.status_range


def _text(scope: Scope, kind: str) -> str | None:
    """The word, line or hyperlink under the mouse, as the pane's mode knows it, or else on the program's
    screen."""
    mouse = scope.mouse
    if mouse is None or mouse.pane is None or mouse.x < 0 or mouse.y < 0:
        return None
    pane = mouse.pane
    if mouse.y >= len(pane.shown.lines):
        return None
    if pane.modes:
        return pane.modes[0].text_at(kind, mouse.x, mouse.y)
    emulator = pane.emulator
    if kind == "line":
        return line_at(emulator.lines, mouse.y)
    if kind == "hyperlink":
        return link_at(emulator, mouse.x, mouse.y)
    separators = scope.model.session_options.get_string("word-separators")
    history = len(emulator.history)
    return word_at([*emulator.history, *emulator.lines], mouse.x, history + mouse.y, separators)


def word(scope: Scope) -> str | None:
    return _text(scope, "word")


def line(scope: Scope) -> str | None:
    return _text(scope, "line")


def hyperlink(scope: Scope) -> str | None:
    return _text(scope, "hyperlink")
