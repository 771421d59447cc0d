"""A fault in our own code costs what it serves at that moment, and nothing else.

The faults are planted into the server's process: a module that Python imports at its start replaces functions
by ones that raise.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import Sandbox, executable_under_test, is_foreign, wait_until

pytestmark = pytest.mark.skipif(is_foreign(), reason="about our own code")

PLANTED = """
import importlib.abc, sys

def boom(*_arguments, **_named):
    raise RuntimeError("boom")

async def late_boom(context):
    await context.server.loop.sleep(0.01)
    raise RuntimeError("late boom")

def on_marker(method):
    def guarded(self, data, *rest):
        if b"BO\\x4fM" in data:
            raise RuntimeError("boom")
        return method(self, data, *rest)
    return guarded

def spoil(name, module):
    if name == "tmuxish.commands.show_environment":
        module.COMMAND.run = boom
    elif name == "tmuxish.commands.list_buffers":
        module.COMMAND.run = late_boom
    elif name == "tmuxish.emulator.emulator":
        module.Emulator.feed = on_marker(module.Emulator.feed)
    elif name == "tmuxish.server.hooks":
        once = module.Hooks.after_command
        async def after_command(self, context, *rest):
            if context.args.get("s") == "hookless":
                raise RuntimeError("boom")
            await once(self, context, *rest)
        module.Hooks.after_command = after_command
    elif name == "tmuxish.server.sessions":
        destroyed = module.Sessions.destroy
        def destroy(self, session):
            if session.name == "immortal":
                raise RuntimeError("boom")
            destroyed(self, session)
        module.Sessions.destroy = destroy
    elif name == "tmuxish.display.client_view":
        once = module.ClientView.render
        def render(self):
            if self._client.session.name == "unseen":
                raise RuntimeError("boom")
            return once(self)
        module.ClientView.render = render
    elif name == "tmuxish.server.server":
        once = module.Server.parse_argv
        def parse_argv(self, argv):
            if argv == ["has-session", "-t", "unparsed"]:
                raise RuntimeError("boom")
            return once(self, argv)
        module.Server.parse_argv = parse_argv

class Saboteur(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if not name.startswith("tmuxish."):
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        sys.meta_path.insert(0, self)
        if spec is not None and spec.loader is not None:
            execute = spec.loader.exec_module
            def exec_module(module):
                execute(module)
                spoil(name, module)
            spec.loader.exec_module = exec_module
        return spec

import importlib.util
sys.meta_path.insert(0, Saboteur())
"""


@pytest.fixture
def spoiled() -> Iterator[Sandbox]:
    """A server with faults in it, and one session."""
    with Sandbox(executable_under_test()) as tmux:
        folder = tmux.root / "planted"
        folder.mkdir()
        (folder / "sitecustomize.py").write_text(PLANTED)
        tmux.env["PYTHONPATH"] = str(folder)
        tmux.run("-v", "new-session", "-d", "-s", "good", "exec claude").ok()
        yield tmux


def logged(tmux: Sandbox, text: str) -> bool:
    [log] = tmux.work.glob("tmux-server-*.log")
    return text in log.read_text()


@pytest.mark.parametrize(
    ("argv", "fault"),
    [(["show-environment"], "boom"), (["list-buffers"], "late boom")],
    ids=["at-once", "after-waiting"],
)
def test_a_command_fails_alone(spoiled: Sandbox, argv: list[str], fault: str) -> None:
    result = spoiled.run(*argv)
    assert (result.code, result.out) == (1, "")
    assert result.err == f"{argv[0]}: internal error: RuntimeError('{fault}')\n"
    assert logged(spoiled, "Traceback")
    # The commands joined to it are dropped, those of other lines and clients are not.
    result = spoiled.run("display-message", "-p", "before", ";", *argv, ";", "display-message", "-p", "after")
    assert (result.code, result.out) == (1, "before\n")
    file = spoiled.work / "lines"
    file.write_text(f"set-option -g @one 1\n{argv[0]}\nset-option -g @two 2\n")
    assert spoiled.run("source-file", str(file)).code == 1
    assert spoiled.run("show-options", "-gv", "@two").ok() == "2\n"


@pytest.mark.parametrize(
    "argv",
    [["new-session", "-d", "-s", "hookless", "exec claude"], ["has-session", "-t", "unparsed"]],
    ids=["around-the-command", "before-the-command"],
)
def test_a_caller_never_waits_in_vain(spoiled: Sandbox, argv: list[str]) -> None:
    result = spoiled.run(*argv, timeout=10)
    assert (result.code, result.err) == (1, "internal error: RuntimeError('boom')\n")
    spoiled.run("has-session", "-t", "good").ok()


@pytest.mark.parametrize("remain", ["off", "on"])
def test_a_pane_that_cannot_be_shown_is_closed(spoiled: Sandbox, remain: str) -> None:
    spoiled.run("set-option", "-g", "remain-on-exit", remain).ok()
    spoiled.run("new-session", "-d", "-s", "bad", "echo BOOM; exec sleep 600").ok()
    wait_until(lambda: spoiled.run("has-session", "-t", "bad").code == 1, "its end")
    # Its last words, read when it has ended, are no other case.
    spoiled.run("new-session", "-d", "-s", "bad", "printf BOOM").ok()
    wait_until(lambda: spoiled.run("has-session", "-t", "bad").code == 1, "its end")
    wait_until(lambda: len(list(spoiled.processes())) == 2, "the end of its program")
    assert spoiled.run("list-panes", "-a", "-F", "#S").ok() == "good\n"


def test_a_client_that_cannot_be_drawn_is_told(spoiled: Sandbox) -> None:
    spoiled.run("new-session", "-d", "-s", "unseen", "exec claude").ok()
    with PtyClient([*spoiled.command, "attach", "-t", "good"], spoiled.environment(), spoiled.work) as good:
        good.wait_for("Welcome")
        with PtyClient(
            [*spoiled.command, "attach", "-t", "unseen"], spoiled.environment(), spoiled.work
        ) as bad:
            bad.wait()
            assert b"[internal error: RuntimeError('boom')]" in bad.drawn
        good.type(b"hello\r")
        good.wait_for("said: hello")


def test_a_server_that_is_to_end_does(spoiled: Sandbox) -> None:
    spoiled.run("new-session", "-d", "-s", "immortal", "exec claude").ok()
    os.kill(spoiled.server_pid(), signal.SIGTERM)
    wait_until(lambda: not list(spoiled.processes()), "the end of everything")
