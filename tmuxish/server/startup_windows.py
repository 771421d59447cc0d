"""Bringing a server to life on Windows: the lock that makes it one, the process, and its first words.

The client that finds no server starts one: it takes the lock (a file that one process at a time can have
open, and that vanishes with it) and creates a process that is to outlive it: in a job of its own where the
caller's allows that, with a hidden console (panes need one), in a process group of its own, with explicit
standard streams and no other handle of ours. What the server must know comes through its standard input;
through its standard output it says that clients can connect, or what is wrong. So the client waits for
exactly that, and the end of the stream tells it if the server dies before.

Whether its command starts a server at all, the grammar decides. The client does not load that (it would be
half of a cold start, as the new process has to load it again): the server does, and says so if it does not.

The server runs on the same interpreter, in the same environment, and finds modules where its starter found
them. A virtual environment's python.exe would start the real one in a job that ends with it, so the real one
is started at once, in the way `multiprocessing` does it.
"""

from __future__ import annotations

import _winapi
import gc
import os
import sys
import time

from tmuxish.server import startup
from tmuxish.server.startup_base import INCOMPLETE, NoStarter, Options, StartError
from tmuxish.wire import pipe_names, pipe_socket

assert sys.platform == "win32"

TYPE_CHECKING = False  # importing typing costs more than this whole module
if TYPE_CHECKING:
    from tmuxish.wire.pipe_listener import PipeListener

CREATE_NEW_PROCESS_GROUP = 0x00000200
CREATE_BREAKAWAY_FROM_JOB = 0x01000000
CREATE_NO_WINDOW = 0x08000000
STARTF_USESTDHANDLES = 0x00000100
FILE_FLAG_DELETE_ON_CLOSE = 0x04000000
OPEN_ALWAYS = 4
ERROR_ACCESS_DENIED = 5
ERROR_SHARING_VIOLATION = 32

# Seconds between two looks whether another client's server can be reached.
LOCK_INTERVAL = 0.01
# Seconds for which a lock that is just vanishing may be refused; refused for longer, it is forbidden.
LOCK_REFUSED_SECONDS = 5.0

# What the server says when it can be connected to.
READY = b"ready"
NO_STARTER = b"not a command that starts a server"
ANSWER_LIMIT = 64 << 10

# Reads what it is to do, the places of modules first, and does it.
PROGRAM = (
    "import sys;"
    r"d=sys.stdin.buffer.read().decode('utf-8','surrogatepass').split('\0');"
    "n=int(d[0])+1;sys.path[:]=d[1:n];"
    "from tmuxish.server.startup_windows import main;main(d[n:])"
)
LAUNCHER_VARIABLE = "__PYVENV_LAUNCHER__"


class _StartupInfo:
    """What `_winapi.CreateProcess` looks for."""

    def __init__(self, streams: list[int]) -> None:
        self.dwFlags = STARTF_USESTDHANDLES
        self.wShowWindow = 0
        self.hStdInput, self.hStdOutput, self.hStdError = streams
        self.lpAttributeList = {"handle_list": streams}  # nothing else is inherited


# -- the client's side -----------------------------------------------------------------------------


def connect_or_start(options: Options) -> tuple[pipe_socket.PipeConnection, bool]:
    """A connection to the server, and whether we started it. Raises NoStarter, StartError, OSError."""
    path = options.socket_path
    while True:
        lock = _lock(path)
        try:
            # Another client may have started the server between our first attempt and our lock.
            connection = _connection(path)
            if connection is not None:
                return connection, False
            if lock is not None:
                _start(options)
                return pipe_socket.connect(path), True
        finally:
            if lock is not None:
                _winapi.CloseHandle(lock)
        time.sleep(LOCK_INTERVAL)


def _connection(path: str) -> pipe_socket.PipeConnection | None:
    """A connection to the server, None if there is none. Raises OSError, SocketError."""
    try:
        return pipe_socket.connect(path)
    except FileNotFoundError:
        return None


