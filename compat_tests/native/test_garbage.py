"""Whatever a server sends, the launcher ends in an orderly way: with the sanitizers watching."""

from __future__ import annotations

import contextlib
import os
import pty
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from compat_tests.client.support import ENVIRONMENT, PATIENCE
from compat_tests.clients.sandbox import ROOT, native_client
from tmuxish.packaging import launcher
from tmuxish.wire import frames

SEEDS = range(int(os.environ.get("TMUXISH_TEST_SEEDS", "30")))

# Frames that a server may send, with payloads of the right kind.
SENSIBLE: list[Callable[[random.Random], tuple[int, bytes]]] = [
    lambda source: (frames.STDOUT, source.randbytes(source.choice((0, 1, 70_000)))),
    lambda source: (frames.STDERR, source.randbytes(9)),
    lambda source: (frames.IDENTIFY_REQUEST, b""),
    lambda source: (
        frames.READ,
        frames.pack_string(source.choice((b"-", b"/dev/null", b"", b"/etc/passwd", b"/"))),
    ),
    lambda source: (
        frames.WRITE,
        frames.pack_write(
            source.choice((b"-", b"/dev/null", b"/", b"")), source.randbytes(30), source.randrange(4)
        ),
    ),
    lambda source: (frames.ATTACH, b""),
    lambda source: (frames.OUTPUT, source.randbytes(source.choice((0, 5, 3000)))),
    lambda source: (frames.LOCK, frames.pack_string(b"true")),
    lambda source: (frames.SHELL, frames.pack_string(b"/bin/true")),
    lambda source: (frames.FLAGS, frames.pack_number(source.randrange(2))),
    lambda source: (
        frames.DETACHED,
        frames.pack_detached(source.choice((0, 2, 3, 4, 5, 9)), b"m", 1, b"x", b"/no"),
    ),
    lambda source: (
        frames.EXIT,
        frames.pack_exit(source.randrange(3), source.randbytes(source.randrange(3))),
    ),
]


