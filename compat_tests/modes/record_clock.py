"""Records fixtures/modes/clock.json from real tmux: `python -m compat_tests.modes.record_clock TMUX`."""

from __future__ import annotations

import json
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

from compat_tests.attached.terminal import Terminal
from compat_tests.clients.sandbox import Sandbox, wait_until
from compat_tests.recording import version_of

FIXTURE = Path(__file__).parents[2] / "fixtures" / "modes" / "clock.json"
STYLES = ("12", "24", "12-with-seconds", "24-with-seconds")
SIZES = ((60, 12), (53, 7), (48, 6), (47, 9), (30, 6), (29, 11), (60, 5), (66, 9))
# Every hour of the day and every digit is to be seen: time zones make them so.
ZONES = ("UTC", "XXX+5", "XXX-11", "XXX-3:45")


def record(tmux: str) -> list[dict[str, Any]]:
    """Size, style, time zone, seconds since the epoch and rows of every clock."""
    found = []
    for zone in ZONES:
        with Sandbox([tmux]) as sandbox:
            sandbox.env["TZ"] = zone
            sandbox.run(
                "new-session", "-d", "-x", "60", "-y", "12", "exec cat", ";", "set", "-g", "status", "off"
            ).ok()
            client = Terminal(
                [*sandbox.command, "attach-session"], sandbox.environment(), sandbox.work, 60, 12
            )
            wait_until(partial(_has_drawn, client), "a first screen")
            for size in SIZES:
                client.resize(*size)
                wait_until(partial(_has_size, sandbox, size), "the new size")
                for style in STYLES:
                    found.append(
                        {"zone": zone, "size": size, "style": style, **_clock(sandbox, client, style)}
                    )
            client.end()
    return found


def _has_drawn(client: Terminal) -> bool:
    return bool(client.drawn)


def _has_size(sandbox: Sandbox, size: tuple[int, int]) -> bool:
    shown = sandbox.run("display-message", "-p", "#{pane_width} #{pane_height}").ok()
    return shown.split() == [str(length) for length in size]


def _clock(sandbox: Sandbox, client: Terminal, style: str) -> dict[str, Any]:
    """A clock, shown within one second."""
    sandbox.run("set", "-g", "clock-mode-style", style).ok()
    while True:
        time.sleep(1 - time.time() % 1 + 0.05)
        now = int(time.time())
        sandbox.run("clock-mode").ok()
        time.sleep(0.4)
        rows = ["".join(cell.data for cell in row).rstrip() for row in client.cells()]
        sandbox.run("send-keys", "q").ok()
        if int(time.time()) == now:
            return {"time": now, "rows": rows}


def main(tmux: str) -> None:
    version = version_of(tmux)
    clocks = ",\n  ".join(json.dumps(clock) for clock in record(tmux))
    FIXTURE.parent.mkdir(exist_ok=True)
    FIXTURE.write_text(
        f'{{"recorded with": {json.dumps(version)},\n "clocks": [\n  {clocks}]}}\n', encoding="utf-8"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
