"""Random lives of windows and panes: made, split, moved, linked, marked, killed; in groups too."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from compat_tests.language.cases_targets import quoted
from compat_tests.language.play import Group
from compat_tests.language.world import chain

# Some sequences end every session or crash real tmux 3.7c: those seeds are passed over.
SEEDS = (1, 2, 4, 5)
STEPS = 120

SHOW = (
    "list-panes -a -F '#S:#I.#P #D #W#{window_raw_flags} "
    "#{pane_left},#{pane_top},#{pane_width}x#{pane_height}"
    "#{?pane_active,*,}#{?pane_last,-,}#{?pane_marked,M,} #{window_stack_index} #{=4:window_layout}'"
)

SETUP = [
    chain("new-session -d -s keep -n k -x 80 -y 24 cat", "set-option -g automatic-rename off"),
    chain(
        "new-session -d -s a -n n1 -x 80 -y 24 cat",
        "new-session -d -s b -n n2 -x 80 -y 24 cat",
        "new-session -d -t a -s g",
    ),
]

_SESSIONS = ["a", "b", "c", "g"]


def groups() -> Iterator[Group]:
    for seed in SEEDS:
        lives = Lives(random.Random(seed))
        cases = [{"text": f"{lives.command()}\n{SHOW}\n"} for _ in range(STEPS)]
        yield {"name": f"life-{seed}", "setup": SETUP, "cases": cases}


class Lives:
    """Commands from one random stream; about half of them succeed."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng

    def command(self) -> str:
        kinds: list[Callable[[], str]] = [
            self._new,
            self._split,
            self._split,
            self._kill,
            self._swap,
            self._move,
            self._pane_move,
            self._select,
            self._size,
            self._session,
        ]
        return " ".join(self._rng.choice(kinds)().split())

    def _one(self, *words: str) -> str:
        return self._rng.choice(words)

    def _some(self, *flags: str) -> str:
        return " ".join(flag for flag in flags if self._rng.random() < 0.35)

    def _window(self) -> str:
        session = self._one(*_SESSIONS)
        place = self._one(*"0123456789", "+", "-", "!", "^", "$", "n1", "n2", "")
        return quoted(self._one(f"{session}:{place}", f"@{self._rng.randint(0, 9)}"))

    def _pane(self) -> str:
        session = self._one(*_SESSIONS)
        place = self._one("0", "1", "2", "+", "-", "!", "{top}", "{left}", "{right}")
        forms = [f"{session}:.{place}", f"%{self._rng.randint(0, 20)}", f"{session}:{place}.0", f"{session}:"]
        return quoted(self._one(*forms))

    def _at_window(self) -> str:
        return f"-t {self._window()}" if self._rng.random() < 0.8 else ""

    def _at_pane(self) -> str:
        return f"-t {self._pane()}" if self._rng.random() < 0.8 else ""

    def _new(self) -> str:
        flags = self._some("-d", "-d", "-a", "-b", "-k")
        return f"new-window {flags} -n {self._one('n1', 'n2', 'n3')} {self._at_window()} cat"

    def _split(self) -> str:
        return f"split-window -E {self._some('-d', '-h', '-b', '-f', '-Z')} {self._at_pane()}"

    def _kill(self) -> str:
        # kill-window -a in a group reads freed memory in tmux.
        return self._one(
            f"kill-pane {self._some('-a')} {self._at_pane()}",
            f"kill-window {self._at_window()}",
            f"unlink-window {self._some('-k')} {self._at_window()}",
            "kill-window -a -t b:",
        )

    def _swap(self) -> str:
        return self._one(
            f"swap-pane {self._some('-d', '-Z')} -s {self._pane()} {self._at_pane()}",
            f"swap-pane {self._one('-U', '-D')} {self._some('-d')} {self._at_pane()}",
            f"swap-window {self._some('-d')} -s {self._window()} {self._at_window()}",
            f"rotate-window {self._some('-U', '-D', '-Z')} {self._at_window()}",
        )

    def _move(self) -> str:
        flags = self._some("-d", "-d", "-k", "-a", "-b")
        return self._one(
            f"move-window {flags} -s {self._window()} {self._at_window()}",
            f"link-window {flags} -s {self._window()} {self._at_window()}",
            f"move-window -r -t {self._one(*_SESSIONS)}",
        )

    def _pane_move(self) -> str:
        return self._one(
            f"break-pane {self._some('-d', '-a', '-b')} -n bk -s {self._pane()} {self._at_window()}",
            f"join-pane {self._some('-d', '-h', '-b', '-f')} -s {self._pane()} {self._at_pane()}",
            f"move-pane {self._some('-d', '-h')} -s {self._pane()} {self._at_pane()}",
            f"respawn-pane -k {self._at_pane()} cat",
        )

    def _select(self) -> str:
        session = self._one(*_SESSIONS)
        return self._one(
            f"select-window {self._some('-T')} {self._at_window()}",
            f"{self._one('next-window', 'previous-window', 'last-window')} -t {session}",
            f"select-pane {self._some('-Z')} {self._one('', '-L', '-R', '-U', '-D', '-l')} {self._at_pane()}",
            f"last-pane {self._some('-Z')} {self._at_window()}",
            f"select-pane {self._one('-m', '-m', '-M')} {self._at_pane()}",
            "display-message -p -t '{marked}' '#D #S:#I' ; display-message -p '#S:#I.#P'",
        )

    def _size(self) -> str:
        amount = self._rng.randint(1, 9)
        cols, rows = self._rng.randint(20, 120), self._rng.randint(10, 50)
        return self._one(
            f"resize-pane -Z {self._at_pane()}",
            f"resize-pane {self._one('-L', '-R', '-U', '-D')} {self._at_pane()} {amount}",
            f"select-layout {self._at_window()} {self._one('tiled', 'even-h', 'even-v', 'main-v', 'main-h')}",
            f"resize-window -t {self._window()} -x {cols} -y {rows}",
        )

    def _session(self) -> str:
        session = self._one(*_SESSIONS)
        return self._one(
            f"new-session -d -s {session} -n z -x 80 -y 24 cat",
            f"new-session -d -s {session} -t {self._one(*_SESSIONS)}",
            f"kill-session {self._some('-C')} -t {session}",
            f"set-option -g renumber-windows {self._one('on', 'off')}",
            f"set-option -g base-index {self._one('0', '1')}",
            f"set-option -gw pane-base-index {self._one('0', '1')}",
            f"rename-window {self._at_window()} {self._one('n1', 'n2', 'x')}",
        )
