"""Control mode: conversations as real tmux holds them, flow control, slow readers, real clients."""
