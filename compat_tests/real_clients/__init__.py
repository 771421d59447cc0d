"""Programs that users run on tmux; a test is skipped, saying so, where its program is missing."""
