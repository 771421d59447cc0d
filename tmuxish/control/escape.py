"""Bytes of a pane as the text of one line: control characters and backslashes as three octal digits."""

from __future__ import annotations

# What stands as it is; bytes above ASCII too, for the reader may know the encoding.
_PLAIN = bytes(byte for byte in range(0x20, 0x100) if byte != 0x5C)
_BACKSLASH = 0x5C
_ESCAPES = {byte: (bytes((byte,)), b"\\%03o" % byte) for byte in (_BACKSLASH, *range(0x20))}


def escape(data: bytes) -> bytes:
    r"""`a\<CR>` as `a\134\015`.

    Few different bytes need it in any one piece of output, so each is replaced in all of it at once.
    """
    special = set(data.translate(None, _PLAIN))
    if not special:
        return data
    if _BACKSLASH in special:  # first: the others' replacements have backslashes
        data = data.replace(*_ESCAPES[_BACKSLASH])
        special.discard(_BACKSLASH)
    for byte in special:
        data = data.replace(*_ESCAPES[byte])
    return data
