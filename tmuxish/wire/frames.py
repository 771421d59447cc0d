"""Frames: the bytes that client and server exchange, and nothing else.

A frame is a 32-bit length in network order (of what follows it), one byte of type, and a payload. Numbers in
payloads are in network order; a *string* is a 32-bit length and that many bytes, in no particular encoding
(paths, arguments and environments are bytes to the system). The format is meant to be spoken by a small
program in C as well. Only builtins are used here: every short-lived client imports this module.

A connection goes like this. The client sends COMMAND. The server answers with any number of STDOUT, STDERR,
READ, WRITE and at most one IDENTIFY_REQUEST, then EXIT. If the command attaches, the server sends ATTACH and
from then on OUTPUT, SUSPEND and LOCK, while the client sends KEYS, RESIZE, DRAINED, WAKEUP and UNLOCK; such a
connection ends with DETACHED. A server that can read and write the terminal itself says LEAVE; the client
then sends what it has read and, once all output is written, LEFT, and reads no more keys; OUTPUT may still
come, the last of it before DETACHED, SUSPEND or LOCK. A client in control mode (FLAG_CONTROL) is asked for
IDENTIFY first; its ATTACH means to send what it reads, as KEYS and then INPUT_END, while all its lines come
as STDOUT; it ends with EXIT. An end of file without EXIT or DETACHED means that the server is gone.

The first four bytes also tell tmux's own protocol from ours: see `tmuxish.wire.foreign`.
"""

from __future__ import annotations

TYPE_CHECKING = False  # importing typing costs more than this whole module
if TYPE_CHECKING:
    from collections.abc import Iterator

# Protocol version. It starts at 0x81 so that tmux's own server, reading the bytes (type, version) of our
# first frame as the length field of its header, finds a size that it refuses and hangs up at once.
VERSION = 0x81

# The largest frame accepted, type byte included. A whole environment must fit (Linux allows 6 MiB of it);
# it is less than 16 MiB so that the first byte of each of our frames is 0.
MAX_FRAME = 8 << 20

# Payload bytes that a sender puts into one frame when it cuts a long stream (DATA, STDOUT, WRITE, OUTPUT).
CHUNK = 64 << 10

# Client to server.
COMMAND = 1  # pack_command(): run this; the first frame of every connection
IDENTIFY = 2  # pack_identify(): answer to IDENTIFY_REQUEST
DATA = 3  # bytes of the file asked for by READ
DATA_END = 4  # u32 errno: 0 at the end of the file
WRITE_DONE = 5  # u32 errno: the file asked for by WRITE is written
KEYS = 6  # bytes typed on the terminal
RESIZE = 7  # pack_size(): the terminal's size now
DRAINED = 8  # u32: that many more bytes of OUTPUT have reached the terminal
EXITING = 9  # u8 status: the client leaves of its own accord (hangup, SIGTERM)
WAKEUP = 10  # the client runs again after SUSPEND
UNLOCK = 11  # the command of LOCK has ended
INPUT_END = 12  # end of standard input in control mode, or nobody reads its output any more
LEFT = 13  # no more KEYS come: the server may read the terminal itself

# Server to client.
STDOUT = 64  # bytes for standard output
STDERR = 65  # bytes for standard error
EXIT = 66  # pack_exit(): u8 status and a message for standard error, mostly empty
IDENTIFY_REQUEST = 67  # send IDENTIFY
READ = 68  # string path, "-" for standard input: send DATA ... DATA_END
WRITE = 69  # pack_write(): write a file, "-" for standard output: send WRITE_DONE
ATTACH = 70  # make the terminal raw and relay
OUTPUT = 71  # bytes for the terminal
DETACHED = 72  # pack_detached(): restore the terminal and end
SUSPEND = 73  # stop as for SIGTSTP; WAKEUP follows SIGCONT
LOCK = 74  # string: run this shell command on the terminal, then UNLOCK
SHELL = 75  # string path of the shell that is to run the client's -c command (FLAG_SHELL)
FLAGS = 76  # u32: what is different about a client in control mode now
LEAVE = 77  # read the terminal no more, and say LEFT

# Flags of COMMAND.
FLAG_UTF8 = 0x01  # -u, $TMUX, or a UTF-8 locale: output may be UTF-8
FLAG_CONTROL = 0x02  # -C
FLAG_CONTROL_RAW = 0x04  # -CC
FLAG_LOGIN = 0x08  # -l, or run as "-tmux"
FLAG_SHELL = 0x10  # -c: no command, answer with SHELL
FLAG_STARTED = 0x20  # this client has started the server
FLAG_NO_START = 0x40  # -N
FLAG_STDIN_TTY = 0x80  # standard input is a terminal

# Flags of FLAGS.
WAIT_EXIT = 0x01  # before it ends it waits for an empty line, or the end of its standard input

