"""Layouts: random splits at random sizes, resizes, named layouts, layout strings, borders and zooms."""

from __future__ import annotations

import random
from collections.abc import Iterator

from compat_tests.language.play import Case, Group
from compat_tests.language.texts import lines
from compat_tests.model.record_layouts import LAYOUT_NAMES, OPTION_VALUES

SEED = 11
CASES = 200
SHOW = (
    "display-message -p -t w: '#{window_width}x#{window_height} #{window_layout} #{window_visible_layout}' ; "
    "list-panes -t w: -F '#{pane_index}:#{pane_left},#{pane_top} #{pane_width}x#{pane_height}"
    "#{?pane_active,*,}'"
)

_FIRST = ["new-session", "-d", "-s", "keep", "-x", "80", "-y", "24", "cat"]


def groups() -> Iterator[Group]:
    rng = random.Random(SEED)
    yield {"name": "random", "setup": [_FIRST], "cases": [_random(rng) for _ in range(CASES)]}
    # Layouts that must be refused, or need more or fewer panes than there are.
    two = "new-session -d -s w -x 80 -y 24 cat ; split-window -d -t w: cat"
    strings = [f"select-layout -t w: '{text}'\n" for text in lines("layouts")]
    cases = [{"text": f"{two}\n{text}{SHOW} \nkill-session -t w\n"} for text in strings]
    yield {"name": "strings", "setup": [_FIRST], "cases": cases}


def _random(rng: random.Random) -> Case:
    small = rng.random() < 0.25
    cols, rows = (
        (rng.randint(2, 20), rng.randint(2, 12)) if small else (rng.randint(20, 250), rng.randint(8, 80))
    )
    lines = [f"new-session -d -s w -x {cols} -y {rows} cat"]
    count = 1
    saved = False
    for _ in range(rng.randint(4, 12)):
        if count < 3 or rng.random() < 0.4:
            lines.append(_split(rng, count))
            count += 1
        else:
            lines.append(_change(rng, count, saved))
        if rng.random() < 0.15:
            lines.append("set-option -gF @saved '#{window_layout}'")
            saved = True
    return {"text": "\n".join([*lines, SHOW, "kill-session -t w", ""])}


def _split(rng: random.Random, count: int) -> str:
    flags = [rng.choice(["-h", "-v"]), *(["-b"] * (rng.random() < 0.3)), *(["-f"] * (rng.random() < 0.2))]
    flags += ["-d"] * (rng.random() < 0.5)
    size = rng.choice(
        ["", "", "", f"-l {rng.randint(0, 40)}", f"-l {rng.randint(0, 100)}%", f"-p {rng.randint(0, 100)}"]
    )
    return f"split-window -E -t w:.{rng.randrange(count)} {' '.join(flags)} {size}".rstrip()


def _change(rng: random.Random, count: int, saved: bool) -> str:
    pane = f"w:.{rng.randrange(count)}"
    other = f"w:.{rng.randrange(count)}"
    option = rng.choice(list(OPTION_VALUES))
    choices = [
        (20, f"resize-pane -t {pane} -{rng.choice('LRUD')} {rng.randint(1, 30)}"),
        (8, f"resize-pane -t {pane} -{rng.choice('xy')} {rng.randint(0, 90)}"),
        (5, f"resize-pane -t {pane} -{rng.choice('xy')} {rng.randint(0, 100)}%"),
        (8, f"resize-window -t w: -x {rng.randint(3, 200)} -y {rng.randint(3, 70)}"),
        (3, f"resize-window -t w: -{rng.choice('LRUD')} {rng.randint(1, 20)}"),
        (10, f"select-layout -t w: {rng.choice(LAYOUT_NAMES)}"),
        (3, f"select-layout -t {pane} -E"),
        (2, "select-layout -t w: -o"),
        (3, f"{rng.choice(['next-layout', 'previous-layout'])} -t w:"),
        (4, f"kill-pane -t {pane}"),
        (3, f"swap-pane -d -s {pane} -t {other}"),
        (2, f"rotate-window -{rng.choice('DU')} -t w:"),
        (3, f"resize-pane -Z -t {pane}"),
        (3, f"select-pane -t {pane}"),
        (2, f"join-pane -d {rng.choice(['-h', '-v', '-hb'])} -s {pane} -t {other}"),
        (2, f"break-pane -d -s {pane} -n broken"),
        (3, f"set-option -w -t w: {option} {rng.choice(OPTION_VALUES[option].split())}"),
        (4 if saved else 0, "select-layout -t w: '#{@saved}'"),
    ]
    weights, commands = zip(*choices, strict=True)
    return str(rng.choices(commands, weights)[0])
