"""Strings from the program: OSC commands, titles, DCS (DECRQSS and passthrough)."""

from __future__ import annotations

from collections.abc import Callable
from re import compile as regex

from . import replies
from .colours import DEFAULT, NONE, parse_x11
from .policy import CLIPBOARD_ON, GET_OFF, OFF
from .rows import OUTPUT, PROMPT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .emulator import Emulator

BEL = "\a"
ST = "\x1b\\"

#: Selections OSC 52 may name.
CLIPBOARDS = "cpqs01234567"

#: What decoding makes of bytes that are not UTF-8 (chr: mypyc takes no such literals).
_SURROGATE_FIRST, _SURROGATE_LAST = chr(0xD800), chr(0xDFFF)

PASSTHROUGH_PREFIX = b"tmux;"

_OSC = regex(r"([0-9]+)(?:;(.*))?")
_PALETTE_INDEX = regex(r"\s*([+-]?[0-9]*)")
_PROGRESS = regex(r"4;([0-4])(?:;?|;([0-9]{0,4}))")
_BASE64 = regex(rb"[A-Za-z0-9+/]*")

OscHandler = Callable[["Emulator", str, str], None]


def clean_name(text: str) -> str | None:
    """A title or path as tmux stores it: None if it is not printable UTF-8; backslashes doubled, and no
    "#(" that a format would run."""
    if any(char < " " or char == "\x7f" or _SURROGATE_FIRST <= char <= _SURROGATE_LAST for char in text):
        return None
    return text.replace("#(", "_(").replace("\\", "\\\\")


def operating_system_command(e: Emulator, data: bytes, end: str) -> None:
    """An OSC string without introducer and terminator; `end` is the terminator, for answers."""
    text = data.decode("utf-8", "surrogateescape")
    number, sep, rest = text.partition(";")
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        return
    handler = OSC.get(int(number))
    if handler is not None:
        handler(e, rest if sep else "", end)


def application_command(e: Emulator, data: bytes) -> None:
    """An APC string: a title."""
    _set_title(e, data.decode("utf-8", "surrogateescape"), ST)


def rename(e: Emulator, data: bytes) -> None:
    """ESC k: the window's name."""
    name = data.decode("utf-8", "surrogateescape")
    if e.policy.allow_rename and clean_name(name) is not None:
        e.emit("rename", name)


def device_control(e: Emulator, intermediates: str, data: bytes) -> None:
    """A DCS string; `data` begins with its final character."""
    if intermediates == "$" and data[:1] == b"q":
        if data[1:3] == b" q":
            e.reply(replies.cursor_style_report(e))
        else:
            e.reply("\x1bP0$r\x1b\\")
        return
    if e.policy.allow_passthrough != OFF and data.startswith(PASSTHROUGH_PREFIX):
        e.emit("passthrough", data[len(PASSTHROUGH_PREFIX) :])


def _set_title(e: Emulator, text: str, end: str) -> None:
    title = clean_name(text)
    if e.policy.allow_set_title and title is not None:
        e.title = title
        e.emit("title", title)


def _set_path(e: Emulator, text: str, end: str) -> None:
    path = clean_name(text)
    if path is not None:
        e.path = path
        e.emit("path", path)


def _index(text: str) -> int:
    """A palette index as strtol reads it, -1 if out of range or followed by something else."""
    match = _PALETTE_INDEX.fullmatch(text)
    if match is None:
        return -1
    digits = match.group(1)
    number = int(digits) if digits.lstrip("+-") else 0
    return number if 0 <= number <= 255 else -1


def _palette(e: Emulator, text: str, end: str) -> None:
    """OSC 4: pairs of index and colour, "?" asking."""
    words = text.split(";")
    changed = False
    for at in range(0, len(words) - 1, 2):
        index = _index(words[at])
        if index == -1:
            break
        value = words[at + 1]
        if value == "?":
            known = e.palette.get(index | 0x01000000)
            if known != NONE:
                replies.colour_report(e, f"4;{index}", known, end)
            else:
                e.emit("palette-query", (index, end))
            continue
        colour = parse_x11(value)
        if colour != NONE:
            changed = e.palette.set(index, colour) or changed
    if changed:
        e.emit("palette", None)


def _reset_palette(e: Emulator, text: str, end: str) -> None:
    """OSC 104: some entries, or without any everything OSC 4, 10 and 11 set."""
    if not text:
        e.palette.clear()
        e.emit("palette", None)
        return
    changed = False
    words = text.split(";")
    if len(words) > 1 and not words[-1]:
        words.pop()
    for word in words:
        index = _index(word)
        if index == -1:
            break
        changed = e.palette.set(index, NONE) or changed
    if changed:
        e.emit("palette", None)


