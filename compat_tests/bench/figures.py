"""What a run finds: figures by section and name, each a value per executable, with what it is held to."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

SECTION_WIDTH, NAME_WIDTH, VALUE_WIDTH, UNIT_WIDTH = 12, 46, 11, 7
EXACT = 100_000
"""From here on values are printed without decimals."""
DIGITS = 3
"""Significant digits of a figure in a text or picture: more would be noise."""
NOTHING = "-"
"""Stands where an executable has no such figure."""


@dataclass(frozen=True)
class Goal:
    """What a figure is to be at most (`higher`: at least): `ratio` times the reference's, or `value`."""

    ratio: float | None = None
    value: float | None = None
    higher: bool = False

    def is_met(self, found: float, reference: float) -> bool:
        wanted = self.value if self.value is not None else (self.ratio or 0.0) * reference
        return found >= wanted if self.higher else found <= wanted

    def __str__(self) -> str:
        sign = ">=" if self.higher else "<="
        return f"{sign} {self.ratio:g} x" if self.ratio is not None else f"{sign} {self.value:g}"


@dataclass(frozen=True)
class Figure:
    """One figure: `values` in the order of the executables, the reference first; None of those that have no
    such thing.
    """

    section: str
    name: str
    unit: str
    values: Sequence[float | None]
    goal: Goal | None = None

    @property
    def ratios(self) -> list[float | None]:
        """Each value but the reference's, in terms of that; None where either is nothing."""
        first = self.values[0]
        return [value / first if first and value is not None else None for value in self.values[1:]]

    @property
    def met(self) -> bool | None:
        """Whether the first executable after the reference that has a value reaches the goal (those after it
        stand beside); None where nothing is to be reached or nobody could."""
        found = next((value for value in self.values[1:] if value is not None), None)
        if self.goal is None or found is None:
            return None
        return self.goal.is_met(found, self.values[0] or 0.0)

    def line(self) -> str:
        """As it is printed."""
        values = "".join(_number(value).rjust(VALUE_WIDTH) for value in self.values)
        ratios = "".join(_ratio(ratio).rjust(VALUE_WIDTH) for ratio in self.ratios)
        verdict = {True: f"  met: {self.goal}", False: f"  MISSED: {self.goal}", None: ""}[self.met]
        head = f"{self.section:{SECTION_WIDTH}} {self.name:{NAME_WIDTH}}"
        return f"{head}{values} {self.unit:{UNIT_WIDTH}}{ratios}{verdict}".rstrip()


def _number(value: float | None) -> str:
    if value is None:
        return NOTHING
    return f"{value:.0f}" if value >= EXACT or value == int(value) else f"{value:.2f}"


def _ratio(ratio: float | None) -> str:
    return NOTHING if ratio is None else f"{ratio:.2f}x"


@dataclass
class Report:
    """All figures of a run, printed as they come. `names` are what the executables are called in it."""

    executables: list[str]
    figures: list[Figure] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.names = self.names or [Path(executable).name for executable in self.executables]

    def print_head(self) -> None:
        """Who is who, and the heads of the columns."""
        for name, executable in zip(self.names, self.executables, strict=True):
            print(f"{name}: {executable}")
        values = "".join(name[: VALUE_WIDTH - 1].rjust(VALUE_WIDTH) for name in self.names)
        ratios = "".join(name[: VALUE_WIDTH - 1].rjust(VALUE_WIDTH) for name in self.names[1:])
        blank = " " * (SECTION_WIDTH + 1 + NAME_WIDTH)
        print(f"{blank}{values} {'':{UNIT_WIDTH}}{ratios}", flush=True)

    def add(
        self, section: str, name: str, unit: str, values: Sequence[float | None], goal: Goal | None = None
    ) -> None:
        figure = Figure(section, name, unit, list(values), goal)
        self.figures.append(figure)
        print(figure.line(), flush=True)

    def add_times(
        self, section: str, name: str, times: Sequence[Sequence[float]], goal: Goal | None = None
    ) -> None:
        """Milliseconds by executable: the median, which `goal` is about, and the 95th percentile."""
        self.add(section, name, "ms", [median(each) for each in times], goal)
        self.add(section, f"{name.removesuffix(', p50')}, p95", "ms", [p95(each) for each in times])

    def write_json(self, path: Path) -> None:
        """For whoever draws or compares runs."""
        data = {
            "executables": self.executables,
            "names": self.names,
            "figures": [asdict(figure) for figure in self.figures],
        }
        path.write_text(json.dumps(data, indent=1) + "\n")


def digits(value: float | None) -> str:
    """The number in as many significant digits as say something, without an exponent."""
    if value is None:
        return NOTHING
    return f"{float(f'{value:.{DIGITS}g}'):.12g}"


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """What nineteen of twenty stay below."""
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]
