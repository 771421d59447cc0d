"""What the `q` modifier makes of a value: safe for a shell, for a format, or as a command's argument."""

from __future__ import annotations

from tmuxish.quoting import quote as quote_argument

__all__ = ["quote_argument", "quote_shell", "quote_style"]

_SHELL_SPECIAL = str.maketrans({char: "\\" + char for char in "|&;<>()$`\\\"'*?[# =%"})


def quote_shell(text: str) -> str:
    """`text` with a backslash before each character that sh(1) or a tmux command line treats specially."""
    return text.translate(_SHELL_SPECIAL)


def quote_style(text: str) -> str:
    """`text` with each `#` doubled, so that neither a format nor a style is seen in it."""
    return text.replace("#", "##")
