"""The client on Windows: attached to a console, in control mode, files and text as they are.

Wine's console on a Unix terminal carries out nothing: it passes on what is written, so what is looked for
are texts. It reports keys as such and knows no virtual terminal input.
"""

from __future__ import annotations

import codecs
import fcntl
import os
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Iterator

import pytest

from compat_tests.clients.sandbox import WAIT_TIMEOUT, wait_until
from compat_tests.wine.harness import Wine
from compat_tests.wine.sandbox import WindowsSandbox

pytestmark = pytest.mark.wine

_CUT = re.compile(rb"\r\r?\n")
SIZE = struct.pack("HHHH", 24, 80, 0, 0)


class Attached:
    """A client on a Unix terminal, which Wine makes a console of."""

    def __init__(self, windows: WindowsSandbox, *argv: str) -> None:
        self._master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, SIZE)
        self._process: subprocess.Popen[bytes] = windows.popen(*argv, tty=slave)
        os.close(slave)
        self.shown = b""

    def type(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def until(self, text: str) -> None:
        """Reads what the console shows until that text comes, which then counts as seen."""
        deadline = time.monotonic() + 3 * WAIT_TIMEOUT
        wanted = text.encode()
        while wanted not in self.shown:
            left = deadline - time.monotonic()
            assert left > 0, f"{text!r} never came; last: {self.shown[-2000:]!r}"
            if select.select([self._master], [], [], left)[0]:
                # Wine takes sequences for text that needs room, and cuts lines where there is none left.
                self.shown = _CUT.sub(b"", self.shown + os.read(self._master, 65536))
        self.shown = self.shown.partition(wanted)[2]

    def ended(self) -> int:
        return self._process.wait(WAIT_TIMEOUT)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._master)


@pytest.fixture(scope="module")
def world(wine: Wine) -> Iterator[WindowsSandbox]:
    """One for all tests here, which takes less time than one for each."""
    with WindowsSandbox(wine) as sandbox:
        yield sandbox


@pytest.fixture
def session(world: WindowsSandbox) -> WindowsSandbox:
    """A server with a session `main`, whose pane runs cmd.exe."""
    world.run("kill-session", "-t", "main")
    world.run("new-session", "-d", "-s", "main", "-x", "80", "-y", "24", "cmd.exe").ok()
    return world


@pytest.fixture
def attached(session: WindowsSandbox) -> Iterator[Attached]:
    client = Attached(session, "attach")
    client.until("[main]")
    yield client
    client.close()


def test_an_attached_client_types_and_detaches(session: WindowsSandbox, attached: Attached) -> None:
    listed = "#{client_name} #{client_width}x#{client_height} #{client_termname} #{client_utf8}"
    name, rest = session.run("list-clients", "-F", listed).ok().rstrip().split(" ", 1)
    assert name.startswith("console/")
    assert rest == "80x24 xterm-256color 1"
    attached.type("echo ü-€\r")
    session.until("\nü-€", "capture-pane", "-p")
    attached.type("\x02d")
    attached.until("[detached (from session main)]")
    assert attached.ended() == 0
    assert session.run("list-clients").ok() == ""


def test_cursor_and_function_keys_arrive(session: WindowsSandbox, attached: Attached) -> None:
    for name in ("Up", "C-Right", "F5", "M-x", "Escape"):
        session.run("bind-key", "-n", name, "set-option", "-ag", "@keys", f"{name},").ok()
    attached.type("\x1b[A")
    attached.type("\x1b[1;5C")
    attached.type("\x1b[15~")
    attached.type("\x1bx")
    session.until("Up,C-Right,F5,M-x,", "show-options", "-gqv", "@keys")
    attached.type("\x1b")
    session.until("M-x,Escape,", "show-options", "-gqv", "@keys")


def test_a_client_says_that_its_server_is_gone(session: WindowsSandbox, attached: Attached) -> None:
    session.end(session.server_pid())
    attached.until("[server exited unexpectedly]")
    assert attached.ended() == 1


def test_a_client_says_that_its_session_is_gone(session: WindowsSandbox, attached: Attached) -> None:
    session.run("kill-session").ok()
    attached.until("[exited]")
    assert attached.ended() == 0


def test_a_killed_client_is_missed_by_the_server(session: WindowsSandbox, attached: Attached) -> None:
    session.end(int(session.run("list-clients", "-F", "#{client_pid}").ok()))
    wait_until(lambda: session.run("list-clients").ok() == "", "the server to miss the client")
    assert session.run("has-session", "-t", "main").code == 0


