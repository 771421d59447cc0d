"""choose-client: its flags, and every key."""

from __future__ import annotations

from collections.abc import Sequence

from compat_tests.attached.script import (
    Command,
    Scenario,
    Step,
    attach,
    call,
    ends,
    keys,
    look,
)
from compat_tests.attached.tree_setup import ALONE, SESSIONS, looked


def clients(
    name: str,
    *steps: Step,
    argv: Sequence[str] = (),
    setup: Sequence[Command] = (),
    cols: int = 80,
    rows: int = 24,
    needs: Sequence[str] = (),
) -> Scenario:
    """choose-client, opened, with a second client b on another session."""
    return Scenario(
        name,
        steps=[
            attach("b", 50, 12, "attach-session", "-t", "t"),
            look("b"),
            call("choose-client", "-t", "s:0", "-O", "creation", *argv),
            look(),
            *steps,
        ],
        setup=(*SESSIONS, *setup),
        program=ALONE,
        cols=cols,
        rows=rows,
        needs=needs,
    )


TOP = (("set", "-g", "status-position", "top"),)
CHOOSE_CLIENT = [
    clients("client-move", *looked("j", "j", "k", "v", "v", "v", "O", "r"), keys("q"), look()),
    clients("client-wide", *looked("j"), cols=120, rows=40),
    clients("client-status-top", *looked("j"), setup=TOP),
    clients("client-status-two", *looked("j"), setup=(("set", "-g", "status", "2"),)),
    clients("client-status-off", *looked("j"), setup=(("set", "-g", "status", "off"),)),
    clients("client-format", *looked("q"), argv=("-F", "#{client_width} #{session_name}", "-K", "F#{line}")),
    clients("client-filter", *looked("q"), argv=("-f", "#{==:#{session_name},t}")),
    clients("client-choose", keys("j", "Enter"), ends("b"), look()),
    clients("client-detach", keys("j", "d"), ends("b"), look()),
    clients("client-detach-tagged", *looked("j", "t"), keys("D"), ends("b"), look()),
    clients("client-detach-itself", keys("g", "d"), ends()),
    clients("client-help", *looked("v", "F1", "q"), cols=90, rows=40, needs=["display-popup"]),
    clients(
        "client-template",
        keys("j", "Enter"),
        look(),
        argv=("display-message 'it is %%'",),
        setup=[("set", "-g", "display-time", "0")],
    ),
]

SCENARIOS = [*CHOOSE_CLIENT]
