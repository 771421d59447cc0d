"""The traps for a drop-in that real clients hold, one test each; numbers are those of the clients' census.

Every expectation was seen with tmux 3.7c (point TMUXISH_TEST_TMUX at one), except where a listed deviation
says otherwise.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import IO

import pytest

from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import WAIT_TIMEOUT, Sandbox, is_foreign, wait_until


def lines(tmux: Sandbox, *argv: str, env: dict[str, str | None] | None = None) -> list[str]:
    return tmux.run(*argv, env=env).ok().splitlines()


def show(tmux: Sandbox, target: str, template: str) -> str:
    return tmux.run("display-message", "-p", "-t", target, template).ok().rstrip("\n")


def sessions(tmux: Sandbox) -> list[str]:
    return lines(tmux, "list-sessions", "-F", "#{session_name}")


def start(tmux: Sandbox, name: str, *rest: str) -> None:
    tmux.run("new-session", "-d", "-s", name, *rest).ok()


def test_trap_01_options_after_the_first_operand_are_operands(tmux: Sandbox) -> None:
    start(tmux, "keeper")
    # Several operands are an argv without a shell: "sleep 20" is no program, so no session is left.
    start(tmux, "a", "sleep 20", "-c", "/tmp")
    wait_until(
        lambda: tmux.run("has-session", "-t", "=a").code == 1, "the end of a session without a program"
    )
    start(tmux, "b", "-c", "/tmp", "echo $PWD; exec sleep 20")
    assert tmux.until("/tmp", "capture-pane", "-p", "-t", "b").out.startswith("/tmp\n")
    start(tmux, "c", "printf", "%s", "-c", "$PWD; x")
    wait_until(lambda: tmux.run("has-session", "-t", "=c").code == 1, "the end of printf")
    start(tmux, "d", "--", "sh", "-c", 'printf "<%s>" "$@"; exec sleep 20', "sh", "-d", "two words", "$HOME")
    assert "<-d><two words><$HOME>" in tmux.until("$HOME>", "capture-pane", "-p", "-t", "d").out


@pytest.mark.parametrize(
    "argv",
    [
        ["-Lglued", "new-session", "-dsglued", "-c/tmp", "-x100", "-y", "30", "-eK=V", "-nwin"],
        [
            "-Lglued",
            "new",
            "-Pd",
            "-F#{session_name}",
            "-sglued",
            "-eK=V",
            "-x100",
            "-y30",
            "-nwin",
            "-c/tmp",
        ],
    ],
)
def test_trap_02_glued_and_combined_flags(tmux: Sandbox, argv: list[str]) -> None:
    tmux.run(*argv).ok()
    assert tmux.run("-Lglued", "has-session", "-t=glued").code == 0
    assert tmux.run("-Lglued", "has-session", "-t", "nothing", "-t", "=glued").code == 0
    assert tmux.run("-Lglued", "list-windows", "-tglued", "-F#{window_name}").out == "win\n"
    assert tmux.run("-Lglued", "set-option", "-wt", "glued", "mode-keys", "vi").ok() == ""
    assert tmux.run("-Lglued", "set-option", "-asq", "nonsense", "x").ok() == ""
    assert tmux.run("-Lglued", "show-options", "-qvgs", "escape-time").ok() == "10\n"
    assert tmux.run("-Lglued", "show-environment", "-tglued", "K").ok() == "K=V\n"
    for capture in (["-epJ", "-S-", "-E-"], ["-pS", "-"], ["-p", "-S-5", "-E0"]):
        tmux.run("-Lglued", "capture-pane", *capture, "-t", "glued").ok()
    tmux.run("-Lglued", "split-window", "-htglued", "-l30%").ok()
    assert tmux.run("-Lglued", "list-panes", "-tglued", "-F", "#{pane_width}").ok() == "69\n30\n"
    tmux.run("-Lglued", "resize-pane", "-t", "glued:.0", "-L", "9").ok()
    tmux.run("-Lglued", "resize-pane", "-tglued:.0", "-U", "999").ok()
    assert tmux.run("-Lglued", "list-panes", "-tglued", "-F", "#{pane_width}").ok() == "60\n39\n"


def test_trap_03_semicolons_split_and_everything_is_parsed_first(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "a", ";", "new-window", "-n", "two", ";", "rename-session", "b").ok()
    assert sessions(tmux) == ["b"]
    # A parse error: nothing is done, not even what stands before it.
    result = tmux.run("rename-window", "gone", ";", "nonsense", ";", "rename-window", "gone")
    assert (result.code, result.err) == (1, "unknown command: nonsense\n")
    assert show(tmux, "b", "#W") == "two"
    # A run-time failure: what went before stays, the rest is not done, one exit status.
    result = tmux.run("rename-window", "one", ";", "kill-window", "-t", "nope", ";", "rename-window", "three")
    assert (result.code, result.err) == (1, "can't find window: nope\n")
    assert show(tmux, "b", "#W") == "one"
    result = tmux.run("send-keys", "-t", "b", "echo a;", "Enter")
    assert (result.code, result.err) == (1, "unknown command: Enter\n")
    tmux.run("respawn-window", "-k", "-t", "b", "keyreader").ok()
    tmux.until("reading", "capture-pane", "-p", "-t", "b")
    tmux.run("send-keys", "-t", "b", "x;").ok()
    tmux.run("send-keys", "-t", "b", "y\\;").ok()
    tmux.run("send-keys", "-t", "b", "; z").ok()
    assert "reading\n 170 171 073 073 040 172" in tmux.until(" 172", "capture-pane", "-p", "-t", "b").out
    assert tmux.shell(r"tmux display-message -p 1 \; display-message -p 2").ok() == "1\n2\n"


def test_trap_04_target_forms(tmux: Sandbox) -> None:
    start(tmux, "gwq-test-auth-1", "-n", "first")
    tmux.run("new-window", "-d", "-t", "gwq-test-auth-1:", "-n", "second").ok()
    tmux.run("split-window", "-d", "-t", "gwq-test-auth-1:0").ok()
    start(tmux, "other", "-n", "first")
    table = {
        "=gwq-test-auth-1:": "gwq-test-auth-1:0.0",
        "gwq-test-auth-1:": "gwq-test-auth-1:0.0",
        "gwq-test-auth-1:=second": "gwq-test-auth-1:1.0",
        "=gwq-test-auth-1:=second": "gwq-test-auth-1:1.0",
        "gwq-test-auth-1:sec": "gwq-test-auth-1:1.0",
        "gwq-test-auth-1:^": "gwq-test-auth-1:0.0",
        "gwq-test-auth-1:$": "gwq-test-auth-1:1.0",
        "gwq-test-auth-1:^.1": "gwq-test-auth-1:0.1",
        "gwq-test-auth-1:0.1": "gwq-test-auth-1:0.1",
        "gwq-test-auth-*": "gwq-test-auth-1:0.0",
        "gwq-test": "gwq-test-auth-1:0.0",
        "$0:": "gwq-test-auth-1:0.0",
        "$0": "gwq-test-auth-1:0.0",
        "@1": "gwq-test-auth-1:1.0",
        "%1": "gwq-test-auth-1:1.0",
        "%2": "gwq-test-auth-1:0.1",
        "other": "other:0.0",
    }
    found = {target: show(tmux, target, "#{session_name}:#I.#P") for target in table}
    assert found == table
    for missing in ("=gwq-test", "gwq-none-*", "nope"):
        assert tmux.run("has-session", "-t", missing).code == 1
    assert tmux.run("has-session", "-t=gwq").code == 1
    assert tmux.run("has-session", "-t", "gwq").code == 0
    # @window and %pane stand for their session; set-option wants a plain session name or name:
    for target in ("@1", "%2"):
        assert tmux.run("has-session", "-t", target).code == 0
    assert tmux.run("set-option", "-t", "=other", "status", "off").err == "no such session: =other\n"
    tmux.run("set-option", "-t", "=other:", "status", "off").ok()
    # Without -t: the pane of the caller, else the most recent session.
    inside: dict[str, str | None] = {
        "TMUX": f"{tmux.socket_path()},{tmux.server_pid()},0",
        "TMUX_PANE": "%1",
    }
    assert tmux.run("display-message", "-p", "#S:#I", env=inside).ok() == "gwq-test-auth-1:0\n"
    assert tmux.run("display-message", "-p", "#S").ok() == "other\n"
    tmux.run("kill-session", "-t", "%2").ok()
    assert sessions(tmux) == ["other"]


def test_trap_05_formats_expand_in_arguments_and_unknown_ones_leave_their_separators(tmux: Sandbox) -> None:
    start(tmux, "a", "-c", "/tmp")
    tmux.run("new-window", "-t", "a:", "-c", "#{session_path}", "exec sleep 60").ok()
    tmux.until("/tmp", "display-message", "-p", "-t", "a:1", "#{pane_current_path}")
    assert tmux.run("run-shell", "echo '#{session_name}'").ok() == "a\n"
    assert tmux.run("run-shell", "echo '##{session_name}'").ok() == "#{session_name}\n"
    assert tmux.run("if-shell", "-F", "-t", "a", "#{session_name}", "display-message -p yes").ok() == "yes\n"
    tmux.run("select-pane", "-t", "a:1", "-T", "of #{session_name}").ok()
    assert show(tmux, "a:1", "#{pane_title}") == "of a"
    names = [
        "session_name",
        "no_such_variable",
        "window_index",
        "@none",
        "pane_index",
        "client_tty",
        "session_id",
    ]
    row = "|".join(f"#{{{name}}}" for name in names)
    assert lines(tmux, "list-sessions", "-F", row) == ["a||1||0||$0"]
    assert lines(tmux, "list-windows", "-t", "a", "-F", row) == ["a||0||0||$0", "a||1||0||$0"]
    assert lines(tmux, "list-panes", "-t", "a", "-F", row) == ["a||1||0||$0"]


def test_trap_06_has_session_is_a_probe_that_starts_nothing(tmux: Sandbox) -> None:
    for _ in range(3):
        assert tmux.run("has-session", "-t", "a").code == 1
    assert not list(tmux.processes())
    assert not tmux.socket_path().exists()
    start(tmux, "a")
    assert tmux.run("has-session", "-t", "a").ok() == ""
    result = tmux.run("has-session", "-t", "b")
    assert (result.code, result.out, result.err) == (1, "", "can't find session: b\n")


def test_trap_07_without_a_server_the_text_is_always_no_server_running(tmux: Sandbox) -> None:
    """Deviation 1: real tmux says `error connecting to` where the socket file is missing."""
    path = tmux.socket_path()
    text = f"no server running on {path}\n"
    for argv in (["ls"], ["has-session", "-t", "a"], ["kill-server"]):
        result = tmux.run(*argv)
        expected = f"error connecting to {path} (No such file or directory)\n" if is_foreign() else text
        assert (result.code, result.out, result.err) == (1, "", expected)
    start(tmux, "a")
    tmux.run("kill-server").ok()
    wait_until(lambda: tmux.run("ls").err == text, "no server running, with the socket file left")


def test_trap_08_success_is_silent(tmux: Sandbox) -> None:
    for argv in (
        ["new-session", "-d", "-s", "a"],
        ["new-window", "-t", "a"],
        ["split-window", "-t", "a"],
        ["select-layout", "-t", "a", "tiled"],
        ["send-keys", "-t", "a", "true", "Enter"],
        ["set-option", "-t", "a", "mouse", "on"],
        ["set-environment", "-t", "a", "K", "V"],
        ["display-message", "-t", "a", "-d", "100", "a message nobody sees"],
        ["clear-history", "-t", "a"],
        ["kill-session", "-t", "a"],
    ):
        result = tmux.run(*argv, env={"PYTHONWARNINGS": "default", "PYTHONDEVMODE": "1"})
        assert (argv, result.code, result.out, result.err) == (argv, 0, "", "")


def test_trap_09_text_for_clients_outside_utf8(tmux: Sandbox) -> None:
    start(tmux, "a")
    template = "é日\t\x1f\x1e|"
    plain = {"LANG": "C", "LC_ALL": None, "LC_CTYPE": None}
    assert tmux.run("display-message", "-p", template).out == "é日\t\x1f\x1e|\n"
    assert tmux.run("display-message", "-p", template, env=plain).out == "____" + "_" + "_|\n"
    assert tmux.run("-u", "display-message", "-p", template, env=plain).out == "é日\t\x1f\x1e|\n"
    assert (
        tmux.run("display-message", "-p", template, env={**plain, "LC_ALL": "C.UTF-8"}).out
        == "é日\t\x1f\x1e|\n"
    )


def test_trap_10_attach_on_a_pty_without_size_until_the_master_closes(tmux: Sandbox) -> None:
    start(tmux, "a", "keyreader")
    tmux.until("reading", "capture-pane", "-p", "-t", "a")
    argv = [*tmux.command, "attach-session", "-t", "a"]
    with PtyClient(argv, tmux.environment(), tmux.work, 0, 0) as client:
        client.wait_for("reading")
        assert show(tmux, "a", "#{window_width}x#{window_height}") == "80x23"
        client.type(b"\r\x1b[A!")
        tmux.until("015 033 133 101 041", "capture-pane", "-p", "-t", "a")
        client.resize(100, 30)
        tmux.until("100x29", "display-message", "-p", "-t", "a", "#{window_width}x#{window_height}")
        client.close()
        assert client.wait() == 1
    tmux.until("0", "display-message", "-p", "-t", "a", "#{session_attached}")


def test_trap_11_commands_get_the_servers_environment(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "a", "sleep 60", env={"FOO": "first", "ONLY": "starter"}).ok()
    tell = "echo FOO=$FOO ONLY=$ONLY BAR=$BAR DISPLAY=$DISPLAY end; exec sleep 60"
    second: dict[str, str | None] = {"FOO": "second", "DISPLAY": ":7"}
    tmux.run("new-session", "-d", "-s", "b", "-e", "BAR=given", "-x", "120", tell, env=second).ok()
    told = tmux.until(" end", "capture-pane", "-p", "-t", "b").out.splitlines()[0]
    assert told == "FOO=first ONLY=starter BAR=given DISPLAY=:7 end"
    assert tmux.run("show-environment", "-t", "b", "DISPLAY").ok() == "DISPLAY=:7\n"
    assert tmux.run("show-environment", "-t", "a", "DISPLAY").ok() == "-DISPLAY\n"
    assert tmux.run("show-environment", "-g", "FOO").ok() == "FOO=first\n"


def test_trap_12_dead_panes_keep_their_place_and_come_back(tmux: Sandbox) -> None:
    start(tmux, "a", "claude", ";", "set-option", "-p", "-t", "a", "remain-on-exit", "failed")
    tmux.until("\n>", "capture-pane", "-p", "-t", "a")
    assert show(tmux, "a", "#{pane_dead}|#{pane_dead_status}") == "0|"
    tmux.run("send-keys", "-t", "a", "fail", "Enter").ok()
    tmux.until("1|3", "display-message", "-p", "-t", "a", "#{pane_dead}|#{pane_dead_status}")
    assert re.search(r"Pane is dead \(status 3, .*\)", tmux.run("capture-pane", "-p", "-t", "a").ok())
    tmux.run("respawn-pane", "-k", "-t", "a", "claude").ok()
    assert show(tmux, "a", "#{pane_id} #{pane_dead}") == "%0 0"
    tmux.until("\n>", "capture-pane", "-p", "-t", "a")
    tmux.run("set-option", "-w", "-t", "a", "remain-on-exit", "on").ok()
    tmux.run("set-option", "-up", "-t", "a", "remain-on-exit").ok()
    tmux.run("send-keys", "-t", "a", "exit", "Enter").ok()
    tmux.until("1|0", "display-message", "-p", "-t", "a", "#{pane_dead}|#{pane_dead_status}")
    tmux.run("respawn-pane", "-t", "a", "kill -9 $$").ok()
    wanted = "1||9"
    tmux.until(
        wanted, "display-message", "-p", "-t", "a", "#{pane_dead}|#{pane_dead_status}|#{pane_dead_signal}"
    )


def test_trap_13_pastes_and_early_keys_arrive_whole(tmux: Sandbox) -> None:
    size = 1_000_000
    data = b"0123456789abcde\n" * (size // 16)
    start(tmux, "a", f"stty raw -echo; head -c {len(data)} | cksum; exec cat")
    tmux.run("load-buffer", "-b", "B", "-", stdin=data).ok()
    assert tmux.run("show-buffer", "-b", "B").stdout == data
    tmux.run("paste-buffer", "-r", "-d", "-b", "B", "-t", "a").ok()
    checksum = (
        subprocess.run(["cksum"], input=data, capture_output=True, check=True).stdout.decode().split()[0]
    )
    tmux.until(checksum, "capture-pane", "-p", "-t", "a")
    assert tmux.run("show-buffer", "-b", "B").code == 1
    # Bracketed only where the program asked; without -r a line feed becomes a return.
    start(tmux, "b", "paster")
    tmux.until("paste here", "capture-pane", "-p", "-t", "b")
    tmux.run("set-buffer", "-b", "C", "x").ok()
    tmux.run("paste-buffer", "-p", "-b", "C", "-t", "b", ";", "send-keys", "-t", "b", "Enter").ok()
    tmux.until("^[[200~x^[[201~", "capture-pane", "-p", "-t", "b")
    start(tmux, "c", "keyreader")
    tmux.until("reading", "capture-pane", "-p", "-t", "c")
    tmux.run("set-buffer", "-b", "C", "y\nz").ok()
    tmux.run("paste-buffer", "-p", "-b", "C", "-t", "c").ok()
    tmux.run("paste-buffer", "-r", "-b", "C", "-t", "c").ok()
    tmux.until(" 171 015 172 171 012 172", "capture-pane", "-p", "-t", "c")
    # A long literal argument, and keys typed before the program reads.
    start(tmux, "d", "stty raw -echo; echo ready; head -c 16000 | wc -c; exec cat")
    tmux.until("ready", "capture-pane", "-p", "-t", "d")
    tmux.run("send-keys", "-t", "d", "-l", "x" * 16000).ok()
    tmux.until("16000", "capture-pane", "-p", "-t", "d")
    keys = ["send-keys", "-t", "e", "-l", "y" * 1000, ";", "send-keys", "-t", "e", "Enter"]
    start(tmux, "e", "read line; echo got ${#line}; exec cat", ";", *keys)
    tmux.until("got 1000", "capture-pane", "-p", "-t", "e")


def test_trap_14_a_signal_before_the_wait_is_remembered(tmux: Sandbox) -> None:
    start(tmux, "a")
    tmux.run("wait-for", "-S", "early").ok()
    tmux.run("wait-for", "early").ok()
    waiter = tmux.popen("wait-for", "late")
    tmux.run("wait-for", "-L", "lock").ok()
    locker = tmux.popen("wait-for", "-L", "lock")
    assert waiter.poll() is None
    assert locker.poll() is None
    wait_until(
        lambda: tmux.run("wait-for", "-S", "late").code == 0 and waiter.poll() == 0, "the waiter waking"
    )
    tmux.run("wait-for", "-U", "lock").ok()
    assert locker.wait(10) == 0
    tmux.run("wait-for", "-U", "lock").ok()
    assert tmux.run("wait-for", "-U", "lock").err == "channel lock not locked\n"
    for process in (waiter, locker):
        process.communicate()


def test_trap_15_control_mode_on_pipes_begins_with_a_whole_block(tmux: Sandbox) -> None:
    """The first %end is a handshake: from then on lines are commands."""
    start(tmux, "a")
    talk = tmux.popen("-C", "attach-session", "-t", "a", stdin=subprocess.PIPE)
    assert talk.stdin is not None
    assert talk.stdout is not None
    first = [talk.stdout.readline().split() for _ in range(2)]
    assert [words[0] for words in first] == [b"%begin", b"%end"]
    talk.stdin.write(b"display-message -p '#S'\n")
    talk.stdin.flush()
    until_line(talk.stdout, b"a\n")
    assert talk.stdout.readline().startswith(b"%end ")
    talk.stdin.close()
    until_line(talk.stdout, b"%exit\n")
    assert talk.wait(WAIT_TIMEOUT) == 0


def until_line(stream: IO[bytes], wanted: bytes) -> None:
    """Read on until that line; the end of the stream before it is a failure."""
    assert any(line == wanted for line in stream), wanted


def test_trap_16_the_version_parses_and_list_commands_tells_the_truth(tmux: Sandbox) -> None:
    version = tmux.run("-V").ok()
    assert re.fullmatch(r"tmux \d+\.\d+[a-z]?\n", version)
    assert version == "tmux 3.7c\n"
    listed = [line.split()[0] for line in lines(tmux, "list-commands")]
    assert "has-session" in listed
    start(tmux, "a")
    assert tmux.run("list-commands", "has-session").ok() == "has-session (has) [-t target-session]\n"
    if not is_foreign():
        # Deviation 2: what is not listed does not exist, as fzf's probe for floating panes needs it.
        probe = tmux.run("list-commands", "new-pane")
        assert ("new-pane" in listed) == (probe.code == 0)


def test_trap_17_process_facts_of_a_pane(tmux: Sandbox) -> None:
    start(tmux, "a", "-c", "/tmp")
    tmux.until("$", "capture-pane", "-p", "-t", "a")
    pid, tty, command, path = show(
        tmux, "a", "#{pane_pid} #{pane_tty} #{pane_current_command} #{pane_current_path}"
    ).split()
    assert (command, path) == ("sh", "/tmp")
    listed = subprocess.run(
        ["ps", "-t", tty, "-o", "pid="], capture_output=True, text=True, check=True
    ).stdout
    assert pid in listed.split()
    assert os.readlink(f"/proc/{pid}/fd/0") == tty
    tmux.run("send-keys", "-t", "a", "cd / && sleep 300", "Enter").ok()
    tmux.until("sleep /", "display-message", "-p", "-t", "a", "#{pane_current_command} #{pane_current_path}")
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    assert [Path(f"/proc/{child}/comm").read_text().strip() for child in children] == ["sleep"]


def test_trap_18_layout_strings_are_given_and_taken_back(tmux: Sandbox) -> None:
    start(tmux, "a", "-x", "80", "-y", "24")
    assert show(tmux, "a", "#{window_layout}") == "b25d,80x24,0,0,0"
    tmux.run("split-window", "-h", "-t", "a").ok()
    tmux.run("split-window", "-v", "-t", "a").ok()
    saved = show(tmux, "a", "#{window_layout}")
    assert saved == "d67e,80x24,0,0{40x24,0,0,0,39x24,41,0[39x12,41,0,1,39x11,41,13,2]}"
    tmux.run("select-layout", "-t", "a", "even-vertical").ok()
    assert show(tmux, "a", "#{window_layout}") != saved
    tmux.run("select-layout", "-t", "a", saved).ok()
    assert show(tmux, "a", "#{window_layout}") == saved
    result = tmux.run("select-layout", "-t", "a", "0000" + saved[4:])
    assert (result.code, result.err) == (1, f"invalid layout: 0000{saved[4:]}\n")


def test_trap_19_listings_that_are_parsed_as_text(tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "a", env={"GONE": "1"}).ok()
    tmux.run("set-environment", "-t", "a", "KEY", "two words").ok()
    tmux.run("set-environment", "-r", "-t", "a", "GONE").ok()
    shown = lines(tmux, "show-environment", "-t", "a")
    assert "KEY=two words" in shown
    assert "-GONE" in shown
    assert 'KEY="two words"; export KEY;' in lines(tmux, "show-environment", "-s", "-t", "a")
    tmux.run("set-option", "-t", "a", "update-environment[0]", "ONE").ok()
    tmux.run("set-option", "-t", "a", "update-environment[1]", "TWO").ok()
    assert lines(tmux, "show-options", "-t", "a", "update-environment") == [
        "update-environment[0] ONE",
        "update-environment[1] TWO",
    ]
    assert lines(tmux, "show-options", "-A", "-t", "a", "default-shell") == ["default-shell* /bin/sh"]
    assert lines(tmux, "show-options", "-A", "-t", "a", "terminal-features") == [
        "terminal-features[0] xterm*:clipboard:ccolour:cstyle:focus:title",
        "terminal-features[1] screen*:title",
        "terminal-features[2] rxvt*:ignorefkeys",
    ]
    tmux.run("set-buffer", "-b", "named", 'tab\tquote"end').ok()
    assert lines(tmux, "list-buffers") == [r'named: 13 bytes: "tab\tquote"end"']


def test_trap_20_substitution_knows_no_c_escapes(tmux: Sandbox) -> None:
    start(tmux, "a")
    tmux.run("select-pane", "-t", "a", "-T", "no newline").ok()
    assert show(tmux, "a", r"#{s/\n/_/:pane_title}") == "_o _ewli_e"
    assert show(tmux, "a", r"#{s|n(.)|<\1>|:pane_title}") == "<o> <e>wli<e>"


def test_trap_21_inside_a_pane_another_server_can_be_reached(tmux: Sandbox) -> None:
    start(tmux, "outer")
    inside: dict[str, str | None] = {
        "TMUX": f"{tmux.socket_path()},{tmux.server_pid()},0",
        "TMUX_PANE": "%0",
    }
    tmux.run("-L", "second", "new-session", "-d", "-s", "inner", env=inside).ok()
    assert tmux.run("-L", "second", "list-sessions", "-F", "#S", env=inside).ok() == "inner\n"
    own = str(tmux.socket_path("second"))
    assert tmux.run("-S", own, "list-sessions", "-F", "#S", env={**inside, "TMUX": ""}).ok() == "inner\n"
    assert tmux.run("list-sessions", "-F", "#S", env={**inside, "TMUX": None}).ok() == "outer\n"
    assert tmux.run("list-sessions", "-F", "#S", env=inside).ok() == "outer\n"
    assert tmux.run("list-sessions", "-F", "#S", env={"TMUX": f"{own},1,0"}).ok() == "inner\n"
    # $TMUX names the socket even to start a server there.
    fresh = str(tmux.work / "fresh.sock")
    tmux.run("new-session", "-d", "-s", "third", env={"TMUX": f"{fresh},1,0"}).ok()
    assert tmux.run("-S", fresh, "list-sessions", "-F", "#S").ok() == "third\n"
    pane = tmux.run("-L", "second", "display-message", "-p", "#{socket_path}").ok()
    assert pane == f"{own}\n"
