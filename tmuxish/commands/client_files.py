"""Files that commands read and write, in the right place: with the client that asked, which has its caller's
rights and pipes, or here for a client that is attached and for commands without one.

Errors are errno values, 0 for none.
"""

from __future__ import annotations

import errno
import os

from tmuxish.commands.context import Context
from tmuxish.formats.paths import below_home, joined

STANDARD = "-"  # standard input or output
# A FIFO without its other end must not hold the server; and Windows is not to translate what is in a file.
_PLAINLY = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_MODE = 0o666


def full_path(ctx: Context, path: str) -> str:
    """The path to use and to show: `~/` is home, relative is relative to where the command was started."""
    if path == STANDARD:
        return path
    return joined(ctx.working_directory(), below_home(path, ctx.server.home or ""))


def failure(ctx: Context, error: int, path: str) -> None:
    """Report that a file could not be used; the commands after this one still run, as in tmux."""
    ctx.server.report_error(ctx.queue_client, f"{os.strerror(error)}: {path}", ctx.file, ctx.line)


async def read(ctx: Context, path: str) -> tuple[bytes, int]:
    """All of the file `path` (from full_path)."""
    client = ctx.client
    ctx.close_block()  # an answer comes later, whoever reads the file
    if client is not None and client.session is None and not (client.control and path == STANDARD):
        return await ctx.server.clients.connection(client).read_file(path)
    if path == STANDARD:
        return b"", errno.EBADF
    try:
        return _read_here(path), 0
    except OSError as error:
        return b"", error.errno or errno.EIO


async def write(ctx: Context, path: str, data: bytes, *, append: bool = False) -> int:
    """Make the file `path` (from full_path) hold `data`, or end with it."""
    client = ctx.client
    ctx.close_block()
    if client is not None and client.session is None and not (client.control and path == STANDARD):
        return await ctx.server.clients.connection(client).write_file(path, data, append=append)
    if path == STANDARD:
        return errno.EBADF
    try:
        _write_here(path, data, append)
    except OSError as error:
        return error.errno or errno.EIO
    return 0


def _read_here(path: str) -> bytes:
    fd = os.open(path, os.O_RDONLY | _PLAINLY)
    with open(fd, "rb") as stream:
        return stream.read()


def _write_here(path: str, data: bytes, append: bool) -> None:
    flags = os.O_WRONLY | os.O_CREAT | (os.O_APPEND if append else os.O_TRUNC)
    fd = os.open(path, flags | getattr(os, "O_BINARY", 0), _MODE)
    with open(fd, "wb") as stream:
        stream.write(data)
