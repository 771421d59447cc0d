"""Expanding formats: running compiled templates against a scope, within tmux's limits on depth and time."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from tmuxish.emulator import colours
from tmuxish.formats import loops, operators
from tmuxish.formats.compiler import Job, Program, Replacement, compile_template
from tmuxish.formats.lookup import resolve
from tmuxish.formats.modifiers import (
    ANY_OR_ALL,
    CHARACTER,
    CLIENTS,
    COLOUR,
    COMPARE,
    EXPRESSION,
    LITERAL,
    NOT,
    NOT_NOT,
    PANES,
    QUOTE_ARGUMENTS,
    QUOTE_SHELL,
    QUOTE_STYLE,
    REPEAT,
    SEARCH,
    SESSION_NAME,
    SESSIONS,
    VALUE,
    WINDOW_NAME,
    WINDOWS,
    Plan,
)
from tmuxish.formats.operators import FALSE, TRUE, ExpressionError
from tmuxish.formats.paths import basename, dirname
from tmuxish.formats.quoting import quote_argument, quote_shell, quote_style
from tmuxish.formats.text import encoded, is_true, to_number, unescape
from tmuxish.formats.times import MAX_TEMPLATE, MAX_TIME, date, format_time, pretty_time
from tmuxish.formats.trim import pad, pad_left, trim_left, trim_right, width

if TYPE_CHECKING:
    from tmuxish.formats.scope import Scope

# How deep expansions may nest; how long one expansion may take, in seconds of the processor, so that
# none comes out empty where others keep the machine busy; how often R may repeat.
LOOP_LIMIT = 100
TIME_LIMIT = 0.1
MAX_REPEAT = 10000

# Spaces that -v indents at most.
_MAX_INDENT = 10

# Compiled templates kept, and the longest that is worth keeping.
_CACHE_SIZE = 2048
_CACHED_LENGTH = 16384


class Run:
    """One expansion: what it runs against and how far it got. `timed`: strftime(3) comes first."""

    __slots__ = ("_log", "_loops", "_moment", "_started", "_used_before", "_without_jobs", "scope", "timed")

    def __init__(self, scope: Scope, timed: bool = False) -> None:
        self.scope = scope
        self.timed = timed
        self._log = scope.log
        self._loops = 0
        self._moment: time.struct_time | None = None
        self._started = time.monotonic()
        self._used_before = time.thread_time()
        self._without_jobs = scope.jobs is None

    def say(self, message: str) -> None:
        """Tell whoever watches (display-message -v)."""
        if self._log is not None:
            self._log(f"#{' ' * min(self._loops, _MAX_INDENT)}{message}")

    def _in_time(self) -> bool:
        # Asking for the time is cheap; asking for the processor's is a system call.
        if time.monotonic() - self._started < TIME_LIMIT:
            return True
        taken = time.thread_time() - self._used_before
        if taken < TIME_LIMIT:
            return True
        self.say(f"reached time limit ({int(taken * 1000)})")
        return False

    def expand(self, template: str) -> str:
        """`template` expanded; "" once a limit is reached."""
        if not template or not self._in_time():
            return ""
        if self._loops == LOOP_LIMIT:
            self.say(f"reached loop limit ({LOOP_LIMIT})")
            return ""
        self._loops += 1
        if self._log is not None:
            self.say(f"expanding format: {template}")
        if self.timed and "%" in template:
            if self._moment is None:
                self._moment = time.localtime(self.scope.clock())
            passed = format_time(template, self._moment, MAX_TEMPLATE)
            if not passed:
                self.say("format is too long")
                return ""
            if passed != template:
                self.say(f"after time expanded: {passed}")
            template = passed
        text = self._execute(template)
        if self._log is not None:
            self.say(f"result is: {text}")
        self._loops -= 1
        return text

    def _execute(self, template: str) -> str:
        if self._log is not None:
            program = compile_template(template, traced=True)
        else:
            program = compiled(template)
            if program.fill is not None:
                return program.fill(self.scope)
        out: list[str] = []
        for part in program.parts:
            if isinstance(part, str):
                out.append(part)
            elif isinstance(part, Replacement):
                if part.getter is not None and self._log is None:
                    out.append(part.getter(self.scope) or "")
                    continue
                value = self._replace(part)
                if value is None:
                    # tmux gives up on the rest of a template where a replacement fails.
                    break
                out.append(value)
            elif isinstance(part, Job):
                out.append(self._job(part.command))
            else:
                self.say(part.message)
        return "".join(out)

    def expand_with(self, scope: Scope, template: str) -> str:
        """`template` expanded against another scope, as part of this run."""
        outer, self.scope = self.scope, scope
        loops_before = self._loops
        text = self.expand(template)
        self._loops = loops_before
        self.scope = outer
        return text

    def _job(self, command: str) -> str:
        self.say(f"found #(): {command}")
        jobs = self.scope.jobs
        if jobs is None or self._without_jobs:
            self.say("#() is disabled")
            return ""
        # Neither the command nor what it prints can start further jobs.
        timed, self.timed = self.timed, False
        self._without_jobs = True
        loops_before = self._loops
        text = self.expand(jobs.output(command, self.expand(command), self.scope))
        self._loops = loops_before
        self._without_jobs = False
        self.timed = timed
        self.say(f"#() result: {text}")
        return text

    # -- replacements ----------------------------------------------------------------------------

    def _replace(self, item: Replacement) -> str | None:
        """The value of one replacement; None where it fails."""
        log = self._log
        if log is not None:
            self.say(item.note)
        plan = item.plan
        if plan is None or log is not None:
            for modifier in item.abandoned:
                for arg in modifier.args:
                    self.expand(arg)  # tmux has expanded it by the time it gives up; -v shows that
            modifiers = [
                (modifier.name, [self.expand(arg) for arg in modifier.args]) for modifier in item.modifiers
            ]
            self._say_modifiers(modifiers)
            plan = Plan(modifiers)
        operation = plan.operation
        if operation in (VALUE, EXPRESSION) and item.body.startswith("?"):
            value: str | None = self._conditional(item, plan)
        else:
            value = _OPERATIONS[operation](self, item, plan)
        if value is None:
            self.say(f"failed {item.key}")
            return None
        if plan.trims:
            value = self._transform(value, plan)
        if log is not None:
            self.say(f"replaced '{item.key}' with '{value}'")
        return value

    def _say_modifiers(self, modifiers: list[tuple[str, list[str]]]) -> None:
        for index, (name, args) in enumerate(modifiers):
            self.say(f"modifier {index} is {name}")
            for number, arg in enumerate(args):
                self.say(f"modifier {index} argument {number}: {arg}")

    def find(self, name: str, plan: Plan) -> str | None:
        """The value of a name with the modifiers that only names can have; None for none."""
        lookup = resolve(name)
        if plan.time:
            return self._find_time(lookup.moment(self.scope), plan)
        value = lookup.text(self.scope)
        if value is None:
            return None
        if plan.basename:
            value = basename(value)
        if plan.dirname:
            value = dirname(value)
        if plan.quotes:
            if plan.quotes & QUOTE_SHELL:
                value = quote_shell(value)
            if plan.quotes & QUOTE_STYLE:
                value = quote_style(value)
            if plan.quotes & QUOTE_ARGUMENTS:
                value = quote_argument(value)
        return value

    def _find_time(self, seconds: int, plan: Plan) -> str | None:
        if not seconds:
            return None
        if plan.pretty:
            return pretty_time(seconds, self.scope.clock())
        if plan.time_format is None:
            return date(seconds)
        try:
            moment = time.localtime(seconds)
        except (OverflowError, ValueError, OSError):
            return ""
        return format_time(plan.time_format, moment, MAX_TIME)

    def _value(self, item: Replacement, plan: Plan) -> str:
        if item.has_inner:
            self.say(f"expanding inner format '{item.body}'")
            return self.expand(item.body)
        value = self.find(item.body, plan)
        if value is None:
            self.say(f"format '{item.body}' not found")
            return ""
        self.say(f"format '{item.body}' found: {value}")
        return value

    def _conditional(self, item: Replacement, plan: Plan) -> str:
        parts = item.parts(1)
        last = len(parts) - 1
        for index in range(0, last, 2):
            condition = parts[index]
            self.say(f"condition is: {condition}")
            found = self.find(condition, plan)
            if found is None:
                # Not a name: a format, unless expanding it changes nothing.
                found = self.expand(condition)
                if found == condition:
                    found = ""
                    self.say(f"condition '{condition}' not found; assuming false")
            else:
                self.say(f"condition '{condition}' found: {found}")
            if is_true(found):
                self.say(f"condition '{condition}' is true")
                return self.expand(parts[index + 1])
            self.say(f"condition '{condition}' is false")
            if index + 1 == last:
                self.say(f"no condition matched in '{item.body[1:]}'; using empty string")
                return ""
        self.say(f"no condition matched in '{item.body[1:]}'; using last arg")
        return self.expand(parts[last])

    def _both(self, item: Replacement) -> tuple[str, str] | None:
        two = item.two()
        return None if two is None else (self.expand(two[0]), self.expand(two[1]))

    def _compare(self, item: Replacement, plan: Plan) -> str | None:
        both = self._both(item)
        if both is None:
            self.say(f"compare {plan.comparison} syntax error: {item.body}")
            return None
        self.say(f"compare {plan.comparison} left is: {both[0]}")
        self.say(f"compare {plan.comparison} right is: {both[1]}")
        return operators.compare(plan.comparison, plan.comparison_flags, *both)

    def _any_or_all(self, item: Replacement, plan: Plan) -> str:
        wanted = plan.boolean == "||"
        for part in item.parts(0):
            value = self.expand(part)
            self.say(f"operator {plan.boolean} has operand: {value}")
            if is_true(value) == wanted:
                return TRUE if wanted else FALSE
        return FALSE if wanted else TRUE

    def _repeat(self, item: Replacement, _: Plan) -> str | None:
        both = self._both(item)
        if both is None:
            self.say(f"repeat syntax error: {item.body}")
            return None
        times = to_number(both[1], 1, MAX_REPEAT)
        if times is None:
            return ""
        # tmux, which appends piece by piece, runs out of time before it gets this far.
        return both[0] * times if len(both[0]) * times <= operators.MAX_TEXT else None

    def _expression(self, item: Replacement, plan: Plan) -> str:
        try:
            floating, decimals = operators.check_expression(plan.arguments)
            both = self._both(item)
            if both is None:
                raise ExpressionError("expression syntax error")
            left = operators.operand(both[0], "left", floating)
            right = operators.operand(both[1], "right", floating)
        except ExpressionError as error:
            self.say(str(error))
            return ""
        self.say(f"expression left side is: {operators.print_number(left, decimals)}")
        self.say(f"expression right side is: {operators.print_number(right, decimals)}")
        result = operators.calculate(plan.arguments[0], left, right, floating)
        value = operators.print_number(result, decimals)
        self.say(f"expression result is {value}")
        return value

    def _literal(self, item: Replacement, _: Plan) -> str:
        self.say(f"literal string is '{item.body}'")
        return unescape(item.body)

    def _character(self, item: Replacement, _: Plan) -> str:
        code = to_number(self.expand(item.body), 32, 126)
        return "" if code is None else chr(code)

    def _colour(self, item: Replacement, _: Plan) -> str:
        colour = colours.force_rgb(colours.colour_from_string(self.expand(item.body)))
        return "" if colour == -1 else f"{colour & 0xFFFFFF:06x}"

    def _transform(self, value: str, plan: Plan) -> str:
        """What modifiers do to a value once it is there, in tmux's order."""
        if plan.expand == "E":
            value = self.expand(value)
        elif plan.expand == "T":
            timed, self.timed = self.timed, True
            loops_before = self._loops
            value = self.expand(value)
            self._loops = loops_before
            self.timed = timed
        for arguments in plan.substitutions:
            pattern = self.expand(arguments[0])
            replacement = self.expand(arguments[1])
            flags = arguments[2] if len(arguments) >= 3 else ""
            value = operators.substitute(pattern, replacement, value, flags, self._in_time)
            self.say(f"substitute '{pattern}' to '{replacement}': {value}")
        if plan.limit:
            value = self._limit(value, plan)
            self.say(f"applied length limit {plan.limit}: {value}")
        if plan.pad:
            value = pad(value, plan.pad) if plan.pad > 0 else pad_left(value, -plan.pad)
            self.say(f"applied padding width {plan.pad}: {value}")
        if plan.length:
            value = str(len(encoded(value)))
            self.say(f"replacing with length: {value}")
        if plan.width:
            value = str(width(value))
            self.say(f"replacing with width: {value}")
        return value

    def _limit(self, value: str, plan: Plan) -> str:
        if plan.limit > 0:
            trimmed = trim_left(value, plan.limit)
            return trimmed + plan.marker if plan.marker is not None and trimmed != value else trimmed
        trimmed = trim_right(value, -plan.limit)
        return plan.marker + trimmed if plan.marker is not None and trimmed != value else trimmed