def _hyperlink(e: Emulator, text: str, end: str) -> None:
    """OSC 8: parameters; address. An empty address ends the link."""
    parameters, sep, uri = text.partition(";")
    if not sep:
        return
    ids = [word[3:] for word in parameters.split(":") if word.startswith("id=") and len(word) > 3]
    if len(ids) > 1:
        return
    number = e.hyperlinks.put(uri, ids[0] if ids else "") if uri else 0
    e.set_link(number)


def _progress(e: Emulator, text: str, end: str) -> None:
    """OSC 9;4: state 0..4 and perhaps a percentage."""
    match = _PROGRESS.fullmatch(text)
    if match is None:
        return
    state, value = int(match.group(1)), match.group(2)
    percent = int(value) if value else -1
    if percent <= 100:
        e.set_progress(state, percent)


def _foreground(e: Emulator, text: str, end: str) -> None:
    if text == "?":
        replies.colour_report(e, "10", replies.foreground(e), end)
        return
    colour = parse_x11(text)
    if colour != NONE:
        e.palette.fg = colour
        e.emit("palette", None)


def _background(e: Emulator, text: str, end: str) -> None:
    if text == "?":
        replies.colour_report(e, "11", replies.background(e), end)
        return
    colour = parse_x11(text)
    if colour != NONE:
        e.palette.bg = colour
        e.emit("palette", None)


def _cursor_colour(e: Emulator, text: str, end: str) -> None:
    if text == "?":
        colour = e.cursor_colour if e.cursor_colour != NONE else e.policy.cursor_colour
        replies.colour_report(e, "12", colour, end)
        return
    colour = parse_x11(text)
    if colour != NONE:
        e.cursor_colour = colour


def _reset_foreground(e: Emulator, text: str, end: str) -> None:
    if not text:
        e.palette.fg = DEFAULT
        e.emit("palette", None)


def _reset_background(e: Emulator, text: str, end: str) -> None:
    if not text:
        e.palette.bg = DEFAULT
        e.emit("palette", None)


def _reset_cursor_colour(e: Emulator, text: str, end: str) -> None:
    if not text:
        e.cursor_colour = NONE


def _prompt(e: Emulator, text: str, end: str) -> None:
    """OSC 133: A marks a line as a prompt, C as the beginning of output."""
    flag = {"A": PROMPT, "C": OUTPUT}.get(text[:1], 0)
    if flag:
        e.lines[e.cursor_y].flags |= flag
        e.emit("prompt", text[:1])


def _clipboard(e: Emulator, text: str, end: str) -> None:
    """OSC 52: set the clipboard, or ask for it."""
    targets, sep, data = text.partition(";")
    if e.policy.set_clipboard != CLIPBOARD_ON or not sep or not data:
        return
    chosen = "".join(dict.fromkeys(c for c in targets if c in CLIPBOARDS))
    if data == "?":
        if e.policy.get_clipboard != GET_OFF:
            e.emit("clipboard-query", (chosen[:1], end))
        return
    decoded = decode_base64(data.encode("utf-8", "surrogateescape"))
    if decoded is not None:
        e.emit("clipboard-set", (chosen, decoded))


def decode_base64(data: bytes) -> bytes | None:
    """Base64, strictly: blanks are skipped, padding must be right and carry no bits; else None."""
    packed = b"".join(data.split())
    body = packed.rstrip(b"=")
    padding = len(packed) - len(body)
    if not _BASE64.fullmatch(body) or padding != -len(body) % 4 or padding > 2:
        return None
    from binascii import a2b_base64, b2a_base64

    decoded = a2b_base64(packed)
    return decoded if b2a_base64(decoded, newline=False) == packed else None


def clipboard_reply(target: str, data: bytes, end: str) -> bytes:
    """The answer to an OSC 52 query, for the owner, who knows the clipboard."""
    from binascii import b2a_base64

    return b"\x1b]52;" + target.encode() + b";" + b2a_base64(data, newline=False) + end.encode()


OSC: dict[int, OscHandler] = {
    0: _set_title,
    2: _set_title,
    4: _palette,
    7: _set_path,
    8: _hyperlink,
    9: _progress,
    10: _foreground,
    11: _background,
    12: _cursor_colour,
    52: _clipboard,
    104: _reset_palette,
    110: _reset_foreground,
    111: _reset_background,
    112: _reset_cursor_colour,
    133: _prompt,
}
