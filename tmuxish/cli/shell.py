"""Becoming a shell command: `tmux -c COMMAND` and `detach-client -E COMMAND`."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from typing import NoReturn

from tmuxish.cli.arguments import Failure


def execute(shell: str, command: str, *, login: bool) -> NoReturn:
    """Replaces this process by `shell -c command`. Raises Failure if the shell cannot be executed."""
    if sys.platform == "win32":
        _execute_on_windows(shell, command)
    name = shell.rpartition("/")[2] or shell
    os.environ["SHELL"] = shell
    for number in _caught_signals():
        signal.signal(number, signal.SIG_DFL)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, AttributeError):  # closed, or without a descriptor
            _set_blocking(stream.fileno())
    try:
        os.execv(shell, [f"-{name}" if login else name, "-c", command])
    except OSError as error:
        raise Failure(f"{shell}: {error.strerror}") from None


def _execute_on_windows(shell: str, command: str) -> NoReturn:
    """Waits for it, as no process there can become another, and ends as it did. What runs it is what would
    run it in a pane.
    """
    import subprocess

    from tmuxish.pty.windows_commands import plan
    from tmuxish.pty.windows_programs import Host

    try:
        launch = plan([command], shell, Host(os.environ, os.getcwd()))
        status = subprocess.call(launch.command_line, env=launch.environment(), cwd=launch.cwd)
    except (OSError, ValueError) as error:
        raise Failure(f"{shell}: {getattr(error, 'strerror', None) or error}") from None
    os._exit(status)


def _set_blocking(fd: int) -> None:
    if sys.platform != "win32":
        os.set_blocking(fd, True)


def _caught_signals() -> list[int]:
    """Those that the client, or Python itself, handles in its own way."""
    numbers = [signal.SIGINT, signal.SIGTERM]
    if sys.platform != "win32":
        numbers += [signal.SIGQUIT, signal.SIGHUP, signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH]
        numbers += [signal.SIGPIPE, signal.SIGTTIN, signal.SIGTTOU, signal.SIGCHLD]
    return [int(number) for number in numbers]
