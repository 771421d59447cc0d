"""Background commands as Windows has them: pipes and threads, and text that is not Unix's.

The class is the one that runs there; here its command lines are this machine's.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tmuxish.channels import ChannelSelector
from tmuxish.server import job_windows
from tmuxish.server.job_windows import WindowsProgram, as_lines
from tmuxish.server.jobs import Start

PATIENCE = 20.0


class Plan:
    """Stands for what the default shell's rules make of a command: Python runs it."""

    def __init__(self, code: str) -> None:
        self.command_line = [sys.executable, "-c", code]
        self.cwd = None

    def environment(self) -> dict[str, str]:
        return {}


@pytest.fixture(autouse=True)
def this_machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(job_windows, "plan", lambda argv, shell, host, for_sh: Plan(argv[0]))
    monkeypatch.setattr(job_windows, "CREATE_NO_WINDOW", 0)
    yield


class Running:
    """A command, and what the server's loop would see of it."""

    def __init__(self, code: str, **how: Any) -> None:
        self.calls: list[Any] = []
        self.codes: list[int] = []
        self.program = WindowsProgram(Start(code, {}, "/", **how), "cmd", self.calls.append)
        self.program.when_ended(self.codes.append)
        self.selector = ChannelSelector()
        self.selector.register(self.program.stream, 1)

    def output(self) -> bytes:
        """All of it, to the end."""
        data = b""
        while True:
            assert self.selector.select(PATIENCE), f"nothing came after {data!r}"
            part = self.program.stream.recv(65536)
            if not part:
                return data
            data += part

    def code(self) -> int:
        while not self.calls:
            assert self.program._process.wait(PATIENCE) is not None
        self.calls[0]()
        return self.codes[0]


def test_reads_what_it_is_sent_and_tells_its_code() -> None:
    job = Running("import sys; data = sys.stdin.buffer.read(); print(len(data), data[-3:]); sys.exit(70)")
    sent = 0
    while sent < 1_000_000:
        try:
            sent += job.program.stream.send(b"x" * (1_000_000 - sent))
        except BlockingIOError:
            job.selector.modify(job.program.stream, 2)
            assert job.selector.select(PATIENCE)
            job.selector.modify(job.program.stream, 1)
    job.program.stream.shutdown(1)
    assert job.output() == b"1000000 b'xxx'\n"
    assert job.code() == 70


def test_its_streams_are_what_was_asked_for() -> None:
    code = "import sys; print('out', flush=True); print('err', file=sys.stderr); print(sys.stdin.read())"
    both = Running(code, reads=False, show_stderr=True)
    assert both.output() == b"out\nerr\n\n"
    silent = Running(code, reads=False, writes=False)
    assert silent.output() == b""
    assert silent.code() == 0
    with pytest.raises(BrokenPipeError):
        silent.program.stream.send(b"x")


def test_one_that_reads_nothing_does_not_hold_up_the_rest() -> None:
    job = Running("print('done')")
    job.program.stream.send(b"x" * 200_000)
    assert job.output() == b"done\n"
    assert job.code() == 0


def test_killing_one() -> None:
    job = Running("import time; time.sleep(600)")
    job.program.kill()
    assert job.output() == b""
    assert job.code() != 0
    job.program.kill()


@pytest.mark.parametrize(
    ("output", "text"),
    [
        (b"one\r\ntwo\r\n", "one\ntwo\n"),
        ("näh\n".encode(), "näh\n"),
        (b"n\x84h\r\n\xe6\x97\xa5", "näh\n日"),  # in the console's encoding, and in ours
        (b"a\rb", "a\rb"),
    ],
)
def test_text_is_unixs(output: bytes, text: str) -> None:
    assert as_lines(output, "cp437").decode() == text
