"""Programs in panes on Windows: their consoles, their ends, what is known about them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from compat_tests.wine.harness import Wine, windows_path
from compat_tests.wine.sandbox import WindowsSandbox, wait_until

pytestmark = pytest.mark.wine

PANES = 20
HISTORY = 2000
"""The default history-limit."""


@pytest.fixture(scope="module")
def shared(wine: Wine) -> Iterator[WindowsSandbox]:
    """A world with a server for all tests here that do no harm to it."""
    with WindowsSandbox(wine) as sandbox:
        sandbox.run("new-session", "-d", "-s", "keeper", "-x", "250", "-y", "30", "sleep 6000").ok()
        sandbox.run("set-option", "-g", "remain-on-exit", "on").ok()
        yield sandbox


def start(box: WindowsSandbox, *argv: str) -> str:
    """A new window that runs a program; its pane's id."""
    return box.run("new-window", "-d", "-P", "-F", "#{pane_id}", *argv).ok().strip()


def script(box: WindowsSandbox, name: str, text: str) -> str:
    """A Python program in the working directory (which has a blank in its name); a command string for it."""
    path = box.work / name
    path.write_text(text, encoding="utf-8")
    return f'python.exe "{windows_path(path)}"'


def test_twenty_panes(windows: WindowsSandbox) -> None:
    windows.run("new-session", "-d", "-s", "a", "-x", "200", "-y", "100", "cat").ok()
    split = ["split-window", "-d", "-t", "a", "cat", ";", "select-layout", "-t", "a", "tiled"]
    for _ in range(PANES - 1):
        windows.run(*split).ok()
    panes = (
        windows.run("list-panes", "-t", "a", "-F", "#{pane_id} #{pane_pid} #{pane_dead}").ok().splitlines()
    )
    assert len(panes) == PANES
    assert len({line.split()[1] for line in panes}) == PANES
    assert all(line.endswith(" 0") for line in panes)
    windows.run("set-option", "-w", "-t", "a", "synchronize-panes", "on").ok()
    windows.run("send-keys", "-t", "a", "to all", "Enter").ok()
    captures = [word for line in panes for word in ("capture-pane", "-p", "-t", line.split()[0], ";")]
    wait_until(lambda: windows.run(*captures[:-1]).out.count("to all\nto all\n") == PANES, "what is typed")
    windows.run("kill-server").ok()
    wait_until(lambda: not list(windows.processes()), "the end of twenty panes")


def test_text_is_utf8_whatever_the_code_page(shared: WindowsSandbox) -> None:
    text = "grün 日本語 żółw Ωμέγα"
    said = f"print({text!r}); import sys; sys.stdout.flush(); print(ascii(input()), flush=True); input()"
    pane = start(shared, script(shared, "utf8.py", said))
    shown = shared.until("żółw", "capture-pane", "-p", "-t", pane)
    assert shown.out.splitlines()[0] == text
    shared.run("send-keys", "-t", pane, "-l", "größer").ok()
    shared.run("send-keys", "-t", pane, "Enter").ok()
    shared.until(ascii("größer"), "capture-pane", "-p", "-t", pane)


def test_titles_and_names_are_utf8(shared: WindowsSandbox) -> None:
    shared.run("rename-window", "-t", "keeper:0", "Fenster ü 日").ok()
    assert shared.run("display-message", "-p", "-t", "keeper:0", "#{window_name}").ok() == "Fenster ü 日\n"


@pytest.mark.parametrize("code", [255, 3221225477])
def test_exit_codes(shared: WindowsSandbox, code: int) -> None:
    """3221225477 is an access violation: tmux's codes are signed."""
    pane = start(
        shared, script(shared, "ends.py", f"import ctypes; ctypes.windll.kernel32.ExitProcess({code})")
    )
    form = "#{pane_dead} #{pane_dead_status}"
    signed = code if code < 1 << 31 else code - (1 << 32)
    last = shared.until("1 ", "display-message", "-p", "-t", pane, form).out.split()
    assert last[1] in (str(code), str(signed))


def test_last_words_are_not_lost(shared: WindowsSandbox) -> None:
    """A program that prints and ends at once: all it said is on its pane."""
    pane = start(shared, script(shared, "last.py", "print('\\n'.join(map(str, range(3000))), end='')"))
    shared.until("1", "display-message", "-p", "-t", pane, "#{pane_dead}")
    shared.until("2999", "capture-pane", "-p", "-t", pane)
    history = shared.run("capture-pane", "-p", "-t", pane, "-S", "-").ok().splitlines()
    numbers = [line for line in history if line.isdigit()]
    assert numbers == [str(number) for number in range(3000 - len(numbers), 3000)]
    assert len(numbers) >= HISTORY


def test_programs_see_their_size(windows: WindowsSandbox) -> None:
    code = """\
import os, time
last = None
while True:
    size = os.get_terminal_size()
    if size != last:
        print(f"size {size.columns}x{size.lines}", flush=True)
        last = size
    time.sleep(0.05)
"""
    windows.run("new-session", "-d", "-s", "a", "-x", "90", "-y", "20", script(windows, "size.py", code)).ok()
    windows.until("size 90x20", "capture-pane", "-p", "-t", "a")
    windows.run("resize-window", "-t", "a", "-x", "120", "-y", "40").ok()
    windows.until("size 120x40", "capture-pane", "-p", "-t", "a")
    windows.run("split-window", "-d", "-h", "-t", "a", "sleep 600").ok()
    windows.until("size 60x40", "capture-pane", "-p", "-t", "a")
    windows.run("resize-pane", "-t", "a.0", "-x", "30").ok()
    windows.until("size 30x40", "capture-pane", "-p", "-t", "a.0")


def test_starts_where_and_with_what_it_is_told(shared: WindowsSandbox) -> None:
    code = """\
import os
print(os.getcwd(), *(os.environ[name] for name in ('GREETING', 'TMUX', 'TMUX_PANE')), sep='|', flush=True)
input()
"""
    told = ["-c", windows_path(shared.home), "-e", "GREETING=good day", script(shared, "where.py", code)]
    pane = start(shared, *told)
    shown = shared.until("good day", "capture-pane", "-J", "-p", "-t", pane).out.splitlines()[0].split("|")
    socket = shared.run("display-message", "-p", "#{socket_path}").ok().strip()
    assert shown[:2] == [windows_path(shared.home), "good day"]
    assert shown[2].startswith(f"{socket},{shared.server_pid()},")
    assert shown[3] == pane


def test_reads_configuration_with_windows_line_ends(shared: WindowsSandbox) -> None:
    lines = ["# Einstellungen für Windows", 'set -g @one "first \\', 'second"', "set -g @two 'ü'", ""]
    config = shared.work / "my tmux.conf"
    config.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    shared.run("source-file", windows_path(config)).ok()
    assert (
        shared.run("show-options", "-gv", "@one", ";", "show-options", "-gv", "@two").ok()
        == "first second\nü\n"
    )
