"""Attached clients on real ptys, as claude-squad and ciab (and people) have them.

What is drawn is read through pyte, an independent terminal. Every expectation was seen with tmux 3.7c first:
point TMUXISH_TEST_TMUX at one to see it again.
"""

from __future__ import annotations

import itertools
import os
import pty
import select
import signal
import termios
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import Sandbox, is_foreign, wait_until

SESSION = "claudesquad_fix"
ALTERNATE_ON = b"\x1b[?1049h"
ALTERNATE_OFF = b"\x1b[?1049l"


@contextmanager
def attached(
    tmux: Sandbox, target: str = SESSION, cols: int = 80, rows: int = 24, **env: str | None
) -> Iterator[PtyClient]:
    """A client attached to `target` and counted by the server."""
    before = int(fact(tmux, target, "session_attached"))
    argv = [*tmux.command, "attach-session", "-t", target]
    with PtyClient(argv, tmux.environment(env), tmux.work, cols, rows) as client:
        wait_fact(tmux, target, "session_attached", str(before + 1))
        yield client


def fact(tmux: Sandbox, target: str, name: str) -> str:
    return tmux.run("display-message", "-p", "-t", target, f"#{{{name}}}").ok().rstrip("\n")


def wait_fact(tmux: Sandbox, target: str, name: str, value: str) -> None:
    wait_until(lambda: fact(tmux, target, name) == value, f"{name} of {target} being {value}")


def start(tmux: Sandbox, *command: str, session: str = SESSION) -> None:
    tmux.run("new-session", "-d", "-s", session, "-c", str(tmux.work), *command).ok()


def shown(tmux: Sandbox, text: str, target: str = SESSION) -> str:
    """The pane's text once it contains `text`, as `capture-pane -p` gives it."""
    return tmux.until(text, "capture-pane", "-p", "-t", target).out


@contextmanager
def held_open(tty: str) -> Iterator[None]:
    """A terminal that others than the client have open: the shell it was started from."""
    fd = os.open(tty, os.O_RDWR | os.O_NOCTTY)
    try:
        yield
    finally:
        os.close(fd)


def test_new_session_under_a_pty_without_size_is_detached_and_silent(tmux: Sandbox) -> None:
    argv = [*tmux.command, "new-session", "-d", "-s", SESSION, "-c", str(tmux.work), "claude"]
    with PtyClient(argv, tmux.environment(), tmux.work, 0, 0) as starter:
        wait_until(lambda: tmux.run("has-session", f"-t={SESSION}").code == 0, "the session")
        assert (starter.wait(), starter.drawn) == (0, b"")
    assert fact(tmux, SESSION, "window_width") == "80"
    assert fact(tmux, SESSION, "window_height") == "24"


def test_attach_on_a_pty_without_size_draws_80_by_24(tmux: Sandbox) -> None:
    start(tmux, "claude")
    with attached(tmux, cols=0, rows=0) as client:
        client.wait_for("Welcome to the stand-in")
        client.wait_for(f"[{SESSION[:9]}0:")
        lines = client.lines()
        assert lines[0] == "Welcome to the stand-in"
        assert lines[1] == ">"
        assert lines[23].startswith(f"[{SESSION[:9]}0:")
        assert len(lines) == 24
        assert (fact(tmux, SESSION, "window_width"), fact(tmux, SESSION, "window_height")) == ("80", "23")
        assert (fact(tmux, SESSION, "client_width"), fact(tmux, SESSION, "client_height")) == ("80", "24")


def test_the_app_types_prompts_answers_and_single_keys(tmux: Sandbox) -> None:
    start(tmux, "claude")
    with attached(tmux, cols=0, rows=0) as client:
        shown(tmux, ">")
        client.type(b"write a test")
        shown(tmux, "> write a test")
        client.type(b"\x0d")
        shown(tmux, "said: write a test\n>")
        client.type(b"D\r")
        shown(tmux, "said: D\n>")
        client.wait_for("said: D")


def test_resizing_the_terminal_resizes_window_and_picture(tmux: Sandbox) -> None:
    start(tmux, "claude")
    with attached(tmux) as client:
        client.wait_for("[claudesq")
        client.resize(100, 30)
        wait_fact(tmux, SESSION, "window_width", "100")
        assert fact(tmux, SESSION, "window_height") == "29"
        wait_until(lambda: client.lines()[29].startswith("[claudesq"), "the status line on the new last row")
        client.resize(60, 10)
        wait_fact(tmux, SESSION, "window_width", "60")
        wait_until(lambda: client.lines()[9].startswith("[claudesq"), "the status line on row 10")
        client.type(b"\x02d")
        assert client.wait() == 0
    assert (fact(tmux, SESSION, "window_width"), fact(tmux, SESSION, "window_height")) == ("60", "9")


