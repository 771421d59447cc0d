"""Ratios to the reference as a picture: a row per figure, a bar per executable, the reference a line.

The scale is logarithmic, so that twice as fast and half as fast are equally long. Bars to the right are
better, whether the figure is better low or high; each says how many times better or worse it is.
"""

from __future__ import annotations

import math
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from compat_tests.bench.figures import digits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compat_tests.bench.figures import Figure, Report

LABEL_WIDTH, BAR_WIDTH, VALUE_WIDTH = 350, 460, 240
BAR, GAP, HEADING, HEAD, FOOT = 13, 7, 22, 56, 26
MARGIN = 8
MOST = 16.0
"""The largest factor that fits; longer bars are cut, and end in an arrow."""
TICKS = (1 / 16, 1 / 8, 1 / 4, 1 / 2, 1.0, 2.0, 4.0, 8.0, 16.0)
SHADES = (("#2f7d55", "#b3541e"), ("#8fc4a7", "#e5b48f"), ("#c5dfd1", "#f2dcc9"))
"""By executable: better, and worse."""
HIGHER_UNITS = frozenset(("MB/s", "calls/s", ""))
FONT = "font-family: system-ui, sans-serif"


def plot(report: Report) -> str:
    """The picture as SVG."""
    figures = [figure for figure in report.figures if any(ratio for ratio in figure.ratios)]
    width = LABEL_WIDTH + BAR_WIDTH + VALUE_WIDTH
    rows: list[str] = []
    top = float(HEAD)
    for section, members in groupby(figures, key=lambda figure: figure.section if figure.name else ""):
        if section:
            rows.append(_text(MARGIN, top + HEADING - 7, section, weight="bold", size=13))
            top += HEADING
        for figure in members:
            rows += _row(figure, top)
            top += BAR * len(figure.ratios) + GAP
    height = top + FOOT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height:g}" '
        f'viewBox="0 0 {width} {height:g}">',
        f'<rect width="{width}" height="{height:g}" fill="#fff"/>',
        *_legend(report.names),
        *_grid(height),
        *rows,
    ]
    return "\n".join((*parts, "</svg>", ""))


def advantage(figure: Figure, ratio: float) -> float:
    """How many times better than the reference."""
    return ratio if figure.unit in HIGHER_UNITS else 1 / ratio


def _x(factor: float) -> float:
    """Where a factor is on the scale."""
    bounded = min(max(factor, 1 / MOST), MOST)
    return LABEL_WIDTH + BAR_WIDTH * (0.5 + math.log(bounded) / math.log(MOST) / 2)


def _legend(names: Sequence[str]) -> list[str]:
    """Whose bars are which, what the line in the middle is, and in which order values stand."""
    parts = []
    x = float(MARGIN)
    for name, (better, worse) in zip(names[1:], SHADES, strict=False):
        parts.append(f'<rect x="{x}" y="9" width="9" height="12" fill="{better}"/>')
        parts.append(f'<rect x="{x + 9}" y="9" width="9" height="12" fill="{worse}"/>')
        parts.append(_text(x + 24, 19, name))
        x += 40 + 8 * len(name)
    middle = LABEL_WIDTH + BAR_WIDTH / 2
    parts.append(_text(middle, 19, names[0], "middle", weight="bold"))
    parts.append(_text(middle - 12, 36, "← worse", "end"))
    parts.append(_text(middle + 12, 36, "better →"))
    parts.append(_text(LABEL_WIDTH + BAR_WIDTH + MARGIN, 19, " / ".join(names)))
    return parts


def _grid(height: float) -> list[str]:
    lines = []
    for tick in TICKS:
        x, colour = _x(tick), "#333" if tick == 1 else "#ddd"
        lines.append(
            f'<line x1="{x:.1f}" y1="{HEAD - 12}" x2="{x:.1f}" y2="{height - FOOT:g}" stroke="{colour}"/>'
        )
        label = f"{tick:g}x" if tick >= 1 else f"1/{1 / tick:g}"
        lines.append(_text(x, height - 9, label, "middle"))
    return lines


def _row(figure: Figure, top: float) -> list[str]:
    base = top + BAR * (len(figure.ratios) + 1) / 2 - 2
    parts = [_text(LABEL_WIDTH - MARGIN, base, figure.name or figure.section, "end")]
    for number, ratio in enumerate(figure.ratios):
        if ratio:
            parts += _bar(advantage(figure, ratio), top + number * BAR, SHADES[number % len(SHADES)])
    values = " / ".join(map(digits, figure.values))
    parts.append(_text(LABEL_WIDTH + BAR_WIDTH + MARGIN, base, f"{values} {figure.unit}".rstrip()))
    return parts


def _bar(factor: float, top: float, colours: tuple[str, str]) -> list[str]:
    """A bar from the middle, with the factor written at its end, inside where it is long."""
    middle, end = _x(1.0), _x(factor)
    text = digits(max(factor, 1 / factor)) + "x"
    if not 1 / MOST <= factor <= MOST:
        text = f"{text} →" if factor > 1 else f"← {text}"
    sign = 1 if factor >= 1 else -1
    inside = abs(end - middle) > BAR_WIDTH / 4
    return [
        f'<rect class="bar" x="{min(middle, end):.1f}" y="{top:g}" width="{abs(end - middle):.1f}" '
        f'height="{BAR - 2}" fill="{colours[factor < 1]}"/>',
        _text(
            end - 4 * sign if inside else end + 4 * sign,
            top + BAR - 4,
            text,
            "start" if (sign > 0) != inside else "end",
            size=9,
            colour="#fff" if inside and colours is SHADES[0] else "#333",
        ),
    ]


def _text(
    x: float,
    y: float,
    text: str,
    anchor: str = "start",
    *,
    size: int = 12,
    weight: str = "normal",
    colour: str = "#333",
) -> str:
    style = f"{FONT}; font-size: {size}px; font-weight: {weight}; fill: {colour}"
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" style="{style}">{escape(text)}</text>'
