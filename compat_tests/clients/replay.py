"""Runs scenarios (see `script`) and compares what every call answered with what real tmux answered."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from compat_tests.clients.normalise import Normaliser, expected_of_ours
from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import (
    WAIT_TIMEOUT,
    Sandbox,
    executable_under_test,
    is_foreign,
    pause,
)
from compat_tests.clients.script import Scenario, Step

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = Path(__file__).resolve().parent / "scenarios"
FIXTURES = ROOT / "fixtures"

Answer = dict[str, Any]
"""What a step left: "code", "stdout", "stderr"; for a terminal's end "code" and "closing"; else nothing."""


class Player:
    """Plays one scenario in one sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.clients: dict[str, PtyClient] = {}

    def play(self, step: Step) -> Answer:
        """Do one step; its normalised answer."""
        if "pty" in step:
            cols, rows = step["size"]
            argv = [*self.sandbox.command, *map(self._fill, step["argv"])]
            env = self.sandbox.environment(self._env(step))
            self.clients[step["pty"]] = PtyClient(argv, env, self.sandbox.work, cols, rows)
            return {}
        if "action" in step:
            return self._act(step, self.clients[step["client"]])
        return self._call(step)

    def _act(self, step: Step, client: PtyClient) -> Answer:
        if step["action"] == "type":
            client.type(step["keys"].encode())
        elif step["action"] == "resize":
            client.resize(*step["size"])
        elif step["action"] == "hangup":
            client.close()
        else:
            return {"code": client.wait(), "closing": client.closing_line()}
        return {}

    def _call(self, step: Step) -> Answer:
        began = time.monotonic()
        deadline = began + WAIT_TIMEOUT
        answer = self._call_once(step)
        # Where it never comes, the last answer is shown beside the expected one.
        while not satisfied(step, answer) and time.monotonic() < deadline:
            began = pause(began)
            answer = self._call_once(step)
        return answer

    def _call_once(self, step: Step) -> Answer:
        stdin = step["stdin"].encode() if "stdin" in step else None
        env = self._env(step)
        if "shell" in step:
            result = self.sandbox.shell(self._fill(step["shell"]), stdin, env)
        else:
            result = self.sandbox.run(*map(self._fill, step["argv"]), stdin=stdin, env=env)
        pids = list(self.sandbox.processes()) if "pids" in step else []
        clean = Normaliser(self.sandbox.root, pids, step.get("mask", []))
        return {"code": result.code, "stdout": clean(result.out), "stderr": clean(result.err)}

    def _env(self, step: Step) -> dict[str, str | None]:
        return {name: value and self._fill(value) for name, value in step.get("env", {}).items()}

    def _fill(self, word: str) -> str:
        box = self.sandbox
        if "<pid>" in word:
            word = word.replace("<pid>", str(box.server_pid()))
        places = {"root": box.root, "home": box.home, "work": box.work, "socket": box.socket_path()}
        return re.sub(r"<(root|home|work|socket)>", lambda match: str(places[match[1]]), word)

    def close(self) -> None:
        for client in self.clients.values():
            client.end()


def play(scenario: Scenario, command: list[str]) -> list[Answer]:
    """The answers of all steps of a scenario, played in a world of its own."""
    with Sandbox(command) as sandbox:
        player = Player(sandbox)
        try:
            return [player.play(step) for step in scenario["steps"]]
        finally:
            player.close()


def satisfied(step: Step, answer: Answer) -> bool:
    """Whether the answer is the one the step waits for (always, where it waits for none)."""
    for key, wanted in step.get("until", {}).items():
        if not (wanted == answer[key] if key == "code" else wanted in answer[key]):
            return False
    return True


def describe(step: Step) -> str:
    """A step as a reader would look for it."""
    words = step.get("argv") or [step.get("shell") or f"{step.get('action')} {step.get('client')}"]
    return " ".join(words)


def differences(scenario: Scenario, answers: list[Answer]) -> list[str]:
    """One paragraph for every step answered otherwise than recorded."""
    found = []
    for number, (step, answer) in enumerate(zip(scenario["steps"], answers, strict=True), 1):
        expected = step["answer"]
        if not is_foreign():
            expected = {
                key: expected_of_ours(value) if isinstance(value, str) else value
                for key, value in expected.items()
            }
        for key in expected:
            if expected[key] != answer.get(key):
                found.append(
                    f"step {number}: {describe(step)}\n  {key} of tmux: {expected[key]!r}\n"
                    f"  {key} of ours: {answer.get(key)!r}"
                )
    return found


def recorded(folder: str) -> Iterator[tuple[str, Scenario]]:
    """(id, scenario with answers) of every fixture below fixtures/`folder`."""
    for path in sorted((FIXTURES / folder).glob("*.json")):
        data = json.loads(path.read_text())
        for scenario in data["scenarios"]:
            yield f"{path.stem}-{scenario['name']}", scenario


def assert_replays(scenario: Scenario) -> None:
    """Play a recorded scenario on the executable under test; AssertionError shows every difference."""
    found = differences(scenario, play(scenario, executable_under_test()))
    assert not found, "\n" + "\n".join(found)
