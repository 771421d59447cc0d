"""Where prompts differ from tmux on purpose, and what screens do not show of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import Sandbox, wait_until


@pytest.fixture
def terminal(tmux: Sandbox) -> Iterator[PtyClient]:
    """A client attached to session `a`, which runs cat in an 80x24 terminal."""
    tmux.run("new-session", "-d", "-s", "a", "cat").ok()
    argv = [*tmux.command, "attach-session", "-t", "a"]
    with PtyClient(argv, tmux.environment(), tmux.work) as client:
        tmux.until("1", "display-message", "-p", "-t", "a", "#{session_attached}")
        shows(client, "[a]")
        yield client


def shows(terminal: PtyClient, text: str) -> None:
    wait_until(lambda: text in terminal.lines()[-1], f"{text!r} in the status line")


def ask(tmux: Sandbox, terminal: PtyClient, key: bytes, *command: str) -> None:
    """Bind M-KEY to a command, press it, and wait for the prompt, whose text is `say`."""
    tmux.run("bind-key", "-n", f"M-{key.decode()}", *command).ok()
    terminal.type(b"\x1b" + key)
    shows(terminal, "say")


def test_a_single_key_behind_other_text_is_no_answer_and_the_queue_goes_on(
    tmux: Sandbox, terminal: PtyClient
) -> None:
    ask(tmux, terminal, b"p", "command-prompt -1 -I x -p say { set -g @said '%%' } ; set -g @after 1")
    terminal.type(b"y")
    tmux.until("1", "show-options", "-gqv", "@after")
    assert tmux.run("show-options", "-gqv", "@said").ok() == ""


def test_a_prompt_that_another_one_replaces_lets_its_queue_go_on(tmux: Sandbox, terminal: PtyClient) -> None:
    tmux.run("bind-key", "-n", "M-q", "set -g @later 1").ok()
    ask(tmux, terminal, b"p", "command-prompt", "-p", "say")
    terminal.type(b"\x1bq")  # text, for the prompt
    other = tmux.popen("confirm-before", "-t", tty(tmux), "-p", "sure?", "set -g @done 1")
    shows(terminal, "sure?")
    terminal.type(b"y")
    assert other.wait() == 0
    terminal.type(b"\x1bq")
    tmux.until("1", "show-options", "-gqv", "@later")


def tty(tmux: Sandbox) -> str:
    return tmux.run("list-clients", "-F", "#{client_tty}").ok().strip()


@pytest.mark.parametrize(
    ("flags", "typed", "code"),
    [((), b"y", 0), ((), b"n", 1), ((), b"\r", 1), (("-y",), b"\r", 0), (("-c", "x"), b"y", 1)],
)
def test_confirm_before_tells_whoever_waits_for_it(
    tmux: Sandbox, terminal: PtyClient, flags: tuple[str, ...], typed: bytes, code: int
) -> None:
    asking = tmux.popen("confirm-before", *flags, "-t", tty(tmux), "-p", "say", "set -g @done 1")
    shows(terminal, "say")
    terminal.type(typed)
    assert asking.wait() == code
    assert tmux.run("show-options", "-gqv", "@done").ok() == ("1\n" if code == 0 else "")


def test_who_waits_for_an_answer_goes_on_when_the_client_is_gone(tmux: Sandbox, terminal: PtyClient) -> None:
    asking = tmux.popen("confirm-before", "-t", tty(tmux), "-p", "say", "set -g @done 1")
    shows(terminal, "say")
    tmux.run("detach-client", "-s", "a").ok()
    assert asking.wait() == 1
    assert tmux.run("show-options", "-gqv", "@done").ok() == ""


def test_nothing_to_confirm_is_no_harm(tmux: Sandbox, terminal: PtyClient) -> None:
    asking = tmux.popen("confirm-before", "-t", tty(tmux), "")
    shows(terminal, "Confirm ''? (y/n)")
    terminal.type(b"y")
    assert asking.wait() == 0


def test_the_cursor_comes_back_when_a_message_has_covered_the_prompt(
    tmux: Sandbox, terminal: PtyClient
) -> None:
    ask(tmux, terminal, b"p", "command-prompt", "-p", "say")
    tmux.run("display-message", "-d", "0", "-c", tty(tmux), "covers it").ok()
    shows(terminal, "covers it")
    terminal.type(b"x")
    shows(terminal, "say x")
    wait_until(lambda: not terminal.screen.cursor.hidden, "the cursor")


def test_a_command_that_cannot_be_parsed_is_an_error_in_the_status_line(
    tmux: Sandbox, terminal: PtyClient
) -> None:
    ask(tmux, terminal, b"p", "command-prompt", "-p", "say")
    terminal.type(b"no-such-thing\r")
    shows(terminal, "Unknown command: no-such-thing")


def test_history_is_shared_by_prompts_of_a_kind_and_listed(tmux: Sandbox, terminal: PtyClient) -> None:
    ask(tmux, terminal, b"p", "command-prompt", "-p", "say", "-T", "search", "set -g @said '%%'")
    terminal.type(b"one\r")
    tmux.until("one", "show-options", "-gqv", "@said")
    assert tmux.run("show-prompt-history", "-T", "search").ok() == "History for search:\n\n1: one\n\n"
    assert "1:" not in tmux.run("show-prompt-history", "-T", "command").ok()


def test_focus_is_noticed_while_something_is_asked(tmux: Sandbox, terminal: PtyClient) -> None:
    tmux.run("set-hook", "-g", "client-focus-out", "set-option -g @focus out").ok()
    tmux.run("set-hook", "-g", "client-focus-in", "set-option -g @focus in").ok()
    ask(tmux, terminal, b"p", "command-prompt", "-p", "say")
    terminal.type(b"\x1b[O")
    tmux.until("out", "show-options", "-gqv", "@focus")
    terminal.type(b"\x1b[I")
    tmux.until("in", "show-options", "-gqv", "@focus")


@pytest.mark.parametrize(
    ("argv", "error"),
    [
        (("command-prompt", "-T", "nosuch"), "unknown type: nosuch"),
        (("confirm-before", "-c", "xy", "kill-server"), "invalid confirm key"),
        (("confirm-before", "-c", "", "kill-server"), "invalid confirm key"),
        (("confirm-before", "nosuch"), "unknown command: nosuch"),
        (("confirm-before",), "command confirm-before: too few arguments (need at least 1)"),
    ],
)
def test_what_cannot_be_asked(tmux: Sandbox, terminal: PtyClient, argv: tuple[str, ...], error: str) -> None:
    failed = tmux.run(argv[0], "-t", tty(tmux), *argv[1:])
    assert (failed.code, failed.err) == (1, f"{error}\n")


@pytest.mark.parametrize("command", ["command-prompt", "confirm-before"])
def test_without_a_client_there_is_nobody_to_ask(tmux: Sandbox, command: str) -> None:
    tmux.run("new-session", "-d").ok()
    assert tmux.run(command, "kill-server").err == "no current client\n"
