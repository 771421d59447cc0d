"""Modes of panes, compared with real tmux: fixtures/copy_mode/ and so on hold what it answered."""
