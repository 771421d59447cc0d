"""Letters shown without a frame: whatever else happens, the terminal shows what one drawn anew would."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compat_tests.display.terminal_screen import Screen, Stream, dump
from compat_tests.display.view_world import World, shell
from tmuxish.display.client_view import ClientView
from tmuxish.emulator.modes import SYNC
from tmuxish.model.pane import Pane

COLS, ROWS = 24, 7


class Shown:
    """A view and the terminal that gets what it sends, as a server would use them while somebody types."""

    def __init__(self, world: World, view: ClientView) -> None:
        self.world, self.view = world, view
        self.screen = Screen(view._client.cols, view._client.rows)
        self._stream = Stream(self.screen)
        self._stream.feed(view.start())
        self.letters = 0
        self.draw()

    def draw(self) -> None:
        self._stream.feed(self.view.render())

    def print(self, pane: Pane, data: bytes) -> None:
        """The program of a pane prints something."""
        pane.emulator.feed(data)
        if pane.emulator.modes & SYNC:
            return
        if len(data) == 1 and self.view.echo.letter(pane, data[0]):
            self.letters += 1
            self._stream.feed(data)
            return
        self.draw()
        if self.world.window.active is not None:
            self.view.echo.expect(self.world.window.active)

    def anew(self) -> dict[str, Any]:
        """What a client shows that has just been attached."""
        client = self.view._client
        screen = Screen(client.cols, client.rows)
        stream, view = Stream(screen), self.world.attach(client.cols, client.rows)
        view._composer.message = self.view.message
        stream.feed(view.start())
        stream.feed(view.render())
        return dump(screen)

    def check(self) -> None:
        shown, anew = dump(self.screen), self.anew()
        if not anew["cursor"][2]:  # where a cursor is that is not shown depends on how it came there
            shown["cursor"][:2] = anew["cursor"][:2]
        assert shown == anew


def two_panes(side_by_side: bool) -> World:
    """Without a status line and styles that depend, as formats may be cut short on a busy machine."""
    if side_by_side:
        world = World(COLS, ROWS, [(0, 0, 11, ROWS), (12, 0, 12, ROWS)])
    else:
        world = World(COLS, ROWS, [(0, 0, COLS, 3), (0, 4, COLS, 3)])
    world.session.options.set("status", "off")
    world.window.options.set("pane-border-style", "default")
    world.window.options.set("pane-active-border-style", "fg=green")
    return world


@pytest.fixture
def typing() -> Shown:
    world, view = shell(COLS, ROWS)
    shown = Shown(world, view)
    shown.print(pane_of(shown), b"$ ")
    return shown


def pane_of(shown: Shown) -> Pane:
    pane = shown.world.window.active
    assert pane is not None
    return pane


def test_letters_after_a_frame_need_no_other(typing: Shown) -> None:
    for letter in b"echo hello":
        typing.print(pane_of(typing), bytes((letter,)))
    assert typing.letters == len("echo hello")
    assert typing.view.render() == b""
    typing.check()


def test_the_row_ends_the_letters(typing: Shown) -> None:
    for letter in b"x" * (2 * COLS):
        typing.print(pane_of(typing), bytes((letter,)))
        typing.check()
    assert typing.letters > COLS


NOT_LETTERS = {
    "a colour": b"\x1b[31m",
    "line drawing": b"\x1b(0",
    "insert mode": b"\x1b[4h",
    "no wrapping": b"\x1b[?7l",
    "an unfinished sequence": b"\x1b[3",
    "text behind the cursor": b"abc\r",
    "a combining mark": b"e\xcc\x81",
}


@pytest.mark.parametrize("before", NOT_LETTERS.values(), ids=NOT_LETTERS)
def test_what_is_more_than_a_letter_gets_a_frame(typing: Shown, before: bytes) -> None:
    typing.print(pane_of(typing), before)
    typing.print(pane_of(typing), b"a")
    assert typing.letters == 0
    typing.check()


@pytest.mark.parametrize(
    ("first", "second"),
    [(b"\x1b[", b"C"), (b"\xc3", b"a"), (b"\xc2", b"\xa9"), (b"\xe2\x82", b"\xac"), (b"\x1b", b"c")],
)
def test_the_end_of_something_begun_is_no_letter(typing: Shown, first: bytes, second: bytes) -> None:
    typing.print(pane_of(typing), first)
    typing.print(pane_of(typing), second)
    assert typing.letters == 0
    typing.check()


def styled(shown: Shown) -> None:
    shown.world.window.options.set("window-style", "bg=red")
    shown.view.mark()


def message(shown: Shown) -> None:
    shown.view.show_message("hello", freeze=False)


def command(shown: Shown) -> None:
    shown.world.commands_run += 1


def other_output(shown: Shown) -> None:
    pane_of(shown).emulator.feed(b"\x1b7\x1b[3;2Hother\x1b8")


def forgotten(shown: Shown) -> None:
    shown.view.redraw()


def restarted(shown: Shown) -> None:
    shown._stream.feed(shown.view.stop() + shown.view.start())


EVENTS = [styled, message, command, other_output, forgotten, restarted]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_any_event_ends_the_letters(typing: Shown, event: Any) -> None:
    typing.print(pane_of(typing), b"a")
    event(typing)
    typing.print(pane_of(typing), b"b")
    assert typing.letters == 1
    typing.check()


def test_letters_stay_while_their_pane_stands_still() -> None:
    """In a synchronised update the pane shows what it showed before, whatever else is drawn."""
    world = two_panes(side_by_side=True)
    first, second = world.window.panes
    shown = Shown(world, world.attach(COLS, ROWS))
    shown.print(first, b"$ ")
    shown.print(first, b"a")
    assert shown.letters == 1
    shown.print(first, b"\x1b[?2026hxyz")
    shown.print(second, b"other")
    text = dump(shown.screen)["text"]
    assert text[0] == "$ a        │other"
    assert dump(shown.screen)["cursor"][:2] == [3, 0]


def test_other_panes_do_not_echo() -> None:
    world = two_panes(side_by_side=False)
    shown = Shown(world, world.attach(COLS, ROWS))
    shown.print(world.window.panes[0], b"$ ")
    shown.print(world.window.panes[1], b"a")
    assert shown.letters == 0
    shown.check()


PRINTED = st.one_of(
    st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=1).map(str.encode),
    st.sampled_from(
        [
            *NOT_LETTERS.values(),
            *(b"$ ", b"\r\n", b"\b", b"\b \b", b"\t", b"\x07", b"\x1b", b"\x1b[m", b"\x1b[2;3H", b"\x1b[K"),
            *(b"\x1b(B", b"\x1b[4l", b"\x1b[?7h", b"\x1bc", b"\x1b[?1049h", b"\x1b[?1049l", b"\x0e", b"\x0f"),
            *(b"\xc2", b"\xa9", b"\x1b[", "é".encode(), "漢".encode(), b"\x1b[5 q", b"\x1bM"),
            *(b"\x1b[?2026h", b"\x1b[?2026l", b"\x1b[?25l"),
        ]
    ),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("print"), PRINTED),
        st.tuples(st.just("print elsewhere"), PRINTED),
        st.tuples(st.sampled_from(["select", "draw", *(event.__name__ for event in EVENTS)]), st.just(b"")),
    ),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(steps=STEPS, side_by_side=st.booleans())
def test_it_always_shows_what_a_new_client_would(steps: list[tuple[str, bytes]], side_by_side: bool) -> None:
    world = two_panes(side_by_side)
    shown = Shown(world, world.attach(COLS, ROWS))
    events = {event.__name__: event for event in EVENTS}
    for kind, data in [("print", b"$ "), *steps]:
        others = [pane for pane in world.window.panes if pane is not world.window.active]
        if kind == "print":
            shown.print(pane_of(shown), data)
        elif kind == "print elsewhere":
            shown.print(others[0], data)
        elif kind == "select":
            world.window.active = others[0]
            shown.view.mark()
        elif kind == "draw":
            shown.draw()
        else:
            events[kind](shown)
    for pane in world.window.panes:
        shown.print(pane, b"\x18\x1b[?2026l\x1b[m")
    shown.view.clear_message()
    shown.draw()
    shown.check()
