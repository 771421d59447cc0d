"""Recorded call sequences of real clients, replayed, and the plumbing they share."""
