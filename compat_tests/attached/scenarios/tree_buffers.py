"""choose-buffer: its flags, and every key."""

from __future__ import annotations

from collections.abc import Sequence

from compat_tests.attached.script import (
    Command,
    Scenario,
    Step,
    call,
    keys,
    look,
    typed,
    until_call,
)
from compat_tests.attached.tree_setup import ALONE, asked, looked

BUFFERS: tuple[Command, ...] = (
    ("set-buffer", "-b", "one", "first text\nwith two lines\n"),
    ("set-buffer", "-b", "two", "second\ttab and \\ 日本語\x1b[31m ##{x} #[fg=red]y"),
    ("set-buffer", "-b", "three", "the third, which is the longest of them all, so that it is cut " * 3),
)


def buffers(
    name: str,
    *steps: Step,
    argv: Sequence[str] = (),
    setup: Sequence[Command] = (),
    program: str = ALONE,
    cols: int = 80,
    rows: int = 24,
    needs: Sequence[str] = (),
) -> Scenario:
    """choose-buffer, opened, with three buffers."""
    return Scenario(
        name,
        steps=[call("choose-buffer", "-t", "s:0", *argv), look(), *steps],
        setup=(*BUFFERS, *setup),
        program=program,
        cols=cols,
        rows=rows,
        needs=needs,
    )


CHOOSE_BUFFER = [
    buffers("buffer-move", *looked("j", "j", "j", "k", "g", "G", "v", "v", "v", "h", "l"), keys("q"), look()),
    buffers("buffer-wide", *looked("j", "j"), cols=120, rows=40),
    buffers("buffer-small", *looked("j", "j", "v", "v"), cols=30, rows=12),
    buffers("buffer-orders", *looked("O", "O", "r", "O", "r")),
    buffers("buffer-order-flag", *looked("q"), argv=("-O", "size", "-r")),
    buffers("buffer-name-flag", *looked("q"), argv=("-N", "-O", "name")),
    buffers(
        "buffer-format",
        *looked("q"),
        argv=("-F", "#{buffer_size} #{buffer_sample}", "-K", "F#{e|+:#{line},1}"),
    ),
    buffers("buffer-filter", *looked("q"), argv=("-f", "#{m:*o*,#{buffer_name}}")),
    buffers("buffer-paste", keys("j", "Enter"), look(), program="stty -echo; exec cat"),
    buffers("buffer-paste-p", keys("p"), look(), program="stty -echo; exec cat"),
    buffers("buffer-paste-by-number", keys("1"), look(), program="stty -echo; exec cat"),
    buffers("buffer-paste-tagged", *looked("t", "t"), keys("P"), look(), program="stty -echo; exec cat"),
    buffers("buffer-paste-none-tagged", keys("P"), look(), program="stty -echo; exec cat"),
    buffers("buffer-delete", *looked("j", "d", "d", "d")),
    buffers("buffer-delete-tagged", *looked("D", "t", "t", "D", "d")),
    buffers("buffer-delete-all", *looked("C-t", "D")),
    buffers(
        "buffer-search",
        *asked("/", typed("lines\r")),
        *asked("/", typed("LONGEST\r")),
        *asked("/", typed("Two\r")),
    ),
    buffers("buffer-search-folds", *asked("/", typed("longest\r")), *looked("n", "N")),
    buffers("buffer-filter-asked", *asked("f", typed("#{==:#{buffer_name},two}\r"))),
    buffers("buffer-help", *looked("F1", "q"), cols=90, rows=40, needs=["display-popup"]),
    buffers(
        "buffer-template",
        keys("Enter"),
        look(),
        argv=("display-message 'it is %%'",),
        setup=[("set", "-g", "display-time", "0")],
    ),
    buffers(
        "buffer-edit",
        keys("e"),
        until_call("edited", "show-buffer", "-b", "three"),
        look(),
        setup=[("set", "-g", "editor", "sh -c 'echo edited > $0'")],
        needs=["display-popup"],
    ),
    Scenario(
        "no-buffers",
        steps=[call("choose-buffer", "-t", "s:0"), look()],
        program=ALONE,
    ),
]

SCENARIOS = [*CHOOSE_BUFFER]
