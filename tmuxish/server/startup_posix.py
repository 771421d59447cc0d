"""Bringing a server to life on Unix: the lock that makes it one, the socket, the daemon.

The client that finds no server starts one: it takes the lock, makes the listening socket itself and forks;
the child becomes the daemon and serves that very socket. So nobody polls: once the lock is free the socket
accepts connections, if slowly at first. The client that started the server has a connection from before the
fork: were it to connect like any other, a faster one could come and go first, and leave a server that finds
itself without sessions and clients, and ends.

The daemon is forked, not executed anew: the interpreter and the grammar, which the client needs anyway to
see whether its command may start a server, are loaded once. It loads the rest while the client gets ready to
tell who it is; if something is missing it says so as a server says everything.

The lock is flock(2) on PATH.lock, which tmux itself uses, taken directly: importing filelock costs 37 ms here
(it brings asyncio), a third of what a cold start may take.
"""

from __future__ import annotations

import _socket
import fcntl
import gc
import os
import sys

from tmuxish.early import suppress
from tmuxish.server.log import log_error
from tmuxish.server.startup_base import INCOMPLETE, Options, StartError
from tmuxish.wire import frames, unix_listener, unix_socket
from tmuxish.wire.unix_listener import SERVER_NAME

assert sys.platform != "win32"

TYPE_CHECKING = False  # importing typing costs more than this whole module
if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.wire.unix_listener import UnixListener

    # server.main.serve
    Serve = Callable[..., None]

# Where the system lists our descriptors; without either, those below MAX_INHERITED are looked for. (The
# limit on descriptors is no guide: containers set it to a thousand million.)
DESCRIPTOR_FOLDERS = ("/proc/self/fd", "/dev/fd")
MAX_INHERITED = 4096


def connect_or_start(options: Options) -> tuple[_socket.socket, bool]:
    """A connection to the server, and whether we started it. Raises StartError, OSError."""
    path = options.socket_path
    while True:
        lock = _lock(path + ".lock")
        try:
            with suppress(ConnectionRefusedError, FileNotFoundError):
                # Another client may have started the server between our first attempt and our lock.
                return unix_socket.connect(path), False
            if lock is not None:
                return _start(options), True
        finally:
            if lock is not None:
                _unlock(lock, path + ".lock")


def _lock(path: str) -> int | None:
    """The start lock, as a descriptor. None: somebody else had it and is done now, so connect again."""
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise StartError(f"error creating {path.removesuffix('.lock')} ({error.strerror})") from None
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        fcntl.flock(fd, fcntl.LOCK_EX)
        os.close(fd)
        return None
    if not _is_same_file(fd, path):
        os.close(fd)  # its last holder removed it: whoever comes now locks another file
        return None
    return fd


def _is_same_file(fd: int, path: str) -> bool:
    try:
        return os.path.samestat(os.fstat(fd), os.stat(path))
    except FileNotFoundError:
        return False


def _unlock(fd: int, path: str) -> None:
    os.unlink(path)
    os.close(fd)


def _load_server() -> Serve:
    """Everything a server needs to answer its first client. Raises StartError.

    What is loaded stays for ever, so the garbage collector rests meanwhile (it would run dozens of times)
    and never looks at it again.
    """
    gc.disable()
    try:
        from tmuxish.server.main import serve
    except ImportError as error:
        raise StartError(INCOMPLETE.format(error=error)) from error
    gc.freeze()
    gc.enable()
    return serve


def _run(
    serve: Serve, options: Options, listener: UnixListener, folder: str, starter: _socket.socket | None
) -> None:
    """Serves until the server ends. starter: the connection of the client that has started it."""
    serve(
        listener,
        options.socket_path,
        recreate=lambda: _new_socket(options),
        config_files=options.config_files,
        verbosity=options.verbosity,
        folder=folder,
        starter=starter,
    )


def _folder() -> str:
    try:
        return os.getcwd()
    except OSError:  # deleted
        return "/"


def _new_socket(options: Options) -> UnixListener:
    return unix_listener.listen(options.socket_path, is_default=options.is_default)


def _listen(options: Options) -> UnixListener:
    try:
        return _new_socket(options)
    except OSError as error:
        raise StartError(f"error creating {options.socket_path} ({error.strerror})") from None


def _start(options: Options) -> _socket.socket:
    """Makes the socket, leaves a daemon to serve it and returns the connection to that."""
    listener = _listen(options)
    try:
        ours, theirs = _socket.socketpair(_socket.AF_UNIX, _socket.SOCK_STREAM)
        child = os.fork()
    except OSError as error:
        os.unlink(options.socket_path)
        raise StartError(f"fork failed: {error.strerror}") from None
    if child:
        os.waitpid(child, 0)
        listener.close()
        theirs.close()
        return ours
    try:
        os.setsid()
        if os.fork() == 0:
            _become_daemon(listener.fileno(), theirs.fileno())
            _serve_as_daemon(options, listener, theirs)
    except BaseException:  # nothing may get back into the client's code, which this process is a copy of
        log_error()
    finally:
        os._exit(0)


def _serve_as_daemon(options: Options, listener: UnixListener, starter: _socket.socket) -> None:
    """Serves until the server ends; says to the client that has started it what is missing, if anything."""
    try:
        serve = _load_server()
    except StartError as error:
        os.unlink(options.socket_path)
        starter.sendall(
            frames.encode(frames.STDERR, os.fsencode(f"{error}\n"))
            + frames.encode(frames.EXIT, frames.pack_exit(1))
        )
        return
    _run(serve, options, listener, _folder(), starter)


def serve_here(options: Options) -> _socket.socket | None:
    """Serves in this process (-D) until the server ends; a connection instead if somebody else has become it
    meanwhile. Raises StartError, OSError.
    """
    serve = _load_server()
    path = options.socket_path
    while (lock := _lock(path + ".lock")) is None:
        with suppress(ConnectionRefusedError, FileNotFoundError):
            return unix_socket.connect(path)
    try:
        return unix_socket.connect(path)
    except (ConnectionRefusedError, FileNotFoundError):
        listener = _listen(options)
    finally:
        _unlock(lock, path + ".lock")
    _take_name()
    _run(serve, options, listener, _folder(), None)
    return None


def _become_daemon(*kept: int) -> None:
    """Lets go of everything the caller may be waiting for: its terminal, pipes, locks; all but the
    descriptors `kept`.
    """
    for fd, source in enumerate(_nowhere()):
        os.dup2(source, fd)
    for fd in _open_descriptors():
        if fd > 2 and fd not in kept:
            with suppress(OSError):
                os.close(fd)
    _take_name()


def _take_name() -> None:
    """Be called what a user looks for, and what a client that waits for a busy server knows it by."""
    if sys.platform == "linux":
        with suppress(OSError), open("/proc/self/comm", "wb", buffering=0) as name:
            name.write(SERVER_NAME)


def _nowhere() -> tuple[int, int, int]:
    """Standard streams that are at their end, and take anything."""
    try:
        null = os.open(os.devnull, os.O_RDWR)
    except OSError:  # a root without devices: a pipe that has ended, and one that nobody reads
        ended, written = os.pipe()
        os.close(written)
        unread, sink = os.pipe()
        os.close(unread)
        return ended, sink, sink
    return null, null, null


def _open_descriptors() -> list[int]:
    for folder in DESCRIPTOR_FOLDERS:
        with suppress(OSError):
            return [int(name) for name in os.listdir(folder)]
    return list(range(MAX_INHERITED))
