"""In a container that holds little more than Python the first session works, or the message names what is
missing and how to mend it.

Nothing that a comfortable system has is there: no HOME, no PATH, no TERM, no locale, no terminfo, no passwd,
no programs but a shell; the root and /tmp are read-only.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import wait_until
from compat_tests.container.bare import TMUX, Container, interpreter, refusal

pytestmark = pytest.mark.skipif(refusal() is not None, reason=str(refusal()))

ALL = ("devices", "pts", "proc")


def until(container: Container, text: str, *argv: str) -> None:
    """Repeat a command of tmux until it prints `text`."""
    wait_until(lambda: text in container.tmux(*argv).out, f"{text!r} from {argv}: {container.tmux(*argv)}")


def wait_for_server(container: Container) -> None:
    """Until process 1 serves."""
    wait_until(lambda: "no server running" not in container.tmux("has-session").err, "a server")


def first_session_works(container: Container, *, proc: bool = True, **options: Any) -> None:
    """The calls that products begin with."""
    container.tmux("new-session", "-d", "-s", "a", **options).ok()
    container.tmux("send-keys", "-t", "a", "echo answer=$((6*7))", "Enter").ok()
    until(container, "answer=42", "capture-pane", "-p", "-t", "a")
    listing = container.tmux("list-sessions", "-F", "#S|#{pane_current_command}|#{session_windows}")
    assert listing.ok() == "a|sh|1\n"
    until(container, "|/" if proc else "|", "list-panes", "-F", "|#{pane_current_path}")


WORLDS: Mapping[str, dict[str, Any]] = {
    "bare": {},
    "no-proc": {"has": ("devices", "pts")},
    "no-devices": {"has": ("pts", "proc")},
    "ptys-only": {"has": ("pts",)},
    "uid-without-passwd": {"uid": 12345},
    "c-locale": {"env": {"LC_ALL": "C", "LANG": "C"}},
    "no-utf8-mode": {"env": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}},
    "shell-that-is-missing": {"env": {"SHELL": "/bin/bash"}},
    "home-that-is-missing": {"env": {"HOME": "/home/nobody"}},
    "odd-term": {"env": {"TERM": "no-such-terminal"}},
    "odd-hostname": {"hostname": "#{pid}#(date)\x01\xe9"},
    "long-hostname": {"hostname": "h" * 64},
    "tmp-instead": {"has": (*ALL, "tmp"), "env": {"TMUX_TMPDIR": ""}},
}


@pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS.keys())
def test_the_first_session(world: dict[str, Any]) -> None:
    with Container(**world) as container:
        first_session_works(container, proc="proc" in world.get("has", ALL))
        container.tmux("kill-server").ok()


@pytest.mark.parametrize("uid", [0, 4242])
@pytest.mark.parametrize("has", [ALL, ("pts",)], ids=["proc", "ptys-only"])
def test_the_server_as_process_1(uid: int, has: tuple[str, ...]) -> None:
    with Container(argv=[TMUX, "-D"], uid=uid, has=has) as container:
        wait_for_server(container)
        first_session_works(container, proc="proc" in has)
        assert container.tmux("display-message", "-p", "#{pid}").ok() == "1\n"


@pytest.fixture
def served() -> Iterator[Container]:
    """A container whose process 1 is a server, with one session."""
    with Container(argv=[TMUX, "-D"]) as container:
        wait_for_server(container)
        container.tmux("new-session", "-d", "-s", "a").ok()
        yield container


def children(container: Container) -> list[str]:
    path = Path(f"/proc/{container.pid}/task/{container.pid}/children")
    return path.read_text().split()


def test_process_1_reaps_orphans(served: Container) -> None:
    [pane] = children(served)
    for _ in range(20):
        served.tmux("send-keys", "-t", "a", "( ( : & ) & )", "Enter").ok()
    served.tmux("send-keys", "-t", "a", "echo d'o'ne", "Enter").ok()
    until(served, "done", "capture-pane", "-p", "-t", "a")
    wait_until(lambda: children(served) == [pane], "nothing but the pane's program being left")


def test_an_orphan_that_lives_on_becomes_a_child_and_is_reaped(served: Container) -> None:
    [pane] = children(served)
    served.tmux("send-keys", "-t", "a", f"( {interpreter()} -c 'input()' <>/dev/ptmx & )", "Enter").ok()
    wait_until(lambda: len(children(served)) == 2, "the orphan's new parent")
    [orphan] = set(children(served)) - {pane}
    os.kill(int(orphan), signal.SIGKILL)
    wait_until(lambda: children(served) == [pane], "the orphan's end")


def test_docker_stop(served: Container) -> None:
    """SIGTERM to process 1 ends everything cleanly, and in time."""
    os.kill(served.pid, signal.SIGTERM)
    out, err = served.first.communicate(timeout=5)
    assert (served.first.returncode, out, err) == (0, b"", b"")


def test_docker_run() -> None:
    """A client as process 1: it starts the server, shows the session, and reaps what the server leaves."""
    argv = [TMUX, "new-session", "-s", "a"]
    with Container(argv=argv, env={"TERM": "xterm-256color"}, terminal=True) as container:
        until(container, "1", "list-sessions", "-F", "#{session_attached}")
        before = children(container)
        for _ in range(5):
            container.tmux("send-keys", "-t", "a", "( ( : & ) & )", "Enter").ok()
        container.tmux("send-keys", "-t", "a", "echo d'o'ne", "Enter").ok()
        until(container, "done", "capture-pane", "-p", "-t", "a")
        wait_until(lambda: children(container) == before, "nothing but the server being left")
        container.tmux("detach-client", "-s", "a")  # which ends with the container, maybe before its answer
        assert container.first.wait(5) == 0


NO_PLACE = "set TMUX_TMPDIR to a directory that can be written to\n"
READ_ONLY = "couldn't create directory /tmp/tmux-{uid} (Read-only file system)\n"

LACKS: Mapping[str, tuple[dict[str, Any], str]] = {
    "ptys": ({"has": ("devices", "proc")}, "mount devpts on /dev/pts"),
    "pts-folder": ({"has": ("devices", "proc", "ptmx")}, "mount devpts on /dev/pts"),
    "socket-folder": ({"env": {"TMUX_TMPDIR": ""}}, READ_ONLY.format(uid=0) + NO_PLACE),
    "socket-folder-uid": ({"env": {"TMUX_TMPDIR": "/nowhere"}, "uid": 7}, READ_ONLY.format(uid=7) + NO_PLACE),
}


@pytest.mark.parametrize(("world", "message"), LACKS.values(), ids=LACKS.keys())
def test_what_is_missing_is_named(world: dict[str, Any], message: str) -> None:
    with Container(**world) as container:
        result = container.tmux("new-session", "-d", "-s", "a")
        assert (result.code, result.out) == (1, "")
        assert message in result.err
        assert "Traceback" not in result.err


TERMINALS = {
    "unset": (None, "open terminal failed: terminal does not support clear"),
    "dumb": ("dumb", "open terminal failed: terminal does not support clear"),
    "unknown": ("no-such-terminal", "missing or unsuitable terminal: no-such-terminal"),
}


@pytest.mark.parametrize(("term", "complaint"), TERMINALS.values(), ids=TERMINALS.keys())
def test_attaching_from_a_terminal_of_no_use(served: Container, term: str | None, complaint: str) -> None:
    for argv in (["attach-session", "-t", "a"], ["new-session", "-s", "b"]):
        command = served.entering(TMUX, *argv)
        with PtyClient(command, served.environment({"TERM": term}), Path("/")) as client:
            assert client.wait() == 1
            assert client.drawn.decode() == f"{complaint}\r\n"
    assert served.tmux("list-sessions", "-F", "#S").ok() == "a\n"


@pytest.mark.parametrize("term", ["xterm-256color", "screen", "linux", "vt100"])
def test_attaching_without_terminfo(served: Container, term: str) -> None:
    command = served.entering(TMUX, "attach-session", "-t", "a")
    with PtyClient(command, served.environment({"TERM": term}), Path("/")) as client:
        client.wait_for("[a] 0:sh*")
        client.type(b"echo answer=$((6*7))\r")
        client.wait_for("answer=42")
        client.type(b"\x02d")
        assert client.wait() == 0
        assert client.closing_line() == "[detached (from session a)]"
