"""What pip makes of this tree where there is a C compiler, and where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from compat_tests.client.support import ENVIRONMENT as CLIENTS_ENVIRONMENT
from compat_tests.client.support import PATIENCE, Server
from compat_tests.client.test_imports import ALLOWED, imports
from compat_tests.clients.sandbox import ROOT, Sandbox, native_client
from tmuxish.cli import programs
from tmuxish.packaging import script as packaging_script

pytest.importorskip("setuptools.command.bdist_wheel", reason="setuptools is not installed, or too old")

# Runs a hook of the backend, as by the Python of that path.
HOOK = """\
import sys
hook, out, sys.executable = sys.argv[1:]
from tmuxish.packaging import backend
getattr(backend, hook)(out)
"""

COMPANION = "tmuxish = tmuxish.cli.tmuxish:main"
CLIENT = "tmux = tmuxish.cli.tmux:main"

# The emulator's own build has tests of its own, and takes its time.
ENVIRONMENT = {"PATH": os.environ.get("PATH", os.defpath), "TMUXISH_PURE": "1"}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What is built: building leaves things in its folder, so not in this one."""
    folder = tmp_path_factory.mktemp("tree")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(
        ROOT / "tmuxish", folder / "tmuxish", ignore=shutil.ignore_patterns("__pycache__", "*.so")
    )
    yield folder


