"""What every command says to wrong flags, missing or superfluous words and targets that are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compat_tests.language.play import Case, Group
from compat_tests.language.texts import lines
from compat_tests.language.words import LATER
from compat_tests.language.world import RICH

_LINE = re.compile(r"(?P<name>[\w-]+)(?: \((?P<alias>[\w-]+)\))? (?P<usage>.*)")
_VALUED = re.compile(r"-(\w) ([\w-]+|[\w:]+)\]")

# Nothing of these names is on the server.
_ABSENT = {
    "session": ["nosuch", "=mai", "$99", "nosuch:", "%99", "@99", "main:99"],
    "window": ["nosuch", "main:99", "@99", "main:nosuch", "nosuch:0", "$99:", "%99", "main:=on"],
    "pane": ["nosuch", "main:0.9", "%99", "main:99.0", "@99", "nosuch:0.0", "main:0.nosuch", "main:{bogus}"],
    "client": ["nosuch", "/dev/nosuch", "=main"],
}


def groups() -> Iterator[Group]:
    for later in (False, True):
        table = [line for line in lines("commands") if (line.split()[0] in LATER) == later]
        cases = [_case(text) for line in table for text in _wrong(line)]
        yield {"name": "later" if later else "commands", "setup": RICH, "cases": cases}
    yield {"name": "values", "setup": RICH, "cases": [_case(text) for text in lines("errors")]}


def _wrong(line: str) -> Iterator[str]:
    """Wrong uses of the command that a line of list-commands shows."""
    match = _LINE.fullmatch(line)
    assert match, line
    name, usage = match["name"], match["usage"]
    operands = re.sub(r"\[(?:[^][]|\[[^]]*\])*\]", "", usage).split()
    yield f"{name} -9"
    yield f"{match['alias'] or name} --bogus"
    if "..." not in usage and "argument" not in usage:
        yield f"{name} x x x x x x x x"
    if operands:
        yield name
    for flag, value in _VALUED.findall(usage):
        yield f"{name} -{flag}"
        kind = re.fullmatch(r"(?:target|src|dst)-(session|window|pane|client)", value)
        if kind and name != "show-messages":  # which prints what happened, with the time
            for target in _ABSENT[kind[1]]:
                yield " ".join([name, f"-{flag}", f"'{target}'", *("x" for _ in operands)])


def _case(text: str) -> Case:
    return {"text": text + "\n"}
