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

from compat_tests.clients.sandbox import ROOT, Sandbox, native_client
from tmuxish.cli import programs

pytest.importorskip("setuptools.command.bdist_wheel", reason="setuptools is not installed, or too old")

HOOK = "import sys; from tmuxish.packaging import backend; getattr(backend, sys.argv[1])(sys.argv[2])"

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


def build(tree: Path, out: Path, hook: str = "build_wheel", **env: str) -> tuple[Path, str]:
    """The wheel, and what building it said."""
    for name in ("build", "tmuxish.egg-info"):
        shutil.rmtree(tree / name, ignore_errors=True)
    done = subprocess.run(
        [sys.executable, "-c", HOOK, hook, out],
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


@pytest.mark.parametrize(
    ("env", "reason"),
    [
        ({"CC": "/nonexistent/cc"}, "/nonexistent/cc: No such file or directory"),
        ({"CC": "false"}, "false: exit status 1"),
        ({"TMUXISH_PURE_CLIENT": "1"}, "TMUXISH_PURE_CLIENT is set"),
    ],
)
def test_without_a_compiler(env: dict[str, str], reason: str, tree: Path, tmp_path: Path) -> None:
    wheel, said = build(tree, tmp_path / "out", **env)
    assert wheel.name.endswith("-py3-none-any.whl")
    assert f"tmuxish: tmux will be the Python client: {reason}" in said
    with zipfile.ZipFile(wheel) as content:
        (name,) = (name for name in content.namelist() if name.endswith("entry_points.txt"))
        assert b"tmux = tmuxish.cli.tmux:main" in content.read(name)


def test_an_installation_without_the_launcher(tree: Path, tmp_path: Path, tmux: Sandbox) -> None:
    wheel, _ = build(tree, tmp_path / "out", CC="/nonexistent/cc")
    path = installed(wheel, tmp_path / "environment")
    assert programs.kind_of(str(path)) == programs.PYTHON
    assert works(path, tmux)


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
