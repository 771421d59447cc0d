"""Single commands, each against what real tmux 3.7c answered to the same call."""
