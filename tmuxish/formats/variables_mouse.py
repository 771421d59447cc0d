"""Variables of the mouse event a key binding runs for. Functions are named without the `mouse_`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.emulator.rows import PAD
from tmuxish.emulator.style import style_of
from tmuxish.formats.rows import line_at, word_at

if TYPE_CHECKING:
    from tmuxish.emulator import Emulator
    from tmuxish.emulator.rows import Row
    from tmuxish.formats.scope import Scope


def pane(scope: Scope) -> str | None:
    mouse = scope.mouse
    return None if mouse is None or mouse.pane is None else mouse.pane.name


def _position(scope: Scope) -> tuple[Emulator, int, int] | None:
    """The screen under the mouse and the cell on it."""
    mouse = scope.mouse
    if mouse is None or mouse.pane is None or mouse.x < 0 or mouse.y < 0:
        return None
    emulator = mouse.pane.emulator
    return (emulator, mouse.x, mouse.y) if mouse.y < len(emulator.lines) else None


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


def _rows(emulator: Emulator) -> list[Row]:
    return [*emulator.history, *emulator.lines]


def word(scope: Scope) -> str | None:
    at = _position(scope)
    if at is None:
        return None
    emulator, column, row = at
    options = scope.model.session_options if scope.session is None else scope.session.options
    separators = options.get_string("word-separators")
    return word_at(_rows(emulator), column, len(emulator.history) + row, separators)


def line(scope: Scope) -> str | None:
    at = _position(scope)
    return None if at is None else line_at(at[0].lines, at[2])


def hyperlink(scope: Scope) -> str | None:
    at = _position(scope)
    if at is None:
        return None
    emulator, column, row = at
    shown = emulator.lines[row]
    while column and shown.cell(column)[0] == PAD:
        column -= 1
    link = style_of(shown.style_at(column)).link
    found = emulator.hyperlinks.get(link) if link else None
    return None if found is None else found[0]
