"""What may differ between two runs of the same calls is replaced by its name: all else must be equal."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Iterable
from pathlib import Path

from compat_tests.clients.sandbox import RECORDED_HOST

_RULES = [
    (re.compile(r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}\b"), "<date>"),
    (re.compile(r"\b\d\d:\d\d \d\d-[A-Z][a-z]{2}-\d\d\b"), "<date>"),
    (re.compile(r"(?<![\d.])[12]\d{9}(?![\d.])"), "<time>"),
    (re.compile(r"/dev/pts/\d+"), "/dev/pts/<n>"),
    # How much memory a history takes is the implementation's own affair.
    (re.compile(r"(\[history \d+/\d+), \d+ bytes\]"), r"\1, <n> bytes]"),
]

_NO_SOCKET = re.compile(r"error connecting to (\S+) \(No such file or directory\)")


class Normaliser:
    """Replaces times, terminals, paths below `root` and the host's name; also the numbers in `pids`,
    and whatever one of the regular expressions `masks` matches."""

    def __init__(self, root: Path, pids: Iterable[int] = (), masks: Iterable[str] = ()) -> None:
        hosts = "|".join(map(re.escape, (socket.gethostname(), RECORDED_HOST)))
        self._rules = [(re.compile(mask), "<*>") for mask in masks]
        self._rules += [(re.compile(rf"\b{pid}\b"), "<pid>") for pid in pids]
        self._rules += [
            (re.compile(re.escape(str(root))), "<root>"),
            (re.compile(rf"\btmux-{os.getuid()}/"), "tmux-<uid>/"),
            *_RULES,
            (re.compile(rf"(?<![A-Za-z0-9])(?:{hosts})(?![A-Za-z0-9])"), "<host>"),
        ]

    def __call__(self, text: str) -> str:
        for pattern, name in self._rules:
            text = pattern.sub(name, text)
        return text


def expected_of_ours(text: str) -> str:
    """Real tmux's answer as we mean to give it: no server is one text, socket file or not."""
    return _NO_SOCKET.sub(r"no server running on \1", text)
