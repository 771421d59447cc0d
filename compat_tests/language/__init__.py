"""The language of tmux, case by case against recorded answers of real tmux; see `play` and `record`."""
