"""What mouse events count as: which key, at which pane, place and range, as real tmux tells them apart."""
