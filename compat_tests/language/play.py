"""Plays groups of cases on a tmux: many cases in one server's life and in one call where that is possible.

A case is one of

    {"format": TEMPLATE, "target": TARGET}   what display-message -p prints; "out"
    {"text": CONFIGURATION}                  what sourcing the text prints on either stream; "out", "err"
    {"argv": [WORD, ...]}                    a call of its own; "out", "err", "code"

A group is {"name", "setup", "cases"}; its cases run in order on one server that the setup has built, so a
case may depend on those before it. Real tmux refuses calls of more than 16 KB or 1,000 words: hence
`MAX_CALL` and `MAX_CASES`. Cases with "needs" use commands that the executable under test may not have yet.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from compat_tests.clients.normalise import Normaliser, expected_of_ours
from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import Sandbox, name_host

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "fixtures" / "language"
MAX_CALL = 12_000
"""Bytes of arguments in one call."""
MAX_CASES = 60
"""Cases in one call; a case takes 12 words at most."""
TIMEOUT = 60.0
"""Seconds a batch may take."""

ENVIRONMENT: dict[str, str | None] = {
    "TZ": "UTC",
    "GREETING": "good day",
    "EMPTY": "",
    "PERCENT": "50%",
    "QUOTED": 'it\'s "x" $y',
}

Case = dict[str, Any]
Group = dict[str, Any]
Answer = dict[str, Any]

# The file of a text, and what says that its commands have ended.
_FILE = re.compile(r"<root>/work/c\d+:")
_MARK = re.compile(r"(?:can't find session: =?)?<<(\d+)>>\n")


class Player:
    """One server of one executable, and the cases played on it."""

    def __init__(self, command: list[str]) -> None:
        self.sandbox = Sandbox(command)
        self.sandbox.env.update(name_host(self.sandbox.root / "host"))
        self.clients: list[PtyClient] = []
        self._clean = Normaliser(self.sandbox.root)

    def __enter__(self) -> Player:
        return self

    def __exit__(self, *_: object) -> None:
        for client in self.clients:
            client.end()
        self.sandbox.close()

    def call(self, argv: Iterable[str]) -> Answer:
        """One call; its answer, cleaned of what differs between machines."""
        words = [word.replace("<work>", str(self.sandbox.work)) for word in argv]
        result = self.sandbox.run("-f", "/dev/null", *words, env=ENVIRONMENT, timeout=TIMEOUT)
        return {"out": self._clean(result.out), "err": self._clean(result.err), "code": result.code}

    def set_up(self, steps: Iterable[Any]) -> None:
        """Make the calls of a group's setup, which must succeed.

        Other steps: {"attach": [cols, rows, argv]} attaches a client and waits for it; {"file": [name,
        text]} writes a file below the working folder; {"until": [text, argv]} repeats a call until it prints
        the text.
        """
        for step in steps:
            if isinstance(step, list):
                answer = self.call(step)
                assert (answer["err"], answer["code"]) == ("", 0), (step, answer)
            elif "file" in step:
                name, text = step["file"]
                (self.sandbox.work / name).write_text(text.replace("<work>", str(self.sandbox.work)))
            elif "until" in step:
                text, argv = step["until"]
                self.sandbox.until(text, "-f", "/dev/null", *argv, env=ENVIRONMENT)
            else:
                self._attach(*step["attach"])

    def _attach(self, cols: int, rows: int, argv: list[str]) -> None:
        env = self.sandbox.environment(ENVIRONMENT)
        command = [*self.sandbox.command, "-f", "/dev/null", *argv]
        self.clients.append(PtyClient(command, env, self.sandbox.work, cols, rows))
        count = len(self.clients)
        self.sandbox.until("x" * count, "display-message", "-p", "#{L:x}")

    def play(self, cases: list[Case]) -> list[Answer]:
        """The answers to all cases, in order."""
        answers: list[Answer] = []
        for kind, run in itertools.groupby(cases, key=_kind):
            for batch in _batches(list(run)):
                if kind == "format":
                    answers += self._formats(batch)
                elif kind == "text":
                    answers += self._texts(batch)
                else:
                    answers += [self.call(case["argv"]) for case in batch]
        return answers

    def _formats(self, batch: list[Case]) -> list[Answer]:
        argv: list[str] = []
        for number, case in enumerate(batch):
            argv += ["display-message", "-p", "-t", case["target"], "--", case["format"], ";"]
            argv += ["display-message", "-p", f"<<{number}>>", ";"]
        answer = self.call(argv[:-1])
        outs = _split(answer["out"], len(batch))
        missing = {"out": f"no answer: {answer['err']}"}
        return [missing if out is None else {"out": out.removesuffix("\n")} for out in outs]

    def _texts(self, batch: list[Case]) -> list[Answer]:
        work = self.sandbox.work
        argv: list[str] = []
        for number, case in enumerate(batch):
            text = case["text"].replace("<work>", str(work))
            (work / f"c{number}").write_bytes(text.encode("utf-8", "surrogateescape"))
            mark = f"<<{number}>>"
            (work / f"m{number}").write_text(f"display-message -p '{mark}'\nhas-session -t '={mark}'\n")
            argv += ["source-file", f"c{number}", ";", "source-file", f"m{number}", ";"]
        answer = self.call(argv[:-1])
        out, err = (_FILE.sub("<file>:", answer[stream]) for stream in ("out", "err"))
        outs, errs = _split(out, len(batch)), _split(err, len(batch))
        return [
            {"out": "no answer" if out is None else out, "err": "no answer" if err is None else err}
            for out, err in zip(outs, errs, strict=True)
        ]


def _kind(case: Case) -> str:
    return next(kind for kind in ("format", "text", "argv") if kind in case)


def _batches(cases: list[Case]) -> Iterator[list[Case]]:
    batch: list[Case] = []
    size = 0
    for case in cases:
        length = len(json.dumps(case, ensure_ascii=False).encode("utf-8", "surrogateescape"))
        length = 60 if "text" in case else length + 60
        if batch and (size + length > MAX_CALL or len(batch) == MAX_CASES):
            yield batch
            batch, size = [], 0
        batch.append(case)
        size += length
    if batch:
        yield batch


def _split(text: str, count: int) -> list[str | None]:
    """What stands before each of the marks; None for those that never came."""
    parts: dict[int, str] = {}
    start = 0
    for match in _MARK.finditer(text):
        parts[int(match[1])] = text[start : match.start()]
        start = match.end()
    return [parts.get(number) for number in range(count)]


def answers_of(group: Group, command: list[str]) -> list[Answer]:
    """Build the group's server and play its cases."""
    with Player(command) as player:
        player.set_up(group["setup"])
        return player.play(group["cases"])