def test_prefix_d_detaches_and_says_so_on_the_normal_screen(tmux: Sandbox) -> None:
    start(tmux, "claude")
    with attached(tmux) as client:
        client.wait_for("Welcome")
        client.type(b"\x02d")
        assert client.wait() == 0
        assert client.closing_line() == f"[detached (from session {SESSION})]"
        drawn = client.drawn
        assert drawn.index(ALTERNATE_ON) < drawn.index(b"Welcome") < drawn.rindex(ALTERNATE_OFF)
        assert drawn.rindex(ALTERNATE_OFF) < drawn.rindex(b"[detached")
        assert drawn.endswith(b"]\r\n")
    assert tmux.run("has-session", f"-t={SESSION}").code == 0
    assert fact(tmux, SESSION, "session_attached") == "0"


def test_closing_the_master_detaches_and_hangs_nobody(tmux: Sandbox) -> None:
    start(tmux, "claude")
    with attached(tmux, cols=0, rows=0) as client:
        client.close()
        assert client.wait() == 1
    wait_fact(tmux, SESSION, "session_attached", "0")
    shown(tmux, "\n>")


def test_ctrl_q_as_ciab_has_it(tmux: Sandbox) -> None:
    """The wrapper writes 02 64 when its user presses Ctrl-Q; a 0x11 that is passed on is the pane's."""
    start(tmux, "keyreader")
    shown(tmux, "reading")
    with attached(tmux) as client:
        client.type(b"\x11")
        shown(tmux, " 021")
        assert tmux.run("detach-client", "-t", SESSION).code == 1
        client.type(b"\x02\x64")
        assert client.wait() == 0
        assert client.closing_line() == f"[detached (from session {SESSION})]"


def test_detach_client_by_tty_detaches_one(tmux: Sandbox) -> None:
    start(tmux, "claude")
    with attached(tmux) as one, attached(tmux) as two:
        ttys = tmux.run("list-clients", "-t", SESSION, "-F", "#{client_tty}").ok().split()
        assert len(ttys) == 2
        tmux.run("detach-client", "-t", ttys[0]).ok()
        wait_fact(tmux, SESSION, "session_attached", "1")
        wait_until(lambda: (one.process.poll(), two.process.poll()).count(None) == 1, "the end of one client")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (b"\r", "015"),
        (b"\n", "012"),
        (b"\x7f", "177"),
        (b"\t", "011"),
        (b"\x03\x04\x1a", "003 004 032"),
        (b"\x1b[A", "033 133 101"),
        (b"\x1b[1;5C", "033 133 061 073 065 103"),
        (b"\x1bOP", "033 117 120"),
        (b"\x1bx", "033 170"),
        ("é日".encode(), "303 251 346 227 245"),
        (b"\x1b[15~", "033 133 061 065 176"),
    ],
)
def test_typed_bytes_reach_the_pane(tmux: Sandbox, typed: bytes, read: str) -> None:
    start(tmux, "keyreader")
    shown(tmux, "reading")
    with attached(tmux) as client:
        client.type(typed + b"!")
        shown(tmux, f"reading\n {read} 041")


def test_bracketed_paste_markers_go_only_to_programs_that_asked(tmux: Sandbox) -> None:
    start(tmux, "paster")
    start(tmux, "keyreader", session="plain")
    shown(tmux, "paste here")
    shown(tmux, "reading", "plain")
    with attached(tmux) as client:
        client.type(b"\x1b[200~two\rlines\x1b[201~\r")
        shown(tmux, "^[[200~two")
        shown(tmux, "lines^[[201~")
    with attached(tmux, "plain") as client:
        client.type(b"\x1b[200~p\x1b[201~!")
        shown(tmux, "reading\n 160 041", "plain")


def test_panes_side_by_side_are_drawn_with_a_border(tmux: Sandbox) -> None:
    start(tmux, "claude")
    tmux.run("split-window", "-h", "-t", SESSION, "painter").ok()
    shown(tmux, "ready", f"{SESSION}:0.1")
    with attached(tmux) as client:
        client.wait_for("ready")
        client.wait_for("Welcome to the stand-in")
        lines = client.lines()
        assert lines[0] == f"{'Welcome to the stand-in':40}│red pink inverse"
        assert all(line[40] == "│" for line in lines[:23])


def test_the_status_line_names_session_windows_host_and_time(tmux: Sandbox) -> None:
    start(tmux, "claude", session="s")
    tmux.run("rename-window", "-t", "s", "agent").ok()
    tmux.run("new-window", "-d", "-t", "s", "-n", "logs").ok()
    with attached(tmux, "s") as client:
        client.wait_for("[s] 0:agent* 1:logs")
        status = client.lines()[23]
        clock = tmux.run("display-message", "-p", "#{=21:pane_title} %H:%M %d-%b-%y").ok().split()
        assert status.endswith(clock[-1])
        assert f'"{clock[0]}"' in status
        assert len(status) == 80


