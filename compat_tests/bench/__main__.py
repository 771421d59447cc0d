"""The entry: which executables, which sections, where to."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

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


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m compat_tests.bench", description=__doc__)
    parser.add_argument("executables", nargs="+", metavar="TMUX", help="the first one is the reference")
    parser.add_argument("--only", default="", help=f"sections, of {', '.join(SECTIONS)}")
    parser.add_argument("--quick", action="store_true", help="do everything a few times only")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="draw the ratios")
    arguments = parser.parse_args(argv)
    names = [name for name in arguments.only.split(",") if name]
    unknown = [name for name in names if name not in SECTIONS]
    missing = [path for path in arguments.executables if shutil.which(path) is None]
    if unknown or missing:
        parser.error(f"no such section or executable: {', '.join(unknown + missing)}")
    arguments.sections = names or [name for name in SECTIONS if name not in SLOW]
    return arguments


def main(argv: Sequence[str]) -> int:
    """Run and print; exit status."""
    arguments = _arguments(argv)
    report = Report([os.path.abspath(shutil.which(path) or path) for path in arguments.executables])
    run = Run(report.executables, report, quick=arguments.quick)
    print("reference:", report.executables[0], *(f"| {path}" for path in report.executables[1:]))
    for name in arguments.sections:
        for measure in SECTIONS[name]:
            measure(run)
    if arguments.json is not None:
        report.write_json(arguments.json)
    if arguments.svg is not None:
        arguments.svg.write_text(plot(report))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
