"""The `tmux` program: one command, one connection, one answer.

Most calls of tmux are of this kind and many are made in tight loops, so this path imports only builtins,
`os`, `sys`, `_signal`, `_socket` and four small modules of ours. Whatever is rarer (starting a server,
files, attaching, trouble) is in modules imported when it happens. The process ends with `os._exit`, without
tearing the interpreter down.

The client's side of the signals is tmux's: SIGINT and SIGQUIT mean nothing to it, SIGTERM and SIGHUP end it
with status 0 as long as it is not attached.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found] # without stubs; `signal` itself brings enum
import os
import sys

from tmuxish.cli.arguments import Arguments, Failure, Finished, parse
from tmuxish.cli.streams import is_terminal, occupy_standard_streams, write_all
from tmuxish.wire import frames

if sys.platform == "win32":
    from tmuxish.wire import pipe_socket as transport
else:
    from tmuxish.wire import unix_socket as transport

TYPE_CHECKING = False  # importing typing costs more than this whole module
if TYPE_CHECKING:
    from tmuxish.wire.transport import Connection

READ_SIZE = 64 << 10

# How long a server may take for its first frame before we ask whether it is ours at all.
PATIENCE_SECONDS = 3.0

# tmux's limits for a command's arguments with a NUL after each: what fits its message, and what it tries to
# send.
MAX_ARGUMENTS = 16364
MAX_SENT_ARGUMENTS = 16380

# What a server says where a client has no terminal.
NO_TERMINAL = b"open terminal failed: not a terminal\n"

# What Python sets LC_CTYPE to in the C locale, whichever the system has first.
COERCED_LOCALES = ("C.UTF-8", "C.utf8", "UTF-8")


def main() -> None:
    """The `tmux` entry point; never returns."""
    occupy_standard_streams()
    try:
        status = run(parse(sys.argv))
    except Finished as finished:
        status = finished.status
        write_all(2 if status else 1, os.fsencode(finished.text))
    except transport.SocketError as error:
        status = 1
        write_all(2, os.fsencode("\n".join((*error.args, ""))))
    os._exit(status)


def run(arguments: Arguments) -> int:
    """Does what the command line asks for; the exit status. Raises Finished and SocketError."""
    undo_locale_coercion()
    tmux = os.environ.get("TMUX")
    path, is_default = transport.socket_path(arguments.socket_path, arguments.label, tmux)
    argv = [os.fsencode(word) for word in arguments.argv]
    _check_length(argv)
    _set_signals()
    if arguments.verbosity:
        from tmuxish.cli import start

        start.open_client_log(path)
    connection, started = _connect(arguments, path, is_default)
    if sys.platform != "win32" and os.getpid() == 1:
        # Process 1 of a container: every orphan becomes ours, and nothing may be left of it.
        _signal.signal(_signal.SIGCHLD, _signal.SIG_IGN)
    command = frames.Command(
        _flags(arguments, tmux, started),
        os.fsencode(working_directory()),
        os.fsencode(tmux or ""),
        os.fsencode(os.environ.get("TMUX_PANE", "")),
        terminal_name(),
        argv,
    )
    try:
        if arguments.control:
            from tmuxish.cli import control

            return control.converse(connection, command, arguments, path)
        return converse(connection, command, arguments, path)
    finally:
        connection.close()


def _connect(arguments: Arguments, path: str, is_default: bool) -> tuple[Connection, bool]:
    """The connection to the server, and whether that has been started for it. Raises Failure."""
    try:
        return transport.connect(path), False
    except OSError as error:
        refused = error
    # Not while that error is being handled: each traceback of the new server would begin with it.
    from tmuxish.cli import start

    return start.connect_or_start(arguments, path, is_default, refused)


def undo_locale_coercion() -> None:
    """Takes back what Python itself has put into our environment.

    In the C locale it sets LC_CTYPE to a UTF-8 one for its children (PEP 538). Ours is the environment that
    panes inherit, and that tells whether the caller understands UTF-8.
    """
    get = os.environ.get
    if not sys.flags.utf8_mode or get("LC_ALL") or get("LC_CTYPE") not in COERCED_LOCALES:
        return
    found = None
    try:
        with open("/proc/self/environ", "rb") as original:
            for entry in original.read().split(b"\0"):
                if entry.startswith(b"LC_CTYPE="):
                    found = os.fsdecode(entry[9:])
    except OSError:
        pass  # no /proc: it was most likely not set
    if found is None:
        del os.environ["LC_CTYPE"]
    else:
        os.environ["LC_CTYPE"] = found


def _check_length(argv: list[bytes]) -> None:
    size = sum(map(len, argv)) + len(argv)
    if size > MAX_SENT_ARGUMENTS:
        raise Failure("command too long")
    if size > MAX_ARGUMENTS:
        raise Failure("failed to send command")


def _set_signals() -> None:
    _signal.signal(_signal.SIGINT, _signal.SIG_IGN)
    _signal.signal(_signal.SIGTERM, _leave)
    if sys.platform != "win32":
        _signal.signal(_signal.SIGQUIT, _signal.SIG_IGN)
        _signal.signal(_signal.SIGHUP, _leave)


def _leave(_number: int, _frame: object) -> None:
    os._exit(0)


def _flags(arguments: Arguments, tmux: str | None, started: bool) -> int:
    flags = 0
    if arguments.utf8 or tmux is not None or sys.platform == "win32" or locale_is_utf8():
        flags |= frames.FLAG_UTF8
    if arguments.login:
        flags |= frames.FLAG_LOGIN
    if arguments.shell_command is not None:
        flags |= frames.FLAG_SHELL
    if arguments.control:
        flags |= frames.FLAG_CONTROL
    if arguments.control > 1:
        flags |= frames.FLAG_CONTROL_RAW
    if arguments.no_start:
        flags |= frames.FLAG_NO_START
    if started:
        flags |= frames.FLAG_STARTED
    if is_terminal(0):
        flags |= frames.FLAG_STDIN_TTY
    return flags


def locale_is_utf8() -> bool:
    if sys.platform == "win32":  # what we print is UTF-8 there, or a console's text
        return True
    get = os.environ.get
    name = (get("LC_ALL") or get("LC_CTYPE") or get("LANG") or "").upper()
    return "UTF-8" in name or "UTF8" in name


def working_directory() -> str:
    """The directory we are in: $PWD if that is the same one (it keeps symbolic links)."""
    if sys.platform == "win32":  # where $PWD is Git Bash's, in words of its own
        return os.getcwd()
    pwd = os.environ.get("PWD")
    try:
        if pwd and pwd[0] == "/":
            here = os.stat(".")
            there = os.stat(pwd)
            if (here.st_ino, here.st_dev) == (there.st_ino, there.st_dev):
                return pwd
        return os.getcwd()
    except OSError:
        pass
    try:
        return os.getcwd()
    except OSError:
        from tmuxish import users

        return users.own_home() or "/"


def terminal_name() -> bytes:
    """The name of the terminal on standard input; empty if it is none, or has no name here (containers)."""
    if sys.platform == "win32":  # consoles have none
        return b"console/%d" % os.getpid() if is_terminal(0) else b""
    try:
        return os.fsencode(os.ttyname(0))
    except OSError:
        return b""


def converse(connection: Connection, command: frames.Command, arguments: Arguments, path: str) -> int:
    """Sends the command and does what the server says until it is over; the exit status. Raises Failure."""
    decoder = frames.Decoder()
    answered = False
    connection.settimeout(PATIENCE_SECONDS)
    try:  # noqa: SIM105 - contextlib costs 1 ms
        connection.sendall(frames.encode(frames.COMMAND, frames.pack_command(command)))
    except ConnectionError:
        pass  # hung up on; what was said before is there to read
    try:
        while True:
            try:
                data = connection.recv(READ_SIZE)
            except TimeoutError:
                check_server(path)
                answered = True
                connection.settimeout(None)
                continue
            if not data:
                break
            received = list(decoder.feed(data))
            if received and not answered:
                answered = True
                connection.settimeout(None)
            for index, (kind, payload) in enumerate(received):
                if kind == frames.STDOUT:
                    write_all(1, payload)
                elif kind == frames.STDERR:
                    write_all(2, payload)
                    if sys.platform == "win32" and payload == NO_TERMINAL:
                        _say_why_not()
                elif kind == frames.EXIT:
                    return _exit_status(payload)
                else:
                    from tmuxish.cli import requests

                    peer = requests.Peer(connection, decoder, command, arguments)
                    status = requests.handle(peer, kind, payload, received[index + 1 :])
                    if status is not None:
                        return status
    except (ConnectionError, frames.FrameError):
        pass
    if not answered:
        check_server(path)
    raise Failure("server exited unexpectedly")


def _say_why_not() -> None:
    """Windows' terminals that are none to Windows' programs look like terminals to those who sit there."""
    if sys.platform == "win32":
        from tmuxish.cli import console

        if console.is_cygwin_terminal(0):
            write_all(2, f"{console.CYGWIN_TERMINAL}\n{console.CYGWIN_MEND}\n".encode())


def _exit_status(payload: bytes) -> int:
    status, message = frames.unpack_exit(payload)
    if message:
        write_all(2, message + b"\n")
    return status


def check_server(path: str) -> None:
    """Raises Failure if whoever holds the socket is not a server of ours."""
    from tmuxish.cli import diagnosis

    problem = diagnosis.foreign_server(path)
    if problem is not None:
        raise Failure(problem)
