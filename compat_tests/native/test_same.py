"""The launcher and the Python client tell a server the same, byte by byte, whatever they are given."""

from __future__ import annotations

import fcntl
import os
import pty
import random
import struct
import subprocess
import sys
import termios
from collections.abc import Sequence
from pathlib import Path

import pytest

from compat_tests.client.support import ENVIRONMENT, PATIENCE, Server
from compat_tests.clients.sandbox import native_client
from tmuxish.wire import frames

PYTHON = [sys.executable, "-m", "tmuxish"]

# A command line and changes to the environment; None removes a variable.
Case = tuple[Sequence[str | bytes], dict[str, str | bytes | None]]

CASES: list[Case] = [
    (["has-session"], {}),
    (["-u", "ls"], {"LANG": "C"}),
    (["ls"], {"LANG": "C"}),
    (["ls"], {"LANG": "C", "LC_CTYPE": "en_US.utf8"}),
    (["ls"], {"LC_ALL": "C"}),
    (["ls"], {"LC_ALL": "", "LC_CTYPE": "de_DE.Utf-8@euro"}),
    (["ls"], {"LANG": "C", "TMUX": "/elsewhere,1,2"}),
    (["ls"], {"LANG": "C", "TMUX": ""}),
    (["ls"], {"TMUX": "/elsewhere,1,2", "TMUX_PANE": "%7"}),
    (["-2", "-T", "RGB,title", "-Tmouse", "-q", "-N", "new", "-A"], {}),
    (["-f/dev/null", "-f", "x", "-luN", "--", "-x"], {}),
    (["-L", "other", "attach"], {}),
    (["--", "--help"], {}),
    (["-", "-V"], {}),
    (["-c", "echo hi"], {}),
    (["-cecho hi"], {}),
    ([""], {}),
    (["new", "", b"\xff\xfe", "\u00e4;", ";", "\\;"], {}),
    (["x" * 16000], {}),
    (["ls"], {"PWD": "/proc/self/cwd"}),
    (["ls"], {"PWD": "/usr"}),
    (["ls"], {"PWD": "relative"}),
    (["ls"], {"PWD": ""}),
    (["ls"], {"TERM": None, "HOME": None}),
    (["ls"], {"EMPTY": "", "BYTES": b"\xff\x80=x", "LINES": "a\nb"}),
    (["ls"], {"LARGE": "x" * 100_000}),
]


def heard(
    client: Sequence[str],
    server: Server,
    argv: Sequence[str | bytes],
    changes: dict[str, str | bytes | None],
    stdin: int = subprocess.DEVNULL,
) -> tuple[list[bytes], tuple[int, bytes, bytes]]:
    """The payloads of COMMAND and IDENTIFY, without the pid, and how the client ended."""
    merged: dict[str, str | bytes | None] = {**ENVIRONMENT, **changes}
    env = {name: value for name, value in merged.items() if value is not None}
    process = subprocess.Popen(
        [*client, "-S", server.path, *argv],
        env=env,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(server.path).parent,
    )
    with process:
        connection = server.accept()
        payloads = [connection.expect(frames.COMMAND)]
        connection.send(frames.IDENTIFY_REQUEST)
        payloads.append(connection.expect(frames.IDENTIFY)[4:])
        connection.exit(3, b"so be it")
        out, err = process.communicate(timeout=PATIENCE)
        connection.close()
    return payloads, (process.returncode, out, err)


def without_python(payloads: list[bytes]) -> list[bytes]:
    """With a sorted environment: Python puts a variable there in the C locale (PEP 538) and takes it back."""
    identity = frames.unpack_strings(payloads[1], 8)
    return [payloads[0], payloads[1][:8], *identity[:5], *sorted(identity[5:])]


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_the_server_hears_the_same(case: Case, server: Server) -> None:
    argv, changes = case
    native, ending = heard([str(native_client())], server, argv, changes)
    python, expected = heard(PYTHON, server, argv, changes)
    assert without_python(native) == without_python(python)
    assert ending == expected == (3, b"", b"so be it\n")


