"""The modes of panes: what is shown in place of a program's screen, and takes the keys meanwhile."""
