"""A letter that was typed before is nothing but typed again, until anything makes something else of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from compat_tests.attached.player import FIXED_SETTINGS, joined
from compat_tests.attached.terminal import Terminal
from compat_tests.clients.sandbox import Sandbox, executable_under_test, wait_until


class World:
    """A client whose window has two panes, in which `cat` shows what is typed; the second one is active."""

    def __init__(self, box: Sandbox) -> None:
        self.box = box
        panes = [
            ("new-session", "-d", "-s", "s", "-n", "w", "-x", "60", "-y", "15", "cat"),
            ("split-window", "cat"),
        ]
        box.run(*joined([("start-server",), *FIXED_SETTINGS, *panes])).ok()
        argv = [*box.command, "attach-session", "-t", "s"]
        self.client = Terminal(argv, box.environment(), Path("/"), 60, 16)
        wait_until(lambda: self.client.drawn, "a first screen")

    def run(self, *argv: str) -> str:
        return self.box.run(*argv).ok()

    def type(self, text: str) -> None:
        self.client.type(text.encode())

    def pane(self, number: int) -> str:
        return self.run("capture-pane", "-p", "-t", f"s:.{number}").strip()

    def wait(self, number: int, text: str) -> None:
        """Until the pane shows that."""
        wait_until(lambda: self.pane(number) == text, f"{text!r} in pane {number}")

    def typed(self) -> None:
        """Letters that are known to be plain."""
        for count in range(1, 5):
            self.type("a")
            self.client.wait_for("a" * count)


@pytest.fixture
def world() -> Iterator[World]:
    with Sandbox(executable_under_test()) as box:
        world = World(box)
        world.typed()
        yield world
        world.client.end()


def bound(world: World) -> None:
    world.run("bind-key", "-n", "a", "set-buffer", "pressed")
    world.type("a")
    wait_until(lambda: "pressed" in world.run("list-buffers", "-F", "#{buffer_sample}").split(), "a buffer")
    assert world.pane(1) == "aaaa"


def unplugged(world: World) -> None:
    world.run("select-pane", "-d", "-t", "s:.1")
    world.type("a")
    world.type("\x02ob")
    world.wait(0, "b")
    assert world.pane(1) == "aaaa"


def synchronized(world: World) -> None:
    world.run("set-option", "-w", "synchronize-panes", "on")
    world.type("a")
    world.wait(0, "a")
    world.wait(1, "aaaaa")


def in_another_pane(world: World) -> None:
    world.run("select-pane", "-t", "s:.0")
    world.type("a")
    world.wait(0, "a")
    assert world.pane(1) == "aaaa"


def in_another_pane_by_keys(world: World) -> None:
    world.type("\x02oa")
    world.wait(0, "a")
    assert world.pane(1) == "aaaa"


def where_its_pane_has_gone(world: World) -> None:
    world.type("\r\x04")
    wait_until(lambda: world.run("list-panes", "-F", "#{pane_index}").split() == ["0"], "one pane")
    world.type("a")
    world.wait(0, "a")


def in_a_mode(world: World) -> None:
    world.run("copy-mode", "-t", "s:.1")
    world.type("aq")
    wait_until(lambda: world.run("display", "-p", "-t", "s:.1", "#{pane_in_mode}").strip() == "0", "no mode")
    assert world.pane(1) == "aaaa"


def in_a_prompt(world: World) -> None:
    world.type("\x02:")
    world.client.wait_for(":")
    world.type("set-buffer a\r")
    wait_until(lambda: "a" in world.run("list-buffers", "-F", "#{buffer_sample}").split(), "a buffer")
    assert world.pane(1) == "aaaa"


def as_the_beginning_of_a_key_of_the_users(world: World) -> None:
    world.run("set-option", "-s", "user-keys[0]", "ab")
    world.run("bind-key", "-n", "User0", "set-buffer", "pressed")
    world.type("ab")
    wait_until(lambda: "pressed" in world.run("list-buffers", "-F", "#{buffer_sample}").split(), "a buffer")
    assert world.pane(1) == "aaaa"


def in_another_session(world: World) -> None:
    world.run("new-session", "-d", "-s", "t", "cat")
    world.run("switch-client", "-t", "t")
    world.type("a")
    wait_until(lambda: world.run("capture-pane", "-p", "-t", "t:").strip() == "a", "a")
    assert world.pane(1) == "aaaa"


def by_a_client_that_may_only_look(world: World) -> None:
    world.run("switch-client", "-r")
    world.type("a")
    world.type("\x02d")
    wait_until(lambda: not world.run("list-clients"), "no client")
    assert world.pane(1) == "aaaa"


def as_part_of_a_paste(world: World) -> None:
    world.type("\x1b[200~a\x1b[201~a")
    world.wait(1, "aaaaaa")


@pytest.mark.parametrize(
    "otherwise",
    [
        bound, unplugged, synchronized, in_another_pane, in_another_pane_by_keys, where_its_pane_has_gone,
        in_a_mode, in_a_prompt, as_the_beginning_of_a_key_of_the_users, in_another_session,
        by_a_client_that_may_only_look, as_part_of_a_paste,
    ],
)  # fmt: skip
def test_a_letter_that_was_plain_is_something_else(world: World, otherwise: Callable[[World], None]) -> None:
    otherwise(world)


def test_the_echo_of_a_plain_letter_is_nothing_but_that_letter(world: World) -> None:
    """What a frame would cost shows in bytes too: it moves the cursor, or draws more."""
    before = len(world.client.drawn)
    world.type("a")
    world.client.wait_for("aaaaa")
    assert world.client.drawn[before:] == b"a"
