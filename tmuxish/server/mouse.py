"""The mouse of one attached client: which key a report counts as, and drags while they go on.

A press is a first click and bound as MouseDown; a second one on the same spot within CLICK_TIME is a
SecondClick, and if no third follows in time a DoubleClick, else a TripleClick. Moving with a button held is
a drag: it belongs to the place where the button was pressed, and ends with MouseDragEnd for its button. The
command bound to its beginning may have the rest of the drag told to itself (`start_drag`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tmuxish.grammar import keys
from tmuxish.keys import mouse
from tmuxish.keys.decode import Event
from tmuxish.keys.press import MouseEvent
from tmuxish.model.neighbours import pane_at
from tmuxish.server.mouse_places import Part, part_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.display.client_view import ClientView
    from tmuxish.keys.mouse import MouseInput
    from tmuxish.model.client import Client
    from tmuxish.model.pane import Pane
    from tmuxish.model.session import Session
    from tmuxish.server.loop import Timer
    from tmuxish.server.server import Server

# Seconds in which the next click of a double or triple click must come.
CLICK_TIME = 0.3

# Bits of a button -> number in the names of keys.
_BUTTON_NUMBERS = {0: 1, 1: 2, 2: 3, 66: 6, 67: 7, 128: 8, 129: 9, 130: 10, 131: 11}
_MODIFIERS = (
    (mouse.META_BIT, keys.META),
    (mouse.CTRL_BIT, keys.CTRL),
    (mouse.SHIFT_BIT, keys.SHIFT),
)
_SIDES = {"left": keys.AT_STATUS_LEFT, "right": keys.AT_STATUS_RIGHT}
# What is no end of a drag.
_GOES_ON = (
    keys.TYPE_MOUSE_DRAG,
    keys.TYPE_WHEEL_UP,
    keys.TYPE_WHEEL_DOWN,
    keys.TYPE_DOUBLE_CLICK,
    keys.TYPE_TRIPLE_CLICK,
)
_CLICKS = (keys.TYPE_MOUSE_DOWN, keys.TYPE_SECOND_CLICK, keys.TYPE_TRIPLE_CLICK)


class _Kind(NamedTuple):
    """What a report is: type of the key, the place it counts for, its button."""

    type: int
    x: int
    y: int
    button: int


class Drag:
    """A drag that goes on.

    update, release: told of what follows, None: nobody. pane: the first one it was at. grabbed: row of the
    scrollbar's slider that is held (see `ClientMouse.slider_row`), None: not dragging one.
    """

    __slots__ = ("grabbed", "pane", "release", "update")

    def __init__(self) -> None:
        self.pane: Pane | None = None
        self.update: Callable[[MouseEvent], None] | None = None
        self.release: Callable[[MouseEvent], None] | None = None
        self.grabbed: int | None = None


class ClientMouse:
    """Tells mouse events of one client apart."""

    def __init__(
        self, server: Server, client: Client, view: ClientView, press: Callable[[Event], None]
    ) -> None:
        """`press` takes the event that says that a double click is over."""
        self._server = server
        self._client = client
        self._view = view
        self._press = press
        self._clicks = 0  # in the present sequence: 0 none, 1 waiting for the second, 2 for the third
        self._click: MouseEvent | None = None  # the last of them
        self._click_location = keys.AT_NOWHERE
        self._click_timer: Timer | None = None
        self.drag: Drag | None = None

    # -- drags ---------------------------------------------------------------------------------

    def start_drag(
        self,
        update: Callable[[MouseEvent], None],
        release: Callable[[MouseEvent], None] | None = None,
    ) -> None:
        """Tell `update` of the further moves of the drag going on, and `release` of its end. Without a drag
        nothing happens: the button is up again."""
        if self.drag is not None:
            self.drag.update, self.drag.release = update, release

    def stop_drag(self) -> None:
        """Nobody wants to hear of the drag any more; its end is still told as a key."""
        if self.drag is not None:
            self.drag.update = self.drag.release = None

    @property
    def slider_row(self) -> int | None:
        """Where a scrollbar's slider is held: row of the slider, plus the lines of a status at the top."""
        return self.drag.grabbed if self.drag is not None else None

    def forget_pane(self, pane: Pane) -> None:
        """The pane is gone."""
        if self.drag is not None and self.drag.pane is pane:
            self.drag.pane = self.drag.grabbed = None
            self.stop_drag()

    def close(self) -> None:
        """The client is gone, or stops being attached for a while."""
        if self._click_timer is not None:
            self._click_timer.cancel()
        self._clicks = 0
        self.drag = None

    # -- telling events apart ------------------------------------------------------------------

    def read(self, event: Event) -> MouseEvent | None:
        """What a MOUSE or DOUBLE_CLICK event is, None: nothing that counts. Key DRAGGING: whoever has taken
        the drag over is to be told (`drag.update`)."""
        session, report = self._client.session, event.mouse
        if report is None or session is None:
            return None
        kind = self._kind(report, event.key == keys.DOUBLE_CLICK)
        if kind is None:
            return None
        found = MouseEvent(report)
        found.made_up = event.key == keys.DOUBLE_CLICK
        part = self._place(found, session, kind)
        if part is None:
            return None
        pane = self._pane_of(found)
        place = found.in_pane(pane) if pane is not None else None
        if place is not None:
            found.x, found.y = place
        if kind.type in _CLICKS:
            kind = kind._replace(type=self._count_click(found, kind.type, part.location))
        if kind.type not in _GOES_ON and self.drag is not None:
            self._end_drag(found)
            kind = kind._replace(type=keys.TYPE_MOUSE_DRAG_END)
        found.key = self._key(found, kind, part)
        return found

    def _kind(self, report: MouseInput, double_click: bool) -> _Kind | None:
        here = report.x, report.y, report.b
        if double_click:
            return _Kind(keys.TYPE_DOUBLE_CLICK, *here)
        if mouse.is_plain_motion(report):
            return _Kind(keys.TYPE_MOUSE_MOVE, report.x, report.y, 0)
        if mouse.is_drag(report.b):
            if self.drag is None:
                return _Kind(keys.TYPE_MOUSE_DRAG, report.lx, report.ly, report.lb)
            moved = (report.x, report.y) != (report.lx, report.ly)
            return _Kind(keys.TYPE_MOUSE_DRAG, *here) if moved else None
        if mouse.is_wheel(report.b):
            up = report.b & mouse.BUTTONS_MASK == mouse.WHEEL_UP
            return _Kind(keys.TYPE_WHEEL_UP if up else keys.TYPE_WHEEL_DOWN, *here)
        if mouse.is_release(report.b):
            button = report.sgr_b if report.sgr_type == "m" else report.lb
            return _Kind(keys.TYPE_MOUSE_UP, report.x, report.y, button)
        types = (keys.TYPE_MOUSE_DOWN, keys.TYPE_SECOND_CLICK, keys.TYPE_TRIPLE_CLICK)
        return _Kind(types[self._clicks], *here)

    # -- places --------------------------------------------------------------------------------

    def _place(self, found: MouseEvent, session: Session, kind: _Kind) -> Part | None:
        """Find what is there and put it into `found`. None: nothing at all."""
        view = self._view
        found.session_id = session.id
        found.status_at, found.status_lines = view.status_place()
        line = found.status_line
        if line is not None:
            drawn = view.status_range_at(found.report.x, line)
            found.status_range = None if drawn is None else drawn.name if drawn.kind == "user" else drawn.kind
        if found.status_at is not None and 0 <= kind.y - found.status_at < found.status_lines:
            return self._place_in_status(found, session, kind.x, kind.y - found.status_at)
        return self._place_in_window(found, session, kind)

    def _place_in_status(self, found: MouseEvent, session: Session, x: int, line: int) -> Part | None:
        drawn = self._view.status_range_at(x, line)
        if drawn is None:
            return Part(keys.AT_STATUS_DEFAULT)
        model, argument = self._server.model, drawn.argument
        if drawn.kind in _SIDES:
            return Part(_SIDES[drawn.kind])
        if drawn.kind == "control":
            return Part(keys.AT_CONTROL0 + argument)
        if drawn.kind == "pane":
            if argument not in model.panes:
                return None
            found.pane_id = argument
        elif drawn.kind == "window":
            winlink = session.winlinks.get(argument)
            if winlink is None:
                return None
            found.window_id = winlink.window.id
        elif drawn.kind == "session":
            if argument not in model.sessions:
                return None
            found.session_id = argument
        return Part(keys.AT_STATUS)

    def _place_in_window(self, found: MouseEvent, session: Session, kind: _Kind) -> Part | None:
        if session.current is None:
            return None
        window, drag = session.current.window, self.drag
        left, top, cols, rows = self._view.window_part(window)
        found.offset = left, top
        if drag is not None and drag.grabbed is not None and drag.pane is not None:
            found.pane_id, found.window_id = drag.pane.id, drag.pane.window.id
            return Part(keys.AT_SCROLLBAR_SLIDER)
        x, y = kind.x, kind.y
        if found.status_at == 0:
            y -= found.status_lines
        elif found.status_at is not None:
            y = min(y, found.status_at - 1)
        if x > cols or y > rows:
            return None
        x, y = x + left, y + top
        pane = pane_at(window, x, y)
        if kind.type == keys.TYPE_MOUSE_DRAG and drag is not None and drag.pane is not None:
            pane = drag.pane
        if pane is None:
            return None
        found.pane_id, found.window_id = pane.id, pane.window.id
        part = part_of(pane, x, y)
        if part.location == keys.AT_BORDER:
            drawn = self._view.border_range_at(pane, x, y)
            if drawn is not None:
                return Part(keys.AT_CONTROL0 + drawn.argument)
        return part

    def _pane_of(self, found: MouseEvent) -> Pane | None:
        """The pane of an event, or where it was at none the active one of its window."""
        model = self._server.model
        if found.pane_id is not None:
            return model.panes.get(found.pane_id)
        session = model.sessions.get(found.session_id)
        if found.window_id is not None:
            window = model.windows.get(found.window_id)
        else:
            window = session.current.window if session is not None and session.current is not None else None
        return None if window is None else window.active

    # -- clicks --------------------------------------------------------------------------------

    def _count_click(self, found: MouseEvent, type: int, location: int) -> int:
        """The type of a press, which starts anew where it is not like the last one."""
        last = self._click
        if self._click_timer is not None:
            self._click_timer.cancel()
            self._click_timer = None
        alike = (
            last is not None
            and last.report.b == found.report.b
            and last.pane_id == found.pane_id
            and self._click_location == location
        )
        if type != keys.TYPE_MOUSE_DOWN and not alike:
            type = keys.TYPE_MOUSE_DOWN
        if type == keys.TYPE_TRIPLE_CLICK:
            self._clicks = 0
            return type
        self._clicks = 2 if type == keys.TYPE_SECOND_CLICK else 1
        self._click, self._click_location = found, location
        self._click_timer = self._server.loop.call_later(CLICK_TIME, self._click_over)
        return type

    def _click_over(self) -> None:
        self._click_timer = None
        waited_for, self._clicks = self._clicks, 0
        if waited_for == 2 and self._click is not None:
            self._press(Event(keys.DOUBLE_CLICK, b"", self._click.report))

    # -- keys ----------------------------------------------------------------------------------

    def _end_drag(self, found: MouseEvent) -> None:
        drag, self.drag = self.drag, None
        if drag is not None and drag.release is not None:
            drag.release(found)

    def _key(self, found: MouseEvent, kind: _Kind, part: Part) -> int:
        button = kind.button & mouse.BUTTONS_MASK
        if kind.type == keys.TYPE_MOUSE_MOVE and part.location == keys.AT_PANE:
            key = keys.mouse_key(kind.type, 0, part.location)
            self._focus(found)
        elif kind.type == keys.TYPE_MOUSE_DRAG and self._drag(found, part):
            key = keys.DRAGGING
        else:
            key = keys.mouse_key(kind.type, _BUTTON_NUMBERS.get(button, 0), part.location)
        for bit, modifier in _MODIFIERS:
            key |= modifier if kind.button & bit else 0
        return key

    def _drag(self, found: MouseEvent, part: Part) -> bool:
        """A drag begins or goes on. True if somebody has taken it over."""
        if self.drag is None:
            self.drag = Drag()
        drag = self.drag
        if drag.pane is None and found.pane_id is not None:
            drag.pane = self._server.model.panes.get(found.pane_id)
        if drag.grabbed is None and part.location == keys.AT_SCROLLBAR_SLIDER:
            drag.grabbed = part.slider_row + (found.status_lines if found.status_at == 0 else 0)
        return drag.update is not None

    def _focus(self, found: MouseEvent) -> None:
        """focus-follows-mouse: the pane under the mouse becomes active."""
        session, pane = self._client.session, self._pane_of(found)
        if session is None or pane is None or pane is pane.window.active:
            return
        if session.options.get_flag("focus-follows-mouse"):
            self._server.windows.set_active(pane.window, pane)
