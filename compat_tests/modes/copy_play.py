"""Plays sequences of copy mode commands on a tmux, and notes after each step what it says of the mode.

An observation is {"variables": values of VARIABLES, "buffer": the newest buffer, "text": what is copied from
(capture-pane -M)}. In fixtures rows and buffers stand once, in a list, and observations name them by number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from compat_tests.clients.sandbox import Sandbox
from compat_tests.modes.copy_sequences import Sequence, Step, command
from compat_tests.modes.copy_text import content

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "copy_mode"

VARIABLES = (
    "pane_mode",
    "copy_cursor_x",
    "copy_cursor_y",
    "scroll_position",
    "copy_position",
    "copy_position_limit",
    "rectangle_toggle",
    "selection_active",
    "selection_present",
    "selection_mode",
    "selection_start_x",
    "selection_start_y",
    "selection_end_x",
    "selection_end_y",
    "search_present",
    "search_timed_out",
    "search_count",
    "search_count_partial",
    "search_match",
    "pane_search_string",
    "copy_cursor_word",
    "copy_cursor_line",
    "copy_cursor_hyperlink",
)

_BETWEEN = "\u00a6"
_FORMAT = _BETWEEN.join(f"#{{{name}}}" for name in VARIABLES)

#: Real tmux takes calls of 1,000 words and 16 KB at most.
STEPS_IN_CALL = 12

_MARK = re.compile(r"<<(\d+)([bt])>>\n")

Observation = dict[str, Any]


class Player:
    """One server with the text in a file, for sequence after sequence."""

    def __init__(self, executable: list[str]) -> None:
        self.sandbox = Sandbox(executable)
        (self.sandbox.work / "text").write_bytes(content())

    def __enter__(self) -> Player:
        self.run("new-session", "-d", "-s", "keep", ";", "set-option", "-g", "window-size", "manual")
        return self

    def __exit__(self, *_: object) -> None:
        self.sandbox.close()

    def run(self, *argv: str) -> str:
        """One call that must succeed."""
        return self.sandbox.run("-f", "/dev/null", *argv, timeout=60).ok()

    def play(self, sequence: Sequence) -> list[Observation]:
        """What is seen after each step."""
        self._open(sequence)
        seen: list[Observation] = []
        for start in range(0, len(sequence.steps), STEPS_IN_CALL):
            seen += self._observe(sequence.steps[start : start + STEPS_IN_CALL])
        self.run("kill-session", "-t", "=case")
        return seen

    def _open(self, sequence: Sequence) -> None:
        size = ["-x", str(sequence.cols), "-y", str(sequence.rows)]
        program = "stty -echo; cat text; exec sleep 1000"
        argv = []
        for buffer in self.run("list-buffers", "-F", "#{buffer_name}").split():
            argv += ["delete-buffer", "-b", buffer, ";"]
        argv += ["new-session", "-d", "-s", "case", *size, program, ";"]
        for name, value in sequence.options.items():
            argv += ["set-option", "-w", "-t", "case:", name, value, ";"]
        self.run(*argv, "set-buffer", "nothing yet")
        self.sandbox.until("last row", "capture-pane", "-p", "-t", "case:")
        self.sandbox.until("4 1", "display-message", "-p", "-t", "case:", "#{cursor_x} #{cursor_y}")

    def _observe(self, steps: list[Step]) -> list[Observation]:
        argv: list[str] = []
        for number, step in enumerate(steps):
            argv += ["copy-mode", "-t", "case:", ";", *command(step), ";"]
            argv += ["display-message", "-p", "-t", "case:", _FORMAT, ";"]
            argv += ["display-message", "-p", "#{buffer_full}", ";"]
            argv += ["display-message", "-p", f"<<{number}b>>", ";"]
            argv += ["capture-pane", "-M", "-p", "-t", "case:", ";"]
            argv += ["display-message", "-p", f"<<{number}t>>", ";"]
        result = self.sandbox.run("-f", "/dev/null", *argv[:-1], timeout=60)
        assert result.err == "", result.err
        parts = _MARK.split(result.out)
        seen = []
        for first, text in zip(parts[0::6], parts[3::6], strict=False):
            variables, _, buffer = first.partition("\n")
            seen.append(
                {"variables": variables.split(_BETWEEN), "buffer": buffer, "text": text.split("\n")[:-1]}
            )
        return seen


def pack(groups: list[tuple[Sequence, list[Observation]]], version: str) -> dict[str, Any]:
    """Recorded sequences as a fixture."""
    numbers: dict[str, int] = {}

    def number(text: str) -> int:
        return numbers.setdefault(text, len(numbers))

    sequences = []
    for sequence, seen in groups:
        steps = [
            [
                step,
                number(_BETWEEN.join(observation["variables"])),
                number(observation["buffer"]),
                number("\n".join(observation["text"])),
            ]
            for step, observation in zip(sequence.steps, seen, strict=True)
        ]
        size = [sequence.cols, sequence.rows]
        sequences.append({"name": sequence.name, "size": size, "options": sequence.options, "steps": steps})
    return {"version": version, "variables": VARIABLES, "texts": list(numbers), "sequences": sequences}


def load() -> Iterator[tuple[Sequence, list[Observation]]]:
    """Every recorded sequence with what real tmux showed."""
    for path in sorted(FIXTURES.glob("*.json")):
        recorded = json.loads(path.read_text(encoding="utf-8"))
        texts = recorded["texts"]
        for entry in recorded["sequences"]:
            seen = [
                {
                    "variables": texts[variables].split(_BETWEEN),
                    "buffer": texts[buffer],
                    "text": texts[text].split("\n"),
                }
                for _, variables, buffer, text in entry["steps"]
            ]
            steps = [step for step, *_ in entry["steps"]]
            cols, rows = entry["size"]
            yield Sequence(entry["name"], steps, cols, rows, entry["options"]), seen


def differences(sequence: Sequence, expected: list[Observation], seen: list[Observation]) -> str:
    """What differs first, "" if nothing does."""
    for number, (wanted, got) in enumerate(zip(expected, seen, strict=False)):
        lines = [
            f"  {name}: tmux {one!r}, ours {other!r}"
            for name, one, other in zip(VARIABLES, wanted["variables"], got["variables"], strict=False)
            if one != other
        ]
        lines += [
            f"  {what}: tmux {wanted[what]!r}, ours {got[what]!r}"
            for what in ("buffer", "text")
            if wanted[what] != got[what]
        ]
        if lines:
            before = "; ".join(" ".join(step) for step in sequence.steps[max(number - 6, 0) : number])
            return "\n".join([f"step {number} {sequence.steps[number]} (after {before})", *lines])
    return "" if len(seen) == len(expected) else f"{len(seen)} of {len(expected)} steps were answered"
