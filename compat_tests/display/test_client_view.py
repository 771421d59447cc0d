"""One client's view: taking the terminal over and giving it back, answers, sizes, and what a redraw costs."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compat_tests.display.terminal_screen import Screen, Stream
from compat_tests.display.view_world import World, shell
from tmuxish.keys.decode import Event
from tmuxish.keys.replies import Reply


def grid() -> World:
    """Eight panes in a 200x60 terminal, full of coloured text."""
    world = World(200, 59, [(x * 50, y * 30, 49, 29) for y in range(2) for x in range(4)])
    for pane in world.window.panes:
        for number in range(29):
            pane.emulator.feed(b"\r\n\x1b[3%dmsome coloured text\x1b[m and plain" % (number % 8))
    return world


def best_of(count: int, action: Any) -> float:
    """The least time an action took, in milliseconds."""
    times = []
    for _ in range(count):
        start = time.process_time()
        action()
        times.append((time.process_time() - start) * 1000)
    return min(times)


# As recorded from tmux 3.7c on an xterm-256color that does not answer.
START = (
    b"\x1b[?1h\x1b=\x1b[H\x1b[2J\x1b[?12l\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1005l"
    b"\x1b[?2004h\x1b[?2031h\x1b[?996n"
)
STOP = (
    b"\x1b[1;24r\x1b(B\x1b[m\x1b[?1l\x1b>\x1b[H\x1b[2J\x1b[?12l\x1b[?25h\x1b[?1000l\x1b[?1002l\x1b[?1003l"
    b"\x1b[?1006l\x1b[?1005l\x1b[?2004l\x1b[?7727l\x1b[?1004l\x1b[?1049l"
)


def test_start_and_stop_are_those_of_tmux() -> None:
    _, view = shell()
    start = view.start()
    assert start.startswith(b"\x1b[?1049h")
    assert START in start
    assert b"\x1b[c\x1b[>c\x1b[>q\x1b]10;?\x1b\\\x1b]11;?\x1b\\" in start
    stop = view.stop()
    assert stop.startswith(STOP)
    assert stop.endswith(b"\x1b[?2031l")


@pytest.mark.parametrize(("rows", "shown"), [(5, False), (6, True)])
def test_status_lines_that_would_leave_no_room_are_not_drawn(rows: int, shown: bool) -> None:
    world = World(80, rows, [(0, 0, 80, rows)])
    world.session.options.set("status", "5")
    view = world.attach(80, rows)
    view.start()
    world.window.panes[0].emulator.feed(b"text")
    drawn = view.render()
    assert b"text" in drawn
    assert (b"0:w" in drawn) is shown


def test_stop_resets_a_changed_cursor() -> None:
    world, view = shell()
    view.start()
    world.window.panes[0].emulator.feed(b"\x1b[3 q\x1b]12;#ff0000\x07")
    assert b"\x1b[3 q" in view.render()
    assert b"\x1b[2 q\x1b]112\x07" in view.stop()


def test_answers_change_what_the_terminal_can_do() -> None:
    world, view = shell()
    view.start()
    world.window.panes[0].emulator.feed(b"\x1b[38;2;1;2;3mx")
    assert b"38;2;1;2;3" not in view.render()
    for item in view.feed(b"\x1bP>|XTerm(390)\x1b\\"):
        assert isinstance(item, Reply)
        view.take_reply(item)
    assert b"38;2;1;2;3" in view.render()
    client = view._client
    assert "RGB" in client.features
    assert client.term_type == "XTerm(390)"


def test_the_theme_is_what_the_terminal_reports_whatever_its_background() -> None:
    _, view = shell()
    (reply,) = view.feed(b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\")
    assert isinstance(reply, Reply)
    view.take_reply(reply)
    assert view._client.bg == 0x2FFFFFF
    assert view._client.theme == ""


def test_escape_waits_longer_while_an_answer_is_due() -> None:
    _, view = shell()
    assert view.feed(b"\x1b") == []
    assert view.delay(10) == 10
    view.start()
    assert view.delay(10) == 500
    (event,) = view.expire()
    assert isinstance(event, Event)


def test_extended_keys_and_focus_are_asked_for_when_set() -> None:
    world, view = shell()
    world.model.server_options.set("extended-keys", "on")
    world.model.server_options.set("focus-events", 1)
    assert b"\x1b[?1004h" in view.start()
    assert b"\x1b[>4;2m" not in view.start()
    (reply,) = view.feed(b"\x1bP>|tmux 3.7c\x1b\\")
    assert isinstance(reply, Reply)
    view.take_reply(reply)
    assert b"\x1b[>4;2m" in view.render()


def test_titles() -> None:
    world, view = shell()
    view.start()
    assert b"\x1b]0;" not in view.render()
    world.session.options.set("set-titles", 1)
    world.session.options.set("set-titles-string", "#S:#W")
    view.mark()
    assert b"\x1b]0;s:w\x07" in view.render()


def test_a_frozen_pane_is_drawn_when_the_message_goes() -> None:
    world, view = shell()
    view.start()
    view.render()
    view.show_message("wait")
    assert b"wait" in view.render()
    world.window.panes[0].emulator.feed(b"news")
    assert b"news" not in view.render()
    view.clear_message()
    assert b"news" in view.render()


def test_half_a_synchronised_update_is_never_drawn() -> None:
    world = World(11, 3, [(0, 0, 5, 3), (6, 0, 5, 3)])
    view = world.attach(11, 4)
    first, second = (pane.emulator for pane in world.window.panes)
    first.feed(b"old")
    view.start()
    view.render()
    first.feed(b"\x1b[?2026h\x1b[Hhalf")
    second.feed(b"two")
    sent = view.render()
    assert b"two" in sent
    assert b"half" not in sent
    assert sent.endswith(b"\x1b[4G"), "the cursor stays too"
    first.feed(b"done\x1b[?2026l")
    assert b"half" in view.render()


def test_all_of_a_screen_that_is_drawn_again_as_one_update_is_sent() -> None:
    world, view = shell(10, 3)
    view.start()
    emulator = world.window.panes[0].emulator
    emulator.feed(b"frame 1\r\nline 1")
    view.render()
    emulator.feed(b"\x1b[?2026h\x1b[Hframe 2\r\nline 2\x1b[?2026l")
    sent = view.render()
    assert b"frame 2" in sent and b"line 2" in sent
    emulator.feed(b"\x1b[?2026h\x1b[Hframe 3\x1b[?2026l")
    assert b"frame" not in view.render()


def test_clipboard() -> None:
    _, view = shell()
    assert view.clipboard("c", b"hi") == b"\x1b]52;c;aGk=\x07"


def test_links_of_two_panes_are_not_mixed_up() -> None:
    world = World(11, 3, [(0, 0, 5, 3), (6, 0, 5, 3)])
    view = world.attach(11, 4)
    view.terminal.add_features(["hyperlinks"])
    world.window.panes[0].emulator.feed(b"\x1b]8;;http://a\x1b\\one")
    world.window.panes[1].emulator.feed(b"\x1b]8;;http://b\x1b\\two")
    view.start()
    sent = view.render()
    assert b"http://a\x1b\\one" in sent
    assert b"http://b\x1b\\two" in sent


def test_what_is_where() -> None:
    world = World(11, 3, [(0, 0, 5, 3), (6, 0, 5, 3)])
    view = world.attach(11, 4)
    view.render()
    assert view.window_part(world.window) == (0, 0, 11, 3)
    assert view.status_place() == (3, 1)
    found = view.status_range_at(5, 0)
    assert found is not None
    assert (found.kind, found.argument) == ("window", 0)


@settings(max_examples=80)
@given(
    st.integers(1, 30),
    st.integers(1, 9),
    st.integers(1, 40),
    st.integers(1, 12),
    st.lists(
        st.tuples(st.integers(-2, 30), st.integers(-1, 9), st.integers(1, 30), st.integers(1, 9)),
        min_size=1,
        max_size=4,
    ),
    st.binary(max_size=60),
    st.sampled_from(["off", "top", "bottom"]),
    st.sampled_from(["off", "on", "5"]),
)
def test_any_size_and_layout_can_be_drawn(
    cols: int,
    rows: int,
    window_cols: int,
    window_rows: int,
    panes: list[tuple[int, int, int, int]],
    output: bytes,
    border_status: str,
    status: str,
) -> None:
    world = World(window_cols, window_rows, panes)
    world.window.options.set("pane-border-status", border_status)
    world.session.options.set("status", status)
    view = world.attach(cols, rows)
    screen = Screen(cols, rows)
    Stream(screen).feed(view.start().replace(b"\x1b[?996n", b""))
    view.render()
    for pane in world.window.panes:
        pane.emulator.feed("中\té\u0301".encode() + output)
    view.render()
    frame = view._painter.frame
    assert frame is not None
    assert len(frame.lines) == rows
    assert all(len(line.text) == len(line.style) == cols for line in frame.lines)
    assert frame.cursor.y < rows or not frame.cursor.visible


def test_a_typed_character_is_cheap() -> None:
    world, view = shell()
    view.start()
    view.render()
    emulator = world.window.panes[0].emulator

    def echo() -> None:
        emulator.feed(b"\rx" if emulator.cursor_x > 70 else b"x")
        view.render()

    assert best_of(50, echo) < 0.5


def test_a_full_redraw_is_cheap() -> None:
    view = grid().attach(200, 60)
    view.start()

    def redraw() -> None:
        view.redraw()
        assert len(view.render()) > 5000

    assert best_of(10, redraw) < 15
