"""Plays a scene and listens to the keys that come of it: `Any` is bound to a command that notes the place.

Which key it was stands in the message log, as for every binding.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from compat_tests.attached.player import Player, Screen
from compat_tests.attached.script import Scenario, look
from compat_tests.attached.terminal import Terminal
from compat_tests.clients.sandbox import Sandbox, wait_until

LAST = "z"
"""A key pressed at the end: once it is noted all others are."""
_PLACE = (
    "#{mouse_pane} #{pane_id} #{mouse_status_line} [#{mouse_status_range}] #{session_name}:#{window_index}"
)
_WITH_CELL = f"#{{mouse_x}},#{{mouse_y}} {_PLACE}"
_KEY = re.compile(r" key (\S+): set-option")


class Quiet(Player):
    """A player of scenes that do not end clients."""

    def ended(self, answer: Screen) -> None:
        raise AssertionError("no scene ends a client")


class Listener(Quiet):
    """`heard`: one text per key."""

    def __init__(self, sandbox: Sandbox, scenario: Scenario) -> None:
        place = _PLACE if scenario.name.startswith("sweep-") else _WITH_CELL
        listening = (
            ("unbind", "-a", "-T", "root"),
            ("unbind", "-a", "-T", "copy-mode"),
            ("set", "-g", "message-limit", "100000"),
            ("set", "-g", "@log", ""),
            *(
                ("bind", "-T", table, "Any", "set", "-agF", "@log", f"{place}|")
                for table in ("root", "copy-mode")
            ),
        )
        scene = replace(scenario, setup=(*scenario.setup, *listening), steps=[*scenario.steps, look()])
        super().__init__(sandbox, scene)
        self.heard: list[str] = []
        self._ready = False

    def see(self, client: Terminal) -> None:
        """At the first look wait until all panes are full, at the last read what was noted."""
        if not self._ready:
            self._ready = True
            wait_until(self._is_full, f"the panes of {self.scenario.name}")
            return
        client.type(LAST.encode())
        wait_until(lambda: self._keys()[-1:] == [LAST], f"the last key of {self.scenario.name}")
        places = self.sandbox.run("show", "-gv", "@log").ok().rstrip("\n").split("|")
        notes = [place for place in places[:-1] if not place.startswith("outside")]
        self.heard = [f"{key} {place}" for key, place in zip(self._keys(), notes, strict=True)][:-1]

    def _is_full(self) -> bool:
        return "0" not in self.sandbox.run("list-panes", "-a", "-F", "#{!=:#{C:40},0}").ok().split()

    def _keys(self) -> list[str]:
        log = self.sandbox.run("show-messages").ok().splitlines()
        return [match[1] for line in reversed(log) if (match := _KEY.search(line))]


def listen(sandbox: Sandbox, scenario: Scenario) -> list[str]:
    """What tmux makes of a scene; equal ones in a row with their number."""
    listener = Listener(sandbox, scenario)
    listener.play()
    if not scenario.name.startswith("sweep-"):
        return listener.heard
    return [f"{len(list(group))} * {text}" for text, group in itertools.groupby(listener.heard)]
