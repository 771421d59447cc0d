"""Line drawing: tmux's border cells as characters, and VT100 line drawing letters to and from Unicode."""

from __future__ import annotations

# What a border cell joins. Names follow the sides that are NOT drawn on: TOP_LEFT is the corner at the top
# left, TOP_JOIN hangs from the top edge.
(
    INSIDE,
    TOP_BOTTOM,
    LEFT_RIGHT,
    TOP_LEFT,
    TOP_RIGHT,
    BOTTOM_LEFT,
    BOTTOM_RIGHT,
    TOP_JOIN,
    BOTTOM_JOIN,
    LEFT_JOIN,
    RIGHT_JOIN,
    JOIN,
    OUTSIDE,
) = range(13)

# Which neighbours of a cell are borders (8 left, 4 right, 2 above, 1 below) -> its kind. A lone neighbour
# makes no line.
KIND_OF_NEIGHBOURS = {
    15: JOIN,
    14: BOTTOM_JOIN,
    13: TOP_JOIN,
    12: LEFT_RIGHT,
    11: RIGHT_JOIN,
    10: BOTTOM_RIGHT,
    9: TOP_RIGHT,
    7: LEFT_JOIN,
    6: BOTTOM_LEFT,
    5: TOP_LEFT,
    3: TOP_BOTTOM,
}

# One character per kind above, for the values of pane-border-lines that have such a table.
BORDER_LINES = {
    "double": " ║═╔╗╚╝╦╩╠╣╬·",
    "heavy": " ┃━┏┓┗┛┳┻┣┫╋·",
    "simple": " |-+++++++++.",
    "spaces": " " * 13,
}
# The same for single lines, as letters of the VT100's special graphics.
SPECIAL_GRAPHICS_LINES = " xqlkmjwvtun~"

# Special graphics too.
ARROW_RIGHT, ARROW_LEFT, ARROW_UP, ARROW_DOWN = "+,-."

# VT100 special graphics letter -> Unicode.
ACS_TO_UNICODE = dict(
    zip(
        "+,-.0`abcdefghijklmnopqrstuvwxyz{|}~",
        "→←↑↓▮◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·",
        strict=True,
    )
)

# Unicode -> VT100 letter, for clients that do not take UTF-8. tmux maps these and no others.
UNICODE_TO_ACS = {
    "·": "~", "─": "q", "━": "q", "│": "x", "┃": "x", "┌": "l", "┏": "k", "┐": "k", "┓": "l", "└": "m",
    "┗": "m", "┘": "j", "┛": "j", "├": "t", "┣": "t", "┤": "u", "┫": "u", "┳": "w", "┴": "v", "┻": "v",
    "┼": "n", "╋": "n", "═": "q", "║": "x", "╔": "l", "╗": "k", "╚": "m", "╝": "j", "╠": "t", "╣": "u",
    "╦": "w", "╩": "v", "╬": "n",
}  # fmt: skip
