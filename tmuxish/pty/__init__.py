"""Pseudo-terminals and the programs that run on them: one contract (base), a module per system."""
