"""Argument vectors and texts -> command lists.

Everything is read, names resolved and flags checked, before anything runs: what cannot be parsed has done
nothing. Two steps: syntax (Lexer and _Syntax: words, blocks, %if) gives raw commands, then the builder
expands aliases and reads flags.
"""

from __future__ import annotations

from tmuxish.grammar import lexer
from tmuxish.grammar.errors import LexError, ParseError
from tmuxish.grammar.lexer import Lexer, Token
from tmuxish.grammar.nodes import CommandList, ParsedCommand, next_group
from tmuxish.grammar.registry import Registry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Longest `NAME=value` a configuration may assign, in characters.
MAX_ASSIGNMENT = 16384
# How deep blocks and conditions may nest: a bound on our stack, far beyond any configuration.
MAX_DEPTH = 60

_STARTS_COMMAND = frozenset((lexer.WORD, lexer.ASSIGNMENT))
_BRANCH_ENDS = frozenset((lexer.ENDIF, lexer.ELSE, lexer.ELIF))


def _nothing(name: str) -> None:
    return None


def _unexpanded(text: str) -> str:
    return text


def _no_assignment(name: str, value: str, hidden: bool) -> None:
    return None


class ParseContext:
    """What the grammar must be told about the world.

    registry: the commands. alias: the replacement text of a command-alias, None if there is none.
    environment: a variable of the global environment, None if it is unset. assign: called for `NAME=value`
    and `%hidden NAME=value`. expand: expands the format behind %if. home: a user's home folder, "" being
    the caller's own; None if unknown.
    """

    __slots__ = ("alias", "assign", "environment", "expand", "home", "registry")

    def __init__(
        self,
        registry: Registry,
        *,
        alias: Callable[[str], str | None] = _nothing,
        environment: Callable[[str], str | None] = _nothing,
        assign: Callable[[str, str, bool], None] = _no_assignment,
        expand: Callable[[str], str] = _unexpanded,
        home: Callable[[str], str | None] = _nothing,
    ) -> None:
        self.registry = registry
        self.alias = alias
        self.environment = environment
        self.assign = assign
        self.expand = expand
        self.home = home


def parse_argv(
    argv: Sequence[str | CommandList],
    *,
    context: ParseContext,
    file: str | None = None,
    line: int = 0,
    verbose: Callable[[str], None] | None = None,
) -> CommandList:
    """Parse arguments that a shell, or the parser itself, has already split.

    A trailing `;` ends a command, as does a `;` alone; `\\;` at the end is a semicolon. Raise ParseError.
    """
    commands: list[_RawCommand] = []
    arguments: list[_Argument] = []
    for value in argv:
        if isinstance(value, str) and value.endswith(";"):
            if value.endswith("\\;"):
                arguments.append(value[:-2] + ";")
                continue
            if len(value) > 1:
                arguments.append(value[:-1])
            commands.append(_RawCommand(line, arguments))
            arguments = []
        else:
            arguments.append(value)
    if arguments:
        commands.append(_RawCommand(line, arguments))
    return _Builder(context, file, line, False, False, verbose).build(commands)


def parse_text(
    text: str,
    *,
    context: ParseContext,
    file: str | None = None,
    line: int = 1,
    one_group: bool = True,
    parse_only: bool = False,
    verbose: Callable[[str], None] | None = None,
) -> CommandList:
    """Parse a string or a file's contents.

    file, line: where it comes from; with a file, messages begin `file:line: `.
    one_group: False for files, whose lines fail one by one; then each line is a group.
    parse_only: make no assignments (source-file -n).
    verbose: called with each group as it is understood (source-file -v).
    Raise ParseError.
    """
    builder = _Builder(context, file, line, one_group, parse_only, verbose)
    return builder.build(builder.read(text))


class _RawCommand:
    __slots__ = ("arguments", "line")

    def __init__(self, line: int, arguments: list[_Argument]) -> None:
        self.line = line
        self.arguments = arguments


# A word, a block not yet built, or a block that came built.
_Argument = str | list[_RawCommand] | CommandList


