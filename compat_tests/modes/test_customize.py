"""customize-mode where it differs from tmux on purpose; all else is in the attached scenarios."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import Sandbox, wait_until
from tmuxish.model.options_table import OPTIONS
from tmuxish.modes.option_texts import OPTION_TEXTS
from tmuxish.modes.text_flow import split_line


@contextmanager
def customize(tmux: Sandbox, rows: int, *flags: str) -> Iterator[PtyClient]:
    """A client that sees a pane of `rows` rows in customize-mode."""
    size = ("-x", "60", "-y", str(rows))
    tmux.run("new-session", "-d", "-s", "a", *size, "cat", ";", "customize-mode", *flags).ok()
    argv = [*tmux.command, "attach-session", "-t", "a"]
    with PtyClient(argv, tmux.environment(), tmux.work, 60, rows + 1) as client:
        wait_until(lambda: client.lines()[-1].startswith("[a]"), "the status line")
        yield client


def until(client: PtyClient, condition: Callable[[list[str]], bool]) -> None:
    wait_until(lambda: condition(client.lines()[:-1]), "the list")


def test_each_user_option_is_listed(tmux: Sandbox) -> None:
    """Of several, tmux lists the first one again and again."""
    with customize(tmux, 30) as client:
        tmux.run("set-option", "-s", "@first", "1", ";", "set-option", "-s", "@second", "2").ok()
        tmux.run("send-keys", "Right").ok()
        until(
            client,
            lambda lines: [line.split(maxsplit=2)[-1] for line in lines[1:3]] == ["@first: 1", "@second: 2"],
        )


def test_a_filter_holds_for_keys_too(tmux: Sandbox) -> None:
    """One that does not let a key through keeps tmux busy for ever."""
    with customize(tmux, 30, "-f", "#{==:#{option_name},escape-time}") as client:
        tmux.run("send-keys", "M-+").ok()
        only = ["(1) └─> escape-time: 10 milliseconds"]
        until(client, lambda lines: [line for line in lines if "─>" in line] == only)


def test_in_a_low_pane_the_list_takes_all_of_it(tmux: Sandbox) -> None:
    """tmux draws the whole list, one line over the other where the pane ends."""
    with customize(tmux, 6) as client:
        tmux.run("send-keys", "Right").ok()
        until(client, lambda lines: lines[-1].endswith("copy-command:"))
        tmux.run("send-keys", "End").ok()
        until(client, lambda lines: lines[-1].endswith("Key Table - root"))


def test_every_option_is_described() -> None:
    assert sorted(OPTION_TEXTS) == sorted(spec.name for spec in OPTIONS if not spec.is_hook)


@pytest.mark.parametrize(
    ("text", "cols", "split"),
    [
        ("one two", 10, ("one two", "")),
        ("one two", 7, ("one two", "")),
        ("one two", 6, ("one", "two")),
        ("one two", 3, ("one", "two")),
        ("onetwo", 3, ("one", "two")),
        (" onetwo", 3, (" on", "etwo")),
        ("one\ntwo", 10, ("one", "two")),
        ("中文 字", 4, ("中文", "字")),
        ("中文字", 5, ("中文", "字")),
    ],
)
def test_text_is_wrapped_at_blanks(text: str, cols: int, split: tuple[str, str]) -> None:
    assert split_line(text, cols) == split
