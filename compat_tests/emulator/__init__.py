"""Tests of the terminal emulator."""
