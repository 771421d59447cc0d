"""Records what a real tmux answers to every scenario: `python -m compat_tests.clients.record TMUX [FILE...]`.

Each scenario is played three times. One whose answers are not the same each time is reported and its fixture
left as it was: a recording that depends on luck would later accuse an innocent implementation.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from compat_tests.clients.replay import FIXTURES, SCENARIOS, describe, play, satisfied
from compat_tests.clients.script import Scenario, parse
from compat_tests.recording import version_of

ROUNDS = 3


def record(scenario: Scenario, command: list[str]) -> list[str]:
    """Put the answers into the scenario's steps; what varied between rounds, if anything."""
    rounds = [play(scenario, command) for _ in range(ROUNDS)]
    for step, answer in zip(scenario["steps"], rounds[0], strict=True):
        step["answer"] = answer
    varied = []
    for index, step in enumerate(scenario["steps"]):
        answers = [answers[index] for answers in rounds]
        if any(answer != answers[0] for answer in answers):
            varied.append(f"{describe(step)}: {answers}")
        if not satisfied(step, answers[0]):
            varied.append(f"{describe(step)}: never {step['until']}: {answers[0]}")
    return varied


def sources(names: list[str]) -> list[Path]:
    """The scenario files called `names` (without suffix), or all of them."""
    return [path for path in sorted(SCENARIOS.glob("*/*.txt")) if not names or path.stem in names]


def main(tmux: str, *names: str) -> int:
    """Record the named scenario files (default: all) with the executable `tmux`; exit status."""
    version = version_of(tmux)
    failed = 0
    for path in sources(list(names)):
        scenarios = parse(path)
        problems = {scenario["name"]: record(scenario, [tmux]) for scenario in scenarios}
        for name, lines in problems.items():
            for line in lines:
                failed += 1
                print(f"{path.stem}/{name}: {line}", file=sys.stderr)
        if any(problems.values()):
            continue
        target = FIXTURES / path.parent.name / f"{path.stem}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        data = {"recorded with": version, "scenarios": scenarios}
        target.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n")
        print(
            f"{target.relative_to(FIXTURES)}: {sum(len(scenario['steps']) for scenario in scenarios)} steps"
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