def _lock(path: str) -> int | None:
    """The start lock, as a handle. None: somebody else has it. Raises StartError."""
    file = pipe_names.lock_file(path)
    deadline = time.monotonic() + LOCK_REFUSED_SECONDS
    while True:
        try:
            os.makedirs(os.path.dirname(file), exist_ok=True)
            return _winapi.CreateFile(
                file,
                _winapi.GENERIC_WRITE,
                0,
                _winapi.NULL,
                OPEN_ALWAYS,
                FILE_FLAG_DELETE_ON_CLOSE,
                _winapi.NULL,
            )
        except OSError as error:
            if error.winerror == ERROR_SHARING_VIOLATION:
                return None
            if error.winerror != ERROR_ACCESS_DENIED or time.monotonic() > deadline:
                raise StartError(f"error creating {path} ({os.strerror(error.errno or 0)})") from None
        time.sleep(LOCK_INTERVAL)


def _start(options: Options) -> None:
    """Creates the server's process and waits until it can be connected to. Raises NoStarter, StartError."""
    stdin, to_stdin = _winapi.CreatePipe(None, 0)
    from_output, stdout = _winapi.CreatePipe(None, 0)
    here = _winapi.GetCurrentProcess()
    stderr = _winapi.DuplicateHandle(here, stdout, here, 0, False, _winapi.DUPLICATE_SAME_ACCESS)
    streams = [stdin, stdout, stderr]  # three handles: the server closes each of them
    try:
        try:
            _create_process(options.socket_path, streams)
        finally:
            for handle in streams:
                _winapi.CloseHandle(handle)
        try:  # noqa: SIM105 - as everywhere in a client, contextlib costs too much
            _winapi.WriteFile(to_stdin, "\0".join(_hand_over(options)).encode("utf-8", "surrogatepass"))
        except BrokenPipeError:
            pass  # it has ended: what it has said tells why
        _winapi.CloseHandle(to_stdin)
        to_stdin = 0
        answer = _read_answer(from_output)
    finally:
        _winapi.CloseHandle(from_output)
        if to_stdin:
            _winapi.CloseHandle(to_stdin)
    if answer == NO_STARTER:
        raise NoStarter
    if answer != READY:
        text = answer.decode("utf-8", "replace").strip() or "the server ended at once"
        if text.startswith("Traceback"):
            text = text.splitlines()[-1]
        raise StartError(text)


def _create_process(path: str, streams: list[int]) -> None:
    executable = sys.executable
    base = getattr(sys, "_base_executable", executable)
    environment = dict(os.environ)
    if base != executable:  # in a virtual environment
        environment[LAUNCHER_VARIABLE] = executable
    # The path is there for who looks at processes; the server learns it otherwise.
    line = f'"{base}" -X utf8 -c "{PROGRAM}" "{path}"'
    flags = CREATE_NO_WINDOW | CREATE_NEW_PROCESS_GROUP
    folder = os.environ.get("SYSTEMROOT")  # a folder that the server was in could not be removed
    info = _StartupInfo(streams)
    try:
        for handle in streams:
            os.set_handle_inheritable(handle, True)
        try:
            created = _winapi.CreateProcess(
                base, line, None, None, True, flags | CREATE_BREAKAWAY_FROM_JOB, environment, folder, info
            )
        except PermissionError:  # the caller's job does not let go of its processes
            created = _winapi.CreateProcess(base, line, None, None, True, flags, environment, folder, info)
    except OSError as error:
        raise StartError(f"the server's process cannot be created: {error.strerror}") from None
    for handle in created[:2]:
        _winapi.CloseHandle(handle)


