"""The form of `fixtures/screens/*.json`: what a program wrote, and what real tmux showed.

A file holds ``{"tmux": version, "defaults": {...}, "cases": [...]}``.  A case has a ``name``, an
``input`` (escaped bytes, see :func:`escape`), optionally ``cols``, ``rows``, ``options`` (tmux options set
before the program starts) and ``resizes``; the rest is recorded by ``record.py``:

* ``replies``: the bytes the program got back (escaped), absent where there were none;
* ``clipboard``: the newest paste buffer, where the program made one;
* ``texts``: the distinct captured texts, and
* ``stages``: one for the first size and one per resize, each with ``captures`` (name of the capture, see
  :data:`CAPTURES`, to index in ``texts``) and ``vars`` (the variables that differ from the stage before, or
  from ``defaults`` in the first one).
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "screens"

DEFAULT_SIZE = (80, 24)
DEFAULT_RESIZES = ((50, 15), (100, 30))

CAPTURES: dict[str, tuple[str, ...]] = {
    "p": ("-p",),
    "pe": ("-pe",),
    "peJ": ("-peJ",),
    "pN": ("-pN",),
    "pT": ("-pT",),
    "peC": ("-peC",),
    "history": ("-p", "-S", "-"),
    "history-e": ("-pe", "-S", "-"),
    "history-eJ": ("-peJ", "-S", "-"),
    "history-F": ("-pF", "-S", "-"),
    "history-H": ("-pH", "-S", "-"),
    "alternate": ("-peaq",),
    "pending": ("-pPC",),
}
"""Capture name -> the flags given to capture-pane.

Of ``-F`` only the flags are kept, see :func:`flags_only`; :data:`ONCE` are left out after a resize.
"""

ONCE = frozenset({"peC", "pending"})

VARIABLES = (
    "cursor_x",
    "cursor_y",
    "cursor_flag",
    "cursor_shape",
    "cursor_blinking",
    "cursor_very_visible",
    "cursor_colour",
    "cursor_character",
    "insert_flag",
    "origin_flag",
    "wrap_flag",
    "keypad_flag",
    "keypad_cursor_flag",
    "mouse_any_flag",
    "mouse_all_flag",
    "mouse_button_flag",
    "mouse_standard_flag",
    "mouse_sgr_flag",
    "mouse_utf8_flag",
    "bracket_paste_flag",
    "synchronized_output_flag",
    "alternate_on",
    "alternate_saved_x",
    "alternate_saved_y",
    "scroll_region_upper",
    "scroll_region_lower",
    "pane_tabs",
    "pane_title",
    "pane_path",
    "pane_key_mode",
    "pane_fg",
    "pane_bg",
    "pane_pb_state",
    "pane_pb_progress",
    "history_size",
    "window_name",
    "window_bell_flag",
)
"""The format variables asked for at each stage."""

_ESCAPED = re.compile(rb"\\(?:e|\\|x([0-9a-fA-F]{2})|([rnt]))")
_NAMED = {b"r": b"\r", b"n": b"\n", b"t": b"\t"}


def escape(data: bytes) -> str:
    """Bytes as readable text: UTF-8 as it is, ``\\e`` for escape, ``\\r \\n \\t``, ``\\xNN`` for the rest."""
    out: list[str] = []
    for character in data.decode("utf-8", "surrogateescape"):
        if character == "\\":
            out.append("\\\\")
        elif character == "\x1b":
            out.append("\\e")
        elif character in "\r\n\t":
            out.append({"\r": "\\r", "\n": "\\n", "\t": "\\t"}[character])
        elif character.isprintable():
            out.append(character)
        else:
            out.extend(f"\\x{byte:02x}" for byte in character.encode("utf-8", "surrogateescape"))
    return "".join(out)


def unescape(text: str) -> bytes:
    """The bytes that :func:`escape` wrote as ``text``."""

    def replace(match: re.Match[bytes]) -> bytes:
        if match[1]:
            return bytes([int(match[1], 16)])
        if match[2]:
            return _NAMED[match[2]]
        return b"\x1b" if match[0] == b"\\e" else b"\\"

    return _ESCAPED.sub(replace, text.encode())


def flags_only(text: str) -> str:
    """What `capture-pane -F` put before each line, separated by spaces: the lines stand in other captures."""
    return " ".join(line.partition(" ")[0] for line in text.splitlines())


def load(path: Path) -> dict[str, Any]:
    """One fixture file."""
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def save(path: Path, content: dict[str, Any]) -> None:
    """Write one fixture file, a line per case, so that a diff shows which cases changed."""
    head = {key: value for key, value in content.items() if key != "cases"}
    lines = [json.dumps(case, ensure_ascii=False, separators=(",", ":")) for case in content["cases"]]
    body = json.dumps(head, ensure_ascii=False, separators=(",", ":"))[:-1]
    path.write_text(body + ',"cases":[\n' + ",\n".join(lines) + "\n]}\n", encoding="utf-8")


def sizes(case: dict[str, Any]) -> list[tuple[int, int]]:
    """The sizes (columns, rows) a case goes through, the first one included."""
    first = (case.get("cols", DEFAULT_SIZE[0]), case.get("rows", DEFAULT_SIZE[1]))
    return [first, *((cols, rows) for cols, rows in case.get("resizes", DEFAULT_RESIZES))]
