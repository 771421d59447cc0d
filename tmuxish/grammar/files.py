"""What is in a configuration file, as text.

tmux takes a file's bytes as they are, so a carriage return or a byte order mark is a character like others.
Windows' editors and shells write both: there they only say how the file was written.
"""

from __future__ import annotations

import codecs
import sys

WINDOWS = sys.platform == "win32"


def decode_file(data: bytes, *, windows: bool = WINDOWS) -> str:
    """The text. Bytes that are no UTF-8 become lone surrogates, as in all text of ours."""
    if windows:
        # Windows PowerShell's `>` writes UTF-16.
        for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
            if data.startswith(mark):
                data = data[len(mark) :].decode(encoding, "replace").encode()
        data = data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")
    return data.decode("utf-8", "surrogateescape")