def build(
    tree: Path, out: Path, hook: str = "build_wheel", python: str = sys.executable, **env: str
) -> tuple[Path, str]:
    """The wheel, and what building it said."""
    for name in ("build", "tmuxish.egg-info"):
        shutil.rmtree(tree / name, ignore_errors=True)
    done = subprocess.run(
        [sys.executable, "-c", HOOK, hook, out, python],
        cwd=tree,
        env={**ENVIRONMENT, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (made,) = out.iterdir()
    return made, done.stderr


def installed(wheel: Path, folder: Path) -> Path:
    """tmux's path in a fresh environment, installed without a compiler."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python")]
    env: Mapping[str, str] = {"PATH": "/nonexistent", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    subprocess.run([*pip, "install", "--quiet", "--no-index", "--no-deps", wheel], env=env, check=True)
    return folder / "bin" / "tmux"


def works(path: Path, tmux: Sandbox) -> bool:
    tmux.command = [str(path)]
    tmux.run("new-session", "-d", "-s", "installed", "cat").ok()
    return tmux.run("list-sessions", "-F", "#{session_name}").ok() == "installed\n"


def test_with_a_compiler(tree: Path, tmp_path: Path, tmux: Sandbox) -> None:
    native_client()  # skips without one
    wheel, said = build(tree, tmp_path / "out")
    assert wheel.name.split("-")[2:4] == ["py3", "none"]
    assert "any" not in wheel.name
    assert "tmux will be" not in said
    path = installed(wheel, tmp_path / "environment")
    assert programs.kind_of(str(path)) == programs.LAUNCHER
    assert works(path, tmux)


def programs_of(wheel: Path) -> tuple[list[str], dict[str, bytes]]:
    """The entry points of a wheel, and its scripts."""
    with zipfile.ZipFile(wheel) as content:
        (name,) = (name for name in content.namelist() if name.endswith("entry_points.txt"))
        points = sorted(line for line in content.read(name).decode().splitlines() if "=" in line)
        scripts = {
            name.rpartition("/")[2]: content.read(name)
            for name in content.namelist()
            if ".data/scripts/" in name
        }
    return points, scripts


@pytest.mark.parametrize(
    ("env", "reason"),
    [
        ({"CC": "/nonexistent/cc"}, "/nonexistent/cc: No such file or directory"),
        ({"CC": "false"}, "false: exit status 1"),
        ({"TMUXISH_PURE_CLIENT": "1"}, "TMUXISH_PURE_CLIENT is set"),
    ],
)
def test_without_a_compiler(env: dict[str, str], reason: str, tree: Path, tmp_path: Path) -> None:
    """A script for Unix, in a wheel that nobody else takes for his."""
    wheel, said = build(tree, tmp_path / "out", **env)
    assert wheel.name.split("-")[2:4] == ["py3", "none"]
    assert "any" not in wheel.name
    assert f"tmuxish: tmux will be the Python client: {reason}" in said
    points, scripts = programs_of(wheel)
    assert points == [COMPANION]
    assert list(scripts) == ["tmux"]
    assert scripts["tmux"].startswith(b"#!python\n")  # installers write the path of theirs there


def test_a_wheel_for_every_system(tree: Path, tmp_path: Path) -> None:
    """Where Windows is among them, no script will do."""
    wheel, said = build(tree, tmp_path / "out", TMUXISH_UNIVERSAL="1", TMUXISH_PURE="")
    assert wheel.name.endswith("-py3-none-any.whl")
    for what in ("the Python client", "an entry point"):
        assert f"tmuxish: tmux will be {what}: TMUXISH_UNIVERSAL is set\n" in said
    assert "tmuxish: the emulator will not be compiled: TMUXISH_UNIVERSAL is set\n" in said
    assert programs_of(wheel) == ([CLIENT, COMPANION], {})


@pytest.mark.parametrize("folder", ["my environments", "x" * 120])
def test_an_environment_that_no_interpreter_line_can_name(
    folder: str, tree: Path, tmp_path: Path, tmux: Sandbox
) -> None:
    """Installers know a way for entry points, and none for scripts."""
    environment = tmp_path / folder
    python = str(environment / "bin" / "python")
    wheel, said = build(tree, tmp_path / "out", python=python, CC="/nonexistent/cc")
    assert f"tmuxish: tmux will be an entry point: no interpreter line can name {python}\n" in said
    assert programs_of(wheel) == ([CLIENT, COMPANION], {})
    path = installed(wheel, environment)
    assert programs.kind_of(str(path)) == programs.PYTHON
    assert works(path.rename(tmp_path / "tmux"), tmux)


@pytest.fixture(scope="module")
def script(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """tmux's path in an environment that was made without a compiler."""
    folder = tmp_path_factory.mktemp("script")
    return installed(build(tree, folder / "out", CC="/nonexistent/cc")[0], folder / "environment")


def test_an_installation_without_the_launcher(script: Path, tmp_path: Path, tmux: Sandbox) -> None:
    assert programs.kind_of(str(script)) == programs.PYTHON
    assert programs.interpreter(str(script)) == str(script.parent / "python")
    assert works(script, tmux)
    link = tmp_path / "tmux"
    link.symlink_to(script)
    tmux.command = [str(link)]
    assert tmux.run("list-sessions", "-F", "#{session_name}").ok() == "installed\n"


def test_the_script_imports_what_the_client_needs_and_no_more(script: Path, server: Server) -> None:
    env = {**CLIENTS_ENVIRONMENT, "PYTHONPATH": "", "PYTHONPROFILEIMPORTTIME": "1"}
    client = subprocess.Popen(
        [script, "-S", server.path, "has-session"], env=env, stderr=subprocess.PIPE, text=True
    )
    connection = server.accept()
    connection.command()
    connection.exit(0)
    _, report = client.communicate(timeout=PATIENCE)
    assert client.returncode == 0
    bare = subprocess.run(
        [script.with_name("python"), "-c", "pass"], env=env, capture_output=True, text=True, check=True
    )
    assert imports(report) - imports(bare.stderr) <= ALLOWED


def test_an_editable_installation_without_the_launcher(tree: Path, tmp_path: Path, tmux: Sandbox) -> None:
    wheel, _ = build(tree, tmp_path / "out", "build_editable", TMUXISH_PURE_CLIENT="1")
    path = installed(wheel, tmp_path / "environment")
    assert programs.kind_of(str(path)) == programs.PYTHON
    assert works(path, tmux)


def test_on_windows_tmux_is_an_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert packaging_script.refusal() == "Windows starts no scripts"


def test_an_editable_installation(tree: Path, tmp_path: Path, tmux: Sandbox) -> None:
    native_client()
    wheel, _ = build(tree, tmp_path / "out", "build_editable")
    path = installed(wheel, tmp_path / "environment")
    assert programs.kind_of(str(path)) == programs.LAUNCHER
    assert works(path, tmux)


def test_the_source_distribution_has_all_that_is_compiled(tree: Path, tmp_path: Path) -> None:
    made, _ = build(tree, tmp_path / "out", "build_sdist")
    shutil.unpack_archive(made, tmp_path / "unpacked")
    (folder,) = (tmp_path / "unpacked").iterdir()
    assert (folder / "tmuxish" / "native" / "tmux.c").exists()
    wheel, said = build(folder, tmp_path / "wheel", TMUXISH_PURE_CLIENT="1")
    with zipfile.ZipFile(wheel) as content:
        names = set(content.namelist())
    modules = {path.relative_to(tree).as_posix() for path in (tree / "tmuxish").rglob("*.py")}
    assert modules - names == set(), said
