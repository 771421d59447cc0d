"""The companion program: doctor, shim, ls."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from compat_tests.client.support import ENVIRONMENT
from compat_tests.clients.sandbox import Sandbox, is_foreign, native_client
from compat_tests.emulator.forms import is_compiled
from tmuxish.cli import programs, shim
from tmuxish.version import VERSION

COMPANION = [sys.executable, "-c", "from tmuxish.cli.tmuxish import main; main()"]

pytestmark = pytest.mark.skipif(is_foreign(), reason="the companion is ours")


class World:
    """A place of its own: PATH, sockets, home."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.other = folder / "other"
        self.sockets = folder / "sockets"
        self.home = folder / "home"
        for each in (self.bin, self.other, self.sockets, self.home):
            each.mkdir()
        self.env = {
            **ENVIRONMENT,
            "HOME": str(self.home),
            "PATH": f"{self.bin}:{self.other}",
            "SHELL": "/bin/sh",
            "TMUX_TMPDIR": str(self.sockets),
        }

    def run(self, *argv: str, **env: str | None) -> tuple[int, str, str]:
        merged: Mapping[str, str | None] = {**self.env, **env}
        done = subprocess.run(
            [*COMPANION, *argv],
            env={name: value for name, value in merged.items() if value is not None},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    def program(self, folder: Path, text: str = "#!/bin/sh\necho tmux 3.4\n") -> Path:
        """Another tmux."""
        path = folder / "tmux"
        path.write_text(text)
        path.chmod(0o755)
        return path


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


# -- doctor ----------------------------------------------------------------------------------------------


def test_all_is_well(world: World) -> None:
    world.run("shim", str(world.bin))
    status, out, err = world.run("doctor")
    assert (status, err) == (0, "")
    assert "wrong" not in out
    assert out.endswith("all is well\n")


@pytest.mark.parametrize(
    ("env", "complaint", "mend"),
    [
        ({"PATH": "/nonexistent"}, "PATH: there is no tmux on it", "PATH"),
        ({"LANG": "C"}, "locale: not UTF-8", "export LC_ALL=C.UTF-8"),
        ({"SHELL": "/no/shell"}, "shell: /no/shell cannot be run", "export SHELL=/bin/sh"),
        ({"SHELL": "/bin/false"}, "pty: no program can be started", "mount"),
    ],
)
def test_one_thing_is_wrong(world: World, env: dict[str, str], complaint: str, mend: str) -> None:
    world.run("shim", str(world.bin))
    status, out, err = world.run("doctor", **env)
    assert (status, err) == (1, "")
    lines = out.splitlines()
    wrong = [index for index, line in enumerate(lines) if line.startswith("wrong ")]
    assert len(wrong) == 1
    assert complaint in lines[wrong[0]]
    assert lines[wrong[0] + 1].startswith("      mend: ")
    assert mend in lines[wrong[0] + 1]
    assert lines[-1] == "1 wrong"


def test_which_client_runs(world: World) -> None:
    world.run("shim", str(world.bin), TMUXISH_PURE_CLIENT="1")
    assert f"ok    client: {world.bin}/tmux is the Python client" in world.run("doctor")[1]
    (world.bin / "tmux").unlink()
    (world.bin / "tmux").symlink_to(native_client())
    assert f"ok    client: {world.bin}/tmux is the compiled launcher\n" in world.run("doctor")[1]
    assert "note  client: " in world.run("doctor", TMUXISH_PURE_CLIENT="1")[1]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("#!/nonexistent/bin/python\n# tmuxish\n", "the program that its first line names is not there"),
        ("#!/bin/sh\n# tmuxish\necho first >&2; echo last >&2; exit 1\n", "last"),
        ("#!/bin/sh\n# tmuxish\nexit 3\n", "exit status 3"),
    ],
)
def test_a_client_that_does_not_run(world: World, text: str, problem: str) -> None:
    """Environments are moved, and their scripts name what was there."""
    path = world.program(world.other, text)
    status, out, _ = world.run("doctor")
    assert status == 1
    assert f"wrong client: {path} does not run: {problem}\n" in out
    mend = out.split(problem)[1].split("mend: ")[1].splitlines()[0]
    tmuxish = world.program(world.home, f'#!/bin/sh\nexec {shlex.join(COMPANION)} "$@"\n')
    tmuxish.rename(world.other / "tmuxish")
    env = {**world.env, "PATH": f"{world.env['PATH']}:/usr/bin:/bin"}
    subprocess.run(["/bin/sh", "-c", mend], env=env, check=True)
    assert world.run("doctor", PATH=f"{world.home}/.local/bin")[0] == 0


