"""The status lines of one client, and the message or prompt that may cover one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.display.frame import Line
from tmuxish.emulator.style import Style, intern_style, style_of
from tmuxish.formats.draw import Line as DrawnLine
from tmuxish.formats.draw import Range, draw
from tmuxish.formats.expand import expand_time
from tmuxish.formats.styles import apply_style, style_from_option

if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.formats.scope import Scope
    from tmuxish.model.options import Options

    MakeScope = Callable[..., Scope]

_DEFAULT_COLOURS = (8, 9)


def line_of(drawn: DrawnLine) -> Line:
    """A drawn format as a line of a frame."""
    style = "".join(chr(intern_style(cell)) for cell in drawn.styles)
    return Line(drawn.text, style, drawn.marks or None)


class Message:
    """Text shown instead of a status line. styled: `#[...]` in it counts."""

    __slots__ = ("styled", "text")

    def __init__(self, text: str, styled: bool = True) -> None:
        self.text = text
        self.styled = styled


class StatusLines:
    """The status lines, drawn again only where their expanded text changed."""

    def __init__(self) -> None:
        self._cache: list[tuple[str, int, Style, Line, list[Range]]] = []
        self.lines: list[Line] = []
        self.ranges: list[list[Range]] = []

    def update(self, options: Options, scope: Scope, cols: int, count: int) -> None:
        """Expand and draw the lines of a session's status."""
        base = _status_style(options, scope)
        formats = options.get_array("status-format")
        cache = self._cache
        self._cache = []
        for index in range(count):
            text = expand_time(str(formats.get(index, "")), scope)
            old = cache[index] if index < len(cache) else None
            if old is not None and old[:3] == (text, cols, base):
                self._cache.append(old)
                continue
            drawn = draw(text, cols, base)
            self._cache.append((text, cols, base, line_of(drawn), drawn.ranges))
        self.lines = [entry[3] for entry in self._cache]
        self.ranges = [entry[4] for entry in self._cache]

    def range_at(self, x: int, line: int) -> Range | None:
        """What column `x` of a status line stands for."""
        if line < len(self.ranges):
            for found in self.ranges[line]:
                if found.start <= x < found.end:
                    return found
        return None


def _status_style(options: Options, scope: Scope) -> Style:
    style = apply_style(options, "status-style", scope)
    fg, bg = options.get_number("status-fg"), options.get_number("status-bg")
    return style.replace(
        fg=None if fg in _DEFAULT_COLOURS else fg,
        bg=None if bg in _DEFAULT_COLOURS else bg,
    )


def cover_with_message(
    lines: list[Line], message: Message, options: Options, make_scope: MakeScope, cols: int
) -> list[Line]:
    """`lines` (at least one) with the message over the one that message-line names."""
    text = message.text if message.styled else message.text.replace("#", "##")
    scope = make_scope(extras={"message": text, "command_prompt": "0"})
    base = apply_style(options, "message-style", scope)
    expanded = expand_time(options.get_string("message-format"), scope)
    return cover(lines, message_row(options, len(lines)), expanded, base, message_area(options, cols))


def message_row(options: Options, count: int) -> int:
    """Which of `count` status lines messages and prompts cover."""
    return min(int(options.get_string("message-line")), count - 1)


def cover(lines: list[Line], row: int, expanded: str, base: Style, area: tuple[int, int]) -> list[Line]:
    """`lines` with an expanded format drawn over an area (first column, width) of one of them."""
    start, width = area
    under = lines[row]
    background = [
        (char + (under.marks or {}).get(x, ""), style_of(code))
        for x, (char, code) in enumerate(zip(under.text, under.style, strict=True))
    ][start : start + width]
    covered = line_of(draw(expanded, width, base, background=background))
    text = under.text[:start] + covered.text + under.text[start + width :]
    codes = under.style[:start] + covered.style + under.style[start + width :]
    marks = {x: mark for x, mark in (under.marks or {}).items() if not start <= x < start + width}
    marks.update({x + start: mark for x, mark in (covered.marks or {}).items()})
    return [*lines[:row], Line(text, codes, marks or None), *lines[row + 1 :]]


def message_area(options: Options, cols: int) -> tuple[int, int]:
    """First column and width of messages and prompts, by the width and alignment of message-style."""
    style = style_from_option(options, "message-style")
    width = cols
    if style is not None and style.width >= 0:
        width = cols * style.width // 100 if style.width_is_percentage else style.width
    if width == 0 or width > cols:
        width = cols
    align = style.align if style is not None else ""
    if align in ("centre", "absolute-centre"):
        return (cols - width) // 2, width
    return (cols - width if align == "right" else 0), width
