"""Variables of the mouse event a key binding runs for. Functions are named without the `mouse_`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.emulator.rows import PAD
from tmuxish.emulator.style import style_of
from tmuxish.formats.rows import line_at, word_at

if TYPE_CHECKING:
    from tmuxish.emulator.rows import Row
    from tmuxish.formats.scope import Scope


def pane(scope: Scope) -> str | None:
    mouse = scope.mouse
    return None if mouse is None or mouse.pane is None else mouse.pane.name


def _position(scope: Scope) -> tuple[list[Row], int, int] | None:
    """The rows of what is seen under the mouse, the history too if it is the program's screen; and column and
    row there. Of modes only those that show a history count."""
    mouse = scope.mouse
    if mouse is None or mouse.pane is None or mouse.x < 0 or mouse.y < 0:
        return None
    pane = mouse.pane
    if pane.modes and pane.modes[0].scrolled is None:
        return None
    history = [] if pane.modes else list(pane.emulator.history)
    rows = [*history, *pane.shown.lines]
    y = len(history) + mouse.y
    return (rows, mouse.x, y) if y < len(rows) else None


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


def word(scope: Scope) -> str | None:
    at = _position(scope)
    if at is None:
        return None
    options = scope.model.session_options if scope.session is None else scope.session.options
    return word_at(*at, options.get_string("word-separators"))


def line(scope: Scope) -> str | None:
    at = _position(scope)
    return None if at is None else line_at(at[0], at[2])


def hyperlink(scope: Scope) -> str | None:
    at = _position(scope)
    if at is None or scope.mouse is None or scope.mouse.pane is None:
        return None
    rows, column, y = at
    while column and rows[y].cell(column)[0] == PAD:
        column -= 1
    link = style_of(rows[y].style_at(column)).link
    found = scope.mouse.pane.emulator.hyperlinks.get(link) if link else None
    return None if found is None else found[0]