@cache
def checked_client() -> Path:
    """The launcher with every access checked, or as it is where the compiler has no such checks."""
    path = native_client().with_name("checked")
    options = ["-g", "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
    command = [*launcher.compiler(), *options, "-o", str(path), str(ROOT / launcher.SOURCE)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        return native_client()
    return path


@contextlib.contextmanager
def accepted(*argv: str, stdin: int) -> Iterator[tuple[subprocess.Popen[bytes], socket.socket]]:
    """A client and the server's end of its connection, the only one that it gets."""
    with tempfile.TemporaryDirectory(prefix="tmx") as folder:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(f"{folder}/s")
            listener.listen()
            listener.settimeout(PATIENCE)
            process = subprocess.Popen(
                [checked_client(), "-S", f"{folder}/s", *argv],
                env={**ENVIRONMENT, "ASAN_OPTIONS": "detect_leaks=0"},
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
            connection, _ = listener.accept()
        connection.settimeout(PATIENCE)
        with process, connection:
            try:
                yield process, connection
            finally:
                process.kill()


def conversation(source: random.Random) -> bytes:
    """Frames with something wrong somewhere."""
    data = bytearray()
    for _ in range(source.randrange(1, 8)):
        data += frames.encode(*source.choice(SENSIBLE)(source))
    for _ in range(source.randrange(3)):
        if data:
            data[source.randrange(len(data))] = source.randrange(256)
    if source.random() < 0.3:
        del data[source.randrange(len(data)) :]
    if source.random() < 0.1:
        return source.randbytes(source.randrange(40))
    return bytes(data)


def play(source: random.Random, *argv: str, terminal: bool) -> tuple[int, str]:
    """One conversation; how the client ended, and its standard error."""
    controller, user = pty.openpty() if terminal else (-1, -1)
    with accepted(*argv, stdin=user if terminal else subprocess.DEVNULL) as (process, connection):
        data = conversation(source)
        try:
            while data:
                size = source.choice((1, 4, 5, 100, 100_000))
                connection.sendall(data[:size])
                data = data[size:]
        except ConnectionError:
            pass  # it has had enough
        connection.close()
        for fd in (controller, user) if terminal else ():
            os.close(fd)  # or it might wait for an empty line
        _, err = process.communicate(timeout=PATIENCE)
    return process.returncode, err.decode(errors="replace")


@pytest.mark.parametrize(
    ("argv", "terminal"),
    [(["ls"], False), (["attach"], True), (["-C", "attach"], False), (["-CC", "attach"], True)],
    ids=["command", "attached", "control", "control on a terminal"],
)
def test_nothing_a_server_says_hurts(argv: list[str], terminal: bool) -> None:
    for seed in SEEDS:
        status, err = play(random.Random(seed), *argv, terminal=terminal)
        assert status >= 0, f"seed {seed}: {err}"
        assert "Sanitizer" not in err and "runtime error" not in err, f"seed {seed}: {err}"


@pytest.mark.parametrize(("size", "status"), [(frames.MAX_FRAME - 1, 0), (frames.MAX_FRAME, 1)])
def test_the_largest_frame(size: int, status: int) -> None:
    """And one that is larger is refused."""
    data = (size + 1).to_bytes(4, "big") + bytes((frames.STDOUT,)) + bytes(size)
    data += frames.encode(frames.EXIT, frames.pack_exit(0))

    def send(connection: socket.socket) -> None:
        with contextlib.suppress(ConnectionError):
            connection.sendall(data)

    with accepted("ls", stdin=subprocess.DEVNULL) as (process, connection):
        sender = threading.Thread(target=send, args=(connection,))
        sender.start()
        out, err = process.communicate(timeout=PATIENCE)
        sender.join()
    assert (process.returncode, len(out)) == (status, 0 if status else size), err


@pytest.mark.parametrize("fault", ["unknown kind", "no shell", "NUL in the shell", "status alone"])
def test_nothing_is_executed_that_a_broken_ending_names(fault: str, tmp_path: Path) -> None:
    """Of DETACHED either all is valid, or it is as if the server had gone."""
    made = tmp_path / "made"
    whole = frames.pack_detached(frames.DETACH_EXEC, b"", 1, f"touch {made}".encode(), b"/bin/sh")
    payload = {
        "unknown kind": bytes((9,)) + whole[1:],
        "no shell": whole[: -len(frames.pack_string(b"/bin/sh"))],
        "NUL in the shell": whole[:-1] + b"\0",
        "status alone": whole[:1],
    }[fault]
    controller, user = pty.openpty()
    with accepted("attach", stdin=user) as (process, connection):
        connection.sendall(frames.encode(frames.ATTACH) + frames.encode(frames.DETACHED, payload))
        out, err = process.communicate(timeout=PATIENCE)
    os.close(controller)
    os.close(user)
    assert (process.returncode, out, err) == (1, b"[server exited unexpectedly]\n", b"")
    assert not made.exists()


LONG = "x" * 100_000
HOSTILE: list[dict[str, str]] = [
    {},
    {"PATH": LONG, "HOME": LONG, "TERM": LONG, "LANG": LONG},
    {"PATH": ":::", "TMUX": ",", "TMUX_PANE": LONG, "PWD": f"/{LONG}"},
    {"TMUX": f"/{LONG},1,2"},
    {"TMUX": f"/{'x' * 107},1,2"},
    {"TMUX_TMPDIR": f"/{LONG}"},
    {"TMUX_TMPDIR": "/" * 4000, "PWD": ""},
    {"LC_ALL": "UTF-", "LC_CTYPE": "utf8", "TMUXISH_PURE_CLIENT": ""},
    {f"N{number}": "x" for number in range(5000)},
]


@pytest.mark.parametrize("argv", [[], [""], ["tmux"], ["-"], ["tmux", "-"], ["tmux", *["-2"] * 2000, "ls"]])
@pytest.mark.parametrize("env", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_the_caller_says_hurts(argv: list[str], env: dict[str, str], tmp_path: Path) -> None:
    """Not even an argument vector without a program's name, which only execve() can make. No Python is there
    to be handed over to, and so nobody starts a server.
    """
    alone = shutil.copy(checked_client(), tmp_path / "tmux")
    program = (
        "import ctypes, os, sys\n"
        "def array(words): return (ctypes.c_char_p * (len(words) + 1))(*words, None)\n"
        "env = [b'%s=%s' % pair for pair in os.environb.items()]\n"
        "argv = list(map(os.fsencode, sys.argv[2:]))\n"
        "ctypes.CDLL(None).execve(os.fsencode(sys.argv[1]), array(argv), array(env))\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, alone, *argv],
        env={"TMUX_TMPDIR": str(tmp_path), **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    err = done.stderr.decode(errors="replace")
    assert done.returncode >= 0, err
    assert "Sanitizer" not in err and "runtime error" not in err, err
