"""The terminal emulator: bytes in; rows, answers and events out. It knows nothing of panes or clients."""

from __future__ import annotations

from .capture import capture
from .emulator import Emulator
from .policy import Policy
from .rows import OUTPUT, PAD, PROMPT, TAB, Row
from .style import DEFAULT_CHAR, DEFAULT_STYLE, Style, intern_style, style_of

__all__ = [
    "DEFAULT_CHAR",
    "DEFAULT_STYLE",
    "OUTPUT",
    "PAD",
    "PROMPT",
    "TAB",
    "Emulator",
    "Policy",
    "Row",
    "Style",
    "capture",
    "intern_style",
    "style_of",
]
