"""What a run finds: figures by section and name, each a value per executable, with what it is held to."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

NAME_WIDTH = 44
DIGITS = 3
"""Significant digits of a figure in a text or picture: more would be noise."""


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
        return f"{sign} {self.ratio} x" if self.ratio is not None else f"{sign} {self.value}"


@dataclass(frozen=True)
class Figure:
    """One figure: `values` in the order of the executables, the reference first."""

    section: str
    name: str
    unit: str
    values: Sequence[float]
    goal: Goal | None = None

    @property
    def ratios(self) -> list[float | None]:
        """Each value but the reference's, in terms of that; None where that is nothing."""
        first = self.values[0]
        return [value / first if first else None for value in self.values[1:]]

    @property
    def met(self) -> list[bool]:
        """Whether each executable but the reference reaches the goal."""
        goal = self.goal
        return [goal is None or goal.is_met(value, self.values[0]) for value in self.values[1:]]

    def line(self) -> str:
        """As it is printed."""
        values = "".join(f"{value:11.2f}" for value in self.values)
        ratios = "".join("        -" if ratio is None else f"{ratio:8.2f}x" for ratio in self.ratios)
        verdict = ""
        if self.goal is not None and len(self.values) > 1:
            verdict = f"  {'met' if all(self.met) else 'MISSED'}: {self.goal}"
        return f"{self.section:12} {self.name:{NAME_WIDTH}}{values} {self.unit:7}{ratios}{verdict}"


@dataclass
class Report:
    """All figures of a run, printed as they come."""

    executables: list[str]
    figures: list[Figure] = field(default_factory=list)

    def add(
        self, section: str, name: str, unit: str, values: Sequence[float], goal: Goal | None = None
    ) -> None:
        figure = Figure(section, name, unit, list(values), goal)
        self.figures.append(figure)
        print(figure.line(), flush=True)

    def write_json(self, path: Path) -> None:
        """For whoever draws or compares runs."""
        data = {"executables": self.executables, "figures": [asdict(figure) for figure in self.figures]}
        path.write_text(json.dumps(data, indent=1) + "\n")


def digits(value: float) -> str:
    """The number in as many significant digits as say something, without an exponent."""
    return f"{float(f'{value:.{DIGITS}g}'):.12g}"


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """What nineteen of twenty stay below."""
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]