def supported(command: list[str]) -> set[str]:
    """The names of the commands the executable has."""
    with Player(command) as player:
        lines = player.call(["start-server", ";", "list-commands", "-F", "#{command_list_name}"])["out"]
    return set(lines.split())


def playable(group: Group, names: set[str]) -> Group:
    """The group without cases that need a command not among `names`."""
    cases = [case for case in group["cases"] if names.issuperset(case.get("needs", ()))]
    return {**group, "cases": cases}


def difference(case: Case, answer: Answer, *, ours: bool) -> str:
    """A paragraph saying what was answered otherwise than recorded, "" if nothing was."""
    expected = {key: case[key] for key in answer}
    if ours:
        expected = {
            key: expected_of_ours(value) if isinstance(value, str) else value
            for key, value in expected.items()
        }
    if expected == answer:
        return ""
    lines = [str(case.get("format") or case.get("text") or case["argv"])]
    for key, value in expected.items():
        if value != answer[key]:
            lines += [f"  {key} of tmux: {value!r}", f"  {key} of ours: {answer[key]!r}"]
    return "\n".join(lines)


def load() -> Iterator[Group]:
    """Every recorded group."""
    for path in sorted(FIXTURES.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8", errors="surrogateescape"))
        for group in data["groups"]:
            yield {**group, "name": f"{path.stem}-{group['name']}"}
