"""The commands that copy mode is put through: sequences made by hand, and random ones from fixed seeds.

Each step of a sequence is a tmux command; "send-keys -X" stands before those that do not begin with a tmux
command's name. The pane is in copy mode again before each of them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

#: First words of steps that are tmux commands themselves.
TMUX_COMMANDS = {"copy-mode", "resize-window", "send-keys", "clear-history"}

Step = list[str]


@dataclass
class Sequence:
    """What happens to one fresh pane: its size, options of its window, then steps."""

    name: str
    steps: list[Step]
    cols: int = 40
    rows: int = 10
    options: dict[str, str] = field(default_factory=dict)


def command(step: Step) -> list[str]:
    """The tmux command of a step for the pane `case:`."""
    if step[0] in TMUX_COMMANDS:
        return [step[0], "-t", "case:", *step[1:]]
    if step[0] == "-N":
        return ["send-keys", "-t", "case:", "-N", step[1], "-X", *step[2:]]
    return ["send-keys", "-t", "case:", "-X", *step]


def _steps(text: str) -> list[Step]:
    """One step per line, words parted by blanks; "_" in a word is a blank."""
    return [[word.replace("_", " ") for word in line.split()] for line in text.splitlines() if line.strip()]


_WORDS = """
history-top
next-word
next-word
-N 4 next-word
next-word-end
next-word-end
-N 5 next-word-end
next-space
-N 6 next-space
next-space-end
-N 6 next-space-end
previous-word
previous-space
-N 9 previous-word
-N 9 previous-space
-N 200 next-word
-N 30 previous-word
-N 40 next-word-end
-N 30 previous-space
back-to-indentation
end-of-line
start-of-line
next-paragraph
-N 2 next-paragraph
previous-paragraph
-N 3 previous-paragraph
history-bottom
previous-word
-N 8 previous-word
-N 50 next-space-end
-N 60 previous-space
"""

_SELECT = """
history-top
begin-selection
-N 3 next-word
copy-selection
select-word
copy-selection-no-clear
next-word
copy-selection
select-line
copy-selection-no-clear
cursor-down
copy-selection
begin-selection
-N 2 cursor-down
end-of-line
other-end
cursor-up
copy-selection-no-clear
rectangle-toggle
copy-selection-no-clear
-N 4 cursor-right
copy-selection-no-clear
-N 2 other-end
rectangle-off
append-selection
begin-selection
rectangle-on
-N 3 cursor-down
-N 7 cursor-right
copy-selection
copy-line
copy-end-of-line
-N 3 copy-line
-N 2 copy-end-of-line
copy-pipe-no-clear true
selection-mode word
begin-selection
-N 3 cursor-right
cursor-down
copy-selection
selection-mode line
begin-selection
cursor-down
copy-selection
selection-mode char
begin-selection
-N 5 cursor-left
copy-selection
begin-selection
stop-selection
-N 4 cursor-down
clear-selection
begin-selection
page-down
copy-selection
begin-selection
history-bottom
copy-selection-no-clear
history-top
copy-selection
select-word
-N 2 next-word
-N 3 cursor-up
copy-selection
-N 3 select-line
copy-selection
history-bottom
select-line
cursor-up
cursor-up
other-end
cursor-down
cursor-down
copy-selection
set-mark
history-top
jump-to-mark
jump-to-mark
select-word
copy-pipe true pre
copy-pipe-line true
copy-pipe-end-of-line
copy-selection-no-clear pre
begin-selection
end-of-line
append-selection-and-cancel
begin-selection
-N 2 cursor-up
copy-selection-and-cancel
copy-line-and-cancel
copy-end-of-line-and-cancel
copy-pipe-line-and-cancel true
copy-pipe-end-of-line-and-cancel true
copy-pipe-and-cancel true
pipe true
pipe-no-clear true
pipe-and-cancel true
"""

_SCROLL = """
copy-mode -u
copy-mode -d
halfpage-up
-N 2 halfpage-up
page-up
-N 3 page-up
cursor-up
scroll-up
-N 4 scroll-up
scroll-down
scroll-middle
scroll-top
scroll-bottom
recentre-top-bottom
recentre-top-bottom
recentre-top-bottom
recentre-top-bottom
top-line
middle-line
bottom-line
cursor-centre-vertical
end-of-line
cursor-centre-horizontal
-N 3 scroll-down
halfpage-down
-N 2 page-down
goto-line 0
goto-line 12
goto-line 1000
goto-line -1
goto-line nonsense
page-down
scroll-exit-on
page-down
scroll-exit-off
page-up
scroll-exit-toggle
scroll-down
-N 30 scroll-down
page-up
page-down-and-cancel
-N 30 page-down-and-cancel
page-up
-N 30 halfpage-down-and-cancel
page-up
-N 300 scroll-down-and-cancel
-N 3 cursor-up
-N 300 cursor-down-and-cancel
cursor-down-and-cancel
toggle-position
history-top
-N 3 cursor-down
-N 100 cursor-right
-N 100 cursor-left
-N 3 cursor-left
history-bottom
-N 3 cursor-right
-N 300 cursor-up
-N 35 cursor-right
-N 300 cursor-down
next-prompt
previous-prompt
previous-prompt
previous-prompt -o
next-prompt
next-prompt -o
copy-mode -q
copy-mode -e
page-up
-N 9 page-down
copy-mode -eu
halfpage-down
copy-mode -H
cancel
"""

_SEARCH = """
history-top
search-forward alpha
search-again
search-again
search-reverse
search-reverse
-N 3 search-again
search-backward foo
search-again
-N 2 search-again
search-forward-text foo
search-again
search-reverse
search-forward FOO
search-again
search-forward Foo
search-forward notthere
search-again
search-backward x[0-9]+
search-again
search-reverse
search-forward 日本語
search-again
search-forward テキスト
search-forward [0-9]+_and
search-again
search-backward cafe\u0301
search-backward e\u0301sum
search-forward naive
search-forward (a|b)et
search-forward (over|lazy)+
search-again
search-forward 789x0
search-again
search-again
search-reverse
search-backward 789x0123456789x
search-again
search-backward [0-9]x[0-9]
search-again
search-again
search-reverse
search-forward ^_+[a-z]
search-again
search-forward end_*$
search-backward ^$
search-forward [
search-backward a**
search-forward [[:digit:]]
search-again
search-backward [[:digit:]]
search-again
search-forward ..+
search-backward-text .
search-again
search-backward-text (
search-forward-incremental =a
search-forward-incremental =al
search-forward-incremental =alp
search-forward-incremental +alp
search-forward-incremental +alp
search-forward-incremental -alp
search-forward-incremental =alpz
search-forward-incremental =alp
search-forward-incremental =
search-backward-incremental =f
search-backward-incremental =fo
search-backward-incremental =foo
search-backward-incremental -foo
search-backward-incremental +foo
search-backward-incremental =foox
search-backward-incremental =f
cursor-down
search-backward-incremental =foo
search-forward line
cursor-right
search-again
page-down
search-again
begin-selection
search-again
copy-selection
history-top
search-forward
search-backward
search-again
search-forward gamma
copy-selection
cancel
search-again
search-reverse
search-forward gamma
search-forward u
search-forward __
search-again
search-backward __
search-backward-text 端で折
search-again
search-forward 折り返
search-forward [折り]+
search-again
search-forward 。
search-forward link|boxes
search-backward (link|boxes).*
search-forward (^|_)a
search-again
search-reverse
search-backward ^.
search-again
search-backward [(][a-z]
search-forward \\[
search-forward \\<b
search-again
"""

_WRAP_OFF = """
history-bottom
search-forward alpha
search-backward alpha
-N 20 search-again
search-reverse
-N 20 search-reverse
history-top
search-backward line
search-forward line
"""

_BRACKETS = """
history-top
next-matching-bracket
next-matching-bracket
previous-matching-bracket
cursor-down
next-matching-bracket
next-matching-bracket
end-of-line
previous-matching-bracket
previous-matching-bracket
next-matching-bracket
-N 2 next-matching-bracket
-N 15 cursor-down
start-of-line
next-matching-bracket
previous-matching-bracket
next-matching-bracket
next-matching-bracket
cursor-down
next-matching-bracket
-N 4 cursor-right
next-matching-bracket
previous-matching-bracket
-N 4 cursor-down
previous-matching-bracket
next-matching-bracket
next-matching-bracket
search-forward-text }
previous-matching-bracket
next-matching-bracket
cursor-right
next-matching-bracket
history-bottom
previous-matching-bracket
-N 3 previous-matching-bracket
-N 20 previous-matching-bracket
history-top
-N 5 cursor-right
next-matching-bracket
-N 5 next-matching-bracket
"""

_JUMPS = """
history-top
jump-forward a
jump-again
jump-again
jump-reverse
jump-to-forward b
jump-again
jump-again
jump-reverse
jump-backward a
jump-again
jump-to-backward e
jump-again
jump-reverse
end-of-line
-N 2 jump-backward a
-N 2 jump-to-backward a
start-of-line
-N 2 jump-to-forward a
-N 7 jump-forward a
-N 5 cursor-down
start-of-line
jump-forward テ
jump-again
jump-to-forward 한
jump-to-backward 本
jump-backward 日
jump-backward 日
cursor-down
jump-forward e
jump-forward r
cursor-down
start-of-line
jump-forward \t
jump-again
jump-to-forward l
-N 3 cursor-up
start-of-line
-N 9 cursor-down
jump-forward x
jump-forward z
-N 4 cursor-up
jump-forward 9
-N 6 jump-again
-N 6 jump-reverse
-N 3 jump-to-backward x
jump-to-forward 0
-N 4 jump-again
jump-forward xyz
"""

_FRESH = """
resize-window -x 30
resize-window -x 40
history-top
-N 20 cursor-down
-N 3 cursor-right
search-forward a
send-keys -R
-N 2 cursor-down
resize-window -x 30
cursor-down
resize-window -x 61 -y 7
search-forward the
resize-window -x 40 -y 15
search-again
begin-selection
cursor-down
resize-window -x 25 -y 5
cursor-up
refresh-from-pane
page-up
search-again
clear-history
page-up
cancel
page-up
"""

_EVERY = {
    "words": _WORDS,
    "select": _SELECT,
    "scroll": _SCROLL,
    "search": _SEARCH,
    "brackets": _BRACKETS,
    "jumps": _JUMPS,
}


def by_hand() -> list[Sequence]:
    """The sequences made by hand, each with both kinds of keys."""
    made = []
    for keys in ("emacs", "vi"):
        options = {"mode-keys": keys}
        made += [Sequence(f"{name}-{keys}", _steps(text), 40, 10, options) for name, text in _EVERY.items()]
        # Real tmux forgets where text goes that a pane in a mode clears: it is not to go into the history.
        fresh = {**options, "scroll-on-clear": "off"}
        made.append(Sequence(f"fresh-{keys}", _steps(_FRESH), 40, 10, fresh))
        options = {**options, "wrap-search": "off"}
        made.append(Sequence(f"no-wrap-{keys}", _steps(_WRAP_OFF), 40, 10, options))
        for numbers in ("default", "absolute", "relative", "hybrid"):
            options = {"mode-keys": keys, "copy-mode-line-numbers": numbers}
            made.append(Sequence(f"numbers-{numbers}-{keys}", _steps(_NUMBERED), 30, 8, options))
    return made


_NUMBERED = """
page-up
cursor-up
end-of-line
-N 9 cursor-right
goto-line 3
goto-line 0
goto-line 999
search-backward alpha
rectangle-toggle
begin-selection
cursor-down
end-of-line
copy-selection
-N 3 scroll-down
history-bottom
"""

#: Commands for random sequences, with how often they come.
_MOVES: dict[str, int] = {
    "cursor-up": 6,
    "cursor-down": 6,
    "cursor-left": 6,
    "cursor-right": 6,
    "start-of-line": 2,
    "end-of-line": 4,
    "back-to-indentation": 2,
    "next-word": 4,
    "next-word-end": 4,
    "previous-word": 4,
    "next-space": 2,
    "next-space-end": 2,
    "previous-space": 2,
    "next-paragraph": 2,
    "previous-paragraph": 2,
    "next-matching-bracket": 2,
    "previous-matching-bracket": 2,
    "page-up": 2,
    "page-down": 2,
    "halfpage-up": 2,
    "halfpage-down": 2,
    "scroll-up": 2,
    "scroll-down": 2,
    "history-top": 1,
    "history-bottom": 1,
    "top-line": 1,
    "middle-line": 1,
    "bottom-line": 1,
    "jump-again": 2,
    "jump-reverse": 2,
    "search-again": 4,
    "search-reverse": 3,
    "other-end": 3,
    "select-line": 2,
    "select-word": 2,
    "copy-line": 1,
    "copy-end-of-line": 1,
}
_OTHERS: dict[str, int] = {
    "begin-selection": 5,
    "stop-selection": 1,
    "clear-selection": 2,
    "copy-selection": 4,
    "copy-selection-no-clear": 4,
    "append-selection": 1,
    "rectangle-toggle": 3,
    "rectangle-on": 1,
    "rectangle-off": 1,
    "scroll-top": 1,
    "scroll-middle": 1,
    "scroll-bottom": 1,
    "recentre-top-bottom": 2,
    "cursor-centre-vertical": 1,
    "cursor-centre-horizontal": 1,
    "set-mark": 1,
    "jump-to-mark": 1,
    "next-prompt": 1,
    "previous-prompt": 1,
    "cancel": 1,
    "refresh-from-pane": 1,
}
_WITH_ARGUMENT: dict[str, list[str]] = {
    "jump-forward": ["a", "e", "x", "日", " ", "("],
    "jump-backward": ["a", "e", "0", "文"],
    "jump-to-forward": ["a", "o", "x", "す"],
    "jump-to-backward": ["a", "l", "1", "語"],
    "search-forward": ["a", "alpha", "FOO", "[0-9]+", "o.*e", "語", "the|fox", "(the|fox)", "^ +", "行[^ ]*"],
    "search-backward": ["e", "target", "Foo", "x[0-9]*", "[a-z]+ ", "面の", "^[^ ]", "  "],
    "search-forward-text": ["[", "0123456789x0", "..", "de\u0301", "\t"],
    "search-backward-text": ["(", "9x0", "foo", "re\u0301"],
    "selection-mode": ["char", "word", "line"],
}
_SIZES = [(40, 10), (27, 8), (60, 14), (80, 4), (13, 6)]
STEPS = 40
SEEDS = range(40)


def _random_step(source: random.Random) -> Step:
    kind = source.choices(("move", "other", "argument"), (12, 5, 4))[0]
    if kind == "argument":
        name = source.choice(sorted(_WITH_ARGUMENT))
        return [name, source.choice(_WITH_ARGUMENT[name])]
    if kind == "other":
        return [source.choices(list(_OTHERS), list(_OTHERS.values()))[0]]
    name = source.choices(list(_MOVES), list(_MOVES.values()))[0]
    if source.random() < 0.25:
        return ["-N", str(source.choice((2, 3, 5, 12))), name]
    return [name]


def at_random(seed: int) -> Sequence:
    """The sequence of a seed."""
    source = random.Random(seed)
    cols, rows = source.choice(_SIZES)
    options = {"mode-keys": ("emacs", "vi")[seed % 2], "wrap-search": source.choice(("on", "on", "off"))}
    steps = [
        ["-N", str(source.randrange(1, 12)), "page-up"],
        ["-N", str(source.randrange(1, 30)), "cursor-up"],
    ]
    steps += [_random_step(source) for _ in range(STEPS)]
    return Sequence(f"random-{seed}", steps, cols, rows, options)


def groups() -> dict[str, list[Sequence]]:
    """All sequences, by the file they are recorded in."""
    hand = by_hand()
    return {
        "emacs": [sequence for sequence in hand if sequence.name.endswith("-emacs")],
        "vi": [sequence for sequence in hand if sequence.name.endswith("-vi")],
        "random-1": [at_random(seed) for seed in SEEDS if seed < 20],
        "random-2": [at_random(seed) for seed in SEEDS if seed >= 20],
    }
