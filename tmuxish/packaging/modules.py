"""Which of our modules are compiled to extension modules, and what it takes to do so.

The emulator is, by mypyc, from the very modules that run as they are where there is no compiler: the same
package in another form. All its modules become one shared library, as they call each other directly in it.

    python -m tmuxish.packaging.modules           # compile in this tree, for tests of the compiled form
    python -m tmuxish.packaging.modules --remove  # run the source again
"""

from __future__ import annotations

import glob
import os
import shutil
import sys
import sysconfig
from typing import Any

from tmuxish.packaging import launcher, refused

REFUSAL = "TMUXISH_PURE"

#: The compiler to C, and the oldest and the first too new version of it that is known to do.
COMPILER = "mypy>=1.18,<3"

FOLDER = "tmuxish/emulator"

#: The shared library, which is a module beside the package, is named after this.
GROUP = "tmuxish"

#: Modules of FOLDER that stay as they are: the package itself, as nothing would be gained, long tables, and
#: what is referred to weakly.
SOURCE_ONLY = ("__init__", "colours_x11", "held", "widths_table")

#: -O1 takes half the time of -O2 and -O3, and makes no slower code out of what mypyc writes.
OPTIMISATION = "1"


class Refused(Exception):
    """No extension modules are built; the text says why."""


def requirements(*, editable: bool) -> list[str]:
    """What pip must install into the build's environment for `extensions` to work."""
    return [] if _refusal(editable) else [COMPILER]


def extensions(*, editable: bool) -> list[Any]:
    """setuptools' descriptions of the extension modules; none if there is nothing to compile.

    Raises Refused with the reason if they cannot be made here, or are not wanted.
    """
    refusal = _refusal(editable)
    if refusal:
        raise Refused(refusal)
    return _translate()


def _refusal(editable: bool) -> str:
    """Why nothing is compiled; "" if something is."""
    if refused(REFUSAL):
        return refused(REFUSAL)
    if editable:
        return "what is edited runs as it is"
    if sys.implementation.name != "cpython":
        return f"that is for CPython, and this is {sys.implementation.name}"
    if not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")):
        return "there is no Python.h"
    if sys.platform != "win32" and shutil.which(launcher.compiler()[0]) is None:
        return f"there is no {launcher.compiler()[0]}"
    return ""


def sources(root: str = "") -> list[str]:
    """The modules that are compiled, in the tree at `root`, which is the folder of pyproject.toml."""
    found = sorted(glob.glob(os.path.join(root, FOLDER, "*.py")))
    return [path for path in found if os.path.basename(path)[:-3] not in SOURCE_ONLY]


def _translate() -> list[Any]:
    """Writes the C (below build/) and describes what is to be built from it. Raises Refused."""
    try:
        from mypyc.build import mypycify
    except ImportError as error:
        raise Refused(str(error)) from None
    options = ["--config-file=", f"--cache-dir={os.devnull}"]
    try:
        made: list[Any] = mypycify(
            [*options, *sources()], opt_level=OPTIMISATION, debug_level="0", group_name=GROUP
        )
    except (Exception, SystemExit) as error:  # mypy ends the process where it does not like our types
        raise Refused(f"mypyc: {error}") from None
    for extension in made:
        # Other compilers than mypyc's authors use warn of other things.
        extension.extra_compile_args = [word for word in extension.extra_compile_args if word != "-Werror"]
    return made


def built(root: str = "") -> list[str]:
    """Extension modules that stand in that tree."""
    patterns = [
        os.path.join(root, *place)
        for suffix in ("so", "pyd")
        for place in ((FOLDER, f"*.{suffix}"), (f"{GROUP}__mypyc.*{suffix}",))
    ]
    return sorted(path for pattern in patterns for path in glob.glob(pattern))


def remove() -> None:
    """Takes the extension modules out of this tree."""
    for path in built():
        os.unlink(path)


def main(arguments: list[str]) -> None:
    """Compiles in this tree, or undoes it."""
    remove()
    if arguments == ["--remove"]:
        return
    try:
        found = extensions(editable=False)
    except Refused as refused:
        raise SystemExit(f"the emulator is not compiled: {refused}") from None
    from setuptools import Distribution

    command = Distribution({"name": GROUP, "ext_modules": found}).get_command_obj("build_ext")
    command.inplace = True
    command.ensure_finalized()
    command.run()
    for path in built():
        os.utime(path)  # what need not be made again has the time of when it was made


if __name__ == "__main__":
    main(sys.argv[1:])
