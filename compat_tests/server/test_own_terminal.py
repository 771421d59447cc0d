"""The terminal of a client, used by the server itself: which one that may be, and where its output goes."""

from __future__ import annotations

import contextlib
import os
import sys
import termios
import time
import tty
from collections.abc import Callable, Iterator

import pytest

from compat_tests.clients.sandbox import WAIT_TIMEOUT
from tmuxish.model.client import Client
from tmuxish.server import own_terminal
from tmuxish.server.loop import Loop
from tmuxish.server.own_terminal import OwnTerminal, open_terminal
from tmuxish.users import own_uid
from tmuxish.wire import frames

if sys.platform == "win32":
    pytest.skip("no terminals with names", allow_module_level=True)

MUCH = b"0123456789" * 10_000
"""More than a terminal holds."""


@pytest.fixture
def pair() -> Iterator[tuple[int, str]]:
    """The other end of a raw terminal, and its name."""
    master, slave = os.openpty()
    tty.setraw(slave)
    name = os.ttyname(slave)
    yield master, name
    for fd in (master, slave):
        with contextlib.suppress(OSError):  # closed by the test
            os.close(fd)


def client_at(name: str) -> Client:
    client = Client(1)
    client.tty, client.uid = name, own_uid()
    return client


def found(name: str, *, inode: int = 0, changed: int = 0) -> bytes:
    """As a client finds it, or one that differs by so much."""
    fd = os.open(name, os.O_RDWR | os.O_NOCTTY)
    try:
        facts, modes = os.fstat(fd), termios.tcgetattr(fd)[:6]
    finally:
        os.close(fd)
    return frames.pack_found(facts.st_dev, facts.st_ino + inode, facts.st_ctime_ns + changed, modes)


def test_the_terminal_that_the_client_found_is_opened(pair: tuple[int, str]) -> None:
    _, name = pair
    fd = open_terminal(client_at(name), found(name))
    assert fd is not None
    assert os.ttyname(fd) == name
    assert not os.get_blocking(fd)
    assert not os.get_inheritable(fd)
    os.close(fd)


@pytest.mark.parametrize(
    "change", ["another terminal", "one that has got its number", "no name", "nothing known"]
)
def test_any_other_is_left_alone(pair: tuple[int, str], change: str) -> None:
    _, name = pair
    client, facts = client_at(name), found(name)
    if change == "another terminal":
        facts = found(name, inode=1)
    elif change == "one that has got its number":
        facts = found(name, changed=-1)
    elif change == "no name":
        client.tty = ""
    else:
        facts = b""
    assert open_terminal(client, facts) is None


def test_that_of_another_user_is_left_alone(pair: tuple[int, str]) -> None:
    _, name = pair
    client = client_at(name)
    client.uid = own_uid() + 1
    assert open_terminal(client, found(name)) is None


class Used:
    """A terminal in use, with what has come of it."""

    def __init__(self, name: str) -> None:
        self.loop = Loop()
        self.keys = b""
        self.is_lost = self.is_shown = False
        fd = open_terminal(client_at(name), found(name))
        assert fd is not None
        self.terminal = OwnTerminal(self.loop, fd, self._typed, self._lost, self._shown)

    def _typed(self, data: bytes) -> None:
        self.keys += data

    def _lost(self) -> None:
        self.is_lost = True

    def _shown(self) -> None:
        self.is_shown = True

    def until(self, condition: Callable[[], object]) -> None:
        """Runs the loop until that holds."""
        deadline = time.monotonic() + WAIT_TIMEOUT
        while not condition():
            assert time.monotonic() < deadline
            self.loop.call_later(0.001, lambda: None)
            self.loop._turn()


@pytest.fixture
def used(pair: tuple[int, str]) -> Iterator[Used]:
    using = Used(pair[1])
    yield using
    using.terminal.close()
    using.loop.close()


def test_keys_come_between_begin_and_end(pair: tuple[int, str], used: Used) -> None:
    master, _ = pair
    os.write(master, b"one")
    used.terminal.begin()
    used.until(lambda: used.keys == b"one")
    assert used.terminal.end() == b""
    os.write(master, b"two")
    used.terminal.begin()
    used.until(lambda: used.keys == b"onetwo")


@pytest.mark.parametrize("size", [own_terminal.TYPED_SIZE, own_terminal.TYPED_SIZE + 1, 3000])
def test_more_than_a_few_keys_come_in_order(pair: tuple[int, str], used: Used, size: int) -> None:
    master, _ = pair
    typed = MUCH[:size]
    used.terminal.begin()
    os.write(master, typed)
    used.until(lambda: len(used.keys) >= size)
    assert used.keys == typed


def test_output_waits_until_the_client_has_written_its_own(pair: tuple[int, str], used: Used) -> None:
    master, _ = pair
    used.terminal.begin()
    used.terminal.write(b"later")
    assert used.terminal.waiting == len(b"later")
    os.set_blocking(master, False)
    with pytest.raises(BlockingIOError):
        os.read(master, 100)
    used.terminal.begin_output()
    os.set_blocking(master, True)
    assert os.read(master, 100) == b"later"
    assert used.terminal.waiting == 0


def test_a_slow_terminal_gets_everything_in_order(pair: tuple[int, str], used: Used) -> None:
    master, _ = pair
    used.terminal.begin()
    used.terminal.begin_output()
    used.terminal.write(MUCH)
    used.terminal.write(b"end")
    assert used.terminal.waiting > 0
    assert not used.is_shown
    os.set_blocking(master, False)
    seen = bytearray()

    def all_came() -> bool:
        with contextlib.suppress(BlockingIOError):
            seen.extend(os.read(master, 65536))
        return len(seen) == len(MUCH) + 3

    used.until(all_came)
    assert bytes(seen) == MUCH + b"end"
    used.until(lambda: used.is_shown)


def test_what_it_has_not_taken_is_handed_back(pair: tuple[int, str], used: Used) -> None:
    master, _ = pair
    used.terminal.begin()
    used.terminal.begin_output()
    used.terminal.write(MUCH)
    left = used.terminal.end()
    seen = b""
    while len(seen) + len(left) < len(MUCH):
        seen += os.read(master, 65536)
    assert seen + left == MUCH
    assert used.terminal.waiting == 0
    assert not used.terminal.active


def test_what_waits_is_limited(used: Used, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_terminal, "OUTPUT_LIMIT", len(MUCH))
    used.terminal.begin()
    used.terminal.write(MUCH)
    assert not used.is_lost
    used.terminal.write(b"1")
    assert used.is_lost
    assert used.terminal.waiting == 0


def test_a_terminal_that_is_gone(pair: tuple[int, str], used: Used) -> None:
    master, _ = pair
    used.terminal.begin()
    used.terminal.begin_output()
    os.close(master)
    used.terminal.write(b"nobody reads that")
    used.until(lambda: used.is_lost)
