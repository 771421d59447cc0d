"""cli-agent-orchestrator's tmux layer, from a checkout: it works through libtmux and calls of its own."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from compat_tests.clients.sandbox import Sandbox
from compat_tests.real_clients.programs import call, checkout

DRIVER = """\
import json, sys, time
from cli_agent_orchestrator.clients.tmux import TmuxClient

client, told = TmuxClient(), {}
folder, log = sys.argv[1:]


def wait_for(window, text):
    deadline = time.monotonic() + 10
    while text not in (shown := client.get_history("cao-one", window)):
        assert time.monotonic() < deadline, shown
        time.sleep(0.02)


told["before"] = client.session_exists("cao-one")
told["first"] = client.create_session("cao-one", "developer-1", "id-1", folder, {"GIVEN": "by hand"})
told["second"] = client.create_window("cao-one", "reviewer-2", "id-2", folder)
told["exists"] = client.session_exists("cao-one")
told["sessions"] = [session["name"] for session in client.list_sessions()]
told["windows"] = [window["name"] for window in client.get_session_windows("cao-one")]
wait_for("developer-1", "$")
client.pipe_pane("cao-one", "developer-1", log)
client.send_keys("cao-one", "developer-1", "echo $CAO_TERMINAL_ID, $GIVEN; sleep 300")
wait_for("developer-1", "id-1, by hand")
told["running"] = client.get_pane_current_command("cao-one", "developer-1")
client.send_special_key("cao-one", "developer-1", "C-c")
client.stop_pipe_pane("cao-one", "developer-1")
wait_for("reviewer-2", "$")
client.send_keys("cao-one", "reviewer-2", "echo first\\necho sec''ond", force_bracketed_paste=True)
wait_for("reviewer-2", "second")
client.send_keys_via_paste("cao-one", "reviewer-2", "echo pas''ted")
wait_for("reviewer-2", "pasted")
told["folder"] = client.get_pane_working_directory("cao-one", "reviewer-2")
told["window killed"] = client.kill_window("cao-one", "reviewer-2")
told["left"] = [window["name"] for window in client.get_session_windows("cao-one")]
told["session killed"] = client.kill_session("cao-one")
told["after"] = client.session_exists("cao-one")
print(json.dumps(told))
"""


def test_terminals_are_made_fed_read_and_ended(tmux: Sandbox) -> None:
    for library in ("libtmux", "pydantic", "requests"):
        pytest.importorskip(library, reason=f"cli-agent-orchestrator needs {library}")
    source = checkout("cli-agent-orchestrator") / "src"
    log = tmux.root / "pane.log"
    environment = {"PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"}
    done = call(tmux, sys.executable, "-c", DRIVER, str(tmux.work), str(log), env=environment)
    assert done.code == 0, done.err
    told: dict[str, Any] = json.loads(done.out.splitlines()[-1])
    assert told == {
        "before": False,
        "first": "developer-1",
        "second": "reviewer-2",
        "exists": True,
        "sessions": ["cao-one"],
        "windows": ["developer-1", "reviewer-2"],
        "running": "sleep",
        "folder": str(tmux.work),
        "window killed": True,
        "left": ["developer-1"],
        "session killed": True,
        "after": False,
    }
    assert "id-1, by hand" in log.read_text()
