"""What customize-mode lists: options of the server, a session, a window and a pane, and key bindings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tmuxish.formats.expand import expand
from tmuxish.grammar.keys import key_to_string
from tmuxish.model.options import is_user_option
from tmuxish.model.options_lines import value_text
from tmuxish.model.options_table import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tmuxish.current import Found
    from tmuxish.formats.scope import Scope
    from tmuxish.keys.tables import Binding, KeyTable
    from tmuxish.model.options import Options
    from tmuxish.model.options_spec import OptionSpec
    from tmuxish.model.server import Model
    from tmuxish.modes.customize import CustomizeTree
    from tmuxish.modes.tree_items import Item

# Where an option is set.
SERVER, GLOBAL_SESSION, SESSION, GLOBAL_WINDOW, WINDOW, PANE = range(6)
GLOBAL_SCOPES = frozenset((SERVER, GLOBAL_SESSION, GLOBAL_WINDOW))
# The groups of the list; an option shows as it is set in the last of these scopes that has it.
_GROUPS = (
    ("Server Options", (SERVER,)),
    ("Session Options", (GLOBAL_SESSION, SESSION)),
    ("Window & Pane Options", (GLOBAL_WINDOW, WINDOW, PANE)),
)
# Key tables that are listed at the most.
_MAX_TABLES = 256

# Names of the lines below a key.
COMMAND, NOTE, REPEAT = "Command", "Note", "Repeat"


class OptionSubject(NamedTuple):
    """An option as it is set in `options`, which is the set of `scope`.

    at: index of an item of an array, None for all of it.
    """

    scope: int
    options: Options
    name: str
    at: int | None = None

    @property
    def spec(self) -> OptionSpec | None:
        """Its row of the options table; None for a user option."""
        return BY_NAME.get(self.name)

    @property
    def label(self) -> str:
        return self.name if self.at is None else f"{self.name}[{self.at}]"


class KeySubject(NamedTuple):
    """A key of a table."""

    table: str
    key: int

    @property
    def label(self) -> str:
        return key_to_string(self.key)


def options_of(model: Model, found: Found, scope: int) -> Options | None:
    """The set of options of a scope, for a place."""
    if scope == SESSION:
        return found.session.options if found.session is not None else None
    if scope == WINDOW:
        return found.window.options if found.window is not None else None
    if scope == PANE:
        return found.pane.options if found.pane is not None else None
    if scope == SERVER:
        return model.server_options
    return model.session_options if scope == GLOBAL_SESSION else model.window_options


def scope_text(scope: int, found: Found) -> str:
    """A scope that is not global, in words."""
    if scope == PANE and found.pane is not None:
        return f"pane {found.pane.window.panes.index(found.pane) + _base(found)}"
    if scope == WINDOW and found.winlink is not None:
        return f"window {found.winlink.index}"
    return f"session {found.session.name}" if scope == SESSION and found.session is not None else ""


def _base(found: Found) -> int:
    return found.window.options.get_number("pane-base-index") if found.window is not None else 0


def owner_of(options: Options, name: str) -> Options | None:
    """The set in which an option is set that is in force in `options`."""
    holder: Options | None = options
    while holder is not None and holder.get_only(name) is None:
        holder = holder.parent
    return holder


class Lister:
    """Lists everything once. `condition` is the filter, if any, a format."""

    def __init__(self, tree: CustomizeTree, found: Found, condition: str | None) -> None:
        self._tree = tree
        self._found = found
        self._condition = condition
        # What formats see; as in tmux it stays until something else takes its place.
        self._facts: dict[str, str] = {}
        self._scope = self._scope_of({"is_option": "1", "is_key": "0"})

    def _scope_of(self, facts: dict[str, str]) -> Scope:
        self._facts = facts
        return self._tree.server.scope(self._found, extras=facts)

    def list_all(self) -> None:
        """Options, then keys."""
        for title, scopes in _GROUPS:
            self._list_options(title, scopes)
        tables = self._tree.server.key_tables.sorted_tables()
        used = [table for table in tables if table.bindings][:_MAX_TABLES]
        for number, table in enumerate(used):
            self._list_keys(table, number)

    def _text(self) -> str:
        return expand(self._tree.format, self._scope)

    # -- options -------------------------------------------------------------------------------

    def _list_options(self, title: str, scopes: tuple[int, ...]) -> None:
        tree = self._tree
        top = tree.add(None, ("options", title), title, None, None, expanded=False)
        top.no_tag = True
        sets = [options_of(tree.server.model, self._found, scope) for scope in scopes]
        known = [(scope, options) for scope, options in zip(scopes, sets, strict=True) if options is not None]
        for name in _names([options for _, options in known]):
            owner = owner_of(known[-1][1], name)
            for scope, options in known:
                if options is owner:
                    self._list_option(top, OptionSubject(scope, options, name))

    def _list_option(self, top: Item, subject: OptionSubject) -> None:
        spec, facts = subject.spec, self._facts
        is_global = subject.scope in GLOBAL_SCOPES
        value = subject.options.get_only(subject.name)
        if value is None or (self._tree.hide_global and is_global):
            return
        facts["option_name"] = subject.name
        facts["option_is_global"] = str(int(is_global))
        facts["option_is_array"] = str(int(isinstance(value, dict)))
        facts["option_scope"] = scope_text(subject.scope, self._found)
        facts["option_unit"] = spec.unit if spec is not None else ""
        if not isinstance(value, dict):
            facts["option_value"] = value_text(subject.name, value)
        if not self._tree.passes(self._condition, self._scope):
            return
        text = None if isinstance(value, dict) else self._text()
        tag = subject.name if spec is not None else (subject.name, id(subject.options))
        item = self._tree.add(top, ("option", tag), subject.name, text, subject, expanded=False)
        for index in value if isinstance(value, dict) else ():
            each = subject._replace(at=index)
            facts["option_name"] = each.label
            facts["option_value"] = value_text(subject.name, value, index)
            self._tree.add(item, ("item", tag, index), each.label, self._text(), each)

    # -- keys ----------------------------------------------------------------------------------

    def _list_keys(self, table: KeyTable, number: int) -> None:
        """A table. They are told apart by number, as in tmux: when one goes, the next one takes its state."""
        tree = self._tree
        top = tree.add(None, ("keys", number), f"Key Table - {table.name}", None, None, expanded=False)
        top.no_tag = True
        self._scope = self._scope_of({"is_option": "0", "is_key": "1"})
        for binding in table.sorted_bindings():
            self._facts["key"] = key_to_string(binding.key)
            if binding.note is not None:
                self._facts["key_note"] = binding.note
            if tree.passes(self._condition, self._scope):
                self._list_key(top, table, number, binding)

    def _list_key(self, top: Item, table: KeyTable, number: int, binding: Binding) -> None:
        subject = KeySubject(table.name, binding.key)
        item = self._tree.add(top, ("key", subject), self._text(), None, subject, expanded=False)
        for name, text in (
            (COMMAND, f"#[ignore]{binding.commands}"),
            (NOTE, "" if binding.note is None else f"#[ignore]{binding.note}"),
            (REPEAT, "on" if binding.repeat else "off"),
        ):
            line = self._tree.add(item, ("key", number, binding.key, name), name, text, subject)
            line.draw_as_parent = line.no_tag = True


def _names(sets: list[Options]) -> Iterator[str]:
    """What can be set: the user's options first, then those of the table, hooks aside."""
    user: dict[str, None] = {}
    for options in sets:
        user.update(dict.fromkeys(options.user_names()))
    yield from user
    for name in sorted(sets[0].names()):
        if not is_user_option(name) and not BY_NAME[name].is_hook:
            yield name
