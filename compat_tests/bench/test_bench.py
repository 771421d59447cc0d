"""The benchmarks run, here against the executable under test alone, and say what they found."""

from __future__ import annotations

import json
import shutil
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from compat_tests.bench import control, floods, instructions
from compat_tests.bench.__main__ import SECTIONS, main
from compat_tests.bench.calls import BEYOND
from compat_tests.bench.figures import Figure, Goal, Report, p95
from compat_tests.bench.floods import workload
from compat_tests.bench.plot import advantage, plot
from compat_tests.bench.readme import FORMS, ROWS, load, picture, rounded, table
from compat_tests.bench.subject import Run, Subject
from compat_tests.clients.sandbox import ROOT, Sandbox

SIZE = 100_000
"""Bytes that are enough to see that a flood is measured, if not how fast it is."""


@pytest.mark.parametrize("section", [name for name in SECTIONS if name != "instructions"])
def test_a_quick_run_finds_figures(
    tmux: Sandbox, section: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(floods, "QUICK_SIZES", dict.fromkeys(floods.QUICK_SIZES, SIZE))
    monkeypatch.setattr(control, "QUICK_SIZE", SIZE)
    found = tmp_path / "figures.json"
    executable = str(tmux.bin / "tmux")  # calls the executable under test
    if section == "bytes" and shutil.which("vim") is None:
        pytest.skip("there is no vim")
    assert main([executable, "--quick", "--only", section, "--json", str(found)]) == 0
    figures = json.loads(found.read_text())["figures"]
    assert figures
    for figure in figures:
        # Differences that few sessions or calls cannot tell from chance may be negative.
        if figure["unit"] != "KiB" and figure["name"] != BEYOND:
            assert all(value >= 0 for value in figure["values"])


def test_the_python_client_is_held_to_its_interpreters_start(
    tmux: Sandbox, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of executables that are Python scripts, wherever they stand."""
    script = tmp_path / "tmux"
    program = f"import sys; sys.path.append({str(ROOT)!r}); from tmuxish.cli.tmux import main; main()"
    script.write_text(f"#!{sys.executable}\n{program}\n")
    script.chmod(0o755)
    found = tmp_path / "figures.json"
    other = str(tmux.bin / "tmux")
    assert main([other, other, str(script), "--quick", "--only", "calls", "--json", str(found)]) == 0
    (figure,) = (figure for figure in json.loads(found.read_text())["figures"] if figure["name"] == BEYOND)
    assert figure["values"][:2] == [None, None]
    assert -50 < figure["values"][2] < 50
    assert figure["goal"]["value"] == 2.0
    (line,) = (line for line in capsys.readouterr().out.splitlines() if BEYOND in line)
    words = line.split(BEYOND)[1].split()
    assert [*words[:2], *words[3:6]] == ["-", "-", "ms", "-", "-"]
    assert words[6].rstrip(":") in ("met", "MISSED")


def test_what_is_missing_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    for argv in (["/nonexistent/tmux"], ["sh", "--only", "calls", "nonsense"]):
        with pytest.raises(SystemExit):
            main(argv)
        assert argv[-1] in capsys.readouterr().err


def test_what_a_section_lacks_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(SystemExit):
        main(["/bin/sh", "--only", "instructions"])
    assert "valgrind (for instructions)" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [["--only", "a", "b"], ["--only", "a,b"], ["--only", "a", "--only", "b"], []],
    ids=["words", "commas", "flags", "all"],
)
def test_sections_can_be_named_in_several_ways(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def measure(name: str) -> Callable[[Run], None]:
        return lambda run: run.report.add(name, "what", "ms", [4.0, 1.0, 8.0], Goal(ratio=0.5))

    monkeypatch.setattr("compat_tests.bench.__main__.SECTIONS", {name: (measure(name),) for name in "ab"})
    assert main(["sh", "ours=/bin/sh", "pure=sh", *words]) == 0
    head, *rest = capsys.readouterr().out.splitlines()
    assert head.startswith("[0]: /")
    assert rest[1].startswith("pure: /")
    assert rest[2].split() == ["[0]", "ours", "pure", "ours", "pure"]
    # The goal is that of the executable behind the reference.
    assert [line.split() for line in rest[3:]] == [
        [name, "what", "4", "1", "8", "ms", "0.25x", "2.00x", "met:", "<=", "0.5", "x"] for name in "ab"
    ]


def test_a_section_that_fails_does_not_take_the_others_with_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def broken(run: Run) -> None:
        raise TimeoutError("it never ended")

    def sound(run: Run) -> None:
        run.report.add("b", "what", "ms", [4.0])

    monkeypatch.setattr("compat_tests.bench.__main__.SECTIONS", {"a": (broken,), "b": (sound,)})
    assert main(["sh", "--json", str(tmp_path / "figures")]) == 1
    assert capsys.readouterr().err == "a: could not be measured: it never ended\n"
    assert [figure["section"] for figure in json.loads((tmp_path / "figures").read_text())["figures"]] == [
        "b"
    ]


VALGRIND = """#!/bin/sh
for word; do
  case $word in
    --callgrind-out-file=*) out=${word#*=} ;;
    -*) ;;
    *) break ;;
  esac
  shift
