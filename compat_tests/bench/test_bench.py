"""The benchmarks run, here against the executable under test alone, and say what they found."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from compat_tests.bench.__main__ import SECTIONS, SLOW, main
from compat_tests.bench.figures import Figure, Goal, Report, p95
from compat_tests.bench.floods import workload
from compat_tests.bench.plot import advantage, plot
from compat_tests.bench.readme import FORMS, ROWS, load, picture, rounded, table
from compat_tests.clients.sandbox import Sandbox


@pytest.mark.parametrize("section", [name for name in SECTIONS if name not in SLOW])
def test_a_quick_run_finds_figures(tmux: Sandbox, section: str, tmp_path: Path) -> None:
    found = tmp_path / "figures.json"
    executable = str(tmux.bin / "tmux")  # calls the executable under test
    assert main([executable, "--quick", "--only", section, "--json", str(found)]) == 0
    figures = json.loads(found.read_text())["figures"]
    assert figures
    # A difference of two sizes of a process that few sessions cannot tell from chance may be negative.
    assert all(value >= 0 or figure["unit"] == "KiB" for figure in figures for value in figure["values"])


def test_what_is_missing_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    for argv in (["/nonexistent/tmux"], ["sh", "--only", "nonsense"]):
        with pytest.raises(SystemExit):
            main(argv)
        assert argv[-1] in capsys.readouterr().err


@pytest.mark.parametrize(
    ("goal", "found", "met"),
    [
        (Goal(ratio=0.8), 1.6, True),
        (Goal(ratio=0.8), 1.7, False),
        (Goal(ratio=1.3, higher=True), 2.5, False),
        (Goal(ratio=1.3, higher=True), 2.7, True),
        (Goal(value=50.0), 49.0, True),
        (Goal(value=50.0), 51.0, False),
    ],
)
def test_goals(goal: Goal, found: float, met: bool) -> None:
    assert goal.is_met(found, 2.0) is met
    assert Figure("calls", "one", "ms", [2.0, found], goal).met == [met]


def test_p95_is_what_nineteen_of_twenty_stay_below() -> None:
    assert p95(list(range(100))) == 95
    assert p95([1.0]) == 1.0


def test_bars_point_to_the_better(tmp_path: Path) -> None:
    report = Report(["tmux", "ours"])
    report.add("calls", "faster & better", "ms", [2.0, 1.0])
    report.add("floods", "slower", "MB/s", [2.0, 1.0])
    fast, slow = report.figures
    assert advantage(fast, 0.5) == 2.0
    assert advantage(slow, 0.5) == 0.5
    picture = ET.fromstring(plot(report))
    texts = {element.text for element in picture.iter("{http://www.w3.org/2000/svg}text")}
    assert {"calls: faster & better", "floods: slower", "2 / 1 ms"} <= texts
    bars = [
        element for element in picture.iter("{http://www.w3.org/2000/svg}rect") if "opacity" in element.attrib
    ]
    left, right = float(bars[1].attrib["x"]), float(bars[0].attrib["x"])
    assert left + float(bars[1].attrib["width"]) == pytest.approx(right)


@pytest.mark.parametrize("kind", ["plain", "colour", "utf8", "tui"])
def test_workloads_are_the_same_in_every_run(kind: str) -> None:
    assert workload(kind, 10_000) == workload(kind, 10_000)
    assert 10_000 <= len(workload(kind, 10_000)) < 12_000


def measured(path: Path, values: list[float], rows: int = len(ROWS)) -> Path:
    """A run that has found the same for all that README names."""
    report = Report(FORMS)
    for row in ROWS[:rows]:
        report.add(row.section, row.figure, "ms", values, Goal(ratio=1.0))
    report.write_json(path)
    return path


def test_readmes_table_and_picture_are_made_of_a_run(tmp_path: Path) -> None:
    older = measured(tmp_path / "older", [9.0, 9.0, 9.0])
    newer = measured(tmp_path / "newer", [0.4999, 1234.56, 0.0], rows=1)
    figures = [rounded(figure) for figure in load([older, newer])]
    lines = table(figures).splitlines()
    assert lines[2] == f"| {ROWS[0].text} | 0.5 ms | 1230 ms (2460.00 x) | 0 ms (0.00 x) |"
    assert lines[3] == f"| {ROWS[1].text} | 9 ms | 9 ms (1.00 x) | 9 ms (1.00 x) |"
    texts = {element.text for element in ET.fromstring(picture(figures)).iter()}
    assert {"0.5 / 1230 / 0 ms", "has-session, one process each", "tmux 3.7c / compiled / pure"} <= texts


def test_what_was_not_measured_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=f"not measured: {ROWS[-1].section}: {ROWS[-1].figure}"):
        load([measured(tmp_path / "run", [1.0, 1.0, 1.0], rows=len(ROWS) - 1)])
    with pytest.raises(ValueError, match="2 executables instead of tmux"):
        load([measured(tmp_path / "run", [1.0, 1.0])])
