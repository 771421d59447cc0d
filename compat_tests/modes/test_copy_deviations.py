"""Where copy mode differs from tmux on purpose."""

from __future__ import annotations

from base64 import b64encode

from compat_tests.attached.terminal import Terminal
from compat_tests.clients.sandbox import Sandbox, wait_until


def test_matches_are_marked_anew_after_goto_line(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "a", "-x", "20", "-y", "5", "seq -f 'row %g' 50; exec cat").ok()
    tmux.until("row 50", "capture-pane", "-p")
    tmux.run("copy-mode", ";", "send-keys", "-X", "search-backward", "row 4[5]").ok()
    assert tmux.run("display-message", "-p", "#{search_match}").ok() == "row 45\n"
    tmux.run("set-option", "-w", "mode-keys", "vi", ";", "send-keys", "-X", "goto-line", "20").ok()
    assert tmux.run("display-message", "-p", "#{search_match}").ok() == "\n"


def test_output_in_view_mode_goes_on_below_after_another_width(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "a", "-x", "40", "-y", "8", "exec cat").ok()
    tmux.run("run-shell", "-t", "a:", "echo one; echo two; echo three").ok()
    tmux.run("resize-window", "-x", "30", "-y", "8").ok()
    tmux.run("run-shell", "-t", "a:", "echo four").ok()
    assert tmux.run("capture-pane", "-Mp").ok().split() == ["one", "two", "three", "four"]


def test_places_that_another_width_took_away(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "a", "-x", "10", "-y", "5", "seq -s ' ' 99; exec cat").ok()
    tmux.until("99", "capture-pane", "-p")
    mode = ["copy-mode", ";", "send-keys", "-X"]
    tmux.run(*mode, "select-word", ";", "send-keys", "-X", "set-mark").ok()
    tmux.run("resize-window", "-x", "200", "-y", "5").ok()
    where = "#{copy_cursor_y} #{scroll_position}/#{copy_position_limit}"
    marked = tmux.run("send-keys", "-X", "jump-to-mark", ";", "display-message", "-p", where)
    assert marked.ok() == "4 0/0\n"
    tmux.run("send-keys", "-X", "history-top", ";", "send-keys", "-X", "selection-mode", "word").ok()
    tmux.run("send-keys", "-X", "copy-end-of-line").ok()


def test_an_empty_pane_is_shown_in_another(tmux: Sandbox) -> None:
    tmux.run(
        "new-session", "-d", "-s", "a", "-x", "40", "-y", "8", "cat", ";", "split-window", "-h", "cat"
    ).ok()
    tmux.run("copy-mode", "-s", ":.0", "-t", ":.1", ";", "send-keys", "-X", "-N", "20", "cursor-down").ok()
    shown = tmux.run("display-message", "-p", "#{pane_mode} #{copy_cursor_y} #{copy_position_limit}").ok()
    assert shown == "copy-mode 7 0\n"


def test_the_clipboard_is_set_as_soon_as_copy_mode_begins(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "a", "-x", "40", "-y", "8", "echo some words; exec cat").ok()
    tmux.until("some words", "capture-pane", "-p")
    client = Terminal([*tmux.command, "attach-session"], tmux.environment(), tmux.work, 40, 9)
    try:
        wait_until(lambda: any("some words" in line for line in client.lines()), "the text on the screen")
        steps = ("history-top", "start-of-line", "copy-end-of-line")
        tmux.run("copy-mode", *(word for step in steps for word in (";", "send-keys", "-X", step))).ok()
        sent = b64encode(b"some words")
        wait_until(lambda: sent in client.drawn, "the text in the clipboard")
    finally:
        client.end()
