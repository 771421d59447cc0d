"""Standard input, output and error as tmux treats them.

On Windows they may be pipes or files, which take bytes as they are, or a console, which takes text: ours is
UTF-8, whatever code page the console has.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # importing typing costs more than this whole module
if TYPE_CHECKING:
    from codecs import IncrementalDecoder
    from io import RawIOBase

# Characters written to a Windows console in one go.
CONSOLE_SIZE = 4096
# What has begun on a console and is not a whole character yet, by descriptor.
_decoders: dict[int, IncrementalDecoder] = {}


def occupy_standard_streams() -> None:
    """Puts what can be neither read nor written in the place of each standard stream that is closed.

    The connection to the server, or the server's own socket, would take its number.
    """
    if sys.platform == "win32":
        return
    for fd in (0, 1, 2):
        try:
            os.get_inheritable(fd)
        except OSError:
            os.open("/", os.O_RDONLY)


def is_terminal(fd: int) -> bool:
    """Whether a person may be sitting there."""
    if sys.platform == "win32":  # where isatty is true of NUL too
        return console_stream(fd, "rb" if fd == 0 else "wb") is not None
    return os.isatty(fd)


def console_stream(fd: int, mode: str) -> RawIOBase | None:
    """A Windows console as a stream of UTF-8 ("rb" or "wb"); None if that descriptor is something else."""
    import _io

    try:
        stream: RawIOBase = _io._WindowsConsoleIO(fd, mode, closefd=False)  # type: ignore[attr-defined]
    except (OSError, ValueError):
        return None
    return stream


def _write_console(stream: RawIOBase, fd: int, data: bytes) -> None:
    import codecs

    if fd not in _decoders:
        _decoders[fd] = codecs.getincrementaldecoder("utf-8")("replace")
    text = _decoders[fd].decode(data)
    for start in range(0, len(text), CONSOLE_SIZE):
        stream.write(text[start : start + CONSOLE_SIZE].encode())


def write_all(fd: int, data: bytes) -> None:
    """Writes to standard output or error, waiting where it must. To tmux it is no error if nobody reads."""
    try:
        if sys.platform == "win32":
            console = console_stream(fd, "wb")
            if console is not None:
                _write_console(console, fd, data)
                return
        while data:
            try:
                data = data[os.write(fd, data) :]
            except BlockingIOError:
                import select

                select.select([], [fd], [])
    except OSError:
        return
