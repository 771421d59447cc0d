"""Records what a tmux answers to the cases: `python -m compat_tests.language.record TMUX [AREA...]`.

TMUX is any tmux executable. Every group is played twice, on servers of its own; cases that differ between the
two are named and left out: a recording that depends on luck would later accuse an innocent implementation.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any

from compat_tests.language import (
    cases_errors,
    cases_formats,
    cases_layouts,
    cases_options,
    cases_parser,
    cases_targets,
    cases_windows,
)
from compat_tests.language.play import FIXTURES, Group, answers_of
from compat_tests.language.words import needs
from compat_tests.recording import version_of

AREAS: dict[str, Callable[[], Iterable[Group]]] = {
    "formats": cases_formats.groups,
    "targets": cases_targets.groups,
    "parser": cases_parser.groups,
    "options": cases_options.groups,
    "layouts": cases_layouts.groups,
    "errors": cases_errors.groups,
    "windows": cases_windows.groups,
}


def record(group: Group, command: list[str]) -> list[Any]:
    """Put the answers into the group's cases; the cases that had to go."""
    first, second = (answers_of(group, command) for _ in range(2))
    kept, unstable = [], []
    for case, answer, again in zip(group["cases"], first, second, strict=True):
        if answer == again and "no answer" not in (answer["out"], answer.get("err")):
            used = needs(case, answer)
            kept.append({**case, **({"needs": used} if used else {}), **answer})
        else:
            unstable.append({**case, "answers": [answer, again]})
    group["cases"] = kept
    return unstable


def main(tmux: str, *names: str) -> int:
    """Record the named areas (default: all); exit status."""
    version = version_of(tmux)
    FIXTURES.mkdir(parents=True, exist_ok=True)
    for name in names or AREAS:
        groups = list(AREAS[name]())
        for group in groups:
            for case in record(group, [tmux]):
                print(f"{name}-{group['name']}: left out: {json.dumps(case)}", file=sys.stderr)
        lines = [json.dumps({"recorded with": version})[:-1] + ', "groups": [']
        for number, group in enumerate(groups):
            head = {"name": group["name"], "setup": group["setup"]}
            lines.append(json.dumps(head, ensure_ascii=False)[:-1] + ', "cases": [')
            lines.append(",\n".join(json.dumps(case, ensure_ascii=False) for case in group["cases"]))
            lines.append("]}" + ("," if number + 1 < len(groups) else ""))
        text = "\n".join([*lines, "]}", ""])
        (FIXTURES / f"{name}.json").write_bytes(text.encode("utf-8", "surrogateescape"))
        print(f"{name}: {sum(len(group['cases']) for group in groups)} cases")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
