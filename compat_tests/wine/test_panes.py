"""Panes and commands on Windows, through the whole of tmux: what they run, where, and how they end."""

from __future__ import annotations

import fcntl
import os
import struct
import termios

import pytest

from compat_tests.clients.sandbox import wait_until
from compat_tests.wine.harness import windows_path
from compat_tests.wine.sandbox import WindowsSandbox

pytestmark = pytest.mark.wine

SLEEP = "import time; time.sleep(600)"


def python(windows: WindowsSandbox) -> str:
    return windows_path(windows.wine.python)


def write_script(windows: WindowsSandbox, name: str, text: str) -> str:
    """A program in the working directory, which has a blank in its name; its Windows path."""
    script = windows.work / name
    script.write_text(text)
    return windows_path(script)


def test_a_pane_tells_what_runs_in_it_and_where(windows: WindowsSandbox) -> None:
    facts = "#{pane_current_command}|#{pane_current_path}"
    windows.run("new-session", "-d", "-s", "s").ok()
    assert (
        windows.run("display-message", "-p", "#{default-shell}").ok().strip()
        == r"C:\windows\system32\cmd.exe"
    )
    windows.until(f"cmd|{windows_path(windows.work)}\n", "display-message", "-p", facts)
    windows.run("send-keys", "cd ..", "Enter", f'python -c "{SLEEP}"', "Enter").ok()
    windows.until(f"python|{windows_path(windows.root)}\n", "display-message", "-p", facts)


def test_directories_and_arguments_of_new_panes_are_kept(windows: WindowsSandbox) -> None:
    """`split-window -c`, backslashes and blanks: other stand-ins lose them."""
    shower = write_script(
        windows,
        "show me.py",
        f"import os, sys; print(ascii([os.getcwd(), *sys.argv[1:]]), flush=True)\n{SLEEP}",
    )
    windows.run(
        "new-session", "-d", "-s", "s", "-x", "250", "-c", r"C:\windows", python(windows), shower, "0"
    ).ok()
    windows.run(
        "split-window", "-c", windows_path(windows.home), "--", python(windows), shower, r"a\b c", '"'
    ).ok()
    windows.run("new-window", "-c", "#{pane_current_path}", f"python '{shower}' 'x y' C:\\z").ok()
    expected = {
        "s:0.0": [r"C:\windows", "0"],
        "s:0.1": [windows_path(windows.home), r"a\b c", '"'],
        "s:1.0": [windows_path(windows.home), "x y", r"C:\z"],
    }
    for target, words in expected.items():
        shown = ascii(words).replace("Z:\\\\", "Z:\\\\")
        windows.until(shown, "capture-pane", "-p", "-J", "-t", target)


def test_dead_panes_keep_their_codes_and_come_back(windows: WindowsSandbox) -> None:
    windows.run("new-session", "-d", "-s", "s", ";", "set-option", "-g", "remain-on-exit", "on").ok()
    ender = write_script(windows, "end.py", "import sys; print('last words'); sys.exit(int(sys.argv[1]))")
    for code in ("0", "7", "70037", "259"):
        windows.run("respawn-pane", "-k", "-t", "s:0.0", "--", python(windows), ender, code).ok()
        windows.until(f"1 {code}\n", "display-message", "-p", "#{pane_dead} #{pane_dead_status}")
    assert "last words" in windows.run("capture-pane", "-p", "-S", "-").ok()
    windows.run("set-option", "-g", "remain-on-exit", "failed").ok()
    windows.run("split-window", "exit 3").ok()
    windows.until("1 3\n", "display-message", "-p", "-t", "s:0.1", "#{pane_dead} #{pane_dead_status}")
    windows.run("respawn-pane", "-t", "s:0.1", "exit 0").ok()
    windows.until("1\n", "display-message", "-p", "#{window_panes}")


def test_killing_a_pane_or_the_server_leaves_nobody(windows: WindowsSandbox) -> None:
    parent = write_script(
        windows,
        "parent.py",
        "import subprocess, sys\n"
        f"subprocess.run([sys.executable, '-c', '{SLEEP} # child of ' + sys.argv[1]])",
    )

    def children(of: str) -> list[str]:
        return [line for line in windows.command_lines() if f"# child of {of}" in line]

    windows.run("new-session", "-d", "-s", "s", python(windows), parent, "first").ok()
    windows.run("split-window", python(windows), parent, "second").ok()
    windows.run("new-window", python(windows), parent, "third").ok()
    wait_until(lambda: all(map(children, ("first", "second", "third"))), "the children of all panes")
    windows.run("kill-pane", "-t", "s:0.1").ok()
    wait_until(lambda: not children("second"), "the end of what ran in the pane")
    assert children("first")
    windows.end(windows.server_pid())
    wait_until(lambda: not children("first") and not children("third"), "the end of what the server ran")


