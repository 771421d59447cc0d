"""Where the selection goes: paste buffers, the terminals' clipboards, the input of a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.model.buffers import AUTOMATIC_PREFIX

if TYPE_CHECKING:
    from tmuxish.model.pane import Pane
    from tmuxish.model.session import Session
    from tmuxish.server.jobs import Job
    from tmuxish.server.server import Server


def copy(server: Server, pane: Pane, data: bytes, prefix: str | None, *, paste: bool, clip: bool) -> None:
    """Keep `data` as a new paste buffer, its name beginning with `prefix` (if `paste`), and hand it to the
    clipboards of the terminals that show the pane (if `clip`, and set-clipboard allows it)."""
    if clip:
        _clip(server, pane, data)
    if paste:
        server.buffers.add(data, AUTOMATIC_PREFIX if prefix is None else prefix)


def append(server: Server, pane: Pane, data: bytes) -> None:
    """Add `data` to the newest automatic paste buffer, or make one."""
    _clip(server, pane, data)
    top = server.model.buffers.top()
    if top is None:
        server.buffers.store(data)
    else:
        server.buffers.store(top.data + data, top.name)


def _clip(server: Server, pane: Pane, data: bytes) -> None:
    if server.model.server_options.get_string("set-clipboard") != "off":
        server.clients.set_clipboard(pane.window, "", data)
        server.notify("pane-set-clipboard", pane=pane)


def pipe(server: Server, data: bytes, command: str | None, session: Session | None) -> None:
    """Run `command` (default: the option copy-command) with `data` on its standard input; nobody waits."""
    command = command or server.model.server_options.get_string("copy-command")
    if not command:
        return
    try:
        job = server.jobs.start(command, _over, session=session)
    except OSError as error:
        server.log(f"copy command did not start: {error}")
        return
    job.nowait = True
    job.send(data)
    job.finish_input()


def _over(job: Job, code: int) -> None:
    """Neither its output nor its exit code is of interest."""
