"""Puts a run's figures into README: `python -m compat_tests.bench.readme FIGURES.json ...`.

The files are what `--json` has written, of runs with tmux, the compiled installation and the pure one, in
this order. Kept are the figures that README names (fixtures/bench/speed.json), its table, which is made of
them, and their picture (speed.svg). `test_readme` compares the three.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from compat_tests.bench import calls, listings, memory
from compat_tests.bench.figures import NOTHING, Figure, Goal, Report, digits
from compat_tests.bench.plot import plot

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
FIGURES = ROOT / "fixtures" / "bench" / "speed.json"
PICTURE = FIGURES.with_suffix(".svg")
FORMS = ["tmux 3.7c", "compiled", "pure"]

IMAGE = f"![Ratios to tmux]({PICTURE.relative_to(ROOT)})"
HEAD = "| what | tmux | compiled | pure |"
TABLE = re.compile(re.escape(HEAD) + r"\n(?:\|.*\n)+")


@dataclass(frozen=True)
class Row:
    """A row of README's table: a figure of the benchmark, in words for people."""

    text: str
    section: str
    figure: str


_VARIABLES = f"libtmux's {listings.LIBTMUX.count('#{')} variables, {listings.PANES} panes"

ROWS = (
    *(Row(f"`{call}`, one process each", "calls", f"{call}, p50") for call in calls.CALLS),
    Row("`has-session` beyond the start of its Python", "calls", calls.BEYOND),
    Row("as many calls at once as eight shells can make", "pollers", f"{calls.POLLERS} at once"),
    Row("flood through a pane, plain text", "floods", "plain"),
    Row("the same in colour", "floods", "colour"),
    Row("the same in UTF-8", "floods", "utf8"),
    Row("the same, cursor addressing", "floods", "tui"),
    Row("others' `capture-pane` during a flood (`yes`), p95", "others", "capture-pane beside yes, p95"),
    Row("others' `capture-pane` during a flood in colour, p95", "others", "capture-pane beside colour, p95"),
    Row(
        f"`list-sessions -F` in gwq's words, {listings.SESSIONS} sessions",
        "listings",
        f"gwq's format, {listings.SESSIONS} sessions",
    ),
    Row(_VARIABLES, "listings", _VARIABLES),
    Row("the first `new-session -d`, which starts the server", "starts", "the first new-session -d"),
    Row("keystroke echo, attached", "attached", "a key until its echo, p50"),
    Row("redraw of 200x60 with 8 panes", "attached", "200x60, 8 panes, redrawn, p50"),
    Row("a server with one session", "memory", "server with one session"),
    Row("one more session", "memory", "one more session"),
    Row(f"{memory.LINES:,} lines of history", "memory", f"{memory.LINES} lines of history"),
    Row(f"slowest answer of {memory.HELD} sessions", "memory", f"slowest answer of {memory.HELD} sessions"),
)


def load(paths: Iterable[Path]) -> list[Figure]:
    """The figures of README's rows, in their order; of one that was measured twice the last.

    Raises ValueError for runs of other than three executables, and where one of the figures is missing.
    """
    found: dict[tuple[str, str], Figure] = {}
    for path in paths:
        for raw in json.loads(path.read_text())["figures"]:
            held = raw.pop("goal")
            figure = Figure(**raw, goal=Goal(**held) if held else None)
            if len(figure.values) != len(FORMS):
                raise ValueError(f"{path}: {len(figure.values)} executables instead of {', '.join(FORMS)}")
            found[figure.section, figure.name] = figure
    missing = [row for row in ROWS if (row.section, row.figure) not in found]
    if missing:
        raise ValueError("not measured: " + "; ".join(f"{row.section}: {row.figure}" for row in missing))
    return [found[row.section, row.figure] for row in ROWS]


def rounded(figure: Figure) -> Figure:
    values = [None if value is None else float(digits(value)) for value in figure.values]
    return Figure(figure.section, figure.name, figure.unit, values, figure.goal)


def table(figures: Sequence[Figure]) -> str:
    """README's table: each value with its ratio to tmux's."""
    lines = [HEAD, "|---|---|---|---|"]
    for row, figure in zip(ROWS, figures, strict=True):
        ratios = ["", *(f" ({ratio:.2f} x)" if ratio is not None else "" for ratio in figure.ratios)]
        cells = [
            NOTHING if value is None else f"{digits(value)} {figure.unit}{ratio}"
            for value, ratio in zip(figure.values, ratios, strict=True)
        ]
        lines.append(f"| {' | '.join((row.text, *cells))} |")
    return "\n".join((*lines, ""))


def picture(figures: Sequence[Figure]) -> str:
    """The same as SVG, in the table's words."""
    plain = [row.text.replace("`", "") for row in ROWS]
    named = [
        Figure(text, "", figure.unit, figure.values) for text, figure in zip(plain, figures, strict=True)
    ]
    return plot(Report(FORMS, named))


def main(paths: Sequence[str]) -> int:
    """Write all three; exit status."""
    try:
        figures = [rounded(figure) for figure in load(map(Path, paths))]
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    FIGURES.parent.mkdir(exist_ok=True)
    Report(FORMS, figures).write_json(FIGURES)
    PICTURE.write_text(picture(figures))
    text = README.read_text()
    if TABLE.search(text) is None:
        print(f"README.md has no table that begins {HEAD}", file=sys.stderr)
        return 1
    text = TABLE.sub(lambda _: table(figures), text)
    if IMAGE not in text:
        text = text.replace(HEAD, f"{IMAGE}\n\n{HEAD}")
    README.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
