"""Command strings on Windows: which are simple enough to do without a shell, and which are meant for sh.

tmux's callers write for a POSIX shell. There may be none on Windows, but most of what they write needs none:
a program with its arguments, perhaps in a directory, perhaps with variables (`cd 'X' && env K=V prog args`).
`read_form` understands just that. Everything that a shell would expand, redirect or decide makes it None.

A backslash is the hard part: sh takes it as an escape, Windows as a part of every path. Here it is literal
in front of what names are made of (`C:\\Users\\.config`), and an escape in front of what a shell treats
specially, which nobody writes for another reason. Nothing here depends on the system.
"""

from __future__ import annotations

import re

# What a backslash outside of quotes takes the special meaning from.
ESCAPABLE = frozenset(" \t'\"$&|;<>()*?[]#~=%!{}^`,@:\\")
# What it does inside of double quotes.
ESCAPABLE_QUOTED = frozenset('"$`\\')
# Outside of quotes these have a shell do something.
ACTIVE = frozenset("$`<>()*?|\n\r")
# Between commands, one after the other; a pipe is none of them.
SEPARATORS = ("&&", ";")

_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)
_PERCENT = re.compile(r"%[^%\s]+%")
# Words in front of a command that change nothing here.
_TRANSPARENT = ("exec", "command")


class Form:
    """A program with its surroundings. folder: where it is to start (None: where it would), perhaps relative,
    perhaps "~" or under it. set, unset: variables. plain: nothing but the program and its arguments.
    """

    __slots__ = ("argv", "folder", "set", "unset")

    def __init__(self) -> None:
        self.argv: list[str] = []
        self.folder: str | None = None
        self.set: dict[str, str] = {}
        self.unset: set[str] = set()

    @property
    def plain(self) -> bool:
        return self.folder is None and not self.set and not self.unset


class _Active(Exception):
    """A shell is needed for it."""


class _Word(str):
    """A word; `bare` is its text as far as it stands outside of quotes, from its start."""

    __slots__ = ("bare",)
    bare: str


def read_form(text: str) -> Form | None:
    """What `text` asks for, if no shell is needed to do it."""
    if _PERCENT.search(text):
        return None
    try:
        commands = _commands(text)
        form = Form()
        for command in commands[:-1]:
            _prepare(form, command)
        if not commands:
            return None
        _finish(form, commands[-1])
    except _Active:
        return None
    return form


def _commands(text: str) -> list[list[_Word]]:
    """The words of each command. A separator at the end does no harm."""
    commands: list[list[_Word]] = [[]]
    position = 0
    while position < len(text):
        char = text[position]
        if char in " \t":
            position += 1
        elif separator := next((mark for mark in SEPARATORS if text.startswith(mark, position)), None):
            if not commands[-1]:
                raise _Active
            commands.append([])
            position += len(separator)
        elif char == "&":
            raise _Active
        else:
            word, position = _word(text, position)
            commands[-1].append(word)
    if not commands[-1]:
        if not text.rstrip().endswith(";"):
            raise _Active  # "a &&", or nothing at all
        commands.pop()
    return commands


def _word(text: str, position: int) -> tuple[_Word, int]:
    """The word that begins at `position`, and where it ends."""
    parts: list[str] = []
    bare: str | None = None
    start = position
    while position < len(text):
        char = text[position]
        if char in " \t;&":
            break
        if (
            char in ACTIVE
            or (position == start and char in "#~")
            or (char == "{" and _braces(text, position))
        ):
            if char == "~":  # of a directory, which only `cd` is given here
                parts.append(char)
                position += 1
                continue
            raise _Active
        if char in "'\"":
            if bare is None:
                bare = "".join(parts)
            quoted, position = _quoted(text, position)
            parts.append(quoted)
        elif char == "\\":
            if position + 1 == len(text):
                parts.append(char)
                position += 1
            elif text[position + 1] in ESCAPABLE and not _share(text, start, position):
                parts.append(text[position + 1])
                position += 2
            else:
                parts.append(char)
                position += 1
        else:
            parts.append(char)
            position += 1
    word = _Word("".join(parts))
    word.bare = str(word) if bare is None else bare
    return word, position


def _share(text: str, start: int, position: int) -> bool:
    r"""Whether this is the first backslash of an unquoted `\\server\share`."""
    return position == start and re.match(r"\\\\[A-Za-z0-9]", text[position:]) is not None


def _braces(text: str, position: int) -> bool:
    """Whether a shell would make several words of what begins with a brace here."""
    end = text.find("}", position)
    inside = text[position:end] if end != -1 else ""
    return "," in inside or ".." in inside


def _quoted(text: str, position: int) -> tuple[str, int]:
    """The text in the quotes that open at `position`, and where it goes on."""
    quote = text[position]
    position += 1
    if quote == "'":
        end = text.find("'", position)
        if end == -1:
            raise _Active
        return text[position:end], end + 1
    parts: list[str] = []
    while position < len(text):
        char = text[position]
        if char == '"':
            return "".join(parts), position + 1
        if char in "$`":
            raise _Active
        if char == "\\" and text[position + 1 : position + 2] in ESCAPABLE_QUOTED:
            # "C:\dir\" ends with a backslash, not with a quote, if nothing closes it later.
            if text[position + 1] == '"' and '"' not in text[position + 2 :]:
                parts.append(char)
                position += 1
                continue
            if text[position + 1 : position + 2]:
                char = text[position + 1]
                position += 1
        parts.append(char)
        position += 1
    raise _Active


