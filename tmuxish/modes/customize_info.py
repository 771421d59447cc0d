"""What customize-mode tells about the current option or key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.emulator.style import DEFAULT_STYLE
from tmuxish.formats.expand import expand
from tmuxish.formats.styles import apply_style
from tmuxish.model.options_lines import scalar_text, value_text
from tmuxish.model.options_spec import CHOICE, COLOUR, PANE, SESSION, STRING, WINDOW
from tmuxish.modes.customize_items import PANE as IN_PANE
from tmuxish.modes.customize_items import SESSION as IN_SESSION
from tmuxish.modes.customize_items import WINDOW as IN_WINDOW
from tmuxish.modes.customize_items import owner_of
from tmuxish.modes.option_texts import OPTION_TEXTS

if TYPE_CHECKING:
    from tmuxish.current import Found
    from tmuxish.formats.scope import Scope
    from tmuxish.keys.tables import Binding, KeyTable
    from tmuxish.model.options import Options
    from tmuxish.model.options_spec import OptionSpec, Value
    from tmuxish.modes.customize_items import OptionSubject
    from tmuxish.modes.text_flow import TextFlow


def tell_key(flow: TextFlow, table: KeyTable, binding: Binding) -> None:
    """A key binding."""
    note = "There is no note for this key." if binding.note is None else binding.note
    flow.write(note if not note or note.endswith(".") else f"{note}.")
    flow.skip()
    flow.write(f"This key is in the {table.name} table.")
    flow.write(f"This key {'does' if binding.repeat else 'does not'} repeat.")
    flow.skip()
    commands = str(binding.commands)
    flow.write(f"Command: {commands}")
    default = table.defaults.get(binding.key)
    if default is not None and str(default.commands) != commands:
        flow.write(f"The default is: {default.commands}")


def tell_option(flow: TextFlow, subject: OptionSubject, found: Found, scope: Scope) -> None:
    """An option; `scope` is what its formats are about."""
    name, spec = subject.name, subject.spec
    value = subject.options.get(name)
    if value is None:
        return
    flow.write(OPTION_TEXTS.get(name, "This option doesn't have a description."))
    flow.skip()
    flow.write(f"This is a {_kind(spec)} option.")
    if isinstance(value, dict):
        at = "" if subject.at is None else f", index {subject.at}"
        flow.write(f"This is an array option{at}.")
        if subject.at is None:
            return
    flow.skip()
    _tell_value(flow, subject, value, scope)
    flow.skip(to_last=True)
    if not isinstance(value, dict):
        _tell_elsewhere(flow, subject, found)


def _kind(spec: OptionSpec | None) -> str:
    if spec is None:
        return "user"
    if spec.scopes & WINDOW and spec.scopes & PANE:
        return "window and pane"
    if spec.scopes & WINDOW:
        return "window"
    return "session" if spec.scopes & SESSION else "server"


def _tell_value(flow: TextFlow, subject: OptionSubject, value: Value, scope: Scope) -> None:
    name, spec = subject.name, subject.spec
    text = value_text(name, value, subject.at)
    unit = _unit(spec)
    flow.write(f"Option value: {text}{unit}")
    if spec is None or spec.kind == STRING:
        expanded = expand(text, scope)
        if expanded != text:
            flow.write(f"This expands to: {expanded}")
    if spec is None:
        return
    if spec.kind == CHOICE:
        flow.write(f"Available values are: {', '.join(spec.choices)}")
    if spec.kind == COLOUR:
        flow.write("This is a colour option: ", more=True)
        colour = subject.options.get(name)
        flow.write("EXAMPLE", DEFAULT_STYLE.replace(fg=colour) if isinstance(colour, int) else DEFAULT_STYLE)
    if spec.is_style:
        flow.write("This is a style option: ", more=True)
        flow.write("EXAMPLE", apply_style(subject.options, name, scope))
    if not isinstance(spec.default, tuple):
        default = scalar_text(spec, spec.default)
        if default != text:
            flow.write(f"The default is: {default}{unit}")


def _unit(spec: OptionSpec | None) -> str:
    return f" {spec.unit}" if spec is not None and spec.unit else ""


def _tell_elsewhere(flow: TextFlow, subject: OptionSubject, found: Found) -> None:
    """What it is where this one does not hold."""
    above: Options | None = subject.options.parent
    if subject.scope == IN_PANE and above is not None:
        index = found.winlink.index if found.winlink is not None else 0
        _tell_other(flow, f"Window value (from window {index})", subject, above)
        above = above.parent
    if subject.scope in (IN_PANE, IN_WINDOW, IN_SESSION) and above is not None:
        _tell_other(flow, "Global value", subject, above)


def _tell_other(flow: TextFlow, label: str, subject: OptionSubject, options: Options) -> None:
    value = options.get_only(subject.name)
    if value is not None and owner_of(subject.options, subject.name) is not options:
        flow.write(f"{label}: {value_text(subject.name, value)}{_unit(subject.spec)}")
