"""The entry: which executables, which sections, where to."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import compat_tests.bench
from compat_tests.bench.attached import attached
from compat_tests.bench.bytes_sent import bytes_sent
from compat_tests.bench.calls import calls, copy_mode, pollers
from compat_tests.bench.control import control
from compat_tests.bench.figures import Report
from compat_tests.bench.floods import floods, others
from compat_tests.bench.instructions import instructions
from compat_tests.bench.listings import listings
from compat_tests.bench.memory import held, memory
from compat_tests.bench.plot import plot
from compat_tests.bench.starts import sessions, starts
from compat_tests.bench.subject import Run

SECTIONS: dict[str, tuple[Callable[[Run], None], ...]] = {
    "calls": (calls,),
    "pollers": (pollers,),
    "floods": (floods,),
    "others": (others,),
    "listings": (listings,),
    "starts": (starts, sessions),
    "attached": (attached,),
    "memory": (memory, held),
    "copy-mode": (copy_mode,),
    "control": (control,),
    "bytes": (bytes_sent,),
    "instructions": (instructions,),
}
SLOW = ("bytes", "instructions")
"""Sections that only a run that names them has."""
PROGRAMS = {"bytes": ("bash", "less", "vim"), "instructions": ("valgrind",)}
"""What a section needs besides the executables."""


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m compat_tests.bench",
        description=compat_tests.bench.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "executables", nargs="+", metavar="[NAME=]TMUX", help="the first one is the reference"
    )
    parser.add_argument(
        "--only",
        nargs="+",
        action="extend",
        default=[],
        metavar="SECTION",
        help=f"of {', '.join(SECTIONS)}; without it all but {' and '.join(SLOW)}",
    )
    parser.add_argument("--quick", action="store_true", help="do everything a few times only")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="draw the ratios")
    arguments = parser.parse_args(argv)
    arguments.sections = [name for words in arguments.only for name in words.split(",") if name]
    unknown = [name for name in arguments.sections if name not in SECTIONS]
    if unknown:
        parser.error(f"no such section: {', '.join(unknown)} (there are {', '.join(SECTIONS)})")
    arguments.sections = arguments.sections or [name for name in SECTIONS if name not in SLOW]
    named = [_named(word, number) for number, word in enumerate(arguments.executables)]
    missing = [path for _, path in named if shutil.which(path) is None]
    missing += [
        f"{program} (for {section})"
        for section in arguments.sections
        for program in PROGRAMS.get(section, ())
        if shutil.which(program) is None
    ]
    if missing:
        parser.error(f"no such executable: {', '.join(missing)}")
    arguments.names = [name for name, _ in named]
    arguments.executables = [os.path.abspath(shutil.which(path) or path) for _, path in named]
    return arguments


def _named(word: str, number: int) -> tuple[str, str]:
    """`NAME=PATH`, or a path, which gets its number for a name."""
    name, equals, path = word.partition("=")
    return (name, path) if equals and shutil.which(word) is None else (f"[{number}]", word)


def main(argv: Sequence[str]) -> int:
    """Run and print; exit status: 1 if a section could not be measured."""
    arguments = _arguments(argv)
    report = Report(arguments.executables, names=arguments.names)
    run = Run(report.executables, report, quick=arguments.quick)
    report.print_head()
    failed = False
    for name in arguments.sections:
        try:
            for measure in SECTIONS[name]:
                measure(run)
        except (AssertionError, OSError, RuntimeError, subprocess.SubprocessError) as error:
            failed = True
            print(f"{name}: could not be measured: {error}", file=sys.stderr)
        # After each section: what was found is not lost with what comes.
        if arguments.json is not None:
            report.write_json(arguments.json)
        if arguments.svg is not None:
            arguments.svg.write_text(plot(report))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
