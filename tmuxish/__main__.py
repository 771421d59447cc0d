"""`python -m tmuxish` is `tmux`."""

from __future__ import annotations

from tmuxish.cli.tmux import main

main()