def test_the_server_hears_the_same_of_a_terminal(server: Server) -> None:
    controller, user = pty.openpty()
    mode = termios.tcgetattr(user)
    mode[0] |= termios.IXANY
    mode[4] = mode[5] = termios.B19200
    mode[6][termios.VERASE] = b"\x08"
    termios.tcsetattr(user, termios.TCSANOW, mode)
    fcntl.ioctl(user, termios.TIOCSWINSZ, struct.pack("4H", 31, 99, 640, 480))
    both = [
        heard(client, server, ["-T", "x", "new"], {}, user) for client in ([str(native_client())], PYTHON)
    ]
    identity = frames.unpack_identify(bytes(4) + both[0][0][1])
    assert (identity.size, identity.tty) == ((99, 31, 640, 480), os.ttyname(user).encode())
    assert without_python(both[0][0]) == without_python(both[1][0])
    os.close(controller)
    os.close(user)


def test_random_command_lines(server: Server) -> None:
    """Of those that both send: a difference in parsing would show as another COMMAND."""
    words = [
        "-2",
        "-N",
        "-u",
        "-l",
        "-q",
        "-lu",
        "-Tx",
        "-T",
        "-f",
        "-fx",
        "--",
        "-",
        "new",
        "a b",
        "",
        "-2T",
        ";",
    ]
    source = random.Random(7)
    for _ in range(25):
        argv = [source.choice(words) for _ in range(source.randrange(6))]
        if argv and argv[-1] in ("-T", "-f", "-2T"):
            argv.append("value")
        native = heard([str(native_client())], server, argv, {})
        assert without_python(native[0]) == without_python(heard(PYTHON, server, argv, {})[0]), argv


def test_the_first_of_two_variables_of_a_name_counts(server: Server) -> None:
    """No shell makes such an environment, but execve() does."""
    program = (
        "import ctypes, sys\n"
        "libc = ctypes.CDLL(None)\n"
        "def array(words): return (ctypes.c_char_p * (len(words) + 1))(*words, None)\n"
        "argv = [word.encode() for word in sys.argv[1:]]\n"
        "libc.execve(argv[0], array(argv), array([b'A=1', b'AB=2', b'A=3', b'odd', b'=x', b'TERM=t']))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, native_client(), "-S", server.path, "ls"]
    ) as client:
        connection = server.accept()
        connection.command()
        connection.send(frames.IDENTIFY_REQUEST)
        identity = frames.unpack_identify(connection.expect(frames.IDENTIFY))
        connection.exit()
        assert client.wait(PATIENCE) == 0
    assert identity.environ == [b"A=1", b"AB=2", b"=x", b"TERM=t"]


@pytest.mark.parametrize(
    "argv",
    [
        ["-h"], ["--help"], ["-V"], ["-Vh"], ["-hV"], ["-x"], ["-2x"], ["-L"], ["-S"], ["-d"], ["-U"],
        ["-uL"], ["-c", "x", "ls"], ["-D", "ls"], ["-2V"], ["-V", "-x"], ["-x", "-V"],
        ["x" * 16370], ["x" * 17000], ["-S", "", "ls"], ["-S", "/" + "x" * 200, "ls"],
        ["-L", "none", "ls"], ["-L", "none", "has-session"], ["-L", "none", "-N", "new"],
        ["-L", "none", "neww"],
        ["-L", "none", "foo", ";", "bar"], ["-L", "none", "list-c", "-x"], ["-S", "/dev/null", "ls"],
        ["-L", "none", "ls;", "lsk", "-x"], ["-L", "none", "l"], ["-L", "none/deeper", "ls"],
    ],
)  # fmt: skip
def test_without_a_server_both_say_the_same(argv: list[str], tmp_path: Path) -> None:
    ends = []
    for client in ([str(native_client())], PYTHON):
        done = subprocess.run(
            [*client, *argv],
            env={**ENVIRONMENT, "TMUX_TMPDIR": str(tmp_path)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
        ends.append((done.returncode, done.stdout, done.stderr))
    assert ends[0] == ends[1]


@pytest.mark.parametrize("mode", [0o777, 0o701, None])
def test_both_look_at_the_folder_of_sockets(mode: int | None, tmp_path: Path) -> None:
    folder = tmp_path / f"tmux-{os.getuid()}"
    if mode is None:
        folder.write_text("")
    else:
        folder.mkdir()
        folder.chmod(mode)
    ends = [
        subprocess.run(
            [*client, "ls"],
            env={**ENVIRONMENT, "TMUX_TMPDIR": str(tmp_path)},
            capture_output=True,
            check=False,
        )
        for client in ([str(native_client())], PYTHON)
    ]
    assert (ends[0].returncode, ends[0].stderr) == (ends[1].returncode, ends[1].stderr)
    assert ends[0].returncode == 1
