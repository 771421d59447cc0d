"""Reads the texts the cases are made of: tables by hand, one entry a word, a line or a paragraph."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent / "texts"


def words(name: str) -> list[str]:
    """Entries between blanks."""
    return _read(name).split()


def lines(name: str) -> list[str]:
    """An entry a line, empty ones and blanks included."""
    return _read(name).removesuffix("\n").split("\n")


def paragraphs(name: str) -> list[str]:
    """Entries of several lines between lines of one `=`, each ending in a newline."""
    return [f"{text}\n" for text in _read(name).removesuffix("\n").split("\n=\n")]


def _read(name: str) -> str:
    return (_FOLDER / f"{name}.txt").read_text(encoding="utf-8")
