"""Records what real tmux says in every scenario: `python -m compat_tests.control.record TMUX [FILE...]`.

Each is held three times. One that does not go the same way each time is reported.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path

from compat_tests.clients.sandbox import Sandbox
from compat_tests.control.talk import Conversation, Outcome, Scenario, read_scenarios
from compat_tests.recording import version_of

SCENARIOS = Path(__file__).parent / "scenarios"
FIXTURES = Path(__file__).parents[2] / "fixtures" / "control"
ROUNDS = 3


def hold(scenario: Scenario, command: list[str]) -> Outcome:
    """Hold a scenario in a world of its own."""
    with Sandbox(command) as sandbox:
        return Conversation(sandbox).run(scenario)


def main(tmux: str, *names: str) -> int:
    """Record the named files (default: all) with the executable `tmux`; exit status."""
    version = version_of(tmux)
    failed = False
    for path in sorted(SCENARIOS.glob("*.txt")):
        if names and path.stem not in names:
            continue
        recorded = []
        for scenario in read_scenarios(path):
            try:
                outcomes = [hold(scenario, [tmux]) for _ in range(ROUNDS)]
            except AssertionError as error:
                print(f"{path.stem}/{scenario.name}: {error}", file=sys.stderr)
                failed = True
                continue
            if any(outcome != outcomes[0] for outcome in outcomes):
                print(f"{path.stem}/{scenario.name}: varies: {outcomes}", file=sys.stderr)
                failed = True
                continue
            recorded.append(dataclasses.asdict(scenario) | dataclasses.asdict(outcomes[0]))
        FIXTURES.mkdir(parents=True, exist_ok=True)
        data = {"recorded with": version, "scenarios": recorded}
        (FIXTURES / f"{path.stem}.json").write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n")
        print(f"{path.stem}: {len(recorded)} scenarios")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
