"""What is started for a command of tmux's on Windows, where callers write for shells that may not be there.

One table of steps, the first that fits is taken:

1. several words: that program with those arguments;
2. one string that is just a program with arguments, and the program is found: the same;
3. one string that shows it was written for sh: Git Bash's sh runs it, or the default shell if that is one;
   without either, `cd 'X' && env K=V prog args` and its like are translated;
4. anything else: the default shell, with the flag that it wants.

What tmux itself gives to /bin/sh (run-shell, if-shell, `#()`, pipe-pane, copy-pipe) is taken for sh's unless
it shows that it is not. Nothing here depends on the system: what is asked of it stands in `Host`.
"""

from __future__ import annotations

import ntpath
import re
import sys
from collections.abc import Mapping, Sequence

from tmuxish.pty.windows_programs import (
    BATCH,
    EXECUTABLE,
    POWERSHELL_SCRIPT,
    Host,
    batch_line,
    from_msys,
    join,
    quote,
    stem,
)
from tmuxish.pty.windows_words import Form, is_native, is_posix, read_form

POSIX_SHELLS = frozenset({"sh", "bash", "dash", "zsh", "ksh", "ash", "busybox"})
POWERSHELLS = frozenset({"pwsh", "powershell"})
# The door to Windows' Linux subsystem, which has shells of its own.
LINUX = "wsl"

# PowerShell's exit code would only say whether the last command has failed.
POWERSHELL_STATUS = (
    "\n$tmuxish = $?; if ($LASTEXITCODE) { exit $LASTEXITCODE }; if (-not $tmuxish) { exit 1 }; exit 0"
)
# An interactive login shell of MSYS leaves its directory unless it finds this.
STAY_HERE = {"CHERE_INVOKING": "1"}
# Files that may begin with "#!", and how sh runs one, whoever is to read it.
SCRIPTS = ("", ".sh", ".bash", ".zsh", ".ksh")
RUN_SCRIPT = 'exec "$0" "$@"'
# Standard input into a file, as it comes; for Python.
COPY = (
    "import sys; file = open(sys.argv[1], sys.argv[2], 0); read = sys.stdin.buffer.raw.read\n"
    "while data := read(65536): file.write(data)"
)
# The code of a program that could not be started, as on Unix.
NOT_STARTED = 1


class Launch:
    """A program to start. path: its file; arguments: the command line but for the program. cwd: None for the
    request's.
    """

    __slots__ = ("_environment", "arguments", "cwd", "path")

    def __init__(
        self, path: str, arguments: str, environment: Mapping[str, str], cwd: str | None = None
    ) -> None:
        self.path = path
        self.arguments = arguments
        self.cwd = cwd
        self._environment = environment

    @property
    def program(self) -> str:
        """The command line's first word."""
        return quote(self.path)

    @property
    def command_line(self) -> str:
        return f"{self.program} {self.arguments}" if self.arguments else self.program

    def environment(self) -> dict[str, str]:
        """The variables; of names that differ in case only, the last."""
        merged: dict[str, tuple[str, str]] = {}
        for name, value in self._environment.items():
            merged[name.upper()] = name, value
        return dict(merged[key] for key in sorted(merged))

    def environment_block(self, folder: str | None) -> str:
        """The variables as one text, each with a NUL after it; PWD is `folder`."""
        variables = self.environment()
        if folder is not None:
            variables["PWD"] = folder
        return "".join(f"{name}={value}\0" for name, value in variables.items())


def plan(argv: Sequence[str], shell: str, host: Host, *, for_sh: bool = False) -> Launch:
    """What to start for `argv` (no words: an interactive shell) where `shell` is the default shell.

    for_sh: tmux gives it to /bin/sh. What cannot be started is replaced by what fails.
    """
    try:
        return _plan(argv, shell, host, for_sh=for_sh)
    except ValueError:  # a batch file's arguments that no command line can say
        return failing(host)


def _plan(argv: Sequence[str], shell: str, host: Host, *, for_sh: bool) -> Launch:
    shell = host.find(shell) or shell
    if not argv:
        return _interactive(shell, host)
    if len(argv) > 1:
        return _direct(argv, host)
    text = argv[0]
    form = read_form(text)
    if form is not None and form.plain and host.find(form.argv[0]):
        return _direct(form.argv, host)
    spaced = _path_with_spaces(text, host)
    if spaced is not None:
        return spaced
    if is_posix(text) or (for_sh and not is_native(text)):
        sh = shell if is_posix_shell(shell) and not for_sh else host.git_shell()
        if sh is None and is_posix_shell(shell):
            sh = shell
        if sh is not None:
            return _with_shell(sh, text, host, quiet=for_sh)
        instead = _copying(text, host) if for_sh else None
        if form is not None and instead is None:
            instead = _translated(form, host)
        if instead is not None:
            return instead
    return _with_shell(shell, text, host, quiet=for_sh)


