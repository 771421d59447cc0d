"""What the garbage collector has to do in a server: nothing for what ordinary use leaves behind."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from compat_tests.clients.sandbox import Sandbox, wait_until
from tmuxish.server.garbage import PARTIAL, SettingAside
from tmuxish.wire import unix_listener

SERVE = """
import gc, signal, socket, sys
from tmuxish.server import garbage
from tmuxish.server.loop import Loop
from tmuxish.server.main import serve

garbage.tune = gc.disable

def look():
    print(gc.collect(), flush=True)

run = Loop.run

def run_and_look(loop):
    gc.collect()
    signal.signal(signal.SIGWINCH, lambda *_: loop.call_soon_threadsafe(look))
    run(loop)

Loop.run = run_and_look
listener = socket.socket(fileno=int(sys.argv[1]))
serve(listener, sys.argv[2], recreate=lambda: listener, config_files=[], starter=None)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="asks with a signal")
def test_calls_sessions_and_panes_leave_no_cycles(tmux: Sandbox) -> None:
    path = str(tmux.root / "socket")
    listener = unix_listener.listen(path, is_default=False)
    os.set_inheritable(listener.fileno(), True)
    command = [sys.executable, "-c", SERVE, str(listener.fileno()), path]
    server = subprocess.Popen(
        command,
        pass_fds=[listener.fileno()],
        stdout=subprocess.PIPE,
        env=tmux.env,
        cwd=Path(__file__).parents[2],
    )
    assert server.stdout is not None

    def garbage() -> int:
        assert server.stdout is not None
        server.send_signal(signal.SIGWINCH)
        return int(server.stdout.readline())

    def call(*argv: str) -> None:
        tmux.run("-S", path, *argv)

    try:
        call("new-session", "-d", "-s", "kept", "sleep 60")
        garbage()  # of starting
        for turn in range(3):
            call("new-session", "-d", "-s", f"s{turn}", "sleep 60")
            call("split-window", "-d", "-t", f"s{turn}:", "true")
            call("split-window", "-d", "-t", f"s{turn}:", "sleep 60")
            call("resize-pane", "-Z", "-t", f"s{turn}:")
            call("capture-pane", "-p", ";", "send-keys", "x", ";", "has-session", "-t", "none")
            call("no-such-command")
            call("kill-session", "-t", f"s{turn}")
        wait_until(lambda: tmux.run("-S", path, "list-panes", "-a").out.count("\n") == 1, "one pane")
        assert garbage() == 0
    finally:
        call("kill-server")
        server.kill()
        server.wait()
        server.stdout.close()
        listener.close()


def test_what_survives_is_set_aside_and_looked_at_once_in_a_while() -> None:
    before = gc.get_freeze_count()
    callback = SettingAside()
    gc.disable()
    try:
        for _ in range(PARTIAL - 1):
            callback("start", {"generation": 2})
            callback("stop", {"generation": 2})
        assert gc.get_freeze_count() > before
        callback("start", {"generation": 1})
        assert gc.get_freeze_count() > before
        callback("start", {"generation": 2})
        assert gc.get_freeze_count() == 0
    finally:
        gc.unfreeze()
        gc.enable()
