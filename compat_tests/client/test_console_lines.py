"""Standard input and output in control mode on Windows: threads, and line ends of that system."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from compat_tests.clients.sandbox import wait_until
from tmuxish.cli import events_windows, lines_windows
from tmuxish.cli.arguments import Failure
from tmuxish.cli.lines_windows import Lines

PATIENCE = 10.0


class Pipes:
    """The other ends of standard input and output."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        stdin, self.typed = os.pipe()
        self.printed, stdout = os.pipe()
        self.open = {stdin, self.typed, self.printed, stdout}
        monkeypatch.setattr(lines_windows, "STDIN", stdin)
        monkeypatch.setattr(lines_windows, "STDOUT", stdout)
        monkeypatch.setattr(lines_windows, "console_stream", lambda fd, mode: None)

    def close(self, fd: int) -> None:
        self.open.discard(fd)
        os.close(fd)


@pytest.fixture
def pipes(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pipes]:
    made = Pipes(monkeypatch)
    yield made
    for fd in list(made.open):
        made.close(fd)


def read(lines: Lines, size: int) -> bytes:
    """What comes until there are so many bytes, or the end."""
    data = b""
    while len(data) < size:
        events_windows.wait([lines.input], [], PATIENCE)
        part = lines.read(100)
        if part == b"":
            return data
        data += part or b""
    return data


def test_lines_end_as_control_mode_has_them_however_they_are_cut(pipes: Pipes) -> None:
    lines = Lines(raw=False)
    lines.start()
    for part in (b"one\r\ntwo\r", b"\nthree\rfour\n"):
        os.write(pipes.typed, part)
    assert read(lines, 19) == b"one\ntwo\nthree\rfour\n"
    pipes.close(pipes.typed)
    assert read(lines, 1) == b""
    lines.finish(b"", b"")
    lines.close()


def test_output_is_written_in_order_and_all_of_it(pipes: Pipes) -> None:
    lines = Lines(raw=False)
    lines.start()
    assert lines.write(b"one\n") == 4
    lines.finish(b"two\n", b"%exit\n")
    shown = b""
    while not shown.endswith(b"%exit\n"):
        shown += os.read(pipes.printed, 100)
    assert shown == b"one\ntwo\n%exit\n"
    lines.close()


def test_output_that_nobody_reads_is_known(pipes: Pipes) -> None:
    lines = Lines(raw=False)
    pipes.close(pipes.printed)
    lines.start()
    wait_until(lambda: lines.write(b"x") is None, "that nobody reads")
    lines.finish(b"", b"")
    lines.close()


def test_without_a_console_there_is_no_raw_one() -> None:
    with pytest.raises(Failure) as failure:
        Lines(raw=True)
    assert failure.value.text == "open terminal failed: not a terminal\n"