def test_output_of_the_pane_appears_at_once(tmux: Sandbox) -> None:
    start(tmux, "claude")
    with attached(tmux) as client:
        client.wait_for("Welcome")
        tmux.run("send-keys", "-t", SESSION, "from elsewhere", "Enter").ok()
        client.wait_for("said: from elsewhere")


def test_killing_the_session_ends_its_client(tmux: Sandbox) -> None:
    start(tmux, "claude", session="keeper")
    start(tmux, "claude")
    with attached(tmux) as client:
        tmux.run("kill-session", "-t", SESSION).ok()
        assert client.wait() == 0
        assert client.closing_line() == "[exited]"


def test_killing_the_server_ends_its_client_with_a_failure(tmux: Sandbox) -> None:
    start(tmux, "claude")
    with attached(tmux) as client:
        tmux.run("kill-server").ok()
        assert client.wait() == 1
        assert client.closing_line() == "[server exited]"
        assert client.drawn.rindex(ALTERNATE_OFF) < client.drawn.rindex(b"[server exited]")


def test_a_server_lost_without_a_word_leaves_the_terminal_usable(tmux: Sandbox) -> None:
    start(tmux, "claude")
    with attached(tmux) as client:
        client.wait_for("Welcome")
        os.kill(tmux.server_pid(), signal.SIGKILL)
        assert client.wait() == 1
        assert client.closing_line() == "[server exited unexpectedly]"


def test_sigterm_to_the_client_ends_it_and_only_it(tmux: Sandbox) -> None:
    start(tmux, "claude")
    with attached(tmux) as client:
        client.process.terminate()
        assert client.wait() == 1
        assert client.closing_line() == "[terminated]"
    wait_fact(tmux, SESSION, "session_attached", "0")


def test_a_client_that_is_killed_leaves_the_terminal_usable(tmux: Sandbox) -> None:
    start(tmux, "claude")
    argv = [*tmux.command, "attach-session", "-t", SESSION]
    with PtyClient(argv, tmux.environment(), tmux.work, held=True) as client:
        before = termios.tcgetattr(client.master)
        client.release()
        client.wait_for("Welcome")
        with held_open(client.tty):
            client.process.kill()
            client.process.wait()
            wait_until(lambda: ALTERNATE_OFF in client.drawn, "the main screen")
            wait_until(lambda: termios.tcgetattr(client.master) == before, "the terminal's modes")


@pytest.mark.skipif(is_foreign(), reason="deviations.md")
def test_of_a_killed_client_modes_that_the_shell_has_changed_are_left_alone(tmux: Sandbox) -> None:
    start(tmux, "claude")
    with attached(tmux) as client:
        client.wait_for("Welcome")
        server = tmux.server_pid()
        with held_open(client.tty):
            os.kill(server, signal.SIGSTOP)
            client.process.kill()
            client.process.wait()
            changed = termios.tcgetattr(client.master)
            changed[3] |= termios.ISIG
            termios.tcsetattr(client.master, termios.TCSANOW, changed)
            os.kill(server, signal.SIGCONT)
            wait_until(lambda: ALTERNATE_OFF in client.drawn, "the main screen")
            wait_fact(tmux, SESSION, "session_attached", "0")
            assert termios.tcgetattr(client.master)[3] == changed[3]


def test_no_other_terminal_gets_the_name_of_a_killed_client_s_before_the_server_knows(tmux: Sandbox) -> None:
    """It would get the sequences that put a terminal back; the server holds the terminal open."""
    start(tmux, "claude")
    with attached(tmux) as client:
        client.wait_for("Welcome")
        server = tmux.server_pid()
        os.kill(server, signal.SIGSTOP)
        client.end()
        others = [pty.openpty() for _ in range(64)]
        reused = client.tty in [os.ttyname(slave) for _, slave in others]
        os.kill(server, signal.SIGCONT)
        wait_fact(tmux, SESSION, "session_attached", "0")
        written = select.select([master for master, _ in others], [], [], 0)[0]
        for descriptor in itertools.chain(*others):
            os.close(descriptor)
    assert not reused
    assert not written


def test_terminal_modes_are_put_back(tmux: Sandbox) -> None:
    start(tmux, "claude")
    argv = [*tmux.command, "attach-session", "-t", SESSION]
    with PtyClient(argv, tmux.environment(), tmux.work, held=True) as client:
        before = termios.tcgetattr(client.master)
        client.release()
        client.wait_for("Welcome")
        raw = termios.tcgetattr(client.master)
        assert not raw[3] & (termios.ECHO | termios.ICANON | termios.ISIG)
        client.type(b"\x02d")
        assert client.wait() == 0
        assert termios.tcgetattr(client.master)[:4] == before[:4]