def failing(host: Host) -> Launch:
    """A program that ends at once with the code of one that could not be started."""
    return Launch(host.comspec, f"/d /c exit {NOT_STARTED}", host.environment)


def is_posix_shell(path: str) -> bool:
    """Whether that shell reads what sh reads."""
    return stem(path) in POSIX_SHELLS


def _interactive(shell: str, host: Host) -> Launch:
    name = stem(shell)
    environment = dict(host.environment)
    arguments = ""
    if name in POSIX_SHELLS:
        arguments = "-l"
        environment.update(STAY_HERE)
    elif name in POWERSHELLS:
        arguments = "-NoLogo"
    return Launch(shell, arguments, environment)


def _direct(argv: Sequence[str], host: Host, environment: Mapping[str, str] | None = None) -> Launch:
    """A program with its arguments. In the place of one that is nowhere, one that fails."""
    environment = host.environment if environment is None else environment
    path = host.find(argv[0])
    if path is None:
        return failing(host)
    extension = ntpath.splitext(path)[1].lower()
    if extension in BATCH:
        return Launch(host.comspec, f"/e:on /v:off /d /s /c {batch_line(path, argv[1:])}", environment)
    if extension == POWERSHELL_SCRIPT:
        shell = host.find("pwsh") or host.find("powershell") or "powershell"
        options = "-NoLogo -ExecutionPolicy Bypass -File"
        return Launch(shell, f"{options} {join([path, *argv[1:]])}", environment)
    if extension in SCRIPTS and (sh := host.git_shell()) is not None:
        return Launch(sh, f"-c {quote(RUN_SCRIPT)} {join([path, *argv[1:]])}", environment)
    if extension not in (*SCRIPTS, *EXECUTABLE):  # cmd knows which program reads such files
        return Launch(host.comspec, f"/e:on /v:off /d /s /c {batch_line(path, argv[1:])}", environment)
    return Launch(path, join(argv[1:]), environment)


def _path_with_spaces(text: str, host: Host) -> Launch | None:
    r"""`C:\Program Files\x\y.exe args` without quotes: the first end of a word that makes it a program."""
    if not re.match(r"[A-Za-z]:[\\/]|\\\\", text):
        return None
    for match in re.finditer(r"\s+|\Z", text):
        path = host.find(text[: match.start()])
        if path is None:
            continue
        rest = read_form(f"x {text[match.end() :]}")
        if rest is None or not rest.plain:
            return None
        return _direct([path, *rest.argv[1:]], host)
    return None


def _with_shell(shell: str, text: str, host: Host, *, quiet: bool) -> Launch:
    """The shell with its own flag for a command. quiet: nobody is there to see it."""
    name = stem(shell)
    if name == "cmd":
        # /s: the text stands between the first quote and the last, just as it is.
        return Launch(shell, f'/d /s /c "{text}"', host.environment)
    if name in POWERSHELLS:
        options = "-NoLogo -NoProfile -NonInteractive" if quiet else "-NoLogo"
        command = quote(text + POWERSHELL_STATUS, always=True)
        return Launch(shell, f"{options} -Command {command}", host.environment)
    flag = "-e sh -c" if name == LINUX else "-c"
    return Launch(shell, f"{flag} {quote(text, always=True)}", host.environment)


def _copying(text: str, host: Host) -> Launch | None:
    """`cat > file` and `cat >> file`, which most pipes of panes are."""
    match = re.fullmatch(r"\s*(?:exec\s+)?cat\s*(>>?)(.*)", text, re.DOTALL)
    form = read_form(f"x {match[2]}") if match else None
    if match is None or form is None or len(form.argv) != 2:
        return None
    arguments = ["-I", "-S", "-c", COPY, from_msys(form.argv[1]), "ab" if match[1] == ">>" else "wb"]
    return Launch(sys.executable, join(arguments), host.environment)


def _translated(form: Form, host: Host) -> Launch | None:
    """`cd 'X' && env K=V prog args` without a shell; None if the program is nowhere."""
    environment = dict(host.environment)
    for name in form.unset:
        for known in [known for known in environment if known.upper() == name.upper()]:
            del environment[known]
    environment.update(form.set)
    folder = _folder(form.folder, host)
    inside = Host(environment, folder or host.folder, is_file=host.is_file)
    if inside.find(form.argv[0]) is None:
        return None
    launch = _direct(form.argv, inside, environment)
    launch.cwd = folder
    return launch


def _folder(named: str | None, host: Host) -> str | None:
    """The absolute directory of a `cd`."""
    if named is None:
        return None
    if named == "~" or named.startswith(("~/", "~\\")):
        named = (host.variable("HOME") or host.variable("USERPROFILE")) + named[1:]
    return ntpath.normpath(ntpath.join(host.folder, from_msys(named)))
