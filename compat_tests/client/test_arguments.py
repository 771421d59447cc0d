"""tmux's own flags: the table is what tmux 3.7c answered to each command line."""

from __future__ import annotations

import os
import subprocess

import pytest

from compat_tests.client.support import CLIENT, ENVIRONMENT
from tmuxish.cli.arguments import HELP, USAGE, Finished, parse

# (arguments, status, standard output, standard error)
ANSWERS = [
    (["-V"], 0, "tmux 3.7c\n", ""),
    (["-uV"], 0, "tmux 3.7c\n", ""),
    (["-V", "-Z"], 0, "tmux 3.7c\n", ""),
    (["-Z", "-V"], 1, "", "tmux: unknown option -- Z\n" + USAGE),
    (["-h"], 0, USAGE, ""),
    (["-d"], 1, "", USAGE),
    (["-U"], 1, "", USAGE),
    (["-D", "ls"], 1, "", USAGE),
    (["-c", "true", "ls"], 1, "", USAGE),
    (["-L"], 1, "", "tmux: option requires an argument -- L\n" + USAGE),
    (["-uS"], 1, "", "tmux: option requires an argument -- S\n" + USAGE),
    (["-uZ"], 1, "", "tmux: unknown option -- Z\n" + USAGE),
    (["--version"], 1, "", "tmux: unknown option -- -\n" + USAGE),
]


@pytest.mark.parametrize(("argv", "status", "out", "err"), ANSWERS, ids=lambda value: str(value)[:20])
def test_answers(argv: list[str], status: int, out: str, err: str) -> None:
    with pytest.raises(Finished) as finished:
        parse(["tmux", *argv])
    assert finished.value.status == status
    assert finished.value.text == out + err


@pytest.mark.parametrize(("argv", "status", "out", "err"), ANSWERS, ids=lambda value: str(value)[:20])
def test_the_real_one_answers_so(argv: list[str], status: int, out: str, err: str) -> None:
    oracle = os.environ.get("TMUX_ORACLE")
    if not oracle:
        pytest.skip("TMUX_ORACLE names no real tmux")
    done = subprocess.run([oracle, *argv], env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (status, out, err)


def test_help_helps() -> None:
    done = subprocess.run([*CLIENT, "--help"], env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, USAGE + HELP, "")


def test_flags_may_be_clustered_and_glued() -> None:
    arguments = parse(["tmux", "-2uvvLname", "-f/a", "-f", "/b", "-TRGB,256", "-lqN", "--", "ls", "-a"])
    assert arguments.label == "name"
    assert arguments.config_files == ["/a", "/b"]
    assert arguments.features == ["256", "RGB,256"]
    assert (arguments.utf8, arguments.verbosity, arguments.login, arguments.no_start) == (True, 2, True, True)
    assert arguments.argv == ["ls", "-a"]


@pytest.mark.parametrize(
    ("argv", "command"),
    [
        ([], []),
        (["ls", "-L", "x"], ["ls", "-L", "x"]),  # no permutation: flags end at the first other word
        (["-", "-L"], ["-", "-L"]),
        (["--", "-L", "x"], ["-L", "x"]),
        (["-L", "-N", "ls"], ["ls"]),  # a value may look like a flag
        (["-u", "", "ls"], ["", "ls"]),
    ],
)
def test_where_the_command_begins(argv: list[str], command: list[str]) -> None:
    assert parse(["tmux", *argv]).argv == command


def test_the_last_value_counts() -> None:
    arguments = parse(["tmux", "-L", "a", "-S", "/x", "-Lb", "-S/y", "-c", "true", "-cfalse"])
    assert (arguments.label, arguments.socket_path, arguments.shell_command) == ("b", "/y", "false")


def test_a_login_name() -> None:
    assert parse(["-tmux"]).login
    assert not parse(["tmux"]).login
