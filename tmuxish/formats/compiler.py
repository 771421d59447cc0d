"""A template's text as a program: fixed text and replacements in a row, each replacement parsed once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tmuxish.formats.lookup import Getter, resolve
from tmuxish.formats.modifiers import Plan, parse
from tmuxish.formats.text import skip, split_two

if TYPE_CHECKING:
    from tmuxish.formats.scope import Scope

# `#S` and friends.
ALIASES = {
    "D": "pane_id",
    "F": "window_flags",
    "H": "host",
    "I": "window_index",
    "P": "pane_index",
    "S": "session_name",
    "T": "pane_title",
    "W": "window_name",
    "h": "host_short",
}


class Replacement:
    """One `#{...}`: its key as written, the modifiers, and the body they apply to.

    `plan` is what they mean, None where an argument must be expanded first. `getter` is set where there is
    nothing to it but a name. `traced` says that -v reports where it was found.
    """

    __slots__ = (
        "_parts",
        "_two",
        "abandoned",
        "body",
        "getter",
        "has_inner",
        "key",
        "modifiers",
        "note",
        "plan",
    )

    def __init__(self, key: str, note: str) -> None:
        self.key = key
        self.note = note
        self.modifiers, self.body, self.abandoned = parse(key)
        self.has_inner = "#{" in self.body
        fixed = not any("#" in arg or "%" in arg for modifier in self.modifiers for arg in modifier.args)
        self.plan = Plan([(item.name, list(item.args)) for item in self.modifiers]) if fixed else None
        self.getter: Getter | None = None
        if not self.modifiers and not self.has_inner and not self.body.startswith("?"):
            self.getter = resolve(self.body).text
        self._two: tuple[str, str] | bool | None = False
        self._parts: list[str] | None = None

    def two(self) -> tuple[str, str] | None:
        """The body cut at its first comma; None without one."""
        if isinstance(self._two, bool):
            self._two = split_two(self.body)
        return self._two

    def parts(self, start: int) -> list[str]:
        """The body from `start` cut at every comma (a body is always asked for with the same start)."""
        if self._parts is None:
            self._parts = []
            while (comma := skip(self.body, start, ",")) >= 0:
                self._parts.append(self.body[start:comma])
                start = comma + 1
            self._parts.append(self.body[start:])
        return self._parts


class Job:
    """One `#(command)`."""

    __slots__ = ("command",)

    def __init__(self, command: str) -> None:
        self.command = command


class Note:
    """Something to tell whoever watches the expansion; no text of its own."""

    __slots__ = ("message",)

    def __init__(self, message: str) -> None:
        self.message = message


class Program:
    """A compiled template.

    Where all replacements are plain names `fill` makes the text at once; `parts` is for all other cases.
    """

    __slots__ = ("fill", "parts")

    def __init__(self, parts: list[str | Replacement | Job | Note]) -> None:
        self.parts = parts
        self.fill = _filler(parts)


def _filler(parts: list[str | Replacement | Job | Note]) -> Callable[[Scope], str] | None:
    pieces: list[str] = []
    slots: list[tuple[int, Getter]] = []
    for index, part in enumerate(parts):
        if isinstance(part, str):
            pieces.append(part)
        elif isinstance(part, Replacement) and part.getter is not None:
            pieces.append("")
            slots.append((index, part.getter))
        else:
            return None
    if not slots:
        text = "".join(pieces)
        return lambda scope: text
    if len(pieces) == 1:
        getter = slots[0][1]
        return lambda scope: getter(scope) or ""

    def fill(scope: Scope) -> str:
        out = pieces.copy()
        for index, getter in slots:
            value = getter(scope)
            if value:
                out[index] = value
        return "".join(out)

    return fill


class _Compiler:
    """Cuts one template. `traced` adds a Note for each escape and style met."""

    def __init__(self, template: str, traced: bool) -> None:
        self._template = template
        self._traced = traced
        self._position = 0
        self._style_end = -1
        self._hashes_end = 0
        self._text: list[str] = []
        self.parts: list[str | Replacement | Job | Note] = []

    def compile(self) -> None:
        template = self._template
        while True:
            hash_at = template.find("#", self._position)
            if hash_at < 0:
                self._text.append(template[self._position :])
                break
            self._text.append(template[self._position : hash_at])
            self._position = hash_at
            if not self._special(hash_at):
                break
        self._flush()

    def _flush(self) -> None:
        text = "".join(self._text)
        self._text.clear()
        if text:
            self.parts.append(text)

    def _add(self, part: Replacement | Job | Note) -> None:
        self._flush()
        self.parts.append(part)

    def _note(self, message: str) -> None:
        if self._traced:
            self._add(Note(message))

    def _special(self, start: int) -> bool:
        """What the `#` at `start` begins; False where the template cannot be read any further."""
        char = self._template[start + 1 : start + 2]
        if not char:
            return False
        if char == "(":
            return self._job(start)
        if char == "{":
            end = skip(self._template, start, "}")
            if end < 0:
                return False
            key = self._template[start + 2 : end]
            self._add(Replacement(key, f"found #{{}}: {key}"))
            self._position = end + 1
            return True
        if char in "[#" and self._style(start):
            return True
        self._position = start + 2
        if char in "[#},":
            self._note(f"found #{char}")
            self._text.append(char)
            return True
        name = ALIASES.get(char)
        # Within #[...] a # and a letter are part of a colour.
        if name is None or start + 2 <= self._style_end:
            self._text.append("#" + char)
        else:
            self._add(Replacement(name, f"found #{char}: {name}"))
        return True

    def _job(self, start: int) -> bool:
        depth = 1
        for index in range(start + 2, len(self._template)):
            char = self._template[index]
            if char == "(":
                depth += 1
            elif char == ")":
                depth -= 1
                if not depth:
                    self._add(Job(self._template[start + 2 : index]))
                    self._position = index + 1
                    return True
        return False

    def _style(self, start: int) -> bool:
        """Copies the `##...[` at `start`, which is for drawing to read; False if there is no bracket."""
        if self._hashes_end <= start:
            # Found once for a whole run of hashes, which is read two by two.
            self._hashes_end = start + 1
            while self._template.startswith("#", self._hashes_end):
                self._hashes_end += 1
        bracket = self._hashes_end
        if not self._template.startswith("[", bracket):
            return False
        self._style_end = skip(self._template, start, "]")
        self._note(f"found #*{bracket - start}[")
        self._text.append(self._template[start : bracket + 1])
        self._position = bracket + 1
        return True


def compile_template(template: str, traced: bool = False) -> Program:
    """The program of a template. Never fails: what cannot be read ends the text."""
    compiler = _Compiler(template, traced)
    compiler.compile()
    return Program(compiler.parts)