def test_which_emulator_runs(world: World) -> None:
    form = "compiled" if is_compiled() else "interpreted; "
    assert f"\nok    emulator: {form}" in world.run("doctor")[1]


def test_another_tmux_in_front(world: World) -> None:
    other = world.program(world.bin)
    world.run("shim", str(world.other))
    status, out, _ = world.run("doctor")
    assert status == 1
    assert f"PATH: tmux is {other}, which comes before ours, {world.other}/tmux" in out
    mend = out.split("mend: ")[1].splitlines()[0]
    mended = subprocess.run(
        ["/bin/sh", "-c", f"{mend}; echo $PATH"], env=world.env, capture_output=True, text=True, check=True
    )
    assert world.run("doctor", PATH=mended.stdout.strip())[0] == 0


def test_another_tmux_behind_is_only_noted(world: World) -> None:
    world.run("shim", str(world.bin))
    other = world.program(world.other)
    status, out, _ = world.run("doctor")
    assert status == 0
    assert f"note  PATH: {other} is another tmux" in out


def test_only_another_tmux(world: World) -> None:
    other = world.program(world.bin)
    status, out, _ = world.run("doctor")
    assert status == 1
    assert f"PATH: tmux is {other}, which is not tmuxish" in out


def test_a_folder_open_to_others_and_its_mend(world: World) -> None:
    world.run("shim", str(world.bin))
    folder = world.sockets / f"tmux-{os.getuid()}"
    folder.mkdir()
    folder.chmod(0o777)
    status, out, _ = world.run("doctor")
    assert status == 1
    assert f"wrong socket folder: directory {folder} has unsafe permissions" in out
    subprocess.run(["/bin/sh", "-c", out.split("mend: ")[1].splitlines()[0]], check=True)
    assert world.run("doctor")[0] == 0


def test_a_missing_folder_is_noted(world: World) -> None:
    world.run("shim", str(world.bin))
    status, out, _ = world.run("doctor", TMUX_TMPDIR=str(world.home / "missing"))
    assert status == 0
    assert "note  socket folder: TMUX_TMPDIR is" in out


def test_a_folder_too_deep_for_a_socket(world: World) -> None:
    world.run("shim", str(world.bin))
    deep = world.home / ("x" * 100)
    deep.mkdir()
    status, out, _ = world.run("doctor", TMUX_TMPDIR=str(deep))
    assert status == 1
    assert "File name too long" in out


def test_no_home_is_noted(world: World) -> None:
    world.run("shim", str(world.bin))
    status, out, _ = world.run("doctor", HOME=None)
    assert status == 0
    assert "note  home: HOME is not set" in out


def test_a_real_server_in_the_way(world: World, oracle: Sandbox) -> None:
    world.run("shim", str(world.bin))
    oracle.run("new-session", "-d").ok()
    status, out, _ = world.run("doctor", TMUX_TMPDIR=str(oracle.sockets))
    assert status == 1
    assert f"server: a real tmux runs on {oracle.socket_path()}, and tmuxish cannot talk to it" in out
    status, out, _ = world.run("doctor", TMUX=f"{oracle.socket_path()},1,0")
    assert status == 1
    assert "you are inside it" in out
    assert "mend: unset TMUX TMUX_PANE" in out


# -- shim ------------------------------------------------------------------------------------------------


