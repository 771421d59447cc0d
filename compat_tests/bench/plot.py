"""Ratios to the reference as a picture: a row per figure, a bar per executable, the reference a line.

The scale is logarithmic, so that twice as fast and half as fast are equally long. Bars to the right are
better, whether the figure is better low or high.
"""

from __future__ import annotations

import math
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from compat_tests.bench.figures import digits

if TYPE_CHECKING:
    from compat_tests.bench.figures import Figure, Report

LABEL_WIDTH, BAR_WIDTH, VALUE_WIDTH = 330, 420, 170
ROW, BAR, HEAD, FOOT = 20, 12, 34, 26
MOST = 8.0
"""The largest factor that fits; longer bars are cut."""
TICKS = (1 / 8, 1 / 4, 1 / 2, 1.0, 2.0, 4.0, 8.0)
BETTER, WORSE = "#3a7d5c", "#b5651d"
SHADES = (1.0, 0.6, 0.35)
HIGHER_UNITS = frozenset(("MB/s", "calls/s"))
STYLE = "font: 12px system-ui, sans-serif; fill: #333"


def plot(report: Report) -> str:
    """The picture as SVG."""
    names = report.executables
    figures = [figure for figure in report.figures if any(ratio for ratio in figure.ratios)]
    count = max(len(report.executables) - 1, 1)
    step = ROW + BAR * (count - 1)
    height = HEAD + step * len(figures) + FOOT
    width = LABEL_WIDTH + BAR_WIDTH + VALUE_WIDTH
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        _text(LABEL_WIDTH + BAR_WIDTH / 2, 14, "worse than the reference  |  better", "middle"),
        _text(LABEL_WIDTH + BAR_WIDTH + 8, 14, " / ".join(Path(path).name for path in names), "start"),
        *_grid(height),
    ]
    for number, figure in enumerate(figures):
        parts += _row(figure, HEAD + number * step)
    return "\n".join((*parts, "</svg>", ""))


def advantage(figure: Figure, ratio: float) -> float:
    """How many times better than the reference."""
    return ratio if figure.unit in HIGHER_UNITS else 1 / ratio


def _x(factor: float) -> float:
    """Where a factor is on the scale."""
    bounded = min(max(factor, 1 / MOST), MOST)
    return LABEL_WIDTH + BAR_WIDTH * (0.5 + math.log(bounded) / math.log(MOST) / 2)


def _grid(height: float) -> list[str]:
    lines = []
    for tick in TICKS:
        x, colour = _x(tick), "#333" if tick == 1 else "#ddd"
        lines.append(f'<line x1="{x:.1f}" y1="22" x2="{x:.1f}" y2="{height - FOOT}" stroke="{colour}"/>')
        label = f"{tick:g}x" if tick >= 1 else f"1/{1 / tick:g}"
        lines.append(_text(x, height - 8, label, "middle"))
    return lines


def _row(figure: Figure, top: float) -> list[str]:
    parts = [_text(LABEL_WIDTH - 8, top + BAR, ": ".join(filter(None, (figure.section, figure.name))), "end")]
    middle = _x(1.0)
    for number, ratio in enumerate(figure.ratios):
        if not ratio:
            continue
        factor = advantage(figure, ratio)
        end, y = _x(factor), top + number * BAR + 2
        parts.append(
            f'<rect x="{min(middle, end):.1f}" y="{y}" width="{abs(end - middle):.1f}" height="{BAR - 2}" '
            f'fill="{BETTER if factor >= 1 else WORSE}" opacity="{SHADES[number % len(SHADES)]}"/>'
        )
    values = " / ".join(map(digits, figure.values))
    parts.append(_text(LABEL_WIDTH + BAR_WIDTH + 8, top + BAR, f"{values} {figure.unit}", "start"))
    return parts


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" style="{STYLE}">{escape(text)}</text>'
