"""Formats: every modifier on many values, every pair of modifiers, and random nests of them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

from compat_tests.language.play import Case, Group
from compat_tests.language.random_formats import Generator
from compat_tests.language.texts import lines, words
from compat_tests.language.world import RICH

SEED = 3
RANDOM_CASES = 260
TARGETS = ("%0", "%2", "main:2", "main:7", "mainline:5", "twin", "beta:grid.3", "alpha:4")

# One form of each modifier that takes a variable or text behind the colon.
FORMS = words("modifiers")

VALUES = words("values")

# Behind these modifiers, two operands.
COMPARISONS = ["==", "!=", "<", ">", "<=", ">=", "||", "&&", "m", "m/r", "m/i", "m/ri", "m/z", "m/zi"]
OPERANDS = [
    ("a", "a"),
    ("a", "b"),
    ("", ""),
    ("", "a"),
    ("#{session_name}", "main"),
    ("m*", "#{session_name}"),
    ("^m.*n$", "#{session_name}"),
    ("#{@comma}", "a,b#,c"),
    ("*,*", "#{@comma}"),
    ("10", "9"),
    ("0", "1"),
    ("世*", "世界"),
    ("#{l:#{x}}", "#{l:#{x}}"),
    ("#{==:1,1}", "#{!:#{pane_active}}"),
]

OPERATORS = ["+", "-", "*", "/", "m", "%%", "==", "!=", "<", "<=", ">", ">="]
NUMBERS = [
    "7,2",
    "-7,2",
    "2.75,1.5",
    "1e2,3",
    ",3",
    "x,3",
    "3",
    "0x10,010",
    "1,2,3",
    "#{window_index},#{@number}",
]

LOOPS = [
    f"{loop}{flags}:{body}"
    for loop, flags, body in [
        *itertools.product(
            "S", ["", "/i", "/n", "/r", "/nr", "/ir", "/rn", "/t", "/x"], ["#{session_name} "]
        ),
        *itertools.product(
            "W", ["", "/i", "/n", "/r", "/nr", "/ir"], ["#{window_index} ,[#{window_index}#F] "]
        ),
        *itertools.product("P", ["", "/r", "/n", "/nr"], ["#{pane_id} ,<#{pane_id}> "]),
        *itertools.product(
            "SWP",
            [""],
            [
                "#{?loop_last_flag,#{loop_index}.,#{loop_index}#,}",
                "#{?active_window_index,y,n}#{?window_active,*,}#{?pane_active,!,} ",
                "#{W:#{window_id}#{?loop_last_flag,,/}};",
                "#{P:#{pane_index}},(#{P:#{pane_index},#{pane_id}});",
                "#{=2:window_name}#{n:session_name} ",
                "#{E:@nested}#{@window}#{@session}#{@pane} ",
                "#{?#{==:#{session_name},main},M,#{?#{m:*a*,#{session_name}},A,-}}",
                "#{prev_window_index}<#{window_index}>#{next_window_index} ",
                "#{next_@window}|#{prev_@window},#{next_@window}!#{prev_@window}",
                "#{window_flags}#{window_raw_flags} ",
                "#{e|+:#{window_index},#{pane_index}} ",
                "#{N/s:#{window_name}}#{N/w:#{session_name}} ",
                "#{S:#{?session_grouped,#{session_group}:#{session_group_size},-}}",
                ",",
                "",
                "#{pane_format}#{window_format}#{session_format}",
            ],
        ),
    ]
]


def groups() -> Iterator[Group]:
    values = [f"#{{{form}:{value}}}" for form in FORMS for value in VALUES]
    yield _group("values", [" ".join(values[start : start + 3]) for start in range(0, len(values), 3)])
    pairs = [f"#{{{one};{other}:@path}}|#{{{one};{other}:@style}}" for one in FORMS for other in FORMS]
    yield _group("pairs", [" ".join(pairs[start : start + 3]) for start in range(0, len(pairs), 3)])
    compared = [
        " ".join(f"#{{{name}:{left},{right}}}" for left, right in OPERANDS[start : start + 7])
        for name in COMPARISONS
        for start in (0, 7)
    ]
    arithmetic = [
        " ".join(f"#{{e|{operator}{flags}:{numbers}}}" for numbers in NUMBERS)
        for operator in OPERATORS
        for flags in ("", "|f", "|f|3")
    ]
    colours = [f"#{{c:{colour}}}" for colour in lines("colours")]
    yield _group("operators", [*compared, *arithmetic, *colours, *lines("times"), *lines("formats")])
    loops = [f"#{{{loop}}}" for loop in LOOPS]
    yield _group("loops", [*loops, *lines("conditions")], TARGETS)
    generator = Generator(random.Random(SEED))
    yield _group("random", [generator.template() for _ in range(RANDOM_CASES)], TARGETS)
    clients = ["#{L:#{client_name}#{client_session}} #{L/nr:#{client_width}}", *lines("client")]
    attached = [*RICH, {"attach": [90, 30, ["attach-session", "-t", "main"]]}]
    yield {"name": "attached", "setup": attached, "cases": [_case(text, "main:0.1") for text in clients]}


def _group(name: str, templates: list[str], targets: tuple[str, ...] = ("%0",)) -> Group:
    cases = [_case(text, target) for text, target in zip(templates, itertools.cycle(targets))]
    return {"name": name, "setup": RICH, "cases": cases}


def _case(template: str, target: str) -> Case:
    return {"format": template.removesuffix(";"), "target": target}
