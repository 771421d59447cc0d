"""Configuration files as Windows' editors and shells write them, there and elsewhere."""

from __future__ import annotations

import codecs

import pytest

from tmuxish.grammar.files import decode_file
from tmuxish.server.config import windows_files

LINES = "set -g status off\nset -g @name 'ü'\n"


@pytest.mark.parametrize(
    "data",
    [
        LINES.encode(),
        LINES.replace("\n", "\r\n").encode(),
        codecs.BOM_UTF8 + LINES.replace("\n", "\r\n").encode(),
        codecs.BOM_UTF16_LE + LINES.replace("\n", "\r\n").encode("utf-16-le"),  # Windows PowerShell's `>`
        codecs.BOM_UTF16_BE + LINES.encode("utf-16-be"),
    ],
)
def test_on_windows_line_ends_and_marks_are_no_text(data: bytes) -> None:
    assert decode_file(data, windows=True) == LINES


def test_a_carriage_return_within_a_line_is_one_everywhere() -> None:
    assert decode_file(b"a\rb\r\n\rc", windows=True) == "a\rb\n\rc"
    assert decode_file(b"a\rb\r\n", windows=False) == "a\rb\r\n"


def test_elsewhere_a_file_is_what_its_bytes_are() -> None:
    assert decode_file(codecs.BOM_UTF8 + b"x", windows=False) == "\ufeffx"
    assert decode_file(b"\xff", windows=False) == decode_file(b"\xff", windows=True) == "\udcff"


def test_where_windows_has_settings() -> None:
    environment = {"PROGRAMDATA": r"C:\ProgramData", "APPDATA": r"C:\Users\me\AppData\Roaming"}
    assert windows_files(r"C:\Users\me", environment) == [
        r"C:\ProgramData\tmux\tmux.conf",
        r"C:\Users\me\.tmux.conf",
        r"C:\Users\me\AppData\Roaming\tmux\tmux.conf",
        r"C:\Users\me\.config\tmux\tmux.conf",
    ]
    assert windows_files(None, {"XDG_CONFIG_HOME": "D:/x"}) == [r"D:/x\tmux\tmux.conf"]
