"""What a server may ask of its client beyond printing: who it is, a file, a terminal, a shell."""

from __future__ import annotations

import os
import sys

from tmuxish.wire import frames

TYPE_CHECKING = False  # importing typing costs more than this whole module
if TYPE_CHECKING:
    from tmuxish.cli.arguments import Arguments
    from tmuxish.wire.transport import Connection

    Frames = list[tuple[int, bytes]]


class Peer:
    """The connection and what its requests may refer to."""

    __slots__ = ("arguments", "command", "connection", "decoder")

    def __init__(
        self,
        connection: Connection,
        decoder: frames.Decoder,
        command: frames.Command,
        arguments: Arguments,
    ) -> None:
        self.connection = connection
        self.decoder = decoder
        self.command = command
        self.arguments = arguments

    def send(self, kind: int, payload: bytes = b"") -> None:
        self.connection.sendall(frames.encode(kind, payload))


def handle(peer: Peer, kind: int, payload: bytes, rest: Frames) -> int | None:
    """Does one request; the exit status if it was the last. `rest` are frames that arrived behind it."""
    if kind == frames.IDENTIFY_REQUEST:
        peer.send(frames.IDENTIFY, frames.pack_identify(_identity(peer)))
    elif kind == frames.READ:
        from tmuxish.cli import files

        files.read(peer, frames.unpack_string(payload)[0])
    elif kind == frames.WRITE:
        from tmuxish.cli import files

        files.write(peer, *frames.unpack_write(payload))
    elif kind == frames.SHELL:
        from tmuxish.cli import shell

        path = os.fsdecode(frames.unpack_string(payload)[0])
        shell.execute(path, peer.arguments.shell_command or "", login=peer.arguments.login)
    elif kind == frames.ATTACH:
        from tmuxish.cli import attach

        return attach.relay(peer, rest)
    else:
        raise frames.FrameError(f"unexpected frame {kind}")
    return None


def _identity(peer: Peer) -> frames.Identity:
    if sys.platform == "win32":
        from tmuxish.cli import terminal_windows as terminal

        environ = [f"{name}={value}".encode("utf-8", "surrogatepass") for name, value in os.environ.items()]
    else:
        from tmuxish.cli import terminal_posix as terminal

        environ = [name + b"=" + value for name, value in os.environb.items()]
    return frames.Identity(
        os.getpid(),
        terminal.size(0) if peer.command.flags & frames.FLAG_STDIN_TTY else (0, 0, 0, 0),
        os.fsencode(terminal.kind(os.environ.get("TERM", ""))),
        peer.command.tty,
        ",".join((*peer.arguments.features, *terminal.FEATURES)).encode(),
        terminal.control_chars(0),
        terminal.found(0),
        environ,
    )
