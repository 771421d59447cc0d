"""An open prompt as a client sees it: over a status line, with the line being typed behind its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.display.frame import PAD, Cursor, Line, Marks
from tmuxish.display.overlay import Patch, lay_patches
from tmuxish.display.screen_modes import cursor_of_option
from tmuxish.display.status import cover, message_area, message_row
from tmuxish.emulator.style import intern_style
from tmuxish.formats.expand import expand_time
from tmuxish.formats.styles import apply_style
from tmuxish.formats.trim import char_width, width

if TYPE_CHECKING:
    from tmuxish.current import Found
    from tmuxish.display.status import MakeScope
    from tmuxish.emulator.style import Style
    from tmuxish.keys.line_editor import LineEditor
    from tmuxish.model.options import Options


class PromptLine:
    """What there is to see of a prompt.

    text: a format, expanded about `found` (None: what the client looks at) each time it is drawn. freezes:
    panes stay as they are shown while it is open.
    """

    def __init__(self, text: str, editor: LineEditor, *, found: Found | None, freezes: bool) -> None:
        self.text = text
        self.editor = editor
        self.found = found
        self.freezes = freezes
        self.column = 0  # of the terminal, where the cursor was drawn last

    def draw(
        self, lines: list[Line], options: Options, make_scope: MakeScope, cols: int
    ) -> tuple[list[Line], Cursor]:
        """`lines` (at least one) with the prompt over the one message-line names, and the cursor there."""
        command = self.editor.command_mode
        extras = {"prompt-input": self.editor.text}
        message = expand_time(self.text, make_scope(found=self.found, extras=extras))
        extras.update(message=message, command_prompt=str(int(command)))
        expanded = expand_time(
            options.get_string("message-format"), make_scope(found=self.found, extras=extras)
        )
        base = apply_style(options, "message-command-style" if command else "message-style")
        row = message_row(options, len(lines))
        first, room = message_area(options, cols)
        lines = cover(lines, row, expanded, base, (first, room))
        start = first + min(width(expanded), room)
        if left := first + room - start:
            typed, column = typed_line(self.editor, start, left, base)
            lines = lay_patches(_join(lines, row, start, typed), [Patch(start, row, typed)])
            self.column = start + column
        cursor = cursor_of_option(
            options,
            "prompt-command-cursor-style" if command else "prompt-cursor-style",
            "prompt-cursor-colour",
        )
        cursor.x, cursor.y = self.column, row
        return lines, cursor


def shown_width(char: str) -> int:
    """Columns of a character of a prompt, where controls are shown as `^A`."""
    return 2 if is_control(char) else char_width(char)


def is_control(char: str) -> bool:
    return char < " " or char == "\x7f"


def typed_line(editor: LineEditor, start: int, left: int, style: Style) -> tuple[Line, int]:
    """The text typed, at column `start` in `left` columns, scrolled so that the cursor is seen; and where the
    cursor is. Combining marks at its beginning are those of column -1."""
    cursor = sum(map(shown_width, editor.chars[: editor.index]))
    total = sum(map(shown_width, editor.chars)) + editor.quoting
    offset = cursor - left + 1 if cursor >= left else 0
    writer = _Writer(offset, left if offset else min(total, left))
    for char in editor.chars:
        # tmux looks for the place of this mark on the whole line, so behind most texts it is not seen.
        if editor.quoting and start + len(writer.cells) == cursor + 1:
            writer.put("^")
        writer.put(char)
    if editor.quoting and start + len(writer.cells) == cursor + 1:
        writer.put("^")
    text = "".join(writer.cells)
    return Line(text, chr(intern_style(style)) * len(text), writer.marks or None), cursor - offset


def _join(lines: list[Line], row: int, start: int, typed: Line) -> list[Line]:
    """`lines` with the marks that the typed text begins with on the character before it."""
    marks = (typed.marks or {}).get(-1)
    if marks is None or not start or lines[row].text[start - 1] == PAD:
        return lines
    line = lines[row]
    joined = {**(line.marks or {}), start - 1: (line.marks or {}).get(start - 1, "") + marks}
    return [*lines[:row], Line(line.text, line.style, joined), *lines[row + 1 :]]


class _Writer:
    """Puts characters into columns `offset` to `offset` + `room` of a line."""

    def __init__(self, offset: int, room: int) -> None:
        self._offset = offset
        self._end = offset + room
        self._column = 0
        self.cells: list[str] = []
        self.marks: Marks = {}

    def put(self, char: str) -> None:
        """The next character, if it is in view."""
        columns = shown_width(char)
        if self._column < self._offset or self._column >= self._end:
            self._column += columns
            return
        self._column += columns
        if self._column > self._end:
            return
        if is_control(char):
            self.cells += ["^", "?" if char == "\x7f" else chr(ord(char) | 0x40)]
        elif columns:
            self.cells += [char] + [PAD] * (columns - 1)
        elif char.isprintable():
            at = len(self.cells) - 1
            while at > 0 and self.cells[at] == PAD:
                at -= 1
            self.marks[at] = self.marks.get(at, "") + char
