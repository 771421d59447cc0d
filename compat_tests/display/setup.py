"""Makes a scenario in a tmux and attaches to it."""

from __future__ import annotations

from collections.abc import Iterable

from compat_tests.clients.sandbox import wait_until
from compat_tests.display.attached import Attached, Tmux
from compat_tests.display.scenarios import READS, Scenario, pane

STATUS_LINES = {"status-off": 0, "status-3": 3, "status-3-top": 3}


def joined(commands: Iterable[tuple[str, ...]]) -> list[str]:
    """Commands as one command line."""
    return [part for command in commands for part in (*command, ";")][:-1]


def set_up(tmux: Tmux, scenario: Scenario) -> None:
    """A session `s` as the scenario wants it, without anything that changes by itself or with the host."""
    cols, rows = scenario.window or (scenario.cols, scenario.rows - STATUS_LINES.get(scenario.name, 1))
    size = ("-x", str(cols), "-y", str(rows))
    program = scenario.program or pane(scenario.text)
    after = (
        ("set", "-wt", "s:", "window-size", "manual")
        if scenario.window
        else ("set", "-wut", "s:", "window-size")
    )
    tmux.run(
        *joined(
            [
                ("start-server",),
                ("set", "-g", "status-right", ""),
                ("set", "-g", "automatic-rename", "off"),
                ("set", "-g", "status-interval", "0"),
                ("set", "-g", "default-command", pane("new")),
                ("new-session", "-d", "-s", "s", "-n", "first", *size, program),
                ("resize-window", "-t", "s:", *size),
                after,
                *(command for command in scenario.commands if "#{client}" not in command),
            ]
        )
    )  # fmt: skip
    if READS in program:
        title = ("display-message", "-p", "-t", "s:.0", "#{pane_title}")
        wait_until(lambda: tmux.run(*title).strip() == READS, "a program that reads")


def attach(tmux: Tmux, scenario: Scenario) -> Attached:
    """A client for which the scenario's own commands have run."""
    client = Attached(tmux, "s", scenario.cols, scenario.rows)
    for command in scenario.commands:
        if "#{client}" in command:
            client.settle()
            name = tmux.run("list-clients", "-F", "#{client_name}").strip()
            tmux.run(*(name if part == "#{client}" else part for part in command))
    return client


def type_keys(client: Attached, typed: bytes) -> None:
    """Type what a scenario types; after a key that makes a pane, wait until it is there."""
    if not typed:
        return
    client.settle()
    if typed[:1] != b"\x02":
        client.type(typed)
        return
    for at in range(0, len(typed), 2):
        client.type(typed[at : at + 2])
        client.settle()
