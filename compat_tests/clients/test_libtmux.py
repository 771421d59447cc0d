"""libtmux as a client: the Python library under OpenHands, CAO and tmuxp.

It raises on any text on standard error and wants every row of a listing to hold exactly the fields it asked
for.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from libtmux import exc
from libtmux.constants import OptionScope, PaneDirection
from libtmux.pane import Pane
from libtmux.server import Server
from libtmux.session import Session

from compat_tests.clients.sandbox import Sandbox, wait_until


@pytest.fixture
def server(tmux: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A libtmux server on the executable under test."""
    for name in ("TMUX", "TMUX_PANE", "LC_ALL", "LC_CTYPE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in tmux.env.items():
        monkeypatch.setenv(name, value)
    yield Server(socket_name="libtmux", tmux_bin=tmux.bin / "tmux")


@pytest.fixture
def session(server: Server, tmux: Sandbox) -> Session:
    return server.new_session("main", start_directory=str(tmux.work), x=100, y=30)


def pane_of(session: Session) -> Pane:
    pane = session.active_pane
    assert pane is not None
    return pane


def wait_for_text(pane: Pane, text: str) -> list[str]:
    wait_until(lambda: any(text in line for line in pane.capture_pane()), f"{text!r} in {pane.pane_id}")
    return pane.capture_pane()


def type_line(pane: Pane, line: str, answer: str) -> None:
    """Send a line to a shell whose prompt stands there, and wait for what it prints."""
    wait_for_text(pane, "$")
    pane.send_keys(line)
    wait_until(lambda: answer in pane.capture_pane(), f"the line {answer!r}")


def test_a_server_without_sessions_is_not_alive(server: Server) -> None:
    assert not server.is_alive()
    assert list(server.sessions) == []
    assert not server.has_session("main")
    with pytest.raises(subprocess.CalledProcessError):
        server.raise_if_dead()


def test_sessions_are_made_listed_found_and_killed(server: Server, tmux: Sandbox) -> None:
    one = server.new_session("one", start_directory=str(tmux.work))
    two = server.new_session("two", window_name="win", window_command="claude", environment={"K": "V w"})
    assert server.is_alive()
    assert (one.session_id, two.session_id) == ("$0", "$1")
    assert [session.session_name for session in server.sessions] == ["one", "two"]
    assert server.has_session("one")
    assert not server.has_session("on")
    assert server.has_session("on", exact=False)
    assert one.session_path == str(tmux.work)
    assert one.session_attached == "0"
    assert server.attached_sessions == []
    assert two.active_window.window_name == "win"
    with pytest.raises(exc.TmuxSessionExists):
        server.new_session("one")
    replaced = server.new_session("one", kill_session=True)
    assert replaced.session_id == "$2"
    with pytest.raises(exc.BadSessionName):
        server.new_session("a.b")
    assert [session.session_id for session in server.sessions.filter(session_name="two")] == ["$1"]
    two.kill()
    assert [session.session_name for session in server.sessions] == ["one"]
    with pytest.raises(exc.LibTmuxException):
        server.kill_session("nope")
    server.kill()
    wait_until(lambda: not server.is_alive(), "the end of the server")


def test_a_session_made_of_a_hundred_thousand_cells(server: Server) -> None:
    session = server.new_session("huge", x=1000, y=1000)
    window = session.active_window
    assert (window.window_width, window.window_height) == ("1000", "1000")


def test_session_renames_and_knows_its_windows(session: Session) -> None:
    session.rename_session("renamed")
    assert session.session_name == "renamed"
    window = session.new_window(window_name="second", attach=False)
    third = session.new_window(
        window_name="third", window_shell="claude", start_directory="/tmp", attach=True
    )
    assert [w.window_index for w in session.windows] == ["0", "1", "2"]
    assert session.active_window.window_id == third.window_id
    window.select()
    assert session.active_window.window_name == "second"
    assert [w.window_id for w in session.windows.filter(window_name="third")] == ["@2"]
    session.select_window(0)
    assert session.active_window.window_index == "0"
    session.kill_window("third")
    assert [w.window_name for w in session.windows][1:] == ["second"]
    assert session.server.windows.filter(window_name="second")[0].session.session_name == "renamed"


def test_windows_split_resize_lay_out_and_rename(session: Session) -> None:
    window = session.active_window
    window.rename_window("editor")
    assert window.window_name == "editor"
    right = window.split(direction=PaneDirection.Right)
    below = right.split(direction=PaneDirection.Below, shell="claude", start_directory="/tmp", size="30%")
    above = pane_of(session).split(direction=PaneDirection.Above, attach=False)
    assert len(window.panes) == 4
    assert below.pane_start_command == "claude"
    assert above.pane_at_top == "1"
    window.select_layout("even-horizontal")
    widths = [int(pane.pane_width or 0) for pane in window.panes]
    assert sum(widths) == 97
    assert max(widths) - min(widths) <= 1
    for layout in ("even-vertical", "main-horizontal", "main-vertical", "tiled"):
        window.select_layout(layout)
    window.refresh()
    saved = window.window_layout
    window.select_layout("main-vertical")
    window.select_layout(saved)
    window.refresh()
    assert window.window_layout == saved
    window.resize(height=40, width=120)
    assert (window.window_width, window.window_height) == ("120", "40")
    window.select_pane("-U")
    window.select_pane(right.pane_id or "")
    assert session.active_pane is not None
    assert session.active_pane.pane_id == right.pane_id


def test_panes_resize_zoom_select_and_die(session: Session) -> None:
    left = pane_of(session)
    right = left.split(direction=PaneDirection.Right)
    right.resize(width=30)
    assert right.pane_width == "30"
    left.resize(adjustment_direction=None, width="40%")
    assert left.pane_width == "40"
    left.resize(zoom=True)
    window = session.active_window
    assert window.window_zoomed_flag == "1"
    left.resize(zoom=True)
    left.select()
    assert left.pane_active == "1"
    left.set_title("a title")
    assert left.pane_title == "a title"
    assert right.at_right
    assert not right.at_left
    right.kill()
    assert [pane.pane_id for pane in window.panes] == [left.pane_id]
    with pytest.raises(exc.LibTmuxException):
        right.kill()


def test_keys_are_sent_and_the_screen_is_captured(session: Session) -> None:
    pane = pane_of(session)
    type_line(pane, "echo hello", "hello")
    pane.send_keys("echo 'literal Enter; here'", literal=True, enter=True)
    wait_for_text(pane, "literal Enter; here")
    pane.send_keys("sleep 300")
    wait_until(lambda: pane.display_message("#{pane_current_command}", get_text=True) == ["sleep"], "sleep")
    pane.send_keys("C-c", enter=False, suppress_history=False)
    wait_until(lambda: pane.display_message("#{pane_current_command}", get_text=True) == ["sh"], "the shell")
    type_line(pane, r"printf '\033[31mred\033[0m\n'", "red")
    coloured = pane.capture_pane(escape_sequences=True)
    assert "\x1b[31mred\x1b[39m" in coloured
    type_line(pane, "i=0; while [ $i -lt 50 ]; do echo row $i; i=$((i+1)); done", "row 49")
    assert "row 1" not in pane.capture_pane()
    everything = pane.capture_pane(start="-", end="-")
    assert "row 1" in everything
    assert "$ echo hello" in everything
    top = everything.index(pane.capture_pane()[0])
    assert pane.capture_pane(start=-3, end=-1) == everything[top - 3 : top]
    pane.clear()
    pane.reset()
    assert "row 1" not in pane.capture_pane(start="-", end="-")


def test_lines_joined_and_clear_history(session: Session) -> None:
    pane = pane_of(session)
    type_line(pane, "printf '%0150d\\n' 7", "0" * 49 + "7")
    assert "0" * 149 + "7" in pane.capture_pane(join_wrapped=True)
    type_line(pane, "i=0; while [ $i -lt 50 ]; do echo row $i; i=$((i+1)); done", "row 49")
    pane.refresh()
    assert int(pane.history_size or 0) > 0
    pane.clear_history()
    pane.refresh()
    assert pane.history_size == "0"


def test_every_field_of_a_pane_is_there(session: Session, tmux: Sandbox) -> None:
    pane = pane_of(session)
    wait_for_text(pane, "$")
    pane.refresh()
    assert pane.pane_pid is not None
    os.kill(int(pane.pane_pid), 0)
    assert Path(pane.pane_tty or "").is_char_device()
    facts = {
        "pane_id": "%0",
        "pane_index": "0",
        "pane_width": "100",
        "pane_height": "30",
        "pane_current_command": "sh",
        "pane_current_path": str(tmux.work),
        "pane_dead": "0",
        "pane_in_mode": "0",
        "window_id": "@0",
        "window_panes": "1",
        "session_id": "$0",
        "session_name": "main",
        "cursor_x": "2",
        "cursor_y": "0",
        "history_limit": "2000",
        "history_size": "0",
        "version": "3.7c",
        "alternate_saved_x": "4294967295",
        "scroll_region_upper": "0",
        "scroll_region_lower": "29",
        "wrap_flag": "1",
        "cursor_flag": "1",
        "insert_flag": "0",
        "pane_tabs": "8,16,24,32,40,48,56,64,72,80,88,96",
    }
    assert {name: getattr(pane, name) for name in facts} == facts


def test_options_of_every_scope(server: Server, session: Session) -> None:
    window, pane = session.active_window, pane_of(session)
    session.set_option("history-limit", 5000)
    assert session.show_option("history-limit") == 5000
    session.set_option("status", False)
    assert session.show_option("status") is False
    session.unset_option("status")
    assert session.show_option("status") is None
    assert session.show_option("status", include_inherited=True) is True
    assert session.show_option("status", global_=True) is True
    window.set_option("main-pane-height", 12)
    assert window.show_option("main-pane-height") == 12
    window.set_option("automatic-rename", "off")
    assert window.show_options()["automatic-rename"] is False
    pane.set_option("remain-on-exit", "on", scope=OptionScope.Pane)
    assert pane.show_option("remain-on-exit", scope=OptionScope.Pane) is True
    server.set_option("escape-time", 50)
    assert server.show_option("escape-time") == 50
    session.set_option("@user", "any text; at all", global_=True)
    assert session.show_option("@user", global_=True) == "any text; at all"
    assert len(session.show_options(global_=True)) > 50
    assert len(window.show_options(global_=True)) > 50
    assert session.show_options(global_=True)["base-index"] == 0
    with pytest.raises(exc.OptionError):
        session.set_option("no-such-option", 1)
    with pytest.raises(exc.OptionError):
        session.show_option("no-such-option")
    with pytest.raises(exc.OptionError):
        session.set_option("sta", 1)


def test_array_options(server: Server, session: Session) -> None:
    session.set_option("update-environment[0]", "ONE")
    session.set_option("update-environment[5]", "FIVE")
    shown: Any = session.show_options()["update-environment"]
    assert dict(shown) == {0: "ONE", 5: "FIVE"}
    server.set_option("command-alias[20]", "ls2=list-sessions")
    assert server.cmd("ls2", "-F", "#S").stdout == ["main"]


def test_environment_of_session_and_server(server: Server, session: Session) -> None:
    session.set_environment("ONE", "1")
    session.set_environment("GONE", "x")
    session.remove_environment("GONE")
    assert session.getenv("ONE") == "1"
    assert session.getenv("NOTHING") is None
    shown = session.show_environment()
    assert shown["ONE"] == "1"
    assert shown["-GONE"] is True
    session.unset_environment("ONE")
    assert "ONE" not in session.show_environment()
    server.set_environment("EVERYWHERE", "yes and more")
    assert server.show_environment()["EVERYWHERE"] == "yes and more"
    window = session.new_window(environment={"OWN": "a b"})
    pane = window.active_pane
    assert pane is not None
    type_line(pane, 'echo "$EVERYWHERE, $OWN."', "yes and more, a b.")


def test_buffers(server: Server, session: Session, tmux: Sandbox) -> None:
    server.set_buffer("text one", buffer_name="b1")
    assert server.show_buffer(buffer_name="b1") == "text one"
    path = tmux.work / "saved"
    server.save_buffer(path, buffer_name="b1")
    assert path.read_text() == "text one"
    path.write_text("from a file\n")
    server.load_buffer(path, buffer_name="b2")
    assert server.show_buffer(buffer_name="b2") == "from a file"
    assert [line.split(":")[0] for line in server.list_buffers()] == ["b2", "b1"]
    pane = pane_of(session)
    wait_for_text(pane, "$")
    server.set_buffer("echo pasted\n", buffer_name="b3")
    pane.paste_buffer(buffer_name="b3")
    wait_until(lambda: "pasted" in pane.capture_pane(), "the pasted command's answer")
    server.delete_buffer(buffer_name="b1")
    with pytest.raises(exc.LibTmuxException):
        server.show_buffer(buffer_name="b1")


def test_pipe_respawn_and_run_shell(server: Server, session: Session, tmux: Sandbox) -> None:
    pane = pane_of(session)
    wait_for_text(pane, "$")
    log = tmux.work / "pane.log"
    pane.pipe(f"cat >> {log}")
    type_line(pane, "echo into the log", "into the log")
    wait_until(
        lambda: log.exists() and b"\r\ninto the log" in log.read_bytes(), "the pane's output in the file"
    )
    pane.pipe()
    pane.respawn(kill=True, shell="claude")
    wait_for_text(pane, "Welcome to the stand-in")
    assert server.run_shell("echo from run-shell") == ["from run-shell"]
    server.wait_for("channel", set_flag=True)
    server.wait_for("channel")
    server.if_shell("true", "set-option -g @chosen yes", else_command="set-option -g @chosen no")
    wait_until(
        lambda: session.show_option("@chosen", global_=True) == "yes", "the command chosen by if-shell"
    )
    config = tmux.work / "extra.conf"
    config.write_text("set -g @sourced 'it is'\n")
    server.source_file(config)
    assert session.show_option("@sourced", global_=True) == "it is"


def test_objects_know_when_they_are_gone(session: Session) -> None:
    keeper = session.new_window(window_name="keeper")
    first = session.windows[0]
    first.kill()
    with pytest.raises(exc.TmuxObjectDoesNotExist):
        first.refresh()
    assert [window.window_id for window in session.windows] == [keeper.window_id]
    with pytest.raises(exc.LibTmuxException):
        keeper.kill()
        session.refresh()
