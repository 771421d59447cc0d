"""How the package is built: pip calls `backend`; nothing here is wanted when `tmux` runs."""