def _hand_over(options: Options) -> list[str]:
    """What the server is told, as PROGRAM and `main` read it."""
    places = [os.path.abspath(place) for place in sys.path]
    files = options.config_files
    return [
        str(len(places)),
        *places,
        options.socket_path,
        str(os.getpid()),
        str(options.verbosity),
        os.getcwd(),
        "" if files is None else str(len(files)),
        *(os.path.abspath(file) for file in files or ()),
        *options.argv,
    ]


def _read_answer(handle: int) -> bytes:
    """What the server says: READY, or all it can tell before it ends."""
    data = b""
    try:
        while data != READY and len(data) < ANSWER_LIMIT:
            data += _winapi.ReadFile(handle, ANSWER_LIMIT)[0]
    except BrokenPipeError:
        pass
    return data


# -- the server's side -----------------------------------------------------------------------------


def main(told: list[str]) -> None:
    """The server's process, from PROGRAM on; never returns."""
    os.environ.pop(LAUNCHER_VARIABLE, None)
    answer = os.dup(1)
    _leave_streams()
    path, starter, verbosity, folder, named, *rest = told
    count = int(named or 0)
    options = Options(
        path,
        argv=rest[count:],
        is_default=False,
        config_files=rest[:count] if named else None,
        verbosity=int(verbosity),
    )
    status = 1
    try:
        if not startup.may_start(options.argv):
            raise NoStarter
        listener = _load_and_listen(path)
        os.write(answer, READY)
        os.close(answer)
        _serve(options, listener, folder, int(starter))
        status = 0
    except NoStarter:
        os.write(answer, NO_STARTER)
    except (StartError, pipe_names.SocketError) as error:
        os.write(answer, "\n".join(error.args).encode("utf-8", "surrogatepass"))
    except Exception:
        _report(answer)
    finally:
        os._exit(status)  # threads that wait for something would wait for ever


def _report(answer: int) -> None:
    """What went wrong goes to the log, and to the starter if that still waits."""
    import traceback

    from tmuxish.server.log import log

    text = traceback.format_exc()
    log(text)
    try:
        os.write(answer, text.encode("utf-8", "surrogatepass"))
    except OSError:
        return  # it was told that all is well, long ago


def serve_here(options: Options) -> pipe_socket.PipeConnection | None:
    """Serves in this process (-D) until the server ends; a connection instead if somebody else has become it
    meanwhile. Raises StartError, OSError.
    """
    path = options.socket_path
    while (lock := _lock(path)) is None:
        connection = _connection(path)
        if connection is not None:
            return connection
        time.sleep(LOCK_INTERVAL)
    try:
        connection = _connection(path)
        if connection is not None:
            return connection
        listener = _load_and_listen(path)
    finally:
        _winapi.CloseHandle(lock)
    _serve(options, listener, os.getcwd(), None)
    return None


def _load_and_listen(path: str) -> PipeListener:
    """Everything a server needs, then the pipe. Raises StartError, SocketError.

    What is loaded stays for ever, so the garbage collector rests meanwhile and never looks at it again.
    """
    gc.disable()
    try:
        from tmuxish.server import console_events, main
        from tmuxish.server.log import log
        from tmuxish.wire.pipe_listener import PipeListener
    except ImportError as error:
        raise StartError(INCOMPLETE.format(error=error)) from error
    assert main
    gc.freeze()
    gc.enable()
    console_events.allow_interrupts()
    try:
        return PipeListener(path, log)
    except OSError as error:
        raise StartError(f"error creating {path} ({os.strerror(error.errno or 0)})") from None


def _serve(options: Options, listener: PipeListener, folder: str, starter: int | None) -> None:
    """Serves until the server ends. starter: the process that has started it; None: it is this one (-D)."""
    from tmuxish.server.main import serve

    serve(
        listener,
        options.socket_path,
        recreate=None,
        config_files=options.config_files,
        verbosity=options.verbosity,
        folder=folder,
        starter_pid=starter,
    )


def _leave_streams() -> None:
    """Lets go of the streams that the starter waits on."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(nowhere, fd)
    os.close(nowhere)
