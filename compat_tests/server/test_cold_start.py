"""What a server has loaded when its first client gets its answer, and what that client hears if it cannot."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the server is forked")

ROOT = Path(__file__).resolve().parents[2]

# The client's program; {before} is done first.
PROGRAM = """
import sys
sys.path.append({root!r})
{before}
from tmuxish.cli.tmux import main
main()
"""

# Writes down what is loaded as soon as the server has an answer.
WRITE_DOWN = """
from tmuxish.wire import frames
encode = frames.encode
def noted(kind, payload=b""):
    if kind == frames.EXIT:
        with open({path!r}, "w") as out:
            out.write(" ".join(sys.modules))
    return encode(kind, payload)
frames.encode = noted
"""

# Each of these takes a millisecond and more, with what it brings along.
FORBIDDEN = {
    *(
        "collections",
        "collections.abc",
        "contextlib",
        "dataclasses",
        "enum",
        "functools",
        "importlib",
        "logging",
    ),
    *("math", "re", "selectors", "signal", "socket", "subprocess", "tempfile", "threading", "traceback"),
    *("types", "typing", "warnings", "weakref"),
}
# What is for panes' output, formats, keys and terminals can wait.
FORBIDDEN_PACKAGES = ("control", "display", "emulator", "host", "keys", "modes")
# At 0.2 ms each; there were 150.
MOST_MODULES = 90


def start(folder: Path, before: str, *command: str) -> subprocess.CompletedProcess[str]:
    """A client on a socket without a server."""
    return subprocess.run(
        [
            *(sys.executable, "-I", "-S", "-c", PROGRAM.format(root=str(ROOT), before=before)),
            *("-S", str(folder / "s"), "-f", "/dev/null", *command),
        ],
        env={"HOME": str(folder), "PATH": os.environ["PATH"], "SHELL": "/bin/sh", "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_the_first_answer_waits_for_few_modules(tmp_path: Path) -> None:
    report = tmp_path / "loaded"
    done = start(tmp_path, WRITE_DOWN.format(path=str(report)), "new-session", "-d", "-s", "s", "sleep 100")
    assert (done.returncode, done.stderr) == (0, "")
    loaded = set(report.read_text().split())
    ours = {name for name in loaded if name.startswith("tmuxish.")}
    start(tmp_path, "", "kill-server")
    assert sorted(loaded & FORBIDDEN) == []
    assert not [name for name in ours if name.split(".")[1] in FORBIDDEN_PACKAGES]
    assert "tmuxish.formats.expand" not in ours
    assert "tmuxish.commands.new_session" in ours  # or this looks at something else
    assert len(ours) <= MOST_MODULES


def test_a_server_that_lacks_a_module_says_so(tmp_path: Path) -> None:
    done = start(tmp_path, "sys.modules['tmuxish.server.panes'] = None", "new-session", "-d")
    assert done.returncode == 1
    assert done.stderr.startswith("the server cannot start: ")
    assert "tmuxish doctor" in done.stderr
    assert not (tmp_path / "s").exists()
    assert start(tmp_path, "", "has-session").stderr == f"no server running on {tmp_path}/s\n"
