"""Texts edited by their user, in a popup with the program of the option `editor`."""

from __future__ import annotations

import contextlib
import os
import shlex
import tempfile
from typing import TYPE_CHECKING

from tmuxish.display.popup import Closing
from tmuxish.pty.base import SpawnError
from tmuxish.server.popups import PopupRequest, open_popup

if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.model.client import Client
    from tmuxish.server.server import Server

# How much of the terminal the popup takes.
_PART, _OF = 9, 10


def edit_text(server: Server, client: Client, text: bytes, done: Callable[[bytes | None], None]) -> None:
    """Let the client's user edit `text`. `done` gets what was saved, None if the editor failed or saved
    nothing; it is not called where there is no editor or it can't be started."""
    editor = server.model.server_options.get_string("editor")
    if not editor:
        return
    try:
        descriptor, path = tempfile.mkstemp(prefix="tmux.")
    except OSError as error:
        server.log(f"no file to edit: {error}")
        return
    cols, rows = client.cols * _PART // _OF, client.rows * _PART // _OF
    request = PopupRequest(
        (client.cols // 2 - cols // 2, client.rows // 2 - rows // 2),
        (cols, rows),
        argv=[f"{editor} {shlex.quote(path)}"],
        cwd=os.path.dirname(path),
        closing=Closing(at_exit=True),
        internal=True,
    )

    def ended(status: int) -> None:
        try:
            saved = _read(path) if status == 0 else None
        finally:
            _remove(path)
        done(saved)

    opened = False
    try:
        with open(descriptor, "wb") as file:
            file.write(text)
        opened = open_popup(server, client, request, ended)
    except (OSError, SpawnError) as error:
        server.log(f"no editor: {error}")
    finally:
        if not opened:
            _remove(path)


def _read(path: str) -> bytes | None:
    """What is in the file; None for nothing."""
    try:
        with open(path, "rb") as file:
            return file.read() or None
    except OSError:  # the editor has removed it
        return None


def _remove(path: str) -> None:
    with contextlib.suppress(OSError):  # gone already
        os.unlink(path)
