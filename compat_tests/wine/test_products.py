"""The call sequences of real products answer on Windows as real tmux answers on Linux.

The scenarios are fixtures/windows: shell text in them means the same to sh and to cmd.exe, and the programs
they run have stand-ins here. What Windows shows otherwise `WindowsPlayer.common` takes away, nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from compat_tests.clients.normalise import Normaliser
from compat_tests.clients.replay import Answer, Player, describe, recorded
from compat_tests.clients.sandbox import Result
from compat_tests.clients.script import Scenario, Step
from compat_tests.wine.harness import Wine, windows_path
from compat_tests.wine.sandbox import WindowsSandbox

pytestmark = pytest.mark.wine

SCENARIOS = dict(recorded("windows"))

BANNER = re.compile(r"Microsoft Windows [\d.]+\n|\(c\) Microsoft Corporation.*\n")
"""What cmd.exe says first."""
PROMPT = re.compile(r"^<root>[/\w]*>", re.MULTILINE)
"""Of cmd.exe; sh has `$ `."""
COLOUR = re.compile(r"\x1b\[[\d;:]*m")
NO_SERVER = re.compile(r"(?<=no server running on ).+|(?<=error connecting to ).+")


class WindowsPlayer(Player):
    """Plays a scenario under Wine; its answers and the recorded ones are compared in `common` form."""

    def __init__(self, sandbox: WindowsSandbox) -> None:
        self.windows = sandbox
        self.clients = {}
        sandbox.work = sandbox.root / "work"
        self.places = {"root": sandbox.root, "home": sandbox.root / "home", "work": sandbox.work}
        for name in ("home", "work"):
            self.places[name].mkdir()

    def play(self, step: Step) -> Answer:
        assert "pty" not in step and "action" not in step, "terminals have tests of their own"
        return self._call(step)

    def _call_once(self, step: Step) -> Answer:
        if "shell" in step:
            result = self.windows.shell(step["shell"])
        else:
            result = self.windows.run(*map(self._fill, step["argv"]), env=self._env(step))
        return self.common(step, self._clean(result))

    def _fill(self, word: str) -> str:
        if "<pid>" in word:
            word = word.replace("<pid>", str(self.windows.server_pid()))
        if "<socket>" in word:
            word = word.replace(
                "<socket>", self.windows.run("display-message", "-p", "#{socket_path}").ok().strip()
            )

        def place(match: re.Match[str]) -> str:
            rest = match[2].replace("/", "\\")
            return windows_path(self.places[match[1]]) + rest

        return re.sub(r"<(root|home|work)>((?:/[\w.]+)*)", place, word)

    def _clean(self, result: Result) -> Answer:
        clean = Normaliser(self.windows.root)
        root = re.escape(windows_path(self.windows.root))

        def slashes(match: re.Match[str]) -> str:
            return "<root>" + match[1].replace("\\", "/")

        streams = {
            name: clean(re.sub(root + r"((?:\\[\w.]+)*)", slashes, text))
            for name, text in (("stdout", result.out), ("stderr", result.err))
        }
        return {"code": result.code, **streams}

    @staticmethod
    def common(step: Step, answer: Answer) -> Answer:
        """An answer without what Windows shows otherwise.

        Of a screen: cmd.exe's first words, its prompt, the empty lines that it leaves between commands,
        colours (Wine's console has sixteen), and blanks at the ends of lines (it leaves them out). Of errors:
        where the socket is, and why it is none.
        """
        stdout = answer["stdout"]
        if "capture-pane" in step.get("argv", []):
            stdout = PROMPT.sub("$ ", BANNER.sub("", COLOUR.sub("", stdout)))
            stdout = "".join(line.rstrip() + "\n" for line in stdout.split("\n") if line.strip())
        stderr = NO_SERVER.sub("<socket>", answer["stderr"]).replace(
            "error connecting to", "no server running on"
        )
        return {"code": answer["code"], "stdout": stdout, "stderr": stderr}


@pytest.fixture
def player(wine: Wine) -> Iterator[WindowsPlayer]:
    with WindowsSandbox(wine) as sandbox:
        yield WindowsPlayer(sandbox)


def adapted(scenario: Scenario) -> Iterator[Step]:
    """The steps with what they wait for and what they expect in common form."""
    for step in scenario["steps"]:
        step = {**step, "answer": WindowsPlayer.common(step, step["answer"])}
        wanted = step.get("until", {}).get("stdout")
        if wanted is not None:
            step["until"] = {"stdout": wanted.replace("\n\n", "\n")}
        yield step


@pytest.mark.parametrize("name", SCENARIOS)
def test_calls_of(name: str, player: WindowsPlayer) -> None:
    for step in adapted(SCENARIOS[name]):
        answer = player.play(step)
        assert answer == step["answer"], describe(step)
