"""Copy mode: a pane's history and screen as they were when it began, to be read, searched and copied.

What there is to see is in `copy_view`, what the commands do in `copy_commands`; here they are put together
and shown.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tmuxish.emulator.rows import PAD
from tmuxish.emulator.style import NO_PALETTE, hold, style_of
from tmuxish.formats.expand import expand
from tmuxish.formats.rows import row_text, word_at
from tmuxish.modes.base import PaneMode
from tmuxish.modes.copy_draw import CopyPainter
from tmuxish.modes.copy_frozen import Frozen
from tmuxish.modes.copy_mouse import CopyDrag
from tmuxish.modes.copy_rows import Position
from tmuxish.modes.copy_search import CopySearch
from tmuxish.modes.copy_selection import NEITHER, selected_text
from tmuxish.modes.copy_view import CopyView
from tmuxish.targets import Found

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tmuxish.commands.context import Context
    from tmuxish.emulator.screen import Screen
    from tmuxish.formats.scope import Extra
    from tmuxish.keys.press import MouseEvent
    from tmuxish.model.client import Client
    from tmuxish.model.pane import Pane
    from tmuxish.model.pane_mode import ModeScreen
    from tmuxish.server.server import Server

EMACS_TABLE, VI_TABLE = "copy-mode", "copy-mode-vi"


class CopyMode(PaneMode):
    """Copy mode of one pane, showing itself or another pane (`source`).

    leaves_at_bottom: scrolling down to the bottom ends it (copy-mode -e). hides_position: without the
    indicator at the top right (-H). mark, shows_mark: the place that set-mark remembers. jump: the last jump,
    as (command, character). recentred: the row that recentre-top-bottom was last used in, and its next step.
    """

    name = "copy-mode"
    # Whether it shows what a pane had, which may be looked at again (not so in view mode).
    has_source = True
    takes_commands = True

    def __init__(
        self, server: Server, pane: Pane, source: Pane, *, leaves_at_bottom: bool, hides_position: bool
    ) -> None:
        super().__init__(server, pane)
        self.source_id = source.id
        self.leaves_at_bottom = leaves_at_bottom
        self.hides_position = hides_position
        frozen = self._freeze(source)
        at = frozen.resize(pane.cols, pane.rows, frozen.cursor)
        self._start(frozen, at)

    def _freeze(self, source: Pane) -> Frozen:
        return Frozen.of(source.emulator, trim=source is not self.pane)

    def _start(self, frozen: Frozen, at: Position) -> None:
        self.view = CopyView(frozen, lambda: self.pane.window.options, self._scrolled)
        self.search = CopySearch(self.pane)
        self.drag = CopyDrag(self)
        self.view.put_at_top(at)
        self.mark = self.view.cursor
        self.shows_mark = False
        self.jump: tuple[str, str] | None = None
        self.recentred: tuple[int, int] = (0, 0)
        self._held = hold(self._screen.lines)
        self._drawn = True

    @property
    def screen(self) -> ModeScreen:
        if not self._drawn:
            self._drawn = True
            self._draw_rows()
        return self._screen

    @property
    def key_table(self) -> str | None:
        return VI_TABLE if self.view.vi else EMACS_TABLE

    @property
    def text(self) -> Screen | None:
        return self.view.frozen.screen

    @property
    def scrolled(self) -> tuple[int, int] | None:
        return self.view.top, self.view.rows.history

    def command(self, ctx: Context) -> None:
        """Run one command of the mode; one that there is not, or with wrong arguments, does nothing."""
        from tmuxish.modes.copy_commands import run_command  # only for panes in copy mode

        run_command(self, ctx)

    # -- what is shown -------------------------------------------------------------------------

    def resize(self, cols: int, rows: int) -> None:
        self._screen.resize(cols, rows)
        self.view.resize(cols, rows)
        self.rows_changed()
        self.draw()

    def rows_changed(self) -> None:
        """The frozen rows are others: nothing is selected any more, and matches are elsewhere."""
        self.view.clear_selection()
        self.view.selection.clamp(self.view.rows.last)
        self.mark = self.mark._replace(y=min(self.mark.y, self.view.rows.last))
        self.search.resized(self.view)

    def _scrolled(self) -> None:
        self.search.moved(self.view)

    def refresh_from_pane(self) -> None:
        """Freeze the pane anew; the first row in view keeps its number."""
        source = self.server.model.panes.get(self.source_id)
        if source is None:
            return
        view = self.view
        top = view.top
        frozen = self._freeze(source)
        frozen.resize(self.pane.cols, self.pane.rows, Position(0, 0))
        view.frozen = frozen
        if top <= view.rows.history:
            view.top = top
        else:
            view.top = view.row = 0
        self.rows_changed()

    def draw(self) -> None:
        """Draw everything anew: when somebody looks, which scripts that send commands may never do."""
        self._drawn = False
        self._screen.changed()
        self.server.clients.pane_changed(self.pane)

    def _draw_rows(self) -> None:
        view, screen = self.view, self._screen
        scope = self.server.scope(Found(pane=self.pane))
        painter = CopyPainter(
            view,
            self.pane.window.options,
            scope,
            self.mark if self.shows_mark else None,
            lambda row: self.search.highlights(view, row),
        )
        screen.hyperlinks = view.frozen.screen.hyperlinks
        screen.lines = painter.rows(position=not self.hides_position)
        self._held.lists = (screen.lines,)
        screen.cursor_x = min(view.drawn_column(view.x), screen.cols - 1)
        screen.cursor_y = min(view.row, screen.rows - 1)
        screen.changed()

    def update(self) -> None:
        self.draw()

    def close(self) -> None:
        self.drag.stop()

    def scroll_to_slider(self, client: Client, event: MouseEvent | None, *, ends: bool) -> bool:
        """Scroll to where a scrollbar's slider is held, without the mouse to the top. ends: at the bottom say
        so (True): it is to end."""
        self.server.windows.set_active(self.pane.window, self.pane)
        return self.drag.to_slider(client, event, ends=ends)

    def expand(self, text: str) -> str:
        """A format of the pane."""
        return expand(text, self.server.scope(Found(pane=self.pane)))

    # -- what is known of it -------------------------------------------------------------------

    def selected(self) -> bytes | None:
        """What copying gives now: the selection, or else the match at the cursor; None for nothing."""
        selection = self.view.selection
        if selection.exists or selection.lines:
            return selected_text(self.view)
        match = self.search.match_at_cursor(self.view)
        return match.encode("utf-8", "surrogateescape") if match else None

    def text_at(self, kind: str, x: int, y: int) -> str | None:
        view = self.view
        row = min(view.top + y, view.rows.last)
        if kind == "line":
            return row_text(view.rows.rows[row], view.rows.length(row)) or None
        if kind == "word":
            separators = self.server.model.session_options.get_string("word-separators")
            return word_at(view.rows.rows, x, row, separators)
        # A link is looked for on the screen, where the position and the numbers have none.
        lines = self.screen.lines
        if y < len(lines) and style_of(lines[y].style_at(x)).attrs & NO_PALETTE:
            return None
        x -= view.number_width
        while x > 0 and view.rows.cell(x, row) == PAD:
            x -= 1
        number = style_of(view.rows.rows[row].style_at(x)).link if x >= 0 else 0
        link = view.frozen.screen.hyperlinks.get(number) if number else None
        return None if link is None else link[0]

    def _text_at_cursor(self, kind: str) -> str:
        return self.text_at(kind, self.view.x, self.view.row) or ""

    def slider_height(self) -> int:
        """Rows that the slider of the pane's scrollbar takes."""
        rows = self.pane.rows
        return max(int(rows * (rows / (self.view.rows.history + rows))), 1)

    def variables(self) -> Mapping[str, Extra]:
        view = self.view
        selection = view.selection
        history = view.rows.history
        absolute = view.numbering not in ("off", "default")
        known: dict[str, Extra] = {
            "top_line_time": str(view.rows.rows[view.top].time),
            "scroll_position": str(view.offset),
            "copy_position": str(view.top + 1 if absolute else view.offset),
            "copy_position_limit": str(history + view.height if absolute else history),
            "rectangle_toggle": _flag(selection.rectangle),
            "copy_cursor_x": str(view.x),
            "copy_cursor_y": str(view.row),
            "selection_active": _flag(selection.exists and selection.tied != NEITHER),
            "selection_present": _flag(selection.exists and selection.start != selection.end),
            "selection_mode": selection.unit,
        }
        for kind in ("word", "line", "hyperlink"):
            known[f"copy_cursor_{kind}"] = partial(self._text_at_cursor, kind)
        if selection.exists:
            for end, place in (("start", selection.start), ("end", selection.end)):
                known[f"selection_{end}_x"] = str(place.x)
                known[f"selection_{end}_y"] = str(place.y)
        known.update(self.search.variables(view))
        return known


def _flag(value: object) -> str:
    return "1" if value else "0"
