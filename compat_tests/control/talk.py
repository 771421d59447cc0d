"""Conversations with clients in control mode: how they are written down, held and made comparable.

A scenario is a list of steps, one per line:

    tmux ARGS        another tmux client runs this and ends (first lines: before anybody is in control mode)
    tmux| ARGS       the same, and nobody is asked anything behind it
    sh LINE          a shell line in the folder of the scenario
    start A ARGS     start client A with these arguments, its input and output on pipes; NAME=VALUE
                     before them goes into its environment
    terminal A ARGS  the same on a terminal of its own, for -CC
    A> LINE          A types a line and waits for the end of its (first) block
    A>> LINE         A types a line that ends no block of its own
    A>| LINE         A types a line that keeps it from answering: nobody is asked anything
    A+ LINE          A types a line together with the next ones, in one piece
    A? TEXT          wait until A has been told TEXT since its last step
    A~ LINE          A types a line that ends it (an empty one, for instance)
    A. -             the end of A's input
    A! NAME          send A's process a signal
    A= -             wait for the end of A's process

After every step all clients that still answer are asked something, and have to answer before the next step:
so what a step leads to stands behind it in their transcripts, whatever time it takes. The questions
themselves are not part of the transcripts.
"""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import shlex
import signal
import subprocess
import termios
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from compat_tests.clients.sandbox import WAIT_TIMEOUT, Sandbox

# Nothing that happens by itself, and panes whose programs print nothing of their own.
CONFIGURATION = """\
set-option -g automatic-rename off
set-option -g default-command 'exec cat'
set-option -g default-terminal screen
set-option -g status-interval 0
"""
QUESTION = "answer-me"
# A line that a shell prints of itself, whichever that is.
_BLOCK = re.compile(rb"%(begin|end|error) (\d+) (\d+) ([01])\r?")
_OUTPUT = re.compile(r"%(?:output (%\d+) |extended-output (%\d+) \d+ : )(.*)", re.DOTALL)
_TIMES = re.compile(r"(created )?[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}")


@dataclass
class Scenario:
    """A name and the steps."""

    name: str
    steps: list[str] = field(default_factory=list)


@dataclass
class Outcome:
    """What each client was told, line by line, and its exit status (None: it had to be killed)."""

    transcripts: dict[str, list[str]]
    statuses: dict[str, int | None]


def read_scenarios(path: Path) -> list[Scenario]:
    """Those of a file; each begins with `== name`, `#` begins a comment."""
    scenarios: list[Scenario] = []
    for line in path.read_text().splitlines():
        if line.startswith("== "):
            scenarios.append(Scenario(line[3:]))
        elif line.strip() and not line.startswith("#"):
            scenarios[-1].steps.append(line)
    return scenarios


