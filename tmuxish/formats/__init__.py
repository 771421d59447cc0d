"""The language of formats, `#{...}`: compiled templates, the table of variables, styles, and drawing.

Nothing is imported here: a starting server needs little of this package (see early.py).
"""
