"""The default bindings of the copy modes: what tmux 3.7c binds in the tables copy-mode and copy-mode-vi.

Most keys just run one command of the mode (`send-keys -X`); those are kept as key and command name.
"""

from __future__ import annotations

EMACS = "copy-mode"
VI = "copy-mode-vi"


def _pairs(text: str) -> list[tuple[str, str]]:
    """Lines of a key and the mode's command."""
    pairs = (line.split() for line in text.splitlines() if line)
    return [(key, f"send-keys -X {command}") for key, command in pairs]


def _ask(flags: str, label: str, command: str) -> str:
    """Ask for something, then hand it to a command of the mode."""
    return f"command-prompt {flags} -p '({label})' {{ send-keys -X {command} -- '%%' }}"


def _repeats(modifier: str) -> list[tuple[str, str]]:
    """The digits begin a repeat count."""
    return [
        (f"{modifier}{digit}", f"command-prompt -N -I {digit} -p '(repeat)' {{ send-keys -N '%%' }}")
        for digit in "123456789"
    ]


def _click(selection: str) -> str:
    return f"select-pane ; send-keys -X {selection} ; run-shell -d 0.3 ; send-keys -X copy-pipe-and-cancel"


_JUMPS = [
    ("F", _ask("-1", "jump backward", "jump-backward")),
    ("T", _ask("-1", "jump to backward", "jump-to-backward")),
    ("f", _ask("-1", "jump forward", "jump-forward")),
    ("t", _ask("-1", "jump to forward", "jump-to-forward")),
]
_MOUSE = [
    ("MouseDown1Pane", "select-pane"),
    ("MouseDrag1Pane", "select-pane ; send-keys -X begin-selection"),
    ("MouseDragEnd1Pane", "send-keys -X copy-pipe-and-cancel"),
    ("WheelUpPane", "select-pane ; send-keys -N 5 -X scroll-up"),
    ("WheelDownPane", "select-pane ; send-keys -N 5 -X scroll-down"),
    ("DoubleClick1Pane", _click("select-word")),
    ("TripleClick1Pane", _click("select-line")),
]
_INCREMENTAL = "-i -T search -I '#{pane_search_string}'"

# Keys that do the same in both tables.
_COMMON = [
    *_JUMPS,
    *_MOUSE,
    *_pairs("""
, jump-reverse
; jump-again
N search-reverse
P toggle-position
X set-mark
n search-again
q cancel
r refresh-from-pane
Home start-of-line
End end-of-line
NPage page-down
PPage page-up
Up cursor-up
Down cursor-down
Left cursor-left
Right cursor-right
M-x jump-to-mark
C-c cancel
C-Up scroll-up
C-Down scroll-down
"""),
]

_EMACS = [
    *_COMMON,
    *_repeats("M-"),
    ("g", _ask("", "goto line", "goto-line")),
    ("C-r", _ask(_INCREMENTAL, "search up", "search-backward-incremental")),
    ("C-s", _ask(_INCREMENTAL, "search down", "search-forward-incremental")),
    *_pairs("""
Escape cancel
Space page-down
R rectangle-toggle
M-< history-top
M-> history-bottom
M-R top-line
M-b previous-word
M-f next-word-end
M-l cursor-centre-horizontal
M-m back-to-indentation
M-r middle-line
M-v page-up
M-w copy-pipe-and-cancel
M-{ previous-paragraph
M-} next-paragraph
M-Up halfpage-up
M-Down halfpage-down
C-Space begin-selection
C-[ cancel
C-a start-of-line
C-b cursor-left
C-e end-of-line
C-f cursor-right
C-g clear-selection
C-k copy-pipe-end-of-line-and-cancel
C-l recentre-top-bottom
C-n cursor-down
C-p cursor-up
C-v page-down
C-w copy-pipe-and-cancel
C-M-b previous-matching-bracket
C-M-f next-matching-bracket
"""),
]

_VI = [
    *_COMMON,
    *_repeats(""),
    (":", _ask("", "goto line", "goto-line")),
    ("/", _ask("-T search", "search down", "search-forward")),
    ("?", _ask("-T search", "search up", "search-backward")),
    ("#", "send-keys -FX search-backward -- '#{copy_cursor_word}'"),
    ("*", "send-keys -FX search-forward -- '#{copy_cursor_word}'"),
    *_pairs("""
Enter copy-pipe-and-cancel
Escape clear-selection
Space begin-selection
$ end-of-line
% next-matching-bracket
0 start-of-line
A append-selection-and-cancel
B previous-space
D copy-pipe-end-of-line-and-cancel
E next-space-end
G history-bottom
H top-line
J scroll-down
K scroll-up
L bottom-line
M middle-line
V select-line
W next-space
^ back-to-indentation
b previous-word
e next-word-end
g history-top
h cursor-left
j cursor-down
k cursor-up
l cursor-right
o other-end
v rectangle-toggle
w next-word
z scroll-middle
{ previous-paragraph
} next-paragraph
BSpace cursor-left
C-[ clear-selection
C-b page-up
C-d halfpage-down
C-e scroll-down
C-f page-down
C-h cursor-left
C-j copy-pipe-and-cancel
C-u halfpage-up
C-v rectangle-toggle
C-y scroll-up
"""),
]

# Table name -> (key, commands).
COPY_MODE_TABLES: dict[str, list[tuple[str, str]]] = {EMACS: _EMACS, VI: _VI}
