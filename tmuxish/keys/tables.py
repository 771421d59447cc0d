"""Key tables: which key runs which commands, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.grammar.keys import MASK_FLAGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tmuxish.grammar.nodes import CommandList

ROOT = "root"
PREFIX = "prefix"


class Binding:
    """What one key of a table does. `repeat`: it may be pressed again without the prefix (bind-key -r)."""

    __slots__ = ("commands", "key", "note", "repeat")

    def __init__(self, key: int, commands: CommandList, note: str | None, repeat: bool) -> None:
        self.key = key
        self.commands = commands
        self.note = note
        self.repeat = repeat


class KeyTable:
    """The bindings of one table by key, and those it had to begin with."""

    __slots__ = ("bindings", "defaults", "name")

    def __init__(self, name: str) -> None:
        self.name = name
        self.bindings: dict[int, Binding] = {}
        self.defaults: dict[int, Binding] = {}

    def get(self, key: int) -> Binding | None:
        """What the key does; flags of the key do not count."""
        return self.bindings.get(key & ~MASK_FLAGS)

    def sorted_bindings(self) -> Iterator[Binding]:
        """All bindings in the order list-keys shows them."""
        return (self.bindings[key] for key in sorted(self.bindings))


class KeyTables:
    """All key tables of a server by name."""

    def __init__(self) -> None:
        self.tables: dict[str, KeyTable] = {}

    def get(self, name: str) -> KeyTable | None:
        return self.tables.get(name)

    def get_or_create(self, name: str) -> KeyTable:
        table = self.tables.get(name)
        if table is None:
            table = self.tables[name] = KeyTable(name)
        return table

    def sorted_tables(self) -> list[KeyTable]:
        return [self.tables[name] for name in sorted(self.tables)]

    def bind(
        self,
        table: str,
        key: int,
        commands: CommandList | None,
        note: str | None = None,
        repeat: bool = False,
    ) -> None:
        """Binds a key. Without commands, only what is given changes: the note, the repeat flag."""
        bindings = self.get_or_create(table).bindings
        key &= ~MASK_FLAGS
        if commands is not None:
            bindings[key] = Binding(key, commands, note, repeat)
        elif (old := bindings.get(key)) is not None:
            kept = old.note if note is None else note
            bindings[key] = Binding(key, old.commands, kept, old.repeat or repeat)

    def unbind(self, table: str, key: int) -> None:
        """Removes a binding, and the table with its last one (unless it has defaults to go back to)."""
        found = self.tables.get(table)
        if found is None or found.bindings.pop(key & ~MASK_FLAGS, None) is None:
            return
        if not found.bindings and not found.defaults:
            del self.tables[table]

    def remove_table(self, name: str) -> None:
        self.tables.pop(name, None)

    def reset(self, table: str, key: int) -> None:
        """Back to the default of a key that is bound now."""
        found = self.tables.get(table)
        key &= ~MASK_FLAGS
        if found is None or key not in found.bindings:
            return
        default = found.defaults.get(key)
        if default is None:
            self.unbind(table, key)
        else:
            found.bindings[key] = default

    def reset_table(self, name: str) -> None:
        """Back to the defaults of all keys bound now; a table without defaults goes."""
        found = self.tables.get(name)
        if found is None:
            return
        if not found.defaults:
            self.remove_table(name)
            return
        for key in list(found.bindings):
            self.reset(name, key)

    def freeze_defaults(self) -> None:
        """What is bound now is what `reset` goes back to."""
        for table in self.tables.values():
            table.defaults = dict(table.bindings)
