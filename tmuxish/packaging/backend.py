"""The build backend: setuptools, plus what is compiled where a C compiler is there.

Two things are compiled, and the installation succeeds without either: the launcher (`launcher`), which then
is `tmux` instead of the Python client's entry point, and extension modules (`modules`). If the extension
modules cannot be built, the whole build is done again without them and says so.

In the environment of the build, TMUXISH_PURE_CLIENT=1 refuses the launcher and TMUXISH_PURE=1 the extension
modules.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from typing import Any

import setuptools  # first: it brings distutils, which Python itself has no more
from setuptools import build_meta
from setuptools.command.bdist_wheel import bdist_wheel

from distutils.command.build_scripts import build_scripts  # isort: skip

from tmuxish.packaging import launcher, modules

Settings = dict[str, "str | list[str] | None"] | None

COMPANION = "tmuxish = tmuxish.cli.tmuxish:main"
CLIENT = "tmux = tmuxish.cli.tmux:main"


class BuildScripts(build_scripts):
    """Scripts are the launcher alone: what it is made from is compiled instead of copied."""

    def copy_scripts(self) -> tuple[list[str], list[str]]:
        os.makedirs(self.build_dir, exist_ok=True)
        path = os.path.join(self.build_dir, "tmux")
        launcher.build(path)
        return [path], [path]


class Wheel(bdist_wheel):
    """A wheel with a launcher fits one kind of system, and without extension modules every Python there."""

    root_is_pure: bool

    def get_tag(self) -> tuple[str, str, str]:
        tag: tuple[str, str, str] = super().get_tag()
        if not self.root_is_pure or not self.distribution.scripts:
            return tag
        self.root_is_pure = False  # to learn the system's name
        system = super().get_tag()[2]
        self.root_is_pure = True
        return tag[0], tag[1], system


class Backend(build_meta._BuildMetaBackend):
    """setuptools' own backend, with arguments that depend on this machine."""

    def __init__(self, *, native: bool, extensions: list[Any]) -> None:
        super().__init__()
        self._native = native
        self._extensions = extensions

    def run_setup(self, setup_script: str = "setup.py") -> None:
        """Stands in for a setup.py."""
        setuptools.setup(
            cmdclass={"bdist_wheel": Wheel, "build_scripts": BuildScripts},
            entry_points={"console_scripts": [COMPANION] if self._native else [COMPANION, CLIENT]},
            ext_modules=self._extensions,
            scripts=[launcher.SOURCE] if self._native else [],
        )


def _native() -> bool:
    """Whether `tmux` will be the launcher."""
    with tempfile.TemporaryDirectory() as folder:
        problem = launcher.refusal() or launcher.problem(os.path.join(folder, "tmux"))
    if problem:
        _say(f"tmux will be the Python client: {problem}")
    return not problem


def _say(text: str) -> None:
    print(f"tmuxish: {text}", file=sys.stderr, flush=True)


def _build(hook: str, *arguments: Any, editable: bool) -> str:
    """Runs a hook of setuptools' backend that builds, once more without extension modules if it must."""
    native = _native()
    try:
        extensions = modules.extensions(editable=editable)
    except modules.Refused as refused:
        _say(f"the emulator will not be compiled: {refused}")
        extensions = []
    if extensions:
        try:
            return _run(hook, native, extensions, *arguments)
        except (Exception, SystemExit) as error:  # whatever a compiler may do to us
            _say(f"the emulator will not be compiled: {error}")
            shutil.rmtree("build", ignore_errors=True)
    return _run(hook, native, [], *arguments)


def _run(hook: str, native: bool, extensions: list[Any], *arguments: Any) -> str:
    result: str = getattr(Backend(native=native, extensions=extensions), hook)(*arguments)
    return result


# -- what pip calls (PEP 517 and 660) --------------------------------------------------------------------


def get_requires_for_build_wheel(settings: Settings = None) -> list[str]:
    return modules.requirements(editable=False)


def get_requires_for_build_editable(settings: Settings = None) -> list[str]:
    return modules.requirements(editable=True)


def get_requires_for_build_sdist(settings: Settings = None) -> list[str]:
    return []


def prepare_metadata_for_build_wheel(folder: str, settings: Settings = None) -> str:
    return _run("prepare_metadata_for_build_wheel", _native(), [], folder, settings)


def prepare_metadata_for_build_editable(folder: str, settings: Settings = None) -> str:
    return _run("prepare_metadata_for_build_editable", _native(), [], folder, settings)


def build_wheel(folder: str, settings: Settings = None, metadata: str | None = None) -> str:
    return _build("build_wheel", folder, settings, metadata, editable=False)


def build_editable(folder: str, settings: Settings = None, metadata: str | None = None) -> str:
    return _build("build_editable", folder, settings, metadata, editable=True)


def build_sdist(folder: str, settings: Settings = None) -> str:
    return _run("build_sdist", launcher.is_here(), [], folder, settings)
