"""What a name in a format means: an option, a variable, something a caller added, an environment variable.

In that order. Which of the four it can be is known from the name alone, except that only a look tells whether
a user option is set; so a name is resolved once and the result asked for values.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from tmuxish.emulator.colours import colour_to_string
from tmuxish.formats.scope import extra_text
from tmuxish.formats.text import to_number
from tmuxish.formats.variables import TIMES, VARIABLES
from tmuxish.model.options import is_user_option
from tmuxish.model.options_spec import COLOUR, FLAG, SERVER, SESSION, Scalar
from tmuxish.model.options_table import ALTERNATIVE_NAMES, BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tmuxish.formats.scope import Scope
    from tmuxish.model.options import Options

_INT64_MAX = 2**63 - 1

Getter = Callable[["Scope"], str | None]


class Lookup:
    """A resolved name. `text` is its value, None for none; `moment` the same as a time (0 for none)."""

    __slots__ = ("moment", "text")

    def __init__(self, text: Getter, moment: Callable[[Scope], int] | None = None) -> None:
        self.text = text
        self.moment = moment if moment is not None else lambda scope: _seconds(text(scope))


def _seconds(text: str | None) -> int:
    return 0 if text is None else to_number(text, 0, _INT64_MAX) or 0


@lru_cache(maxsize=4096)
def resolve(name: str) -> Lookup:
    """What `name` refers to."""
    option, index = _split_option(name)
    if option is not None:
        spec = BY_NAME.get(ALTERNATIVE_NAMES.get(option, option))
        if spec is not None:
            return Lookup(_table_option(spec.name, index))
        if is_user_option(option):
            return _user_option(option, name)
    if name in TIMES:
        return _time_variable(TIMES[name])
    if name in VARIABLES:
        return Lookup(VARIABLES[name])
    return _other(name)


def _split_option(name: str) -> tuple[str | None, int | None]:
    """An option's name and the index behind it; (None, None) for what cannot be one."""
    bracket = name.find("[")
    if bracket < 0:
        return name or None, None
    end = name.find("]", bracket)
    if end != len(name) - 1 or not name[end - 1].isdigit():
        return None, None
    index = to_number(name[bracket + 1 : end], 0, 2**31 - 1)
    return (None, None) if index is None else (name[:bracket], index)


# -- options ---------------------------------------------------------------------------------------


def _table_option(name: str, index: int | None) -> Getter:
    spec = BY_NAME[name]

    def one(value: Scalar) -> str:
        if spec.kind == COLOUR:
            return colour_to_string(int(value))
        if spec.kind == FLAG:
            return "1" if value else "0"
        return str(value)

    def text(scope: Scope) -> str | None:
        value = _options_for(scope, spec.scopes).get(name)
        if isinstance(value, dict):
            if index is not None:
                return one(value[index]) if index in value else ""
            return " ".join(map(one, value.values()))
        return None if value is None else one(value)

    return text


def _options_for(scope: Scope, scopes: int) -> Options:
    """The nearest set that leads to the options of these scopes."""
    model = scope.model
    if scopes & SERVER:
        return model.server_options
    if scopes & SESSION:
        return model.session_options if scope.session is None else scope.session.options
    if scope.pane is not None:
        return scope.pane.options
    return model.window_options if scope.window is None else scope.window.options


def _option_sets(scope: Scope) -> Iterator[Options]:
    """Every set a user option may be in, in the order in which they count."""
    model = scope.model
    yield model.server_options
    if scope.pane is not None:
        yield scope.pane.options
    if scope.window is not None:
        yield scope.window.options
    yield model.window_options
    if scope.session is not None:
        yield scope.session.options
    yield model.session_options


def _user_option(option: str, name: str) -> Lookup:
    other = _other(name)

    def set_value(scope: Scope) -> str | None:
        for options in _option_sets(scope):
            value = options.get(option)
            if value is not None:
                return str(value)
        return None

    def text(scope: Scope) -> str | None:
        value = set_value(scope)
        return other.text(scope) if value is None else value

    def moment(scope: Scope) -> int:
        value = set_value(scope)
        return other.moment(scope) if value is None else _seconds(value)

    return Lookup(text, moment)


# -- variables -------------------------------------------------------------------------------------


def _time_variable(seconds: Callable[[Scope], int | None]) -> Lookup:
    def text(scope: Scope) -> str | None:
        value = seconds(scope)
        return str(value) if value else None

    return Lookup(text, lambda scope: seconds(scope) or 0)


def _other(name: str) -> Lookup:
    """What callers add, or an environment variable (which is never a time)."""

    def text(scope: Scope) -> str | None:
        value = scope.extra(name)
        if value is not None:
            return extra_text(value)
        found = None
        if scope.session is not None:
            # A mark of removal hides the global value here as it does from programs.
            found = scope.session.environment.find(name)
        if found is None:
            found = scope.model.environment.find(name)
        return None if found is None else found.value

    def moment(scope: Scope) -> int:
        value = scope.extra(name)
        if isinstance(value, (int, float)):
            return int(value)
        return _seconds(None if value is None else extra_text(value))

    return Lookup(text, moment)
