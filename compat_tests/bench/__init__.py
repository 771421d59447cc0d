"""Measurements against real tmux; run by hand, with TMUX_ORACLE naming a real executable."""
