"""A `tmux` executable for places that have none."""
