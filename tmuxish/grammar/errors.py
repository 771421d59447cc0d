"""What can go wrong while reading commands.

GrammarError
├── FlagError     flags or operands of one command (`FlagError.usage`: show the usage line instead)
├── LexError      a token that cannot be
└── ParseError    the text a user sees, with file and line where there are any
"""

from __future__ import annotations


class GrammarError(Exception):
    """Base of all; `str()` is the text tmux prints, lower-case and without a full stop."""


class FlagError(GrammarError):
    """Flags or operands do not fit the command's usage; an empty text asks for the usage line (`-?`)."""


class LexError(GrammarError):
    """Characters that form no token; carries no position, the parser knows it."""


class ParseError(GrammarError):
    """The complete message for the user."""