class _Builder:
    """Raw commands -> a CommandList. `line` moves with what is being built: messages name it."""

    def __init__(
        self,
        context: ParseContext,
        file: str | None,
        line: int,
        one_group: bool,
        parse_only: bool,
        verbose: Callable[[str], None] | None,
    ) -> None:
        self.context = context
        self.file = file
        self.line = line
        self.one_group = one_group
        self.parse_only = parse_only
        self.verbose = verbose
        self.aliases = True

    def located(self, message: str) -> ParseError:
        return ParseError(message if self.file is None else f"{self.file}:{self.line}: {message}")

    def read(self, text: str) -> list[_RawCommand]:
        """The syntax of `text`, which begins on the current line."""
        syntax = _Syntax(text, self)
        try:
            return syntax.lines()
        except LexError as error:
            self.line = syntax.lexer.line
            raise self.located(str(error) or "syntax error") from None

    def build(self, commands: list[_RawCommand]) -> CommandList:
        result: list[ParsedCommand] = []
        start = 0
        line = None
        group = 0
        for command in commands:
            if line is None or (command.line != line and not self.one_group):
                if line is not None:
                    self.report(result[start:])
                start = len(result)
                group = next_group()
            line = self.line = command.line
            result += self.build_one(command, group)
        if line is not None:
            self.report(result[start:])
        return CommandList(result)

    def build_one(self, command: _RawCommand, group: int) -> list[ParsedCommand]:
        arguments = command.arguments
        first = arguments[0] if arguments else None
        if self.aliases:
            if not isinstance(first, str):
                return []
            alias = self.context.alias(first)
            if alias is not None:
                return self.build_alias(alias, arguments[1:], group)
        values = [self.build(value) if isinstance(value, list) else value for value in arguments]
        if not isinstance(first, str):
            raise self.located("no command")
        try:
            entry = self.context.registry.find(first)
            args = entry.parse(values, 1)
        except ParseError as error:
            raise self.located(str(error)) from None
        return [ParsedCommand(entry, args, self.file, self.line, group, self.verbose is not None)]

    def build_alias(self, alias: str, arguments: list[_Argument], group: int) -> list[ParsedCommand]:
        """The alias's commands, the last one with the arguments given; aliases do not nest."""
        commands = self.read(alias)
        if not commands:
            return []
        commands[-1].arguments += arguments
        self.aliases = False
        try:
            built = self.build(commands)
        finally:
            self.aliases = True
        for command in built:
            command.group = group
        return built.commands

    def report(self, commands: list[ParsedCommand]) -> None:
        if self.verbose is not None:
            where = f"{self.line}: " if self.file is None else f"{self.file}:{self.line}: "
            self.verbose(where + str(CommandList(commands)))


