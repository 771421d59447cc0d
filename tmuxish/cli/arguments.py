"""tmux's own flags: everything before the command.

They are read by hand, with the rules of BSD getopt that tmux follows (clustered letters, glued values,
"--", no permutation), because argparse costs more than a whole `has-session`.
"""

from __future__ import annotations

USAGE = """\
usage: tmux [-2CDhlNuVv] [-c shell-command] [-f file] [-L socket-name]
            [-S socket-path] [-T features] [command [flags]]
"""

# What `tmux --help` adds; the companion program has the rest.
HELP = """\

This is tmuxish, which answers as tmux 3.7c does. Commands and their flags: tmux list-commands.
What is wrong with this installation, and how to mend it: tmuxish doctor.
"""

FLAGS = "2CDhlNquvV"
FLAGS_WITH_VALUE = "cfLST"
# Letters that tmux's getopt knows and then refuses with the usage text alone.
REFUSED_FLAGS = "dU"


class Finished(Exception):
    """The client has no more to do: its status, and text for standard output (status 0) or error (1)."""

    def __init__(self, status: int, text: str) -> None:
        self.status = status
        self.text = text


class Failure(Finished):
    """The client ends with status 1 and this text (without its newline) on standard error."""

    def __init__(self, text: str) -> None:
        super().__init__(1, f"{text}\n")


class Arguments:
    """What the command line asks for. Values keep tmux's letter in their comment."""

    __slots__ = (
        "argv",
        "config_files",
        "control",
        "features",
        "foreground",
        "label",
        "login",
        "no_start",
        "shell_command",
        "socket_path",
        "utf8",
        "verbosity",
    )

    def __init__(self) -> None:
        self.argv: list[str] = []  # the command and its flags
        self.config_files: list[str] | None = None  # -f, any number of times; None for tmux's own places
        self.control = 0  # -C, -CC
        self.features: list[str] = []  # -T and -2
        self.foreground = False  # -D
        self.label: str | None = None  # -L
        self.login = False  # -l
        self.no_start = False  # -N
        self.shell_command: str | None = None  # -c
        self.socket_path: str | None = None  # -S
        self.utf8 = False  # -u
        self.verbosity = 0  # -v


def parse(argv: list[str]) -> Arguments:
    """Reads the whole command line, program name first. Raises Finished for -h, -V and misuse."""
    arguments = Arguments()
    arguments.login = argv[0].startswith("-") if argv else False
    at = 1
    while at < len(argv):
        word = argv[at]
        if word == "--help":
            raise Finished(0, USAGE + HELP)
        if len(word) < 2 or word[0] != "-":
            break
        at += 1
        if word == "--":
            break
        at = _cluster(arguments, word, argv, at)
    arguments.argv = argv[at:]
    if arguments.argv and (arguments.shell_command is not None or arguments.foreground):
        raise Finished(1, USAGE)
    return arguments


def _cluster(arguments: Arguments, word: str, argv: list[str], at: int) -> int:
    """One word of flags ("-2uL", "-Lname"); the index behind what it used up."""
    for index, letter in enumerate(word[1:], 2):
        if letter in FLAGS_WITH_VALUE:
            if index < len(word):
                _set_value(arguments, letter, word[index:])
                return at
            if at == len(argv):
                raise Finished(1, f"tmux: option requires an argument -- {letter}\n{USAGE}")
            _set_value(arguments, letter, argv[at])
            return at + 1
        if letter in REFUSED_FLAGS:
            raise Finished(1, USAGE)
        if letter not in FLAGS:
            raise Finished(1, f"tmux: unknown option -- {letter}\n{USAGE}")
        _set_flag(arguments, letter)
    return at


def _set_flag(arguments: Arguments, letter: str) -> None:
    if letter == "V":
        from tmuxish.version import TMUX_VERSION

        raise Finished(0, f"tmux {TMUX_VERSION}\n")
    if letter == "h":
        raise Finished(0, USAGE)
    if letter == "2":
        arguments.features.append("256")
    elif letter == "C":
        arguments.control += 1
    elif letter == "D":
        arguments.foreground = True
    elif letter == "l":
        arguments.login = True
    elif letter == "N":
        arguments.no_start = True
    elif letter == "u":
        arguments.utf8 = True
    elif letter == "v":
        arguments.verbosity += 1
    # -q is accepted and means nothing, as in tmux.


def _set_value(arguments: Arguments, letter: str, value: str) -> None:
    if letter == "c":
        arguments.shell_command = value
    elif letter == "f":
        arguments.config_files = [*(arguments.config_files or ()), value]
    elif letter == "L":
        arguments.label = value
    elif letter == "S":
        arguments.socket_path = value
    else:
        arguments.features.append(value)
