"""Composes a client's frame: panes in their places, borders between them, status lines, cursor.

What depends on options and the layout (the plan: which columns of which row show what) is kept until
`mark` says that it may have changed; output of a program only makes the rows of that pane anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.display.border_rows import BorderRows
from tmuxish.display.borders import Area, Borders, Marking
from tmuxish.display.floating import Box, Segment, lay_over
from tmuxish.display.frame import Cursor, Frame, Line, Marks, blank_line
from tmuxish.display.links import Links
from tmuxish.display.overlay import Overlay, lay_patches
from tmuxish.display.pane_rows import PaneRows, Piece
from tmuxish.display.screen_modes import cursor_on, mouse_of, mouse_under
from tmuxish.display.scrollbars import ScrollbarRows, area_of
from tmuxish.display.status import Message, StatusLines, cover_with_message
from tmuxish.display.viewport import Viewport, status_size
from tmuxish.emulator.colours import DEFAULT
from tmuxish.emulator.modes import SYNC
from tmuxish.emulator.style import Style
from tmuxish.formats.expand import expand_time
from tmuxish.formats.styles import add_style
from tmuxish.model.layout import is_floating

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tmuxish.display.prompt_line import PromptLine
    from tmuxish.display.status import MakeScope
    from tmuxish.model.client import Client
    from tmuxish.model.pane import Pane
    from tmuxish.model.server import Model
    from tmuxish.model.session import Session
    from tmuxish.model.window import Window


class _Shown:
    """What is in view of a pane, or of its scrollbar: from which of its columns on, how many, and the row of
    the body at which it begins (negative: above it)."""

    __slots__ = ("area", "is_bar", "pane", "start", "top", "width")

    def __init__(self, pane: Pane, area: Area, is_bar: bool, top: int, start: int, width: int) -> None:
        self.pane = pane
        self.area = area
        self.is_bar = is_bar
        self.top = top
        self.start = start
        self.width = width


class Composer:
    """Frames of one client."""

    def __init__(
        self, model: Model, client: Client, make_scope: MakeScope, *, isolates: bool = False
    ) -> None:
        """`make_scope(pane=..., status=..., extras=...)` gives what a format of this client sees. `isolates`:
        see BorderRows."""
        self._model = model
        self._client = client
        self._make_scope = make_scope
        self.links = Links()
        self.status = StatusLines()
        self.message: Message | None = None
        self.frozen = False  # panes stay as they are shown while a message is up
        self.prompt: PromptLine | None = None
        self.overlay: Overlay | None = None
        self.viewport = Viewport(client.cols, client.rows, 0, False)
        self.border_rows = BorderRows(isolates=isolates)
        self._stale = True
        self._plan_key: object = None
        self._plan: list[list[Segment]] = []
        self._boxes: list[Box] = []  # of the floating panes, topmost first
        self._panes: list[Pane] = []
        self._rows: dict[int, PaneRows] = {}
        self._bars: dict[int, ScrollbarRows] = {}
        self._strips: list[_Shown] = []  # what is in view of the panes and their scrollbars
        self._defaults: dict[int, tuple[int, int]] = {}
        self._body: list[Line] = []
        self._status_lines: list[Line] = []
        self._over_body: Line | None = None  # in place of the first row
        self._prompt_cursor = Cursor()
        # Of the active pane, as it was before the synchronised update that its program may be amid.
        self._pane_cursor = Cursor()
        self._cursor_pane: Pane | None = None
        self._mouse = False  # the option
        # How the cursor looks on the screen with these modes (cursor_on).
        self._look = Cursor()
        self._look_key: object = None
        self._title: str | None = None
        self._path: str | None = None

    def mark(self) -> None:
        """Anything but the contents of panes may have changed."""
        self._stale = True

    def compose(self) -> Frame | None:
        """What the client should see now; None if it has nothing to look at."""
        client, session = self._client, self._client.session
        if session is None or session.current is None:
            return None
        window = session.current.window
        if window.panes != self._panes:
            self._stale = True
        if self._stale:
            self._arrange(session, window)
        moved = self.viewport.follow(client, window)
        if self._stale or moved or not self._plan:
            self._update_plan(session, window)
        self._stale = False
        overlay = self.overlay
        self._update_body(window, frozen=self._is_frozen() and bool(self._body))
        lines = self._body + self._status_lines
        if self.viewport.status_top:
            lines = self._status_lines + self._body
        elif self._over_body is not None:
            lines = [self._over_body, *lines[1:]]
        active = client.active_pane(window)
        cursor = self._cursor(active, window) if self.prompt is None else self._cursor_of_prompt()
        if overlay is not None:
            lines = lay_patches(lines, overlay.patches(client.cols, client.rows))
            cursor = self._cursor_under(overlay, cursor)
            mouse = mouse_under(session.options, overlay.mouse)
        else:
            prompting = self.prompt is not None
            mouse = mouse_of(session.options, window, active, enabled=self._mouse, prompting=prompting)
        progress = None
        if active is not None:
            progress = (active.emulator.progress_state, active.emulator.progress)
        return Frame(
            client.cols,
            client.rows,
            lines,
            cursor,
            mouse,
            self._title,
            self._path,
            progress,
        )

    def is_bare(self) -> bool:
        """Whether the frame that was composed last shows the panes of a window and nothing over them, the
        whole window, and as far as is known nothing but the contents of panes has changed since."""
        return (
            not self._stale
            and self.overlay is None
            and self.prompt is None
            and self.message is None
            and not self._boxes
            and not self.viewport.bigger
        )

    def is_plain(self, pane: Pane) -> bool:
        """Whether the pane's default style is the terminal's."""
        rows = self._rows.get(pane.id)
        return rows is not None and rows.is_plain

    def put_text(self, pane: Pane, x: int, y: int, text: str) -> Line:
        """The frame that was composed last was bare. Since then the client was shown text that was printed in
        the active pane in the default style, in row `y` from column `x` on, with the cursor moving along and
        behind all that the row had. Returns the line of the body with that text."""
        self._rows[pane.id].put_text(x, y, text)
        self._pane_cursor.x += len(text)
        at = pane.yoff + y
        line = self._body[at] = self._body[at].with_text(pane.xoff + x, text)
        return line

    def shows(self, pane: Pane, x: int, y: int) -> bool:
        """Whether no floating pane covers that place of the window, which is one of the pane's."""
        for box in self._boxes:
            if box.holds(x, y):
                return self._panes[box.area.pane] is pane
        return True

    def _is_frozen(self) -> bool:
        """Whether panes stay as they are shown."""
        return (
            self.frozen
            or (self.prompt is not None and self.prompt.freezes)
            or (self.overlay is not None and self.overlay.freezes)
        )

    # -- arranging -----------------------------------------------------------------------------

    def _arrange(self, session: Session, window: Window) -> None:
        """Status lines, pane colours, title: what options say."""
        client, options = self._client, session.options
        self._panes = list(window.panes)
        self._rows = {pane.id: self._rows.get(pane.id) or PaneRows(pane, self.links) for pane in window.panes}
        self._bars = {pane.id: self._bars.get(pane.id) or ScrollbarRows(pane) for pane in window.panes}
        self._defaults = {pane.id: self._default_colours(pane) for pane in window.panes}
        count = status_size(options, client.rows)
        scope = self._make_scope(status=True)
        self.status.update(options, scope, client.cols, count)
        lines = self.status.lines
        top = options.get_string("status-position") == "top"
        bare = not lines and (self.message is not None or self.prompt is not None)
        if bare:
            lines = [blank_line(client.cols)]
        if self.prompt is not None:  # also where a message hides it: its cursor stays
            with_prompt, self._prompt_cursor = self.prompt.draw(lines, options, self._make_scope, client.cols)
        if self.message is not None:
            lines = cover_with_message(lines, self.message, options, self._make_scope, client.cols)
        elif self.prompt is not None:
            lines = with_prompt
        # Without status lines there, what stands still does not move down for a message either.
        self._over_body = lines[0] if bare and top and self._is_frozen() else None
        if self._over_body is not None:
            lines = []
        viewport = Viewport(client.cols, client.rows, len(lines), top and bool(lines))
        viewport.x, viewport.y = self.viewport.x, self.viewport.y
        self.viewport = viewport
        self._status_lines = lines[: viewport.status_rows]
        self._mouse = options.get_flag("mouse")
        self._look_key = None
        if options.get_flag("set-titles"):
            self._title = expand_time(options.get_string("set-titles-string"), scope)
            self._path = window.active.emulator.path if window.active is not None else None

    def _default_colours(self, pane: Pane) -> tuple[int, int]:
        """What window-style, or window-active-style in the active pane, gives cells without a colour."""
        scope = self._make_scope(pane=pane)
        plain = add_style(Style(), pane.options, "window-style", scope)
        fg, bg = plain.fg, plain.bg
        if pane is pane.window.active:
            active = add_style(Style(), pane.options, "window-active-style", scope)
            fg = fg if active.fg == DEFAULT else active.fg
            bg = bg if active.bg == DEFAULT else active.bg
        return fg, bg

    def _update_plan(self, session: Session, window: Window) -> None:
        visible = [pane for pane in window.z_index or window.panes if _is_visible(pane)]
        numbers = {pane.id: number for number, pane in enumerate(window.panes)}
        areas = [area_of(numbers[pane.id], pane) for pane in visible if pane.id in numbers]
        options = window.options
        marked = self._model.marked
        is_marked = marked is not None and marked[0].session is session and marked[0] is session.current
        active = self._client.active_pane(window)
        marking = Marking(
            numbers.get(active.id, -1) if active is not None else -1,
            numbers.get(marked[1].id) if is_marked and marked is not None else None,
            options.get_string("pane-border-status"),
            options.get_string("pane-border-indicators"),
            _two_pane_split(window),
        )
        self.border_rows.update(window, areas, self._make_scope)
        key = (
            window.id, window.cols, window.rows, self.viewport.key(), [pane.id for pane in window.panes],
            areas, marking, self.border_rows.key(),
        )  # fmt: skip
        if key == self._plan_key:
            return
        self._plan_key = key
        self._strips = self._in_view(window, areas)
        tiled = [area for area in areas if not is_floating(window.panes[area.pane])]
        self._boxes = [Box(area, marking) for area in areas if area not in tiled]
        borders = Borders(window.cols, window.rows, tiled, marking)
        self.border_rows.draw_status(window, borders, tiled, self._boxes[::-1], marking.active)
        by_row = sorted(tiled, key=lambda area: area.x)
        top = self.viewport.y
        rows = range(top, top + max(self.viewport.body_rows, 0))
        self._plan = [self._plan_row(borders, by_row, y) for y in rows]
        view = self.viewport.x, self.viewport.cols
        for box in self._boxes[::-1]:
            for y in range(max(box.area.y - 1, top), min(box.bottom + 1, window.rows, rows.stop)):
                row = self._plan[y - top]
                self._plan[y - top] = lay_over(row, box, self.border_rows, y, view, window.cols)
        self._body = []

    def _plan_row(self, borders: Borders, areas: list[Area], y: int) -> list[Segment]:
        """What row `y` of the window shows, as far as it is in view."""
        segments: list[Segment] = []
        x, end = self.viewport.x, self.viewport.x + self.viewport.cols
        for area in areas:
            if not area.y <= y < area.y + area.rows or area.x >= end or area.x + area.cols <= x:
                continue
            if area.x > x:
                segments.append(self.border_rows.segment(borders, x, area.x, y))
                x = area.x
            for source, first, cols in area.strips():
                stop = min(first + cols, end)
                if x < stop:
                    segments.append((source, y - area.y, x - max(first, self.viewport.x), stop - x))
                    x = stop
        if x < end:
            segments.append(self.border_rows.segment(borders, x, end, y))
        return segments

    # -- contents --------------------------------------------------------------------------------

    def _update_body(self, window: Window, *, frozen: bool) -> None:
        """Frozen are only programs: modes, which change when somebody does something, are shown as ever."""
        due: set[int] = set()  # rows of the body
        for shown in self._strips:
            if frozen and self._stands_still(shown.pane):
                continue
            changed = self._update_strip(shown)
            if changed is None:
                due.update(range(shown.top, shown.top + shown.area.rows))
            elif changed:
                due.update([shown.top + y for y in changed])
        if not self._body:
            self._body = [self._join(window, segments) for segments in self._plan]
            return
        for y in due:
            if 0 <= y < len(self._plan):
                self._body[y] = self._join(window, self._plan[y])

    def _join(self, window: Window, segments: list[Segment]) -> Line:
        """A line of the body from its parts."""
        pieces: list[Piece] = []
        for segment in segments:
            if len(segment) == 2:
                pieces.append(Piece(segment[0], segment[1], None, False))
                continue
            source, y, skip, width = segment
            if source < 0:
                pieces.append(self._bars[window.panes[~source].id].piece(y, skip, width))
            else:
                pieces.append(self._rows[window.panes[source].id].piece(y, skip, width))
        return _joined(pieces)

    def _stands_still(self, pane: Pane) -> bool:
        """Whether a pane shows its program, and did so before."""
        return not pane.modes and not self._rows[pane.id].is_new

    def _in_view(self, window: Window, areas: list[Area]) -> list[_Shown]:
        """What there is to be seen of panes and their scrollbars."""
        left = self.viewport.x
        found: list[_Shown] = []
        for area in areas:
            for strip in area.strips():
                start = max(left - strip.x, 0)
                width = min(strip.x + strip.cols, left + self.viewport.cols) - max(strip.x, left)
                if width > 0:
                    pane, is_bar = window.panes[area.pane], strip.source < 0
                    found.append(_Shown(pane, area, is_bar, area.y - self.viewport.y, start, width))
        return found

    def _update_strip(self, shown: _Shown) -> Sequence[int] | None:
        """Bring the rows of a pane or its scrollbar up to date; those that may have changed (None: all)."""
        pane = shown.pane
        if shown.is_bar:
            return self._bars[pane.id].update(shown.area, shown.start, shown.width)
        palette = pane.emulator.palette
        fg, bg = self._defaults[pane.id]
        fg = palette.fg if fg == DEFAULT else fg
        bg = palette.bg if bg == DEFAULT else bg
        return self._rows[pane.id].update(shown.start, shown.width, fg, bg)

    def _cursor(self, pane: Pane | None, window: Window) -> Cursor:
        viewport = self.viewport
        if pane is None:
            return Cursor(visible=False)
        shown = pane.shown
        if pane is self._cursor_pane and shown.modes & SYNC:
            return self._pane_cursor
        x, y = pane.xoff + shown.cursor_x, pane.yoff + shown.cursor_y
        covered = not self.shows(pane, x, y)
        x, y = x - viewport.x, y - viewport.y
        # Waiting to wrap at the window's right edge, it is nowhere.
        inside = 0 <= x <= viewport.cols and x < window.cols and 0 <= y < max(viewport.body_rows, 1)
        key = pane.id, shown.modes, shown.cursor_shape, shown.cursor_colour
        if key != self._look_key:
            self._look_key, self._look = key, cursor_on(shown, pane.options)
        cursor = self._look.at(0, 0)
        if not inside or covered or self.message is not None:
            cursor.visible = False
        if 0 <= x <= viewport.cols and 0 <= y <= viewport.body_rows:  # else it stays at the upper left
            cursor.x = x
            cursor.y = min(y, viewport.rows - 1) + viewport.body_top
        self._cursor_pane, self._pane_cursor = pane, cursor
        return cursor

    def _cursor_of_prompt(self) -> Cursor:
        """Where the next character of the prompt will stand."""
        drawn, viewport = self._prompt_cursor, self.viewport
        top = 0 if self._over_body is not None else viewport.first_status_row
        cursor = drawn.at(drawn.x, min(top + drawn.y, viewport.rows - 1))
        cursor.visible = self.message is None
        return cursor

    def _cursor_under(self, overlay: Overlay, cursor: Cursor) -> Cursor:
        """The overlay's cursor instead of the one below it, which without one is hidden where it was. A
        prompt keeps the cursor in its place."""
        own = overlay.cursor()
        if own is not None and self.message is not None:
            own.visible = False
        if own is None:
            return Cursor(cursor.x, cursor.y, visible=False)
        if self.prompt is not None:
            own = own.at(cursor.x, cursor.y)
        return own


def _is_visible(pane: Pane) -> bool:
    return not pane.window.zoomed or pane is pane.window.active


def _two_pane_split(window: Window) -> str | None:
    """How the window is split where it has just two tiled panes."""
    cells = [pane.cell for pane in window.panes if pane.cell is not None and not pane.cell.floating]
    if window.zoomed or len(cells) != 2 or any(cell.parent is None for cell in cells):
        return None
    parent = cells[-1].parent
    return parent.kind if parent is not None else None


def _joined(pieces: list[Piece]) -> Line:
    """A line from its parts."""
    if len(pieces) == 1:
        only = pieces[0]
        return Line(only.text, only.style, only.marks, only.wrapped, only.whole)
    marks: Marks = {}
    x = 0
    for piece in pieces:
        if piece.marks:
            marks.update({x + column: mark for column, mark in piece.marks.items()})
        x += len(piece.text)
    text = "".join([piece.text for piece in pieces])
    return Line(text, "".join([piece.style for piece in pieces]), marks or None)
