"""Scenarios of attached clients, one module per area."""