_OPERATIONS: dict[str, Callable[[Run, Replacement, Plan], str | None]] = {
    VALUE: Run._value,
    LITERAL: Run._literal,
    CHARACTER: Run._character,
    COLOUR: Run._colour,
    SESSIONS: loops.sessions,
    WINDOWS: loops.windows,
    PANES: loops.panes,
    CLIENTS: loops.clients,
    WINDOW_NAME: loops.window_name,
    SESSION_NAME: loops.session_name,
    SEARCH: loops.search,
    REPEAT: Run._repeat,
    NOT: lambda run, item, _: FALSE if is_true(run.expand(item.body)) else TRUE,
    NOT_NOT: lambda run, item, _: TRUE if is_true(run.expand(item.body)) else FALSE,
    ANY_OR_ALL: Run._any_or_all,
    COMPARE: Run._compare,
    EXPRESSION: Run._expression,
}


_cached = lru_cache(maxsize=_CACHE_SIZE)(compile_template)


def compiled(template: str) -> Program:
    """The program of `template`, compiled at most once while it is in use."""
    return _cached(template) if len(template) <= _CACHED_LENGTH else compile_template(template)


def expand(template: str, scope: Scope) -> str:
    """`template` with every replacement filled in from `scope`. Never raises; stops at tmux's limits."""
    if scope.log is None:
        if "#" not in template:
            return template
        fill = compiled(template).fill
        if fill is not None:
            return fill(scope)
    return Run(scope).expand(template)


def expand_time(template: str, scope: Scope) -> str:
    """As `expand`, with the template (and what it nests) going through strftime(3) first."""
    return Run(scope, timed=True).expand(template)