class _Syntax:
    """Recursive descent over the tokens of one text.

    LexError leaves it for every fault; without a text it means "syntax error".
    """

    def __init__(self, text: str, builder: _Builder) -> None:
        self.builder = builder
        self.context = builder.context
        self.lexer = Lexer(text, builder.line, self.context.environment, self.context.home)
        self.token: Token | None = None
        self.conditions: list[bool] = []  # of the open %if's, whether the branch being read counts
        self.depth = 0

    def peek(self) -> str:
        """The kind of the next token, which is read no sooner than it must: variables expand in it."""
        if self.token is None:
            self.token = self.lexer.next()
        return self.token.kind

    def take(self, *kinds: str) -> str:
        """Consume a token of one of these kinds and return its text."""
        if self.peek() not in kinds or self.token is None:
            raise LexError
        text = self.token.text
        self.token = None
        return text

    def skip(self, kind: str) -> bool:
        if self.peek() != kind:
            return False
        self.token = None
        return True

    def counts(self) -> bool:
        return not self.conditions or self.conditions[-1]

    def lines(self) -> list[_RawCommand]:
        commands: list[_RawCommand] = []
        while self.peek() != lexer.END:
            commands += self.statement()
            self.take(lexer.NEWLINE)
        self.builder.line = self.lexer.line
        return commands

    def statement(self) -> list[_RawCommand]:
        """What may stand on one line."""
        kind = self.peek()
        if kind in _STARTS_COMMAND:
            return self.commands()
        if kind == lexer.IF:
            commands, whole_lines = self.condition()
            return commands if whole_lines else self.commands(commands)
        if kind == lexer.HIDDEN:
            self.take(lexer.HIDDEN)
            self.assign(self.take(lexer.ASSIGNMENT), hidden=True)
        return []

    def commands(self, commands: list[_RawCommand] | None = None) -> list[_RawCommand]:
        """Commands between semicolons; `commands` are those of a one-line condition at their head."""
        if commands is None:
            commands = self.element()
            if commands is None:
                commands = []
        while self.skip(lexer.SEMICOLON):
            kind = self.peek()
            if kind in _STARTS_COMMAND or kind == lexer.IF:
                more = self.element()
                # An assignment on its own forgets the commands before it on the line, as in tmux.
                commands = [] if more is None else commands + more
        return commands if self.counts() else []

    def element(self) -> list[_RawCommand] | None:
        """One command or one-line condition; None for an assignment without a command."""
        if self.peek() == lexer.IF:
            return self.condition(whole_lines=False)[0]
        command = self.command()
        if not command.arguments:
            return None
        return [command]

    def command(self) -> _RawCommand:
        """An optional assignment and a command with its arguments."""
        arguments: list[_Argument] = []
        if self.peek() == lexer.ASSIGNMENT:
            self.assign(self.take(lexer.ASSIGNMENT), hidden=False)
            if self.peek() != lexer.WORD:
                return _RawCommand(self.lexer.line, arguments)
        arguments.append(self.take(lexer.WORD))
        while True:
            kind = self.peek()
            if kind in _STARTS_COMMAND:
                arguments.append(self.take(kind))
            elif kind == lexer.OPEN:
                arguments.append(self.block())
            else:
                # The line is that of what follows: where a command ends is where it is said to stand.
                return _RawCommand(self.lexer.line, arguments)

    def block(self) -> list[_RawCommand]:
        """`{ commands }`, over as many lines as it takes."""
        self.enter()
        self.take(lexer.OPEN)
        commands = self.statement()
        while not self.skip(lexer.CLOSE):
            self.take(lexer.NEWLINE)
            commands = commands + self.statement()
        self.depth -= 1
        return commands

    def condition(self, *, whole_lines: bool = True) -> tuple[list[_RawCommand], bool]:
        """%if to %endif: the commands of the branch that counts, and whether it took whole lines.

        whole_lines: it may take whole lines, for nothing stands before it on this one.
        """
        self.enter()
        self.take(lexer.IF)
        taken = self.expression()
        self.conditions.append(taken)
        whole_lines = self.peek() == lexer.NEWLINE and whole_lines
        branch = self.branch(whole_lines)
        chosen = branch if taken else []
        while self.skip(lexer.ELIF):
            self.conditions[-1] = self.expression()
            branch = self.branch(whole_lines)
            if self.conditions[-1] and not taken:
                taken, chosen = True, branch
        if self.skip(lexer.ELSE):
            # Not whether no branch was taken, but whether the last condition failed: assignments in an
            # %else behind a false %elif are made even if the %if held.
            self.conditions[-1] = not self.conditions[-1]
            branch = self.branch(whole_lines)
            if not taken:
                chosen = branch
        self.take(lexer.ENDIF)
        self.conditions.pop()
        self.depth -= 1
        return (chosen if self.counts() else []), whole_lines

    def branch(self, whole_lines: bool) -> list[_RawCommand]:
        if not whole_lines:
            return self.commands()
        self.take(lexer.NEWLINE)
        commands = self.statement()
        self.take(lexer.NEWLINE)
        while self.peek() not in _BRANCH_ENDS:
            commands = commands + self.statement()
            self.take(lexer.NEWLINE)
        return commands

    def expression(self) -> bool:
        expanded = self.context.expand(self.take(lexer.FORMAT, lexer.WORD))
        return expanded not in ("", "0")

    def assign(self, assignment: str, *, hidden: bool) -> None:
        if len(assignment) > MAX_ASSIGNMENT:
            raise LexError("environment variable is too long")
        if not self.builder.parse_only and all(self.conditions):
            name, _, value = assignment.partition("=")
            self.context.assign(name, value, hidden)

    def enter(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise LexError("memory exhausted")
