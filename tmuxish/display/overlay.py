"""What lies over everything a client sees and gets its keys first: a menu, a popup, numbers on panes.

A client has at most one. It is drawn into each frame after panes and status lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tmuxish.display.frame import MOUSE_OFF, PAD, Cursor, Line, Marks

if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.keys.decode import Event

# What `Overlay.key` answers: it stays, it has ended, or it has ended and the key counts as ever.
STAYS, ENDS, PASSES = range(3)


class Patch(NamedTuple):
    """A line to be laid over row `y` of the terminal from column `x` on."""

    x: int
    y: int
    line: Line


class Overlay:
    """Base of all overlays.

    freezes: panes are not drawn anew while it is up. mouse: what the terminal has to report of the mouse for
    it (frame.MOUSE_OFF ... MOUSE_ALL); the option mouse may ask for more. on_change: set while it is shown.
    """

    freezes = False
    mouse = MOUSE_OFF
    on_change: Callable[[], None] | None = None

    def changed(self) -> None:
        """It looks different now: have it drawn soon."""
        if self.on_change is not None:
            self.on_change()

    def patches(self, cols: int, rows: int) -> list[Patch]:
        """What it shows on a terminal of that size."""
        raise NotImplementedError

    def cursor(self) -> Cursor | None:
        """The terminal's cursor; None hides it."""
        return None

    def key(self, event: Event) -> int:
        """A key or mouse event of its client: STAYS, ENDS or PASSES."""
        raise NotImplementedError

    def resized(self, cols: int, rows: int) -> bool:
        """The terminal has another size. False: it ends."""
        return False

    def policy_changed(self) -> None:
        """Options that say what programs may do are others."""

    def close(self) -> None:
        """It has ended, for whatever reason: called once."""


def lay_patches(lines: list[Line], patches: list[Patch]) -> list[Line]:
    """`lines` with the patches over them; what sticks out is cut, halves of wide characters become blanks."""
    if not patches:
        return lines
    lines = list(lines)
    for patch in patches:
        if 0 <= patch.y < len(lines):
            lines[patch.y] = _lay(lines[patch.y], patch)
    return lines


def _lay(under: Line, patch: Patch) -> Line:
    width = len(under.text)
    x, line = patch.x, patch.line
    skip = max(-x, 0)
    x += skip
    if x >= width:
        return under
    text, style = line.text[skip : skip + width - x], line.style[skip : skip + width - x]
    if not text:
        return under
    end = x + len(text)
    if text[0] == PAD:
        text = " " + text[1:]
    if line.text[skip + len(text) : skip + len(text) + 1] == PAD:
        text = text[:-1] + " "
    before, after = under.text[:x], under.text[end:]
    if under.text[x] == PAD:
        before = before[:-1] + " "
    if after[:1] == PAD:
        after = " " + after[1:]
    marks: Marks = {c: mark for c, mark in (under.marks or {}).items() if c < x or c >= end}
    shown = range(skip, skip + len(text))
    marks.update({c - skip + x: mark for c, mark in (line.marks or {}).items() if c in shown})
    return Line(before + text + after, under.style[:x] + style + under.style[end:], marks or None)
