"""Records what real tmux shows: `python -m compat_tests.attached.record TMUX [GROUP | GROUP/NAME ...]`.

Each scenario is played twice, and one that shows something else the second time is reported and not stored: a
recording that depends on luck would later accuse an innocent implementation.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from compat_tests.attached import fixture
from compat_tests.attached.compare import difference
from compat_tests.attached.groups import groups, scenarios
from compat_tests.attached.player import Player, Screen, steady
from compat_tests.attached.script import Scenario
from compat_tests.attached.terminal import Terminal
from compat_tests.clients.sandbox import Sandbox
from compat_tests.recording import version_of

QUIET = 0.35
"""Seconds without a change after which a screen counts as complete."""
LIMIT = 8.0
ROUNDS = 2


class Recorder(Player):
    """Keeps every screen once it is steady."""

    def __init__(self, sandbox: Sandbox, scenario: Scenario) -> None:
        super().__init__(sandbox, scenario)
        self.screens: list[Screen] = []

    def see(self, client: Terminal) -> None:
        self.screens.append(steady(lambda: self.screen(client), QUIET, LIMIT))

    def ended(self, answer: Screen) -> None:
        self.screens.append(answer)


def record(scenario: Scenario, tmux: str) -> list[Screen]:
    """All screens of a scenario."""
    with Sandbox([tmux]) as sandbox:
        recorder = Recorder(sandbox, scenario)
        recorder.play()
        return recorder.screens


def varied(rounds: list[list[Screen]]) -> Iterator[str]:
    """What was not the same in every round."""
    for number, (first, second) in enumerate(zip(rounds[0], rounds[1], strict=True)):
        if first != second:
            yield f"look {number} varies:\n{difference(first, second)}"


def record_group(group: str, names: set[str], tmux: str, version: str) -> int:
    """Record a group, or of it only the scenarios named; how many varied."""
    known, kept, failed = fixture.load(group), {}, 0
    for scenario in scenarios(group):
        if names and scenario.name not in names:
            if scenario.name in known:
                kept[scenario.name] = known[scenario.name]
            continue
        try:
            rounds = [record(scenario, tmux) for _ in range(ROUNDS)]
            problems = list(varied(rounds))
        except AssertionError as error:  # a call that failed, a text that never came
            problems = [str(error)]
        for problem in problems:
            print(f"{group}/{scenario.name}: {problem}", file=sys.stderr)
        failed += bool(problems)
        if not problems:
            kept[scenario.name] = rounds[0]
            print(f"{group}/{scenario.name}: {len(rounds[0])} screens", flush=True)
    fixture.save(group, version, kept)
    return failed


def main(tmux: str, *wanted: str) -> int:
    """Exit status 1 where something could not be recorded."""
    version = version_of(tmux)
    chosen: dict[str, set[str]] = {}
    for word in wanted or groups():
        group, _, name = word.partition("/")
        chosen.setdefault(group, set()).update({name} - {""})
    return 1 if sum(record_group(group, names, tmux, version) for group, names in chosen.items()) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
