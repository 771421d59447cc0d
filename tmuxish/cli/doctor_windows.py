"""What `tmuxish doctor` looks at on Windows alone: the profile, the console, pseudo consoles, shells."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterable

from tmuxish.cli.doctor import NOTE, OK, WRONG, Finding
from tmuxish.cli.streams import is_terminal
from tmuxish.cli.terminal_windows import Terminal, TerminalError

assert sys.platform == "win32"

# A pseudo console and cmd.exe take less, also on a machine with much else to do.
PANE_SECONDS = 30.0


def check_profile() -> Iterable[Finding]:
    """Where servers are registered, and where home is."""
    from tmuxish.wire import pipe_names

    try:
        folder = pipe_names.state_folder()
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, f".doctor-{os.getpid()}")
        os.close(os.open(path, os.O_CREAT | os.O_EXCL))
        os.unlink(path)
    except pipe_names.SocketError as error:
        yield Finding(WRONG, f"profile: {error.args[0]}")
    except OSError as error:
        yield Finding(WRONG, f"profile: no file can be made in {folder}: {error.strerror}")
    else:
        yield Finding(OK, f"profile: servers are registered in {folder}")
    home = os.environ.get("USERPROFILE")
    if not home:
        yield Finding(NOTE, "home: USERPROFILE is not set, so no .tmux.conf of yours is read")
    elif not os.path.isdir(home):
        yield Finding(NOTE, f"home: {home} is no directory")


def check_console() -> Iterable[Finding]:
    """Whether we could draw on this console."""
    from tmuxish.cli.console import CYGWIN_MEND, CYGWIN_TERMINAL, is_cygwin_terminal

    if not is_terminal(0):
        if is_cygwin_terminal(0):
            yield Finding(WRONG, f"terminal: {CYGWIN_TERMINAL}", CYGWIN_MEND)
        else:
            text = "terminal: standard input is no console, so attaching is not possible from here"
            yield Finding(NOTE, text)
        return
    try:
        Terminal("").close()
    except TerminalError as error:
        yield Finding(WRONG, f"terminal: {error}")
    else:
        yield Finding(OK, "terminal: a console that understands escape sequences")


def check_panes() -> Iterable[Finding]:
    """Whether a program can be started on a pseudo console: tried as servers do it, from a process with a
    hidden console, for it changes whichever the process has.
    """
    from tmuxish.server import shells

    ours = "from tmuxish.cli.doctor_windows import try_pane; try_pane()"
    code = f"import sys; sys.path[:0] = sys.argv[1:]; {ours}"
    try:
        done = subprocess.run(
            [sys.executable, "-c", code, *sys.path],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            creationflags=subprocess.CREATE_NO_WINDOW,
            timeout=2 * PANE_SECONDS,
            check=False,
        )
        problem = done.stdout.decode("utf-8", "replace").strip()
    except subprocess.TimeoutExpired:
        problem = "it takes too long"
    if problem:
        text = f"panes: no program can be started: {problem}"
        yield Finding(WRONG, text, 'pip install --force-reinstall "pywinpty>=3.1"')
    else:
        yield Finding(OK, f"panes: programs run in pseudo consoles; the shell is {shells.fallback()}")


def try_pane() -> None:
    """Starts a program that ends at once, and prints what is wrong with that."""
    from tmuxish.pty import default_backend
    from tmuxish.pty.base import PaneProcess, SpawnError, SpawnRequest
    from tmuxish.server import shells

    class Nobody:
        """Nothing is a child here: threads wait for programs of panes."""

        def watch(self, pid: int, ended: object) -> None:
            raise NotImplementedError

    over = threading.Event()
    ends: list[PaneProcess] = []

    def ended(process: PaneProcess) -> None:
        ends.append(process)
        over.set()

    request = SpawnRequest(
        argv=["cmd.exe", "/c", "exit 0"],
        shell=shells.fallback(),
        cwd=os.getcwd(),
        env=os.environ,
        cols=80,
        rows=24,
    )
    try:
        process = default_backend(Nobody()).spawn(request, ended)
    except SpawnError as error:
        print(error)
        return
    if over.wait(PANE_SECONDS):
        status = ends[0].exit_status
        if status is None or status.code != 0:
            print(f"cmd.exe ended with {status}")
    else:
        print("cmd.exe does not end")
    process.close()


def check_git_bash() -> Iterable[Finding]:
    """Who runs commands that were written for sh."""
    from tmuxish.pty.windows_programs import Host

    shell = Host(os.environ, os.getcwd()).git_shell()
    if shell is not None:
        yield Finding(OK, f"sh: {shell} runs commands that were written for sh")
    else:
        text = "sh: there is no Git Bash; commands written for sh are translated where they are simple enough"
        yield Finding(NOTE, text, "winget install Git.Git")


CHECKS = (check_profile, check_console, check_panes, check_git_bash)