def test_the_launcher_works_from_anywhere(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "project"
    status, out, err = world.run("shim", str(folder))
    assert (status, err) == (0, "")
    assert out == f"wrote {folder}/tmux\nput it first on PATH:\n  export PATH={folder}:$PATH\n"
    env = {"PATH": str(folder), "PYTHONPATH": "/nonexistent", "PYTHONHOME": "/nonexistent"}
    done = subprocess.run(
        ["tmux", "-V"],
        executable=folder / "tmux",
        env=env,
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "tmux 3.7c\n", "")


def test_the_launcher_starts_servers(tmux: Sandbox, world: World) -> None:
    world.run("shim", str(world.bin))
    tmux.command[:] = [str(world.bin / "tmux")]
    tmux.run("new-session", "-d", "-s", "by-shim").ok()
    assert tmux.run("list-sessions", "-F", "#{session_name}").ok() == "by-shim\n"


def test_a_launcher_is_replaced_anything_else_is_not(world: World) -> None:
    assert world.run("shim", str(world.bin))[0] == 0
    assert world.run("shim", str(world.bin))[:2] == (0, f"wrote {world.bin}/tmux\n")
    other = world.program(world.other)
    status, out, err = world.run("shim", str(world.other))
    assert (status, out) == (1, "")
    assert err == f"{other} is there already and was not made by tmuxish: move it away first\n"
    assert "tmux 3.4" in other.read_text()


def test_a_folder_that_cannot_be_written(world: World) -> None:
    status, out, err = world.run("shim", "/dev/null/x")
    assert (status, out) == (1, "")
    assert err == "cannot write /dev/null/x/tmux: Not a directory\n"


@pytest.mark.parametrize("name", ["py thon", "x" * 140])
def test_an_interpreter_that_no_interpreter_line_can_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    python = tmp_path / name
    python.symlink_to(sys.executable)
    monkeypatch.setattr(sys, "executable", str(python))
    launcher = tmp_path / "tmux"
    launcher.write_text(shim.launcher())
    launcher.chmod(0o755)
    done = subprocess.run([launcher, "-V"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "tmux 3.7c\n", "")


@pytest.mark.parametrize(
    ("text", "python"),
    [
        ("#!/usr/bin/python3\nimport tmuxish\n", "/usr/bin/python3"),
        ("#!/opt/pypy3.10 -IS\nimport tmuxish\n", "/opt/pypy3.10"),
        ("#!/bin/sh\n# tmuxish\n", None),
        ("#!/usr/bin/env python3\nimport tmuxish\n", None),
        ("tmuxish\n", None),
        ("", None),
    ],
)
def test_the_python_that_a_script_names(tmp_path: Path, text: str, python: str | None) -> None:
    (tmp_path / "tmux").write_text(text)
    assert programs.interpreter(str(tmp_path / "tmux")) == python
    assert programs.interpreter(str(tmp_path / "none")) is None


# -- ls, and the rest ------------------------------------------------------------------------------------


def test_no_servers(world: World) -> None:
    assert world.run("ls") == (0, "no servers are running\n", "")
    assert world.run("ls", "--json") == (0, "[]\n", "")


def test_servers_and_sessions(world: World, tmux: Sandbox) -> None:
    tmux.run("new-session", "-d", "-s", "a b").ok()
    tmux.run("new-window", "-t", "a b").ok()
    tmux.run("-L", "other", "new-session", "-d", "-s", "x").ok()
    (tmux.socket_path("plain")).touch()
    env = {"TMUX_TMPDIR": str(tmux.sockets)}
    assert world.run("ls", **env) == (0, "default\n  a b: 2 windows\nother\n  x: 1 window\n", "")
    listed = json.loads(world.run("ls", "--json", **env)[1])
    assert [server["name"] for server in listed] == ["default", "other"]
    assert {server["kind"] for server in listed} == {"tmuxish"}
    session = listed[0]["sessions"][0]
    assert (session["name"], session["windows"], session["attached"], session["id"]) == ("a b", 2, 0, "$0")
    assert session["created"] > 0


def test_a_real_server_among_them(world: World, oracle: Sandbox) -> None:
    oracle.run("new-session", "-d").ok()
    status, out, _ = world.run("ls", TMUX_TMPDIR=str(oracle.sockets))
    assert (status, out) == (0, f"default: a real tmux holds {oracle.socket_path()}\n")


def test_a_bad_folder_is_an_error(world: World) -> None:
    (world.sockets / f"tmux-{os.getuid()}").touch()
    status, out, err = world.run("ls")
    assert (status, out) == (1, "")
    assert "is not a directory" in err


def test_versions_and_help(world: World) -> None:
    status, out, _ = world.run("--version")
    assert (status, out.split(",")[0]) == (0, f"tmuxish {VERSION} (answers as tmux 3.7c)")
    for flag in ("--help", "-h"):
        status, out, _ = world.run(flag)
        assert status == 0
        assert "tmuxish doctor" in out


@pytest.mark.parametrize("argv", [[], ["nonsense"], ["ls", "--no-such-flag"], ["shim"]])
def test_misuse_shows_the_usage(world: World, argv: list[str]) -> None:
    status, out, err = world.run(*argv)
    assert (status, out) == (1, "")
    assert "Usage:" in err
