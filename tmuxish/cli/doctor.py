"""`tmuxish doctor`: what is wrong around `tmux`, and the command that mends it.

Each check is a function that returns findings; nothing here changes anything, except that looking for the
socket folder makes it, as every tmux call does.
"""

from __future__ import annotations

import importlib.util
import os
import shlex
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterable

from tmuxish.cli import programs, servers
from tmuxish.cli.tmux import locale_is_utf8

if sys.platform == "win32":
    from tmuxish.wire import pipe_socket as transport

    TEMPORARY_FOLDER = ""
else:
    from tmuxish.wire import unix_socket as transport

    TEMPORARY_FOLDER = transport.TEMPORARY_FOLDER

MAKE_SHIM = "tmuxish shim ~/.local/bin && export PATH=~/.local/bin:$PATH"

# States of a finding.
OK, NOTE, WRONG = "ok", "note", "wrong"


class Finding:
    """One thing looked at: how it is, and the command that mends it ("" where there is nothing to mend)."""

    __slots__ = ("mend", "state", "text")

    def __init__(self, state: str, text: str, mend: str = "") -> None:
        self.state = state
        self.text = text
        self.mend = mend


Check = Callable[[], Iterable[Finding]]


def checks() -> tuple[Check, ...]:
    """What there is to look at on this system."""
    if sys.platform == "win32":
        from tmuxish.cli import doctor_windows

        return (check_path, check_client, check_emulator, *doctor_windows.CHECKS, check_servers)
    return CHECKS


def report() -> int:
    """Prints all findings; 1 if something is wrong, else 0."""
    findings = [finding for check in checks() for finding in check()]
    for finding in findings:
        print(f"{finding.state:5} {finding.text}")
        if finding.mend:
            print(f"      mend: {finding.mend}")
    wrong = sum(finding.state == WRONG for finding in findings)
    print(f"{wrong} wrong" if wrong else "all is well")
    return 1 if wrong else 0


# -- PATH ------------------------------------------------------------------------------------------------


def check_path() -> Iterable[Finding]:
    """Which tmux a caller gets."""
    found = programs.on_path("tmux")
    ours = [path for path in found if programs.is_ours(path)]
    if not found:
        yield Finding(WRONG, "PATH: there is no tmux on it", _put_on_path())
    elif found[0] in ours:
        yield Finding(OK, f"PATH: tmux is {found[0]}, which is tmuxish")
        for path in found:
            if path not in ours:
                text = f"PATH: {path} is another tmux; a login shell that changes PATH may find it first"
                yield Finding(NOTE, text)
    elif ours:
        folder = os.path.dirname(ours[0])
        text = f"PATH: tmux is {found[0]}, which comes before ours, {ours[0]}"
        yield Finding(WRONG, text, prepend(folder))
    else:
        yield Finding(WRONG, f"PATH: tmux is {found[0]}, which is not tmuxish", _put_on_path())


def check_client() -> Iterable[Finding]:
    """Which form of the client that is."""
    name = "tmux.exe" if sys.platform == "win32" else "tmux"
    scripts = os.path.join(sysconfig.get_path("scripts"), name)
    path = next((path for path in (*programs.on_path("tmux"), scripts) if programs.is_ours(path)), None)
    if path is None:
        return
    problem = _try_client(path)
    if problem:
        mend = _put_on_path() if sys.platform == "win32" else MAKE_SHIM
        yield Finding(WRONG, f"client: {path} does not run: {problem}", mend)
    elif programs.kind_of(path) == programs.PYTHON:
        text = f"client: {path} is the Python client"
        if sys.platform != "win32":
            text += "; with a C compiler, pip installs a launcher that is several times faster"
        yield Finding(OK, text)
    elif os.environ.get("TMUXISH_PURE_CLIENT"):
        yield Finding(
            NOTE, f"client: {path} is the compiled launcher, but TMUXISH_PURE_CLIENT makes it Python's"
        )
    else:
        yield Finding(OK, f"client: {path} is the compiled launcher")


