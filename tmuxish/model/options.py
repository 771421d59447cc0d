"""Sets of options: one for the server, the global sets, and one for each session, window and pane.

A set holds only what was set in it. What it lacks is looked up in its parent: pane -> window -> global
window options, session -> global session options. The global sets and the server's hold every option of
their part of the table, so a lookup of a table option always ends. Values are plain data (see
`options_spec`); text is checked and turned into them by `options_text`.
"""

from __future__ import annotations

from tmuxish.model.options_spec import (
    CHOICE,
    COMMAND,
    KEY,
    SERVER,
    SESSION,
    STRING,
    WINDOW,
    Array,
    Value,
)
from tmuxish.model.options_table import ALTERNATIVE_NAMES, BY_NAME, OPTIONS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# What is in a set in which nothing was ever set, as in most of sessions, windows and panes.
_NOTHING: dict[str, Value] = {}

_TEXT_KINDS = (STRING, KEY, CHOICE, COMMAND)


class OptionError(Exception):
    """An option cannot be found or changed. `str()` is the text for the user."""


def is_user_option(name: str) -> bool:
    """Whether `name` is one of the user's own (`@name`): any string, in no table."""
    return name.startswith("@")


class Options:
    """One set of options. `table_scope` is the part of the table it must hold whole: SERVER, SESSION or
    WINDOW for the global sets, 0 for all others."""

    __slots__ = ("_values", "parent", "table_scope")

    def __init__(self, parent: Options | None = None, table_scope: int = 0) -> None:
        self.parent = parent
        self.table_scope = table_scope
        self._values = _NOTHING
        if table_scope:
            self._values = {}
            for spec in OPTIONS:
                if spec.scopes & table_scope:
                    self._values[spec.name] = spec.default_value()

    @classmethod
    def for_server(cls) -> Options:
        return cls(table_scope=SERVER)

    @classmethod
    def for_global_session(cls) -> Options:
        return cls(table_scope=SESSION)

    @classmethod
    def for_global_window(cls) -> Options:
        return cls(table_scope=WINDOW)

    @classmethod
    def for_session(cls, global_session: Options) -> Options:
        return cls(global_session)

    @classmethod
    def for_window(cls, global_window: Options) -> Options:
        return cls(global_window)

    @classmethod
    def for_pane(cls, window: Options) -> Options:
        return cls(window)

    # -- lookup --------------------------------------------------------------------------------

    def get_only(self, name: str) -> Value | None:
        """The value set in this very set, or None."""
        value = self._values.get(name)
        if value is None and name in ALTERNATIVE_NAMES:
            value = self._values.get(ALTERNATIVE_NAMES[name])
        return value

    def get(self, name: str) -> Value | None:
        """The value in force here, or None for a user option that is set nowhere."""
        options: Options | None = self
        while options is not None:
            value = options.get_only(name)
            if value is not None:
                return value
            options = options.parent
        return None

    def get_string(self, name: str) -> str:
        """A string, key name, choice or command; "" for a user option that is set nowhere.

        Raises KeyError for a name outside this set's part of the table and TypeError for another kind.
        """
        value = self._values.get(name)
        if value is None:
            value = self._inherited(name)
        if not isinstance(value, str):
            raise TypeError(f"option {name} is not a string")
        return value

    def get_number(self, name: str) -> int:
        """A number or colour (a flag counts as 0 or 1). Raises as `get_string`."""
        value = self._values.get(name)
        if value is None:
            value = self._inherited(name)
        if not isinstance(value, int):
            raise TypeError(f"option {name} is not a number")
        return value

    def get_flag(self, name: str) -> bool:
        """A flag. Raises as `get_string`."""
        return self.get_number(name) != 0

    def get_array(self, name: str) -> Array:
        """An array by index, in order of the indexes; not to be changed. Raises as `get_string`."""
        value = self._inherited(name)
        if not isinstance(value, dict):
            raise TypeError(f"option {name} is not an array")
        return value

    def get_strings(self, name: str) -> list[str]:
        """The items of an array of strings or commands, in order."""
        return [str(item) for item in self.get_array(name).values()]

    def _inherited(self, name: str) -> Value:
        options: Options | None = self
        while options is not None:  # first by the name itself, as nearly all options are asked for
            value = options._values.get(name)
            if value is not None:
                return value
            options = options.parent
        value = self.get(name)
        if value is not None:
            return value
        if is_user_option(name):
            return ""
        raise KeyError(name)

    # -- change --------------------------------------------------------------------------------

    def set(self, name: str, value: Value) -> None:
        """Store a value that is known to be good. Raises TypeError if it does not suit the option's kind."""
        name = ALTERNATIVE_NAMES.get(name, name)
        if not _suits(name, value):
            raise TypeError(f"bad value for option {name}: {value!r}")
        if isinstance(value, dict):
            value = dict(sorted(value.items()))
        if self._values is _NOTHING:
            self._values = {}
        self._values[name] = value

    def unset(self, name: str, index: int | None = None) -> None:
        """Remove the option, or one item of it; a global set falls back to the default instead."""
        value = self.get_only(name)
        if value is None:
            return
        name = ALTERNATIVE_NAMES.get(name, name)
        if index is not None:
            if isinstance(value, dict):
                value.pop(index, None)
            return
        if self.table_scope and name in BY_NAME:
            self._values[name] = BY_NAME[name].default_value()
        else:
            del self._values[name]

    # -- listing -------------------------------------------------------------------------------

    def user_names(self) -> Iterator[str]:
        """The user options set here, by name."""
        return iter(sorted(filter(is_user_option, self._values)))

    def names(self) -> Iterator[str]:
        """Everything set here, user options first, then the table's in its order."""
        yield from self.user_names()
        yield from (spec.name for spec in OPTIONS if spec.name in self._values)


def _suits(name: str, value: Value) -> bool:
    """Whether `value` has the type that the option's kind calls for."""
    spec = BY_NAME.get(name)
    if spec is None:
        return is_user_option(name) and isinstance(value, str)
    if spec.is_array != isinstance(value, dict):
        return False
    wanted = str if spec.kind in _TEXT_KINDS else int
    items = value.values() if isinstance(value, dict) else (value,)
    return all(isinstance(item, wanted) for item in items)