done
echo 'events: Ir' >"${out%'%p'}$$"
echo 'totals: 1500000' >>"${out%'%p'}$$"
exec "$@"
"""


def test_what_valgrind_writes_is_added_up(tmux: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for it is not fifty times slower."""
    (tmux.bin / "valgrind").write_text(VALGRIND)
    (tmux.bin / "valgrind").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmux.bin}:/usr/bin:/bin")
    with Subject(str(tmux.bin / "tmux")) as subject:
        assert instructions._server(subject, [("has-session",)]) == 1_500_000
        subject.start("new-session", "-d", "-s", "s", "sleep 1000")
        assert instructions._client(subject, "has-session") == 1_500_000
        (subject.work / "empty.1").touch()
        with pytest.raises(RuntimeError, match="counted nothing"):
            instructions._counted(subject, "empty")


def test_instructions_are_those_of_the_calls_that_are_more(
    tmux: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = {"has-session": ("has-session", "-t", "s"), "ls": ("list-sessions",)}
    monkeypatch.setattr(instructions, "CALLS", few)
    asked: list[int] = []

    def counted(subject: Subject, more: Sequence[Sequence[str]]) -> int:
        asked.append(len(more))
        return 7_000_000 + sum(3_000_000 if "list-sessions" in argv else 1_000_000 for argv in more)

    monkeypatch.setattr(instructions, "_server", counted)
    monkeypatch.setattr(instructions, "_client", lambda subject, call: 2_500_000)
    report = Report([str(tmux.bin / "tmux")])
    instructions.instructions(Run(report.executables, report, quick=True))
    assert asked == [0, instructions.FEW, instructions.FEW]
    assert {figure.name: figure.values for figure in report.figures} == {
        "has-session, client": [2.5],
        "ls, client": [2.5],
        "has-session, server": [1.0],
        "ls, server": [3.0],
    }


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
    assert Figure("calls", "one", "ms", [2.0, found], goal).met is met
    assert Figure("calls", "one", "ms", [2.0, found, 0.0, 99.0], goal).met is met
    assert Figure("calls", "one", "ms", [found], goal).met is None
    assert Figure("calls", "one", "ms", [2.0, None, found], goal).met is met
    assert Figure("calls", "one", "ms", [2.0, None], goal).met is None


def test_what_some_executables_have_not() -> None:
    """Is said to be nothing, and has no bar."""
    figure = Figure("calls", "one", "ms", [None, None, 1.5], Goal(value=2.0))
    assert (figure.ratios, figure.met) == ([None, None], True)
    assert Figure("calls", "one", "ms", [3.0, None, 1.5]).ratios == [None, 0.5]
    assert figure.line().split()[2:] == ["-", "-", "1.50", "ms", "-", "-", "met:", "<=", "2"]
    assert rounded(figure).values == figure.values
    report = Report(FORMS, [figure, Figure("calls", "two", "ms", [3.0, None, 1.5])])
    texts = {element.text for element in ET.fromstring(plot(report)).iter()}
    assert "3 / - / 1.5 ms" in texts
    assert "one" not in texts


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
    assert {"calls", "faster & better", "floods", "slower", "2 / 1 ms", "2 / 1 MB/s", "2x"} <= texts
    right, left = _bars(picture)
    assert float(left["x"]) + float(left["width"]) == pytest.approx(float(right["x"]))
    assert left["width"] == right["width"]


def _bars(picture: ET.Element) -> list[dict[str, str]]:
    rectangles = picture.iter("{http://www.w3.org/2000/svg}rect")
    return [element.attrib for element in rectangles if element.get("class") == "bar"]


def test_every_executable_has_its_bar_and_all_is_within_the_picture() -> None:
    report = Report(["/bin/tmux", "a", "b"], names=["tmux", "compiled", "pure"])
    report.add("calls", "much worse & a little better", "ms", [1.0, 1000.0, 0.9])
    picture = ET.fromstring(plot(report))
    texts = {element.text for element in picture.iter("{http://www.w3.org/2000/svg}text")}
    assert {"tmux", "compiled", "pure", "tmux / compiled / pure", "← 1000x", "1.11x"} <= texts
    worse, better = _bars(picture)
    assert worse["fill"] != better["fill"]
    assert float(worse["y"]) + float(worse["height"]) <= float(better["y"])
    for bar in (worse, better):
        assert float(bar["x"]) >= 0
        assert float(bar["x"]) + float(bar["width"]) <= float(picture.attrib["width"])
        assert float(bar["y"]) + float(bar["height"]) <= float(picture.attrib["height"])


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
    partly = Report(FORMS)
    partly.add(ROWS[2].section, ROWS[2].figure, "ms", [None, None, 1.25])
    partly.write_json(tmp_path / "partly")
    figures = [rounded(figure) for figure in load([older, newer, tmp_path / "partly"])]
    lines = table(figures).splitlines()
    assert lines[2] == f"| {ROWS[0].text} | 0.5 ms | 1230 ms (2460.00 x) | 0 ms (0.00 x) |"
    assert lines[3] == f"| {ROWS[1].text} | 9 ms | 9 ms (1.00 x) | 9 ms (1.00 x) |"
    assert lines[4] == f"| {ROWS[2].text} | - | - | 1.25 ms |"
    texts = {element.text for element in ET.fromstring(picture(figures)).iter()}
    assert {"0.5 / 1230 / 0 ms", "has-session, one process each", "tmux 3.7c / compiled / pure"} <= texts


def test_what_was_not_measured_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=f"not measured: {ROWS[-1].section}: {ROWS[-1].figure}"):
        load([measured(tmp_path / "run", [1.0, 1.0, 1.0], rows=len(ROWS) - 1)])
    with pytest.raises(ValueError, match="2 executables instead of tmux"):
        load([measured(tmp_path / "run", [1.0, 1.0])])