class Talker:
    """One client in control mode, and what it has been told so far."""

    def __init__(
        self, sandbox: Sandbox, argv: list[str], environment: dict[str, str | None], *, terminal: bool
    ) -> None:
        self.told = b""
        self.seen = 0  # where the last step began
        self.over = False
        self._mute = False  # it reads nothing any more
        self._asked = 0
        self._typed = b""
        outer = inner = -1
        if terminal:
            outer, inner = pty.openpty()
            _stop_translating(inner)
            self._out = self._in = outer
            self.process = sandbox.popen(*argv, env=environment, stdin=inner, stdout=inner, stderr=inner)
            os.close(inner)
        else:
            self.process = sandbox.popen(
                *argv,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
            assert self.process.stdin is not None and self.process.stdout is not None
            self._in, self._out = self.process.stdin.fileno(), self.process.stdout.fileno()

    def read(self, timeout: float) -> bool:
        """Take what there is to read within `timeout` seconds. False at the end."""
        if not select.select([self._out], [], [], timeout)[0]:
            return True
        try:
            data = os.read(self._out, 65536)
        except OSError:  # the other end of a terminal is closed
            data = b""
        self.told += data
        self.over = self.over or not data
        return bool(data)

    def wait(self, text: str) -> None:
        """Read until it has been told `text` since the last step, in one line or several pieces of output."""
        self._wait_until(
            lambda: text in "\n".join(_merged(_decoded(self.told[self.seen :]).split("\n"))), text
        )

    def wait_for_end(self) -> None:
        """Read until a block of the last line has ended."""
        end = re.compile(rb"^%(end|error) \d+ \d+ 1\r?\n", re.MULTILINE)
        self._wait_until(lambda: end.search(self.told, self.seen), "end of a block")

    def _wait_until(self, condition: Callable[[], object], what: str) -> None:
        deadline = time.monotonic() + WAIT_TIMEOUT
        while not condition():
            assert time.monotonic() < deadline and not self.over, f"no {what} in {self.told[self.seen :]!r}"
            self.read(0.05)

    def type(self, text: str, *, more: bool = False) -> None:
        """A line; more: keep it back until the next one."""
        self.seen = len(self.told)
        self._typed += text.encode("utf-8", "surrogateescape") + b"\n"
        if not more:
            os.write(self._in, self._typed)
            self._typed = b""

    def ask(self) -> None:
        """Wait until everything that has happened has been told."""
        if self.over or self._mute:
            return
        self._asked += 1
        question = f"{QUESTION}-{self._asked}"
        try:
            os.write(self._in, f"display-message -p {question}\n".encode())
        except OSError:
            self._mute = True
            return
        answer = re.compile(rb"%begin [^\n]*\n" + question.encode() + rb"\r?\n%end [^\n]*\n")
        deadline = time.monotonic() + WAIT_TIMEOUT
        while not self.over and not answer.search(self.told):
            assert time.monotonic() < deadline, f"{question} was not answered: {self.told[-500:]!r}"
            self.read(0.05)
        self.told = answer.sub(b"", self.told)

    def end_input(self) -> None:
        os.close(self._in)

    def finish(self) -> int | None:
        """Read to the end; the exit status, None if it had to be killed."""
        deadline = time.monotonic() + WAIT_TIMEOUT
        while not self.over and time.monotonic() < deadline:
            self.read(0.05)
        self.over = True
        try:
            return self.process.wait(WAIT_TIMEOUT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return None


def _stop_translating(fd: int) -> None:
    """Keep the terminal from echoing, and from adding anything to ends of lines before the client says so."""
    attributes = termios.tcgetattr(fd)
    attributes[3] &= ~termios.ECHO
    termios.tcsetattr(fd, termios.TCSANOW, attributes)


class Conversation:
    """A scenario under way."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._talkers: dict[str, Talker] = {}
        self._closed: set[str] = set()
        self._statuses: dict[str, int | None] = {}
        config = sandbox.root / "conf"
        config.write_text(CONFIGURATION)
        self._first = ["-f", str(config)]
        (sandbox.work / "tmux.conf").write_text(CONFIGURATION)

    def run(self, scenario: Scenario) -> Outcome:
        """Hold it; AssertionError if something that is waited for does not come."""
        for step in scenario.steps:
            self._step(step)
        for name in self._talkers:
            self._end(name)
        names = self._names()
        return Outcome(
            {name: self._comparable(talker.told, names) for name, talker in self._talkers.items()},
            self._statuses,
        )

    def _names(self) -> dict[str, str]:
        """By what tmux calls the clients (off terminals): what they are called here."""
        return {f"client-{talker.process.pid}": f"client-{name}" for name, talker in self._talkers.items()}

    def _step(self, step: str) -> None:
        verb, _, rest = step.partition(" ")
        rest = rest.replace("ROOT", str(self._sandbox.root))
        if verb in ("tmux", "tmux|"):
            for pid, name in self._names().items():
                rest = rest.replace(name, pid)
            self._sandbox.run(*self._first, *shlex.split(rest))
            if verb == "tmux|":
                return
        elif verb == "sh":
            self._sandbox.shell(rest)
        elif verb in ("start", "terminal"):
            name, *argv = shlex.split(rest)
            environment: dict[str, str | None] = {}
            while re.match("[A-Z_]+=", argv[0]):
                variable, _, value = argv.pop(0).partition("=")
                environment[variable] = value
            self._talkers[name] = Talker(
                self._sandbox, [*self._first, *argv], environment, terminal=verb == "terminal"
            )
        else:
            name, action = re.fullmatch(r"(\w+)(\W+)", verb).groups()  # type: ignore[union-attr]
            if self._act(name, action, rest):
                return
        # The last to come first: when it answers it has been attached, and the others have been told of it.
        for name, talker in reversed(self._talkers.items()):
            if name not in self._closed:
                talker.ask()

    def _act(self, name: str, action: str, rest: str) -> bool:
        """One step of a client. True if nothing is to be asked behind it."""
        talker = self._talkers[name]
        if action == ">":
            talker.type(rest)
            talker.wait_for_end()
        elif action == ">>":
            talker.type(rest)
        elif action == ">|":
            talker.type(rest)
            talker.wait_for_end()
            return True
        elif action == "+":
            talker.type(rest, more=True)
            return True
        elif action == "?":
            talker.wait(rest)
        elif action == ".":
            self._closed.add(name)
            talker.end_input()
        elif action == "!":
            self._closed.add(name)
            talker.process.send_signal(getattr(signal, rest))
        elif action == "~":  # types a line that ends it
            self._closed.add(name)
            talker.type(rest)
        elif action == "=":
            self._end(name)
        else:
            raise ValueError(f"unknown step {name}{action}")
        return False

    def _end(self, name: str) -> None:
        talker = self._talkers[name]
        if name in self._statuses:
            return
        if name not in self._closed:
            self._closed.add(name)
            with contextlib.suppress(OSError):
                talker.end_input()
        self._statuses[name] = talker.finish()

    def _comparable(self, told: bytes, names: dict[str, str]) -> list[str]:
        """A transcript without what differs from run to run. AssertionError if its blocks make no sense."""
        _check_blocks(told)
        told = _BLOCK.sub(rb"%\1 \4", told)
        text = _decoded(told).replace(str(self._sandbox.root), "ROOT")
        for pid, name in names.items():
            text = text.replace(pid, name)
        text = _TIMES.sub("TIME", text)
        return _merged(text.split("\n"))


def _decoded(told: bytes) -> str:
    """As text; on a terminal ends of lines are two characters."""
    return told.decode("utf-8", "backslashreplace").replace("\r\n", "\n")


def _check_blocks(told: bytes) -> None:
    """Each block ends with what it began with; numbers grow."""
    opened: tuple[bytes, ...] | None = None
    last = -1
    for word, *rest in _BLOCK.findall(told):
        if word == b"begin":
            assert opened is None and int(rest[1]) > last, told
            opened, last = tuple(rest), int(rest[1])
        else:
            assert opened == tuple(rest), told
            opened = None


def _merged(lines: list[str]) -> list[str]:
    """Output of one pane comes in pieces of any size: one line for those in a row."""
    merged: list[str] = []
    last: str | None = None
    for line in lines:
        found = _OUTPUT.match(line)
        if found is None:
            last = None
            merged.append(line)
            continue
        kind, data = line.partition(" ")[0], found[3]
        head = f"{kind} {found[1] or found[2]} "
        if head == last:
            merged[-1] += data
        else:
            merged.append(f"{head}{data}")
            last = head
    return merged
