"""Tests of formats, styles and drawn lines."""