def _prepare(form: Form, words: list[_Word]) -> None:
    """A command in front of the program: cd, or variables."""
    if words[0] == "cd":
        operands = words[2:] if words[1:2] == ["--"] else words[1:]
        if len(operands) != 1 or operands[0] == "-":
            raise _Active
        form.folder = _below(form.folder, operands[0])
    elif words[0] == "export" or all(_is_assignment(word) for word in words):
        for word in words[1:] if words[0] == "export" else words:
            if not _is_assignment(word):
                raise _Active
            _assign(form, word)
    elif words[0] == "unset" and len(words) > 1 and not words[1].startswith("-"):
        form.unset.update(words[1:])
    elif words not in (["true"], [":"]):
        raise _Active


def _below(folder: str | None, path: str) -> str:
    """Where `cd path` leads from `folder`."""
    if folder is None or re.match(r"[/\\~]|[A-Za-z]:", path):
        return path
    return f"{folder}/{path}"


def _finish(form: Form, words: list[_Word]) -> None:
    """The program: after `exec`, assignments and `env` with its own."""
    rest = list(words)
    in_env = False
    while rest:
        word = rest[0]
        if word in _TRANSPARENT and not in_env:
            rest.pop(0)
            if rest and rest[0].startswith("-"):
                raise _Active
        elif word in ("env", "/usr/bin/env"):
            in_env = True
            rest.pop(0)
        elif in_env and word in ("-u", "--unset") and len(rest) > 1:
            form.unset.add(rest[1])
            del rest[:2]
        elif in_env and word == "--":
            rest.pop(0)
        elif in_env and word.startswith("-"):
            raise _Active
        elif _is_assignment(word):
            _assign(form, rest.pop(0))
        else:
            break
    if not rest or not rest[0] or any(word.bare.startswith("~") for word in rest):
        raise _Active
    form.argv = [str(word) for word in rest]


def _is_assignment(word: _Word) -> bool:
    """K=V, with the name and the sign outside of quotes."""
    return _ASSIGNMENT.match(word.bare) is not None


def _assign(form: Form, word: _Word) -> None:
    name, _, value = word.partition("=")
    if word.bare.partition("=")[2].startswith("~"):
        raise _Active
    form.set[name] = value
    form.unset.discard(name)


# -- whose language it is ----------------------------------------------------------------------

# The start of a command: of the text, or after what separates two.
_START = r"(?:^|[;&|(\n]\s*|\b(?:then|do|else)\s+)"
# Programs and builtins that only a POSIX system has, under names that mean nothing else on Windows.
_UTILITIES = (
    "awk|chmod|command|cut|env|eval|exec|export|false|grep|head|nohup|printf|read|sed|seq|stty|tail|tput|test|"
    "touch|tr|trap|true|uname|unset|wc|xargs"
)
_POSIX = re.compile(
    "|".join(
        (
            rf"{_START}(?:{_UTILITIES})(?=\s|;|$)",
            rf"{_START}[A-Za-z_]\w*=(?:'[^']*'|\"[^\"]*\"|[^\s;&|'\"])*\s+[^\s=]",  # K=V program
            rf"{_START}cd\s+(?:--\s+)?(?:'[^']*'|\"[^\"]*\"|[^\s;&|\\]+)\s*&&",
            rf"{_START}(?:\.|source|:)\s",
            rf"{_START}(?:\[|\[\[)\s",
            rf"{_START}(?:if|while|until)\s[^\n]*;\s*(?:then|do)\b",
            rf"{_START}for\s+\w+\s+in\s",
            r"(?:^|[\s'\"=<>])/(?:bin|dev|etc|tmp|usr|var|home)/",
            r"<<-?\s*['\"]?\w",
            r"\$\(\(|\$\?|\$\$|\$!|\$@|\$#|\$\{?\d",
            r"\|\|\s*(?:true|:)(?=\s|;|$)",
        )
    )
)
# PowerShell's commands are a verb and a noun.
_VERBS = (
    "Add|Clear|Compare|Convert|ConvertFrom|ConvertTo|Copy|Export|ForEach|Format|Get|Group|Import|Invoke|Join|"
    "Measure|Move|New|Out|Push|Pop|Read|Remove|Rename|Resolve|Select|Set|Sort|Split|Start|Stop|Tee|Test|Wait|"
    "Where|Write"
)
_NATIVE = re.compile(
    "|".join(
        (
            r"%[A-Za-z_(][\w()]*%|%~|%%\w",  # cmd's variables
            r"\$env:|\$_\b|\$(?:true|false|null|PS\w+)\b",
            rf"(?i:\b(?:{_VERBS})-[A-Za-z]+)",
            rf"(?i:{_START}(?:if\s+(?:not\s+)?(?:exist|defined|errorlevel)\b|set\s+(?:/[ap]\s+)?\"?\w+=|@?echo\s+off"
            r"|start\s+(?:/|\"\")|call\s|cls\b|copy\s|del\s|dir\s+/|md\s|rd\s|ren\s|type\s|ver\b))",
            rf"{_START}\$\w+\s*=",  # PowerShell's assignment
            rf"{_START}&\s*['\"\$]",  # and its call operator
            r"\[[A-Za-z][\w.]*\]::",
        )
    )
)


def is_native(text: str) -> bool:
    """Whether `text` shows that it was written for cmd or PowerShell."""
    return _NATIVE.search(text) is not None


def is_posix(text: str) -> bool:
    """Whether `text` shows that it was written for a POSIX shell."""
    return _NATIVE.search(text) is None and _POSIX.search(text) is not None
