"""Keys: a client's input bytes to keys, keys to a pane's bytes, and the tables of key bindings."""
