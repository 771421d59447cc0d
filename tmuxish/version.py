"""Which tmux this stands in for, and which release of ours it is."""

from __future__ import annotations

TMUX_VERSION = "3.7c"  # what `tmux -V`, #{version} and $TERM_PROGRAM_VERSION say; clients parse it
VERSION = "0.1.0"
