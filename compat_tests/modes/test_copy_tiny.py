"""Copy mode in panes of almost no size, where real tmux crashes or never ends: nothing fails."""

from __future__ import annotations

import pytest

from compat_tests.clients.sandbox import Sandbox
from compat_tests.modes.copy_sequences import Step, at_random, command
from compat_tests.modes.copy_text import content

#: Words in a call are limited.
COMMANDS_IN_CALL = 40

RESIZES: list[Step] = [["resize-window", "-x", "9", "-y", "1"], ["resize-window", "-x", "2", "-y", "4"]]


@pytest.mark.parametrize(
    ("cols", "rows", "keys", "numbers"),
    [
        (1, 1, "vi", "off"),
        (2, 2, "emacs", "absolute"),
        (3, 1, "emacs", "off"),
        (5, 3, "vi", "hybrid"),
        (33, 1, "emacs", "relative"),
        (4, 2, "vi", "default"),
    ],
)
def test_nothing_fails(cols: int, rows: int, keys: str, numbers: str, tmux: Sandbox) -> None:
    (tmux.work / "text").write_bytes(content())
    size = ["-x", str(cols), "-y", str(rows)]
    tmux.run(
        "new-session", "-d", "-s", "case", *size, "stty -echo; cat text; tmux wait-for -S done; cat"
    ).ok()
    tmux.run("wait-for", "done").ok()
    tmux.run(
        "set-option", "-w", "mode-keys", keys, ";", "set-option", "-w", "copy-mode-line-numbers", numbers
    ).ok()
    steps = [step for seed in range(5) for step in at_random(1000 + seed).steps]
    for number, resize in enumerate(RESIZES):
        steps.insert(len(steps) * (number + 1) // 3, resize)
    for start in range(0, len(steps), COMMANDS_IN_CALL):
        argv: list[str] = []
        for step in steps[start : start + COMMANDS_IN_CALL]:
            argv += ["copy-mode", "-t", "case:", ";", *command(step), ";"]
            argv += [
                "display-message",
                "-p",
                "-t",
                "case:",
                "#{copy_cursor_word}#{copy_cursor_line}#{search_match}",
                ";",
            ]
        tmux.run(*argv[:-1]).ok()
