"""`tmuxish shim DIR`: a `tmux` for one project or one image.

Where the compiled launcher is installed that is a link to it: it finds its Python by where it really is. Else
it is a script that starts Python without site packages and environment settings (-I -S), which saves a third
of the interpreter's start, and names the package's folder itself; `tmux` needs no other. Both work from any
directory and inside virtual environments of other projects. On Windows it is a copy of pip's tmux.exe.
"""

from __future__ import annotations

import compileall
import os
import shlex
import shutil
import sys
import sysconfig

from tmuxish.cli import programs

MARK = "# tmuxish launcher"

PROGRAM = """\
{start}
{mark}: made by `tmuxish shim`, for the Python and the package named here. Delete it to be rid of it.
import sys
sys.path.append({folder!r})
from tmuxish.cli.tmux import main
main()
"""

SHELL_START = """\
#!/bin/sh
'''exec' {python} -I -S "$0" "$@"
'''"""


def write(folder: str) -> int:
    """Writes DIR/tmux and says how to use it; the exit status."""
    if sys.platform == "win32":
        return write_copy(folder, sysconfig.get_path("scripts"))
    folder = os.path.abspath(folder)
    path = os.path.join(folder, "tmux")
    if os.path.lexists(path) and not is_shim(path):
        print(f"{path} is there already and was not made by tmuxish: move it away first", file=sys.stderr)
        return 1
    try:
        os.makedirs(folder, exist_ok=True)
        compiled = compiled_launcher()
        if compiled is None:
            _replace(path, launcher())
        else:
            _link(path, compiled)
    except OSError as error:
        print(f"cannot write {path}: {error.strerror}", file=sys.stderr)
        return 1
    _compile()
    print(f"wrote {path}")
    if not _is_first(folder):
        print(f"put it first on PATH:\n  export PATH={shlex.quote(folder)}:$PATH")
    return 0


def write_copy(folder: str, scripts: str) -> int:
    """On Windows: copies the tmux.exe that pip has made in `scripts`, which names its Python; the status."""
    folder = os.path.abspath(folder)
    path = os.path.join(folder, "tmux.exe")
    source = os.path.join(scripts, "tmux.exe")
    if not programs.is_ours(source):
        print(f"there is no {source} of ours to copy: install tmuxish with pip first", file=sys.stderr)
        return 1
    if os.path.lexists(path) and not programs.is_ours(path):
        print(f"{path} is there already and was not made by tmuxish: move it away first", file=sys.stderr)
        return 1
    try:
        os.makedirs(folder, exist_ok=True)
        shutil.copyfile(source, path)
    except OSError as error:
        print(f"cannot write {path}: {error.strerror}", file=sys.stderr)
        return 1
    _compile()
    print(f"wrote {path}")
    first = programs.on_path("tmux")[:1]
    if not first or not os.path.samefile(first[0], path):
        print(f'put it first on PATH:\n  $env:Path = "{folder};$env:Path"')
    return 0


def compiled_launcher() -> str | None:
    """The launcher that was installed with the program that runs, if there is one and it is not refused."""
    if os.environ.get("TMUXISH_PURE_CLIENT"):
        return None
    folders = [sysconfig.get_path("scripts")]
    if os.path.basename(sys.argv[0]) == "tmuxish":
        folders.insert(0, os.path.dirname(os.path.realpath(sys.argv[0])))
    paths = (os.path.join(folder, "tmux") for folder in folders)
    return next((path for path in paths if programs.kind_of(path) == programs.LAUNCHER), None)


def is_shim(path: str) -> bool:
    """Whether that file was made here: a script of ours, or a link to the compiled launcher."""
    if os.path.islink(path) and programs.kind_of(path) == programs.LAUNCHER:
        return True
    try:
        with open(path, "rb") as file:
            return MARK.encode() in file.read(1024)
    except OSError:
        return False


def launcher() -> str:
    """The launcher's text, for this Python and this package."""
    line = programs.interpreter_line(sys.executable, "-IS")
    if line is None:
        line = SHELL_START.format(python=shlex.quote(sys.executable))
    return PROGRAM.format(start=line, mark=MARK, folder=os.path.dirname(_package()))


def _package() -> str:
    return os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def _replace(path: str, text: str) -> None:
    """Writes an executable file so that nobody ever sees half of it."""
    temporary = f"{path}.{os.getpid()}"
    fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o755)
    with open(fd, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(temporary, path)


def _link(path: str, target: str) -> None:
    temporary = f"{path}.{os.getpid()}"
    os.symlink(target, temporary)
    os.replace(temporary, path)


def _compile() -> None:
    """Compiles the package now: an image may be read-only when the launcher runs."""
    compileall.compile_dir(_package(), quiet=2)


def _is_first(folder: str) -> bool:
    """Whether a shell would find this launcher already."""
    for candidate in os.environ.get("PATH", "").split(os.pathsep):
        if os.path.abspath(candidate or ".") == folder:
            return True
        if os.access(os.path.join(candidate or ".", "tmux"), os.X_OK):
            return False
    return False
