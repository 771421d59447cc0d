"""Formats: `#{...}` templates, the variables they know, the styles they carry, and lines drawn from them."""

from __future__ import annotations

from tmuxish.formats.expand import expand, expand_time
from tmuxish.formats.scope import Mouse, Scope
from tmuxish.formats.text import is_true

__all__ = ["Mouse", "Scope", "expand", "expand_time", "is_true"]