# Flags of WRITE.
WRITE_APPEND = 0x01  # append instead of truncating
WRITE_MORE = 0x02  # another WRITE for the same file follows; only the last one is answered

# Kinds of DETACHED: what the client prints after restoring the terminal, and how it ends.
DETACH = 0  # "[detached (from session NAME)]"; the message is NAME
DETACH_KILL = 1  # the same with "and SIGHUP"; the client's parent gets SIGHUP
DETACH_EXEC = 2  # nothing; exec the command with the shell
DETACH_EXITED = 3  # "[exited]"
DETACH_SERVER_EXITED = 4  # "[server exited]", status 1
DETACH_MESSAGE = 5  # "[MESSAGE]"


class FrameError(Exception):
    """The peer does not speak this protocol: an impossible length, or a payload cut short."""


def encode(kind: int, payload: bytes = b"") -> bytes:
    """One frame as bytes. Raises FrameError if it would exceed MAX_FRAME."""
    size = len(payload) + 1
    if size > MAX_FRAME:
        raise FrameError("frame too long")
    return size.to_bytes(4, "big") + bytes((kind,)) + payload


class Decoder:
    """Cuts a stream of bytes into frames, however the stream was split."""

    __slots__ = ("_buffer",)

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Takes `data` and gives the frames (type, payload) that are complete now.

        Raises FrameError, behind all frames before it, on a length that cannot be.
        """
        self._buffer += data
        return self._frames()

    def _frames(self) -> Iterator[tuple[int, bytes]]:
        buffer = self._buffer
        while len(buffer) >= 4:
            size = int.from_bytes(buffer[:4], "big")
            if not 1 <= size <= MAX_FRAME:
                raise FrameError("bad frame length")
            stop = 4 + size
            if stop > len(buffer):
                return
            kind, payload = buffer[4], bytes(buffer[5:stop])
            del buffer[:stop]
            yield kind, payload

    @property
    def pending(self) -> int:
        """Bytes of a frame that is not complete yet."""
        return len(self._buffer)


def pack_string(value: bytes) -> bytes:
    return len(value).to_bytes(4, "big") + value


def unpack_string(payload: bytes, at: int = 0) -> tuple[bytes, int]:
    """The string at offset `at` and the offset behind it. Raises FrameError if it is cut short."""
    start = at + 4
    if start > len(payload):
        raise FrameError("string cut short")
    stop = start + int.from_bytes(payload[at:start], "big")
    if stop > len(payload):
        raise FrameError("string cut short")
    return payload[start:stop], stop


def unpack_strings(payload: bytes, at: int = 0) -> list[bytes]:
    """All strings from offset `at` to the end."""
    strings = []
    while at < len(payload):
        value, at = unpack_string(payload, at)
        strings.append(value)
    return strings


def pack_number(value: int) -> bytes:
    """A u32: an errno (DATA_END, WRITE_DONE) or a count (DRAINED)."""
    return value.to_bytes(4, "big")


def unpack_number(payload: bytes) -> int:
    if len(payload) != 4:
        raise FrameError("bad number")
    return int.from_bytes(payload, "big")


class Command:
    """The payload of COMMAND.

    `tmux` and `pane` are the client's $TMUX and $TMUX_PANE ("" if unset), `tty` the name of the terminal on
    its standard input ("" if it is none), `version` the client's protocol version.
    """

    __slots__ = ("argv", "cwd", "flags", "pane", "tmux", "tty", "version")

    def __init__(
        self,
        flags: int,
        cwd: bytes,
        tmux: bytes,
        pane: bytes,
        tty: bytes,
        argv: list[bytes],
        version: int = VERSION,
    ) -> None:
        self.version = version
        self.flags = flags
        self.cwd = cwd
        self.tmux = tmux
        self.pane = pane
        self.tty = tty
        self.argv = argv


def pack_command(command: Command) -> bytes:
    strings = [command.cwd, command.tmux, command.pane, command.tty, *command.argv]
    return bytes((command.version,)) + pack_number(command.flags) + b"".join(map(pack_string, strings))


def unpack_command(payload: bytes) -> Command:
    """Raises FrameError. A version that is not VERSION is for the caller to refuse, in words."""
    if len(payload) < 5:
        raise FrameError("command cut short")
    strings = unpack_strings(payload, 5)
    if len(strings) < 4:
        raise FrameError("command cut short")
    flags = int.from_bytes(payload[1:5], "big")
    cwd, tmux, pane, tty = strings[:4]
    return Command(flags, cwd, tmux, pane, tty, strings[4:], payload[0])


class Identity:
    """The payload of IDENTIFY: what the server must know of a client before it makes or attaches a session.

    `size` is (columns, rows, pixels wide, pixels high) of the terminal, all 0 where there is none.
    `features` is what -T (and -2) gave, comma-separated. `control_chars` are the terminal's special
    characters (termios' c_cc) and `found` what else it takes to give it back as it was (`pack_found`), both
    empty where there is none. `environ` holds "NAME=value" entries.
    """

    __slots__ = ("control_chars", "environ", "features", "found", "pid", "size", "term", "tty")

    def __init__(
        self,
        pid: int,
        size: tuple[int, int, int, int],
        term: bytes,
        tty: bytes,
        features: bytes,
        control_chars: bytes,
        found: bytes,
        environ: list[bytes],
    ) -> None:
        self.pid = pid
        self.size = size
        self.term = term
        self.tty = tty
        self.features = features
        self.control_chars = control_chars
        self.found = found
        self.environ = environ


def pack_identify(identity: Identity) -> bytes:
    named = [identity.term, identity.tty, identity.features, identity.control_chars, identity.found]
    strings = [*named, *identity.environ]
    return pack_number(identity.pid) + pack_size(*identity.size) + b"".join(map(pack_string, strings))


def unpack_identify(payload: bytes) -> Identity:
    if len(payload) < 12:
        raise FrameError("identity cut short")
    strings = unpack_strings(payload, 12)
    if len(strings) < 5:
        raise FrameError("identity cut short")
    size = unpack_size(payload[4:12])
    term, tty, features, control_chars, found = strings[:5]
    if found:
        unpack_found(found)  # who it is that sends nonsense is known now
    return Identity(unpack_number(payload[:4]), size, term, tty, features, control_chars, found, strings[5:])


def pack_found(device: int, inode: int, changed: int, modes: list[int]) -> bytes:
    """A terminal as the client found it: which one it is, whatever its name means elsewhere or later
    (`changed` is its st_ctime_ns: numbers are used again), and its input, output, control and local modes and
    its speeds (termios)."""
    return b"".join(value.to_bytes(8, "big") for value in (device, inode, changed, *modes))


def unpack_found(payload: bytes) -> tuple[int, int, int, list[int]]:
    """(device, inode, changed, modes). Raises FrameError."""
    if len(payload) != 72:
        raise FrameError("bad description of a terminal")
    device, inode, changed, *modes = (int.from_bytes(payload[at : at + 8], "big") for at in range(0, 72, 8))
    return device, inode, changed, modes


def pack_size(cols: int, rows: int, xpixel: int = 0, ypixel: int = 0) -> bytes:
    """Four u16: columns, rows, and the whole terminal's width and height in pixels (0: unknown)."""
    return b"".join(value.to_bytes(2, "big") for value in (cols, rows, xpixel, ypixel))


def unpack_size(payload: bytes) -> tuple[int, int, int, int]:
    if len(payload) != 8:
        raise FrameError("bad size")
    cols, rows, xpixel, ypixel = (int.from_bytes(payload[at : at + 2], "big") for at in (0, 2, 4, 6))
    return cols, rows, xpixel, ypixel


def pack_exit(status: int, message: bytes = b"") -> bytes:
    return bytes((status,)) + message


def unpack_exit(payload: bytes) -> tuple[int, bytes]:
    if not payload:
        raise FrameError("exit cut short")
    return payload[0], payload[1:]


def pack_write(path: bytes, data: bytes, flags: int = 0) -> bytes:
    return bytes((flags,)) + pack_string(path) + data


def unpack_write(payload: bytes) -> tuple[int, bytes, bytes]:
    """(flags, path, data)."""
    if not payload:
        raise FrameError("write cut short")
    path, at = unpack_string(payload, 1)
    return payload[0], path, payload[at:]


def encode_write(path: bytes, data: bytes, *, append: bool = False) -> Iterator[bytes]:
    """WRITE frames for a file of any length, each made when it is asked for."""
    flags = WRITE_APPEND if append else 0
    for start in range(0, max(len(data), 1), CHUNK):
        more = WRITE_MORE if start + CHUNK < len(data) else 0
        yield encode(WRITE, pack_write(path, data[start : start + CHUNK], flags | more))
        flags = WRITE_APPEND


def encode_stream(kind: int, data: bytes) -> list[bytes]:
    """Frames of a stream (STDOUT, STDERR, DATA, OUTPUT, KEYS) of any length; none for no data."""
    return [encode(kind, data[start : start + CHUNK]) for start in range(0, len(data), CHUNK)]


def pack_detached(
    kind: int, message: bytes = b"", status: int = 0, command: bytes = b"", shell: bytes = b""
) -> bytes:
    """`command` and `shell` are for DETACH_EXEC."""
    return bytes((kind, status)) + pack_string(message) + pack_string(command) + pack_string(shell)


def unpack_detached(payload: bytes) -> tuple[int, int, bytes, bytes, bytes]:
    """(kind, status, message, command, shell)."""
    if len(payload) < 2:
        raise FrameError("detach cut short")
    strings = unpack_strings(payload, 2)
    if len(strings) != 3:
        raise FrameError("detach cut short")
    message, command, shell = strings
    return payload[0], payload[1], message, command, shell
