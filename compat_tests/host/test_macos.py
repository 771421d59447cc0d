"""Host facts on macOS, with made-up output in the formats of the two programs."""

from __future__ import annotations

from typing import Any

import pytest

from tmuxish.host.macos import LSOF, PS, MacFacts, parse_lsof, parse_ps
from tmuxish.pty.base import ExitStatus, PaneProcess

PS_OUTPUT = b"    1 launchd\n  501 zsh\n  502 Google Chrome He\n77777 vim\nnonsense\n"
LSOF_OUTPUT = b"p501\0\nfcwd\0n/Users/a b\0\np502\0\nfcwd\0n/private/tmp\0\n"


class FakeProcess(PaneProcess):
    """A program whose foreground group is given."""

    def __init__(self, pid: int, group: int | None) -> None:
        self.pid = pid
        self.tty = "/dev/ttys001"
        self.exit_status: ExitStatus | None = None
        self._group = group

    def fileno(self) -> int:
        return -1

    def read(self, limit: int) -> bytes | None:
        return None

    def write(self, data: bytes) -> int:
        return 0

    def resize(self, cols: int, rows: int, xpixel: int = 0, ypixel: int = 0) -> None: ...

    def foreground_group(self) -> int | None:
        return self._group

    def kill(self, signal: int) -> None: ...

    def close(self) -> None: ...


PANES = [FakeProcess(100, 501), FakeProcess(101, 502), FakeProcess(102, None), FakeProcess(103, 99)]
LSOF_CALL = [LSOF, "-a", "-d", "cwd", "-p", "99,501,502", "-F", "pn0"]


def test_one_ps_and_one_lsof_for_a_whole_listing(fp: Any) -> None:
    fp.register(PS, stdout=PS_OUTPUT)
    fp.register(LSOF_CALL, stdout=LSOF_OUTPUT, returncode=1)  # 1: some pid was not there
    facts = MacFacts(lambda: PANES)
    assert [facts.command(pane) for pane in PANES] == ["zsh", "Google Chrome He", None, None]
    assert [facts.path(pane) for pane in PANES] == ["/Users/a b", "/private/tmp", None, None]
    assert fp.call_count(PS) == 1
    assert fp.call_count(LSOF_CALL) == 1


def test_nothing_is_run_before_it_is_asked_for(fp: Any) -> None:
    MacFacts(lambda: PANES)
    assert not fp.calls


def test_missing_programs_leave_the_facts_unknown(fp: Any) -> None:
    def missing(_process: object) -> None:
        raise FileNotFoundError

    fp.register(PS, callback=missing)
    facts = MacFacts(lambda: PANES)
    assert facts.command(PANES[0]) is None


@pytest.mark.parametrize(("output", "expected"), [(b"", {}), (b"junk", {}), (b"  7 a  \n", {7: "a"})])
def test_ps_lines(output: bytes, expected: dict[int, str]) -> None:
    assert parse_ps(output) == expected


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        (b"", {}),
        (b"p1\0\np2\0\nfcwd\0n/x\0\n", {2: "/x"}),
        (b"p3\0\nfcwd\0n/with\nnewline\0\n", {3: "/with\nnewline"}),
        (b"n/without a process\0\n", {}),
    ],
)
def test_lsof_fields(output: bytes, expected: dict[int, str]) -> None:
    assert parse_lsof(output) == expected