def test_a_server_that_is_started_in_a_pane_outlives_it(windows: WindowsSandbox) -> None:
    windows.run("new-session", "-d", "-s", "s").ok()
    windows.run(
        "split-window", python(windows), "-m", "tmuxish", "-L", "inner", "new-session", "-d", "-s", "in"
    ).ok()
    windows.until("in: 1 windows", "-L", "inner", "list-sessions")
    windows.run("kill-server").ok()
    assert windows.run("-L", "inner", "has-session", "-t", "in").code == 0


def test_shell_commands_and_their_codes(windows: WindowsSandbox) -> None:
    windows.run("new-session", "-d", "-s", "s").ok()
    done = windows.run("run-shell", f'"{python(windows)}" -c "import os; print(os.getcwd()); exit(5)"')
    assert done.code == 5
    assert done.out.partition("\n")[0] == windows_path(windows.work)
    assert windows.run("run-shell", "echo %USERNAME% & exit 70000").code == 255
    windows.run("if-shell", "exit 1", "set -g @x no", "set -g @x yes").ok()
    assert windows.run("show-options", "-gv", "@x").ok() == "yes\n"
    windows.run("set-option", "-g", "automatic-rename-format", "#(python -c 'print(6 * 7)')").ok()
    windows.run("send-keys", "echo", "Enter").ok()
    windows.until("42\n", "send-keys", "Enter", ";", "display-message", "-p", "#{window_name}")


@pytest.mark.parametrize("command", ["cat >> '{log}'", 'more > "{log}"'], ids=["sh", "cmd"])
def test_a_pipe_takes_what_a_pane_prints(windows: WindowsSandbox, command: str) -> None:
    """The log's name has blanks; both without a POSIX shell."""
    log = windows.work / "my log.txt"
    windows.run("new-session", "-d", "-s", "s").ok()
    windows.run("pipe-pane", "-t", "s", "-o", command.format(log=windows_path(log))).ok()
    windows.run("send-keys", "-t", "s", "echo marker", "Enter").ok()
    windows.until("marker\n", "capture-pane", "-p")
    windows.run("pipe-pane", "-t", "s").ok()
    wait_until(lambda: log.exists() and "marker" in log.read_text("utf-8", "replace"), "the log")


def test_a_command_that_agent_tools_type_is_started_without_a_posix_shell(windows: WindowsSandbox) -> None:
    shower = write_script(
        windows, "agent.py", f"import os, sys; print(os.environ['TEAM'], os.getcwd(), sys.argv[1:])\n{SLEEP}"
    )
    windows.run("new-session", "-d", "-s", "s", "-x", "200").ok()
    command = f"cd '{windows_path(windows.home)}' && env TEAM='x y' '{python(windows)}' '{shower}' --id 'a b'"
    pane = windows.run("split-window", "-P", "-F", "#{pane_id}", command).ok().strip()
    shown = f"x y {windows_path(windows.home)} ['--id', 'a b']"
    windows.until(shown, "capture-pane", "-p", "-J", "-t", pane)


def test_copied_text_goes_to_a_command(windows: WindowsSandbox) -> None:
    target = windows.work / "copied text"
    windows.run("new-session", "-d", "-s", "s", f"python -c \"print('word'); {SLEEP}\"").ok()
    windows.until("word", "capture-pane", "-p")
    windows.run(
        "copy-mode", ";", "send-keys", "-X", "history-top", ";", "send-keys", "-X", "select-word"
    ).ok()
    windows.run("send-keys", "-X", "copy-pipe", f"cat > '{windows_path(target)}'").ok()
    wait_until(lambda: target.exists() and target.read_bytes() == b"word", "the copied text")


def test_a_popup_runs_its_program_where_it_is_told(windows: WindowsSandbox) -> None:
    told = windows.work / "told.txt"
    script = write_script(windows, "tell.py", "import os, sys; open(sys.argv[1], 'w').write(os.getcwd())")
    windows.run("new-session", "-d", "-s", "s").ok()
    ours, theirs = os.openpty()
    try:
        fcntl.ioctl(ours, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        client = windows.popen("attach-session", "-t", "s", command=windows.command, tty=theirs)
        windows.until("s [80x24", "list-clients")
        command = f"python '{script}' '{windows_path(told)}'"
        windows.run("display-popup", "-E", "-d", r"C:\windows", command).ok()
        assert told.read_text() == r"C:\windows"
        windows.run("detach-client", "-a", ";", "detach-client").ok()
        client.wait(20)
    finally:
        os.close(ours)
        os.close(theirs)


def test_a_pane_has_utf8_whatever_the_code_page(windows: WindowsSandbox) -> None:
    text = "näh 日本 ─"
    script = write_script(windows, "say.py", f"print({text!a}); {SLEEP}")
    windows.run("new-session", "-d", "-s", "s", python(windows), script).ok()
    windows.until(text, "capture-pane", "-p")