def test_without_a_console_nothing_is_attached(session: WindowsSandbox) -> None:
    for argv in (["attach"], ["new-session"], ["-CC", "attach"]):
        done = session.run(*argv)
        assert (done.code, done.err) == (1, "open terminal failed: not a terminal\n")


def test_a_shell_command_in_the_clients_place(session: WindowsSandbox) -> None:
    done = session.run("-c", "echo one two& exit 7")
    assert (done.code, done.out.rstrip()) == (7, "one two")


def test_control_mode_over_pipes(session: WindowsSandbox) -> None:
    done = session.run("-C", "attach", stdin=b"display-message -p '\xc3\xbc \xe2\x82\xac'\r\nlist-nothing\n")
    lines = done.ok().splitlines()
    assert "ü €" in lines
    assert "parse error: unknown command: list-nothing" in lines
    assert lines[-1] == "%exit"
    assert not any("\r" in line for line in lines)


def test_control_mode_on_a_console(session: WindowsSandbox) -> None:
    client = Attached(session, "-CC", "attach")
    client.until("%session-changed $")
    client.type("display-message -p hello\r")
    client.until("hello")
    client.type("detach-client\r")
    client.until("%exit")
    assert client.ended() == 0
    client.close()


def test_what_cannot_be_done_says_so(session: WindowsSandbox, attached: Attached) -> None:
    for argv, text in (
        (["suspend-client"], "clients can't be suspended on Windows, which has no job control"),
        (["detach-client", "-P"], "-P is not available on Windows, where nobody can hang up on a process"),
    ):
        done = session.run(*argv)
        assert (done.code, done.err) == (1, f"{text}\n")


def test_bytes_stay_as_they_are(session: WindowsSandbox) -> None:
    data = bytes(range(256)) + b"\r\n\n\x1a end"
    session.run("load-buffer", "-", stdin=data).ok()
    session.run("save-buffer", "out file.bin").ok()
    session.run("load-buffer", "-b", "again", r"..\work dir\out file.bin").ok()
    assert (session.work / "out file.bin").read_bytes() == data
    assert session.run("save-buffer", "-b", "again", "-").stdout == data


def test_configuration_as_windows_writes_it(world: WindowsSandbox) -> None:
    text = "set -g @%s 'ü'\r\nif-shell -F 1 {\r\n  set -g @%s-too \"b\"\r\n}\r\n"
    roaming = world.home / "AppData" / "Roaming" / "tmux"
    roaming.mkdir(parents=True)
    (world.home / ".tmux.conf").write_bytes(codecs.BOM_UTF8 + (text % ("home", "home")).encode())
    data = (text % ("roaming", "roaming")).encode("utf-16-le")
    (roaming / "tmux.conf").write_bytes(codecs.BOM_UTF16_LE + data)
    shown = world.run("-Lconf", "start-server", ";", "show", "-g")
    found = [line for line in shown.ok().splitlines() if line.startswith("@")]
    assert found == ["@home ü", "@home-too b", "@roaming ü", "@roaming-too b"]


def test_files_are_found_however_their_path_is_written(session: WindowsSandbox) -> None:
    (session.home / "deep").mkdir()
    (session.home / "deep" / "x.conf").write_text("set -ag @read x\n")
    (session.home / "home.conf").write_text("source-file ~/deep/x.conf\n")
    home = str(session.env["USERPROFILE"])
    slashes = home.replace("\\", "/")
    for path in (
        home + r"\deep\x.conf",
        f"{slashes}/deep/*.conf",
        r"..\John Doe\deep\x.conf",
        f"{slashes}/home.conf",
    ):
        session.run("source-file", path).ok()
    assert session.run("show-options", "-gv", "@read").ok() == "xxxx\n"
    missing = session.run("source-file", r"C:\no such.conf")
    assert (missing.code, missing.err) == (1, "No such file or directory: C:\\no such.conf\n")


def test_the_companion(session: WindowsSandbox) -> None:
    def companion(*argv: str) -> tuple[int, str]:
        done = session.python("-c", "from tmuxish.cli.tmuxish import main; main()", *argv)
        return done.code, done.out

    assert companion("ls") == (0, "default\n  main: 1 window\n")
    status, said = companion("doctor")
    assert status == 0, said
    assert "panes: programs run in pseudo consoles" in said
    assert "server: running on" in said
    assert companion("shim", "bin")[0] == 1
