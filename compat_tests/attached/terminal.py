"""The terminal of an attached client: pyte, taught what it lacks of xterm, and read back as plain data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from wcwidth import wcwidth  # what pyte itself measures with

from compat_tests.clients.ptyclient import UNFINISHED, UNREADABLE, PtyClient
from compat_tests.display import terminal_screen

UNDERLINES = 4000
"""pyte has no colons: SGR 4:N becomes this plus N."""
UNDERLINE_NAMES = ("", "underscore", "double", "curly", "dotted", "dashed")
_SGR = re.compile(rb"\x1b\[[0-9;:]*:[0-9;:]*m")
_SIDE = re.compile(
    rb"\x1b\[(?P<shape>[0-6]?) q|\x1b\](?P<osc>12|112|8|52);?(?P<text>[^\x07\x1b]*)(?:\x07|\x1b\\)"
)


class Cell(NamedTuple):
    """A pyte `Char` with what else a cell may have."""

    data: str = " "
    fg: str = "default"
    bg: str = "default"
    bold: bool = False
    italics: bool = False
    underscore: bool = False
    strikethrough: bool = False
    reverse: bool = False
    blink: bool = False
    dim: bool = False
    hidden: bool = False
    overline: bool = False
    underline: int = 0
    link: str = ""


class Screen(terminal_screen.Screen):
    """A pyte screen whose cells are `Cell`s."""

    @property
    def default_char(self) -> Any:
        return Cell(reverse=False)

    def reset(self) -> None:
        super().reset()
        self.cursor.attrs = self.default_char

    def select_graphic_rendition(self, *attrs: int, **kwargs: Any) -> None:
        if kwargs:  # a private sequence that happens to end in m
            return
        before: Any = self.cursor.attrs
        super().select_graphic_rendition(*attrs)
        now: Any = self.cursor.attrs
        self.cursor.attrs = now._replace(link=before.link, **_more(attrs or (0,)))


def _more(attrs: Sequence[int]) -> dict[str, Any]:
    """What pyte does not know of an SGR sequence."""
    found: dict[str, Any] = {}
    rest = iter(attrs)
    for attr in rest:
        if attr in (38, 48, 58):
            for _ in range(3 if next(rest, 0) == 2 else 1):
                next(rest, 0)
        elif attr == 0:
            found.update(dim=False, hidden=False, overline=False, underline=0)
        elif attr in _SWITCHES:
            name, value = _SWITCHES[attr]
            found[name] = value
        elif attr in (4, 24):
            found["underline"] = int(attr == 4)
        elif UNDERLINES <= attr < UNDERLINES + len(UNDERLINE_NAMES):
            found.update(underline=attr - UNDERLINES, underscore=attr != UNDERLINES)
    return found


_SWITCHES = {
    2: ("dim", True),
    22: ("dim", False),
    8: ("hidden", True),
    28: ("hidden", False),
    53: ("overline", True),
    55: ("overline", False),
}


def _without_colons(match: re.Match[bytes]) -> bytes:
    text = re.sub(rb"\b4:(\d)", rb"400\1", match[0])
    return re.sub(rb"([345]8):2:[0-9]*:", rb"\1;2;", text).replace(b":", b";")


class Terminal(PtyClient):
    """A client on a pty whose screen is recorded whole."""

    def __init__(self, argv: Sequence[str], env: Mapping[str, str], cwd: Path, cols: int, rows: int) -> None:
        super().__init__(argv, env, cwd, cols, rows)
        self.size = (cols, rows)
        self.side: dict[str, str] = {}
        self.screen = Screen(cols, rows)
        self._stream = terminal_screen.Stream(self.screen)

    def resize(self, cols: int, rows: int) -> None:
        self.size = (cols, rows)
        super().resize(cols, rows)

    def _feed(self) -> None:
        fresh = bytes(self._drawn[self._fed :])
        cut = UNFINISHED.search(fresh)
        fresh = fresh[: cut.start()] if cut else fresh
        self._fed += len(fresh)
        at = 0
        for match in _SIDE.finditer(fresh):
            self._show(fresh[at : match.start()])
            self._note(match)
            at = match.end()
        self._show(fresh[at:])

    def _show(self, data: bytes) -> None:
        self._stream.feed(UNREADABLE.sub(b"", _SGR.sub(_without_colons, data)))

    def _note(self, match: re.Match[bytes]) -> None:
        """Cursor shape and colour, clipboard and links, which pyte has no place for."""
        text = (match["text"] or b"").decode("utf-8", "replace")
        osc = (match["osc"] or b"").decode()
        if match["shape"] is not None:
            self.side["cursor shape"] = match["shape"].decode()
        elif osc == "8":
            attrs: Any = self.screen.cursor.attrs
            self.screen.cursor.attrs = attrs._replace(link=text.partition(";")[2])
        elif osc == "52":
            self.side["clipboard"] = text
        else:
            self.side["cursor colour"] = text if osc == "12" else ""

    def cells(self) -> list[list[Cell]]:
        """Every cell as it is now."""
        with self._lock:
            self._feed()
            buffer: Any = self.screen.buffer
            columns = range(self.screen.columns)
            return [whole([buffer[y][x] for x in columns]) for y in range(self.screen.lines)]

    def facts(self) -> dict[str, Any]:
        """What there is to know beside the cells: cursor, title, clipboard; what is as always is left out."""
        cursor = self.screen.cursor
        side = {name: value for name, value in self.side.items() if value.strip("0")}
        return {
            "cursor": None if cursor.hidden else [cursor.x, cursor.y],
            **({"title": self.screen.title} if self.screen.title else {}),
            **side,
        }


def whole(row: list[Cell]) -> list[Cell]:
    """A row without halves of wide characters: a terminal blanks one when the other is written over."""
    shown = []
    for x, cell in enumerate(row):
        wide = len(cell.data) > 0 and wcwidth(cell.data[0]) == 2
        after = row[x + 1].data if x + 1 < len(row) else None
        before = row[x - 1].data if x else ""
        alone = after != "" if wide else cell.data == "" and not (before and wcwidth(before[0]) == 2)
        shown.append(cell._replace(data=" ") if alone else cell)
    return shown


@lru_cache(maxsize=4096)  # few kinds of cells are on a screen, and every scenario looks at many screens
def look(cell: Cell) -> str:
    """Colours and attributes of a cell, "" for none. What a blank does not show is left out."""
    line = UNDERLINE_NAMES[cell.underline] if cell.underscore else ""
    names = {line, f"bg={cell.bg}" if cell.bg != "default" else ""}
    names |= {name for name in ("reverse", "strikethrough", "overline") if getattr(cell, name)}
    names.add(f"link={cell.link}" if cell.link else "")
    if not is_blank(cell):
        names.add(f"fg={cell.fg}" if cell.fg != "default" else "")
        names |= {name for name in ("bold", "italics", "blink", "dim", "hidden") if getattr(cell, name)}
    return " ".join(sorted(names - {""}))


def is_blank(cell: Cell) -> bool:
    """Whether a cell has nothing to show in its foreground colour."""
    return cell.data == " " and not (cell.reverse or cell.underscore)


def looks(row: Sequence[Cell]) -> str:
    """A row's looks, run-length coded: `3; 5 bold fg=red` is three plain cells, five bold red ones, plain.

    Blanks between two runs of one look, from which they differ only in what they do not show, join them.
    """
    runs: list[tuple[str, int, bool]] = []
    for (name, blank), cells in groupby(row, lambda cell: (look(cell), is_blank(cell))):
        count = len(list(cells))
        between = len(runs) > 1 and runs[-1][2] and runs[-2][0] == name and runs[-1][0] == _unseen(name)
        if not blank and between:
            count += runs.pop()[1] + runs.pop()[1]
        elif runs and runs[-1][0] == name:
            blank = blank and runs[-1][2]
            count += runs.pop()[1]
        runs.append((name, count, blank))
    if runs and not runs[-1][0]:
        runs.pop()
    return "; ".join(f"{count} {name}".rstrip() for name, count, _ in runs)


def _unseen(name: str) -> str:
    """The look that a blank would have where text has the look `name`."""
    shown = ("bold", "italics", "blink", "dim", "hidden")
    return " ".join(word for word in name.split() if word not in shown and not word.startswith("fg="))
