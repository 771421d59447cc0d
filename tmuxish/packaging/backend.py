"""The build backend: setuptools, plus what is compiled where a C compiler is there.

Two things are compiled, and the installation succeeds without either: the launcher (`launcher`), which then
is `tmux` instead of the Python client, and extension modules (`modules`). If the extension modules cannot be
built, the whole build is done again without them and says so. The Python client is a script (`script`), or
an entry point where that will not do.

In the environment of the build, TMUXISH_PURE_CLIENT=1 refuses the launcher and TMUXISH_PURE=1 the extension
modules. TMUXISH_UNIVERSAL=1 refuses both and the script: the wheel is one for every system. A build cannot
see whether its wheel is for this environment or to be taken elsewhere; without that variable it is for
systems like this one, and says so in its name.
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

from tmuxish.packaging import launcher, modules, script

Settings = dict[str, "str | list[str] | None"] | None

COMPANION = "tmuxish = tmuxish.cli.tmuxish:main"
CLIENT = "tmux = tmuxish.cli.tmux:main"


class BuildScripts(build_scripts):
    """Scripts are `tmux` alone, which is built from what is named instead of being a copy of it."""

    scripts: list[str]

    def copy_scripts(self) -> tuple[list[str], list[str]]:
        os.makedirs(self.build_dir, exist_ok=True)
        path = os.path.join(self.build_dir, "tmux")
        if self.scripts == [launcher.SOURCE]:
            launcher.build(path)
        else:
            script.build(path)
        return [path], [path]


class Wheel(bdist_wheel):
    """A wheel with a launcher or a script is for one kind of system, and without extension modules for every
    Python there.
    """

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

    def __init__(self, *, client: str, extensions: list[Any]) -> None:
        super().__init__()
        self._client = client
        self._extensions = extensions

    def run_setup(self, setup_script: str = "setup.py") -> None:
        """Stands in for a setup.py."""
        setuptools.setup(
            cmdclass={"bdist_wheel": Wheel, "build_scripts": BuildScripts},
            entry_points={"console_scripts": [COMPANION] if self._client else [COMPANION, CLIENT]},
            ext_modules=self._extensions,
            scripts=[self._client] if self._client else [],
        )


def _client() -> str:
    """What `tmux` will be built from; "" if it will be an entry point."""
    with tempfile.TemporaryDirectory() as folder:
        problem = launcher.refusal() or launcher.problem(os.path.join(folder, "tmux"))
    if not problem:
        return launcher.SOURCE
    _say(f"tmux will be the Python client: {problem}")
    problem = script.refusal()
    if not problem:
        return script.SOURCE
    _say(f"tmux will be an entry point: {problem}")
    return ""


def _say(text: str) -> None:
    print(f"tmuxish: {text}", file=sys.stderr, flush=True)


def _build(hook: str, *arguments: Any, editable: bool) -> str:
    """Runs a hook of setuptools' backend that builds, once more without extension modules if it must."""
    client = _client()
    try:
        extensions = modules.extensions(editable=editable)
    except modules.Refused as refused:
        _say(f"the emulator will not be compiled: {refused}")
        extensions = []
    if extensions:
        try:
            return _run(hook, client, extensions, *arguments)
        except (Exception, SystemExit) as error:  # whatever a compiler may do to us
            _say(f"the emulator will not be compiled: {error}")
            shutil.rmtree("build", ignore_errors=True)
    return _run(hook, client, [], *arguments)


def _run(hook: str, client: str, extensions: list[Any], *arguments: Any) -> str:
    result: str = getattr(Backend(client=client, extensions=extensions), hook)(*arguments)
    return result


# -- what pip calls (PEP 517 and 660) --------------------------------------------------------------------


def get_requires_for_build_wheel(settings: Settings = None) -> list[str]:
    return modules.requirements(editable=False)


def get_requires_for_build_editable(settings: Settings = None) -> list[str]:
    return modules.requirements(editable=True)


def get_requires_for_build_sdist(settings: Settings = None) -> list[str]:
    return []


def prepare_metadata_for_build_wheel(folder: str, settings: Settings = None) -> str:
    return _run("prepare_metadata_for_build_wheel", _client(), [], folder, settings)


def prepare_metadata_for_build_editable(folder: str, settings: Settings = None) -> str:
    return _run("prepare_metadata_for_build_editable", _client(), [], folder, settings)


def build_wheel(folder: str, settings: Settings = None, metadata: str | None = None) -> str:
    return _build("build_wheel", folder, settings, metadata, editable=False)


def build_editable(folder: str, settings: Settings = None, metadata: str | None = None) -> str:
    return _build("build_editable", folder, settings, metadata, editable=True)


def build_sdist(folder: str, settings: Settings = None) -> str:
    return _run("build_sdist", "", [], folder, settings)
