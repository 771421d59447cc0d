"""Options mode (customize-mode): options and key bindings, to be looked at and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.grammar import keys
from tmuxish.grammar.errors import ParseError
from tmuxish.model.options import OptionError
from tmuxish.model.options_lines import value_text
from tmuxish.model.options_spec import CHOICE, FLAG
from tmuxish.model.options_spec import PANE as PANE_OPTION
from tmuxish.model.options_text import assign
from tmuxish.modes import customize_items as items
from tmuxish.modes.customize_info import tell_key, tell_option
from tmuxish.modes.customize_items import KeySubject, Lister, OptionSubject
from tmuxish.modes.text_flow import TextFlow
from tmuxish.modes.tree import LINE, TAG_ITEMS, TreeMode
from tmuxish.targets import Found

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from tmuxish.grammar.flags import Args
    from tmuxish.grammar.nodes import CommandList
    from tmuxish.keys.press import Presser
    from tmuxish.keys.tables import Binding, KeyTable
    from tmuxish.model.client import Client
    from tmuxish.model.options import Options
    from tmuxish.model.pane import Pane
    from tmuxish.modes.tree import Taken
    from tmuxish.modes.tree_items import Item
    from tmuxish.server.server import Server

DEFAULT_FORMAT = (
    "#{?is_option,"
    "#{?option_is_global,,#[reverse](#{option_scope})#[default] }"
    "#[ignore]#{option_value}#{?option_unit, #{option_unit},},"
    "#{key}}"
)
# Rows of what is told about the current item.
_INFO_ROWS = 12

# What d and u do.
_RESET, _UNSET = "Reset", "Unset"


class CustomizeTree(TreeMode):
    """customize-mode. A flag beyond those of every tree: -F."""

    name = "options-mode"
    menu = (
        ("Select", keys.ENTER),
        ("Expand", keys.RIGHT),
        LINE,
        *TAG_ITEMS,
        LINE,
        ("Cancel", ord("q")),
    )
    help_item = "option"
    help_width = 52
    help_keys = (
        ("Enter, s", "Set option value"),
        ("S", "Set global option value"),
        ("w", "Set window option value"),
        ("d", "Set to default value"),
        ("D", "Set tagged options to default value"),
        ("u", "Unset an option"),
        ("U", "Unset tagged options"),
        ("f", "Enter a filter"),
        ("v", "Toggle information"),
    )

    def __init__(self, server: Server, pane: Pane, args: Args, found: Found) -> None:
        super().__init__(server, pane, args, found)
        self.format = args.get("F") or DEFAULT_FORMAT
        self.hide_global = False

    def _place(self) -> Found:
        """Whose options are listed."""
        if self.found.is_valid(self.server.model):
            return self.found
        return self.server.found_for(pane=self.pane)

    def populate(self, condition: str | None) -> Hashable | None:
        Lister(self, self._place(), condition).list_all()
        return None

    def rest_rows(self, rows: int) -> int | None:
        return _INFO_ROWS

    def update(self) -> None:
        """The list stays as it is until a key is pressed."""

    def draw_preview(self, item: Item, x: int, y: int, cols: int, rows: int) -> None:
        """What there is to know about an option or key."""
        flow = TextFlow(self.screen, x, y, cols, rows)
        subject, found = item.subject, self._place()
        if isinstance(subject, KeySubject):
            bound = self._bound(subject)
            if bound is not None:
                tell_key(flow, *bound)
        elif isinstance(subject, OptionSubject) and self._holds(subject):
            tell_option(flow, subject, found, self.server.scope(found))

    # -- what is still there -------------------------------------------------------------------

    def _holds(self, subject: OptionSubject) -> bool:
        """Whether it is still an option of what the mode is about, and set somewhere."""
        options = items.options_of(self.server.model, self._place(), subject.scope)
        return options is subject.options and options.get(subject.name) is not None

    def _bound(self, subject: KeySubject) -> tuple[KeyTable, Binding] | None:
        """The table and the binding, while they are there."""
        table = self.server.key_tables.get(subject.table)
        binding = table.get(subject.key) if table is not None else None
        return None if table is None or binding is None else (table, binding)

    # -- keys ----------------------------------------------------------------------------------

    def act(self, who: Presser, taken: Taken) -> bool:
        key, item = taken.key, self.current
        subject = item.subject if item is not None else None
        if key in (keys.ENTER, ord("s")):
            self._set(who, item)
        elif key == ord("w"):
            self._set(who, item, window=True)
        elif key in (ord("S"), ord("W")):
            self._set(who, item, everywhere=True)
        elif key == ord("d"):
            if subject is not None and getattr(subject, "at", None) is None:
                self._confirm(who, f"Reset {subject.label} to default? ", _RESET)
        elif key == ord("u"):
            if subject is not None:
                self._confirm(who, f"Unset {subject.label}? ", _UNSET)
        elif key == ord("D"):
            self._confirm_tagged(who, "Reset {} tagged to default? ", _RESET)
        elif key == ord("U"):
            self._confirm_tagged(who, "Unset {} tagged? ", _UNSET)
        elif key == ord("H"):
            self.hide_global = not self.hide_global
            self.build()
        return False

    def _set(
        self, who: Presser, item: Item | None, *, window: bool = False, everywhere: bool = False
    ) -> None:
        """Set what the item is; window: for the window, not the pane; everywhere: globally."""
        subject = item.subject if item is not None else None
        if isinstance(subject, OptionSubject):
            if self._holds(subject):
                self._set_option(who, subject, window, everywhere)
                self.server.option_changed(subject.name)
            self.build()
        elif isinstance(subject, KeySubject) and item is not None and not window and not everywhere:
            self._set_key(who, subject, item.name)
            self.build()

    # -- options -------------------------------------------------------------------------------

    def _set_option(self, who: Presser, subject: OptionSubject, window: bool, everywhere: bool) -> None:
        spec, found = subject.spec, self._place()
        target = subject
        if spec is None or not spec.is_array:
            in_pane = not window and (spec is None or bool(spec.scopes & PANE_OPTION))
            scope = _wider(subject.scope) if everywhere else _narrower(subject.scope, in_pane)
            options = items.options_of(self.server.model, found, scope)
            if options is None:
                return
            target = OptionSubject(scope, options, subject.name)
        if spec is not None and spec.kind == FLAG:
            target.options.set(spec.name, not target.options.get_flag(spec.name))
        elif spec is not None and spec.kind == CHOICE:
            at = spec.choices.index(target.options.get_string(spec.name))
            target.options.set(spec.name, spec.choices[(at + 1) % len(spec.choices)])
        else:
            value = subject.options.get(subject.name)
            text = "" if value is None else value_text(subject.name, value, subject.at)
            question = self._question(target, found, new=spec is not None and spec.is_array)
            self.ask(who, question, lambda answer: self._assign(who, target, answer), initial=text)

    def _question(self, target: OptionSubject, found: Found, *, new: bool) -> str:
        """What the prompt says; new: one without an index is to become an item of an array."""
        label = f"{target.name}[+]" if new and target.at is None else target.label
        where = items.scope_text(target.scope, found)
        if where:
            return f"({label}, for {where}) "
        return f"({label}) " if target.scope == items.SERVER else f"({label}, global) "

    def _assign(self, who: Presser, target: OptionSubject, text: str) -> None:
        """What was typed is the value."""
        if not text or not self._holds(target):
            return
        options, index = target.options, target.at
        value = options.get(target.name)
        if isinstance(value, dict):
            options = items.owner_of(options, target.name) or options
            if index is None:
                index = next(free for free in range(len(value) + 1) if free not in value)
        try:
            assign(options, target.name, text, self.server.option_checks, index=index)
        except OptionError as error:
            self._complain(who.client, str(error))
            return
        self.server.option_changed(target.name)
        self.show()

    def _complain(self, client: Client | None, text: str) -> None:
        self.server.clients.message(client, text[:1].upper() + text[1:], styled=False)

    def _change_option(self, item: Item, subject: OptionSubject, change: str) -> None:
        """Unset it, or go back to the default."""
        if not self._holds(subject):
            return
        options: Options | None = subject.options
        if change == _UNSET:
            if subject.at is not None and item is self.current:
                self.up(wrap=False)
            options = items.owner_of(subject.options, subject.name)
        elif subject.at is not None:
            return
        if options is not None:
            options.unset(subject.name, subject.at)
        self.server.option_changed(subject.name)

    # -- keys ----------------------------------------------------------------------------------

    def _set_key(self, who: Presser, subject: KeySubject, line: str) -> None:
        bound = self._bound(subject)
        if bound is None:
            return
        binding = bound[1]
        text = f"({subject.label}) "
        if line == items.REPEAT:
            self._rebind(subject, binding, repeat=not binding.repeat)
        elif line == items.COMMAND:
            self.ask(
                who,
                text,
                lambda answer: self._set_command(who, subject, answer),
                initial=str(binding.commands),
            )
        elif line == items.NOTE:
            self.ask(who, text, lambda answer: self._set_note(subject, answer), initial=binding.note or "")

    def _rebind(
        self,
        subject: KeySubject,
        binding: Binding,
        *,
        commands: CommandList | None = None,
        note: str | None = None,
        repeat: bool | None = None,
    ) -> None:
        """Bind the key as it was, less what is given. (Not in place: the default may be the same object.)"""
        self.server.key_tables.bind(
            subject.table,
            subject.key,
            binding.commands if commands is None else commands,
            binding.note if note is None else note,
            binding.repeat if repeat is None else repeat,
        )

    def _set_command(self, who: Presser, subject: KeySubject, text: str) -> None:
        bound = self._bound(subject)
        if not text or bound is None:
            return
        try:
            commands = self.server.parse_stored(text)
        except ParseError as error:
            self._complain(who.client, str(error))
            return
        self._rebind(subject, bound[1], commands=commands)
        self.show()

    def _set_note(self, subject: KeySubject, text: str) -> None:
        bound = self._bound(subject)
        if text and bound is not None:
            self._rebind(subject, bound[1], note=text)
            self.show()

    def _change_key(self, item: Item, subject: KeySubject, change: str) -> None:
        """Unbind it, or bind it as by default."""
        bound = self._bound(subject)
        if bound is None:
            return
        table, binding = bound
        default = table.defaults.get(subject.key)
        if change == _RESET and default is not None and default.commands is binding.commands:
            return
        current = self.current
        goes = change == _UNSET or default is None
        if goes and current is not None and current.subject == item.subject:
            if current.expanded:
                current.expanded = False
                self.build()
            self.up(wrap=False)
        if change == _UNSET:
            self.server.key_tables.unbind(subject.table, subject.key)
        else:
            self.server.key_tables.reset(subject.table, subject.key)

    # -- confirmed changes ---------------------------------------------------------------------

    def _confirm(self, who: Presser, text: str, change: str) -> None:
        def go_on() -> None:
            if self.current is not None:
                self._change(self.current, change)

        self._ask_yes(who, text, go_on)

    def _confirm_tagged(self, who: Presser, text: str, change: str) -> None:
        def go_on() -> None:
            for item in self.tagged():
                self._change(item, change)

        if self.tagged():
            self._ask_yes(who, text.format(len(self.tagged())), go_on)

    def _ask_yes(self, who: Presser, text: str, go_on: Callable[[], None]) -> None:
        def answered(answer: str) -> None:
            if answer.lower() == "y":
                go_on()
                self.show()

        self.ask(who, text, answered, single=True, accept=self.accept)

    def _change(self, item: Item, change: str) -> None:
        if isinstance(item.subject, OptionSubject):
            self._change_option(item, item.subject, change)
        elif isinstance(item.subject, KeySubject):
            self._change_key(item, item.subject, change)


def _wider(scope: int) -> int:
    """The global scope of an option that is listed in this one."""
    if scope == items.SESSION:
        return items.GLOBAL_SESSION
    return items.GLOBAL_WINDOW if scope in (items.WINDOW, items.PANE) else scope


def _narrower(scope: int, in_pane: bool) -> int:
    """The scope that is not global; of options of windows that of the pane, if they are a pane's too."""
    if scope == items.GLOBAL_SESSION:
        return items.SESSION
    if scope in (items.GLOBAL_WINDOW, items.WINDOW, items.PANE):
        return items.PANE if in_pane else items.WINDOW
    return scope
