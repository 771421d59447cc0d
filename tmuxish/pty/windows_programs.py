"""Finding programs on Windows, and writing command lines that they read as they were meant.

A Windows program gets one string and cuts it up by itself; all but a few do as the C runtime does. Batch
files are read by cmd, which has rules of its own and no way to quote a percent sign or a newline.

`Host` is what is asked of a system: the pane's environment and directory, and which files there are. Tests
give it a world of their own. Nothing here depends on the system.
"""

from __future__ import annotations

import ntpath
import os
import re
from collections.abc import Callable, Mapping, Sequence

DEFAULT_PATHEXT = ".COM;.EXE;.BAT;.CMD"
BATCH = (".bat", ".cmd")
POWERSHELL_SCRIPT = ".ps1"
# What Windows itself starts. Anything else needs a program that reads it.
EXECUTABLE = (".exe", ".com")

# Where Git for Windows is, as far below as the variable of the first column points.
GIT_FOLDERS = (
    ("ProgramFiles", "Git"),
    ("ProgramW6432", "Git"),
    ("ProgramFiles(x86)", "Git"),
    ("LOCALAPPDATA", r"Programs\Git"),
    ("USERPROFILE", r"scoop\apps\git\current"),
)
# Its sh: the first one prepares PATH for the tools beside it.
GIT_SHELLS = (r"bin\sh.exe", r"bin\bash.exe", r"usr\bin\sh.exe", r"usr\bin\bash.exe")
# Names Git Bash's bash for a tool that many panes run.
GIT_BASH_VARIABLE = "CLAUDE_CODE_GIT_BASH_PATH"

_DRIVE_PATH = re.compile(r"\A/([A-Za-z])(?:/|\Z)")


class Host:
    """What commands are resolved against.

    environment: the program's; names are compared as Windows does, in any case. folder: where it starts.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        folder: str,
        *,
        is_file: Callable[[str], bool] = os.path.isfile,
    ) -> None:
        self.environment = environment
        self.folder = folder
        self.is_file = is_file
        self._names = {name.upper(): name for name in environment}

    def variable(self, name: str) -> str:
        """Its value; "" if it is not set."""
        return self.environment.get(self._names.get(name.upper(), ""), "")

    @property
    def comspec(self) -> str:
        """The path of cmd."""
        return self.variable("COMSPEC") or ntpath.join(
            self.variable("SYSTEMROOT") or r"C:\Windows", r"System32\cmd.exe"
        )

    def find(self, name: str) -> str | None:
        """The file that `name` starts: with a directory as it is, else along PATH. Extensions as PATHEXT has
        them. Not in the current directory: a pane's is somebody's checkout.
        """
        if "/" in name or "\\" in name or name[1:2] == ":":
            return self._posix_path(name) or self._with_extension(ntpath.join(self.folder, from_msys(name)))
        for folder in self.variable("PATH").split(";"):
            folder = folder.strip('" ')
            if folder and (found := self._with_extension(ntpath.join(folder, name))):
                return found
        return None

    def _with_extension(self, path: str) -> str | None:
        extensions = (self.variable("PATHEXT") or DEFAULT_PATHEXT).lower().split(";")
        path = ntpath.normpath(path)
        if ntpath.splitext(path)[1].lower() in extensions and self.is_file(path):
            return path
        for extension in extensions:
            if extension and self.is_file(path + extension):
                return path + extension
        return path if self.is_file(path) else None

    def _posix_path(self, name: str) -> str | None:
        """`/bin/sh` and the like, where Git for Windows keeps it."""
        root = self.git_root()
        if root is None or not re.match(r"/(?:usr/)?bin/", name):
            return None
        inside = name.lstrip("/").replace("/", "\\")
        return self._with_extension(ntpath.join(root, inside)) or self._with_extension(
            ntpath.join(root, "usr", inside)
        )

    def git_root(self) -> str | None:
        """Where Git for Windows is installed."""
        for variable, below in GIT_FOLDERS:
            base = self.variable(variable)
            if base and self._shell_in(root := ntpath.join(base, below)):
                return root
        git = self._along_path("git.exe")
        # ...\Git\cmd\git.exe, ...\Git\bin\git.exe, ...\Git\mingw64\bin\git.exe
        folder = ntpath.dirname(ntpath.dirname(git)) if git else ""
        for root in (folder, ntpath.dirname(folder)):
            if root and self._shell_in(root):
                return root
        return None

    def _shell_in(self, root: str) -> str | None:
        return next((path for name in GIT_SHELLS if self.is_file(path := ntpath.join(root, name))), None)

    def _along_path(self, name: str) -> str | None:
        for folder in self.variable("PATH").split(";"):
            if folder and self.is_file(path := ntpath.join(folder.strip('" '), name)):
                return path
        return None

    def git_shell(self) -> str | None:
        """Git Bash's sh; never the bash of Windows' Linux subsystem, which sees other paths."""
        named = self.variable(GIT_BASH_VARIABLE)
        if named and self.is_file(named):
            return named
        root = self.git_root()
        if root is not None:
            return self._shell_in(root)
        # MSYS2, Cygwin, Busybox
        return next(
            (
                path
                for folder in self.variable("PATH").split(";")
                if folder
                and not is_system_folder(folder)
                and self.is_file(path := ntpath.join(folder, "sh.exe"))
            ),
            None,
        )


def is_system_folder(folder: str) -> bool:
    """Windows' own programs, among them the bash of the Linux subsystem."""
    lower = folder.lower().rstrip("\\/ ")
    return lower.endswith((r"\system32", r"\sysnative", r"\microsoft\windowsapps"))


def from_msys(path: str) -> str:
    """`/c/Users` as Git Bash writes it, as Windows reads it; everything else as it is."""
    return _DRIVE_PATH.sub(lambda match: f"{match[1].upper()}:/", path)


def stem(path: str) -> str:
    """A program's name: without directory and extension, in lower case."""
    return ntpath.splitext(ntpath.basename(path))[0].lower()


# -- command lines -----------------------------------------------------------------------------


def quote(argument: str, *, always: bool = False) -> str:
    """One argument as the C runtime reads it: backslashes count only in front of a quote."""
    if argument and not always and not re.search(r'[\s"]', argument):
        return argument
    return (
        '"' + re.sub(r'(\\*)("|\Z)', lambda match: match[1] * 2 + ('\\"' if match[2] else ""), argument) + '"'
    )


def join(argv: Sequence[str]) -> str:
    """A whole command line."""
    return " ".join(map(quote, argv))


def batch_line(script: str, arguments: Sequence[str]) -> str:
    """What cmd is given after /c to run a batch file with these arguments, whatever is in them.

    Inside of quotes cmd leaves everything alone but percent signs: `%` is followed by a variable that is
    always empty, so that it names none. Raises ValueError for what no batch file can be given.
    """
    words = [f'"{script}"']
    for argument in arguments:
        if "\0" in argument or "\n" in argument or "\r" in argument:
            raise ValueError(f"a batch file cannot be given a newline: {argument!r}")
        if argument and re.fullmatch(r"[\w\-./:\\=+@#$*?]+", argument, re.ASCII):
            words.append(argument)
            continue
        text = argument.replace("%", "%%cd:~,%")
        text = re.sub(r'(\\*)("|\Z)', lambda match: match[1] * 2 + ('""' if match[2] else ""), text)
        words.append(f'"{text}"')
    return f'"{" ".join(words)}"'
