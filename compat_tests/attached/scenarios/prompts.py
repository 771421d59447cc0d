"""Prompts: every editing key in both sets of status-keys, history, what each flag of command-prompt does."""

from __future__ import annotations

from compat_tests.attached.script import Scenario, call, keys, look, start, typed, until_call

VI = ("set", "-g", "status-keys", "vi")
SAY = ("bind", "-n", "M-p", "command-prompt", "-p", "say", "set -g @said '%%'")
NEEDS = ("command-prompt",)

SCENARIOS = [
    Scenario(
        "opens",
        needs=NEEDS,
        steps=[
            keys("prefix", ":"),
            look(),
            typed("display-message hello"),
            look(),
            keys("Enter"),
            look(),
        ],
    ),
    Scenario(
        "emacs",
        setup=[SAY],
        needs=NEEDS,
        steps=[
            keys("M-p"),
            look(),
            typed("one two-three four"),
            look(),
            keys("C-a"),
            look(),
            keys("C-f", "C-f", "Right", "Right", "x"),
            look(),
            keys("C-b", "Left", "C-d"),
            look(),
            keys("M-f"),
            look(),
            keys("M-f", "C-Right"),
            look(),
            keys("C-Left", "M-b"),
            look(),
            keys("C-t"),
            look(),
            keys("C-e", "C-t", "C-w"),
            look(),
            keys("Home", "C-y", "DC"),
            look(),
            keys("End", "BSpace", "C-h"),
            look(),
            keys("C-b", "C-b", "C-b", "C-k"),
            look(),
            keys("C-v", "C-a", "C-v", "BSpace", "C-v"),
            look(),
            keys("Enter", "C-b"),
            look(),
            keys("Enter"),
            look(),
            until_call("forunextw-ot\x01\x7f", "show", "-gv", "@said"),
        ],
    ),
]