def test_attach_without_a_terminal_is_refused(tmux: Sandbox) -> None:
    start(tmux, "claude")
    result = tmux.run("attach-session", "-t", SESSION)
    assert (result.code, result.out, result.err) == (1, "", "open terminal failed: not a terminal\n")


def test_attach_with_an_unknown_terminal_names_it(tmux: Sandbox) -> None:
    start(tmux, "claude")
    argv = [*tmux.command, "attach-session", "-t", SESSION]
    for term, text in [
        ("", b"open terminal failed: terminal does not support clear\r\n"),
        ("no-such-terminal", b"missing or unsuitable terminal: no-such-terminal\r\n"),
    ]:
        with PtyClient(argv, tmux.environment({"TERM": term}), tmux.work) as client:
            assert client.wait() == 1
            assert client.drawn == text


def test_inside_a_pane_of_the_server_attach_is_refused(tmux: Sandbox) -> None:
    start(tmux)
    start(tmux, "claude", session="other")
    shown(tmux, "$")
    tmux.run("send-keys", "-t", SESSION, "tmux attach -t other", "Enter").ok()
    shown(tmux, "sessions should be nested with care, unset $TMUX to force")


def test_a_pty_of_ones_own_attaches_although_tmux_is_set(tmux: Sandbox) -> None:
    start(tmux, "claude")
    own = f"{tmux.socket_path()},{tmux.server_pid()},0"
    with attached(tmux, TMUX=own, TMUX_PANE="%0") as client:
        client.wait_for("Welcome")


def test_attach_or_create_attaches_to_the_one_there_is(tmux: Sandbox) -> None:
    start(tmux, "claude")
    argv = [*tmux.command, "new-session", "-A", "-s", SESSION]
    with PtyClient(argv, tmux.environment(), tmux.work) as client:
        client.wait_for("Welcome to the stand-in")
        client.type(b"\x02d")
        assert client.wait() == 0
    assert tmux.run("list-sessions", "-F", "#{session_name}").ok() == f"{SESSION}\n"


def test_new_session_in_the_foreground_ends_with_its_command(tmux: Sandbox) -> None:
    argv = [*tmux.command, "new-session", "-s", SESSION, "claude"]
    with PtyClient(argv, tmux.environment(), tmux.work, 90, 20) as client:
        client.wait_for("Welcome")
        assert (fact(tmux, SESSION, "window_width"), fact(tmux, SESSION, "window_height")) == ("90", "19")
        client.type(b"exit\r")
        assert client.wait() == 0
        assert client.closing_line() == "[exited]"


def test_attach_d_detaches_the_others(tmux: Sandbox) -> None:
    start(tmux, "claude")
    with attached(tmux) as first:
        argv = [*tmux.command, "attach-session", "-d", "-t", SESSION]
        with PtyClient(argv, tmux.environment(), tmux.work) as second:
            assert first.wait() == 0
            assert first.closing_line() == f"[detached (from session {SESSION})]"
            second.wait_for("Welcome")
            wait_fact(tmux, SESSION, "session_attached", "1")


def test_a_read_only_client_types_nothing_but_may_detach(tmux: Sandbox) -> None:
    start(tmux, "keyreader")
    shown(tmux, "reading")
    argv = [*tmux.command, "attach-session", "-r", "-t", SESSION]
    with PtyClient(argv, tmux.environment(), tmux.work) as client:
        client.wait_for("reading")
        client.type(b"abc")
        client.type(b"\x02d")
        assert client.wait() == 0
    assert shown(tmux, "reading") == "reading\n" + "\n" * 22


def test_of_two_clients_the_latest_decides_the_size(tmux: Sandbox) -> None:
    start(tmux, "claude")
    with attached(tmux, cols=80, rows=24) as small:
        with attached(tmux, cols=120, rows=40) as large:
            wait_fact(tmux, SESSION, "window_width", "120")
            small.type(b"x")
            wait_fact(tmux, SESSION, "window_width", "80")
            large.type(b"y")
            wait_fact(tmux, SESSION, "window_width", "120")
        wait_fact(tmux, SESSION, "window_width", "80")


def test_the_prefix_twice_reaches_the_pane_once(tmux: Sandbox) -> None:
    start(tmux, "keyreader")
    shown(tmux, "reading")
    with attached(tmux) as client:
        client.type(b"\x02\x02!")
        shown(tmux, "reading\n 002 041")


def test_the_title_and_bell_of_the_pane_reach_the_terminal(tmux: Sandbox) -> None:
    start(tmux)
    shown(tmux, "$")
    with attached(tmux) as client:
        client.wait_for("$")
        tmux.run("send-keys", "-t", SESSION, r"printf '\007'", "Enter").ok()
        wait_until(lambda: b"\x07" in client.drawn, "the bell")