def _try_client(path: str) -> str:
    """Why that program cannot even say its version; "" if it can."""
    try:
        done = subprocess.run([path, "-V"], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except FileNotFoundError:
        return "the program that its first line names is not there"
    except OSError as error:
        return error.strerror or str(error)
    lines = done.stderr.decode(errors="replace").split("\n")
    said = next((line for line in reversed(lines) if line.strip()), "")
    return (said or f"exit status {done.returncode}") if done.returncode else ""


def check_emulator() -> Iterable[Finding]:
    """Which form of the emulator a server will have."""
    found = importlib.util.find_spec("tmuxish.emulator.emulator")
    if found is not None and found.origin is not None and found.origin.endswith(".py"):
        text = "emulator: interpreted; with a C compiler, pip installs it compiled, about twice as fast"
        yield Finding(OK, text)
    else:
        yield Finding(OK, "emulator: compiled")


def _put_on_path() -> str:
    scripts = sysconfig.get_path("scripts")
    if sys.platform == "win32":
        return prepend(scripts)
    if programs.is_ours(os.path.join(scripts, "tmux")):
        return prepend(scripts)
    return MAKE_SHIM


def prepend(folder: str) -> str:
    """The command that puts a folder first on PATH, in the shell that people have."""
    if sys.platform == "win32":
        return f'$env:Path = "{folder};$env:Path"'
    return f"export PATH={shlex.quote(folder)}:$PATH"


# -- sockets ---------------------------------------------------------------------------------------------


def check_socket_folder() -> Iterable[Finding]:
    """Whether there is a private folder in which a socket can be made."""
    assert sys.platform != "win32"
    other = "mkdir -m 700 -p ~/.tmuxish && export TMUX_TMPDIR=~/.tmuxish"
    wanted = os.environ.get("TMUX_TMPDIR")
    if wanted and not os.path.isdir(wanted):
        text = f"socket folder: TMUX_TMPDIR is {wanted}, which is no directory; {TEMPORARY_FOLDER}"
        yield Finding(NOTE, f"{text} is used", f"mkdir -p {shlex.quote(wanted)}")
    try:
        folder = transport.socket_folder()
    except transport.SocketError as error:
        problem = error.args[0]
        yield Finding(WRONG, f"socket folder: {problem}", _mend_folder(problem) or other)
        return
    problem = _try_socket(folder)
    if problem:
        yield Finding(WRONG, f"socket folder: no socket can be made in {folder}: {problem}", other)
    else:
        yield Finding(OK, f"socket folder: {folder}")


def _mend_folder(problem: str) -> str:
    """The command for a folder that is ours and merely open to others."""
    if problem.startswith("directory ") and problem.endswith(" has unsafe permissions"):
        folder = problem.removeprefix("directory ").removesuffix(" has unsafe permissions")
        if sys.platform != "win32" and os.stat(folder).st_uid == os.getuid():
            return f"chmod 700 {shlex.quote(folder)}"
    return ""


def _try_socket(folder: str) -> str:
    """Why no server could listen there; "" if one could."""
    assert sys.platform != "win32"
    from tmuxish.wire import unix_listener

    path = os.path.join(folder, f".doctor-{os.getpid()}")
    try:
        unix_listener.listen(path, is_default=True).close()
        os.unlink(path)
    except OSError as error:
        return error.strerror or str(error)
    return ""


def check_servers() -> Iterable[Finding]:
    """Whether somebody else sits on the socket that a plain `tmux` would use."""
    tmux = os.environ.get("TMUX")
    try:
        path, _ = transport.socket_path(None, None, tmux)
    except transport.SocketError:
        return  # said above
    kind = servers.holder(path)
    inside = " ($TMUX names it: you are inside it)" if tmux and path == tmux.split(",")[0] else ""
    if kind == servers.REAL_TMUX:
        mend = "unset TMUX TMUX_PANE" if inside else "tmux -L tmuxish new-session"
        yield Finding(
            WRONG, f"server: a real tmux runs on {path}{inside}, and tmuxish cannot talk to it", mend
        )
    elif kind == servers.UNKNOWN:
        yield Finding(
            WRONG, f"server: {path} is held by a program that is no tmux", f"rm {shlex.quote(path)}"
        )
    elif kind == servers.OURS:
        yield Finding(OK, f"server: running on {path}{inside}")
    else:
        yield Finding(OK, f"server: none on {path}; the first new-session starts it")


# -- terminal, locale, ptys ------------------------------------------------------------------------------


def check_terminal() -> Iterable[Finding]:
    """Whether we could draw on this terminal."""
    if not os.isatty(0):
        yield Finding(NOTE, "terminal: standard input is none, so attaching is not possible from here")
        return
    term = os.environ.get("TERM", "")
    if not term or term in ("dumb", "unknown"):
        yield Finding(WRONG, f"terminal: TERM is {term or 'not set'}", "export TERM=xterm-256color")
        return
    from tmuxish.display.builtin_terms import builtin_entry
    from tmuxish.display.terminfo import read_entry

    if read_entry(term, os.environ) is None and builtin_entry(term) is None:
        yield Finding(WRONG, f"terminal: no terminfo entry for TERM={term}", "export TERM=xterm-256color")
    else:
        yield Finding(OK, f"terminal: TERM={term}")


def check_locale() -> Iterable[Finding]:
    """Whether more than ASCII reaches the caller."""
    if os.environ.get("TMUX") is not None or locale_is_utf8():
        yield Finding(OK, "locale: UTF-8")
    else:
        text = "locale: not UTF-8, so tmux prints _ for every other character"
        yield Finding(WRONG, text, "export LC_ALL=C.UTF-8")


def check_home() -> Iterable[Finding]:
    """Where panes start and configuration is."""
    home = os.environ.get("HOME")
    if not home:
        text = "home: HOME is not set; panes start in /, and no ~/.tmux.conf is read"
        yield Finding(NOTE, text, "export HOME=/root")
    elif not os.path.isdir(home):
        yield Finding(NOTE, f"home: {home} is no directory", f"mkdir -p {shlex.quote(home)}")


def check_pty() -> Iterable[Finding]:
    """Whether a program can be started on a pty at all, with the shell that panes would get."""
    shell = os.environ.get("SHELL") or "/bin/sh"
    if not os.access(shell, os.X_OK):
        mend = "export SHELL=/bin/sh" if os.access("/bin/sh", os.X_OK) else "install a shell"
        yield Finding(WRONG, f"shell: {shell} cannot be run", mend)
        return
    problem = _try_pty(shell)
    if problem:
        mend = "mount -t devpts devpts /dev/pts" if sys.platform == "linux" else ""
        yield Finding(WRONG, f"pty: no program can be started on one: {problem}", mend)
    else:
        yield Finding(OK, f"pty: {shell} runs on one")


def _try_pty(shell: str) -> str:
    """Why a pane could not start; "" if one could."""
    from tmuxish.pty import default_backend
    from tmuxish.pty.base import PaneProcess, SpawnError, SpawnRequest

    class Reaper:
        """Waits for the one child there is."""

        def watch(self, pid: int, ended: Callable[[int], None]) -> None:
            ended(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))

    ends: list[PaneProcess] = []
    request = SpawnRequest(argv=["exit 0"], shell=shell, cwd="/", env=os.environ, cols=80, rows=24)
    try:
        process = default_backend(Reaper()).spawn(request, ends.append)
    except SpawnError as error:
        return str(error)
    process.close()
    status = ends[0].exit_status
    return "" if status is not None and status.code == 0 else f"{shell} failed: {status}"


CHECKS: tuple[Check, ...] = (
    check_path,
    check_client,
    check_emulator,
    check_socket_folder,
    check_servers,
    check_terminal,
    check_locale,
    check_home,
    check_pty,
)
