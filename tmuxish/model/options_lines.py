"""Options printed: the lines of show-options, and values inside formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.emulator.colours import colour_to_string
from tmuxish.model.options_spec import COLOUR, FLAG, STRING, Array, OptionSpec, Scalar, Value
from tmuxish.model.options_table import BY_NAME, OPTIONS
from tmuxish.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tmuxish.model.options import Options


def scalar_text(spec: OptionSpec | None, value: Scalar, *, numeric: bool = False) -> str:
    """One value (or array item) as text; with `numeric`, as formats want it, flags are 1 and 0.

    `spec` is None for a user option.
    """
    if spec is None or isinstance(value, str):
        return str(value)
    if spec.kind == COLOUR:
        return colour_to_string(value)
    if spec.kind == FLAG and not numeric:
        return "on" if value else "off"
    return str(int(value))


def value_text(name: str, value: Value, index: int | None = None, *, numeric: bool = False) -> str:
    """A value as text: an array's item `index` ("" if there is none), or all of its items in a line."""
    spec = BY_NAME.get(name)
    if not isinstance(value, dict):
        return scalar_text(spec, value, numeric=numeric)
    if index is not None:
        return scalar_text(spec, value[index], numeric=numeric) if index in value else ""
    return " ".join(scalar_text(spec, item, numeric=numeric) for item in value.values())


def option_lines(
    name: str,
    value: Value,
    index: int | None = None,
    *,
    values_only: bool = False,
    inherited: bool = False,
) -> Iterator[str]:
    """The lines of show-options for one option: one, or for a whole array one for each item.

    `values_only` is -v. `inherited` marks the name with a star (-A).
    """
    if isinstance(value, dict) and index is None:
        yield from _array_lines(name, value, values_only=values_only, inherited=inherited)
        return
    spec = BY_NAME.get(name)
    text = value_text(name, value, index)
    if values_only:
        yield text
        return
    if spec is None or spec.kind == STRING:
        text = quote(text)
    label = name if index is None else f"{name}[{index}]"
    yield f"{label}{'*' if inherited else ''} {text}"


def _array_lines(name: str, items: Array, *, values_only: bool, inherited: bool) -> Iterator[str]:
    for index in items:
        yield from option_lines(name, items, index, values_only=values_only, inherited=inherited)
    if not items and not values_only:
        yield name


def all_lines(
    options: Options,
    scope: int,
    *,
    hooks: bool = False,
    only_hooks: bool = False,
    values_only: bool = False,
    inherit: bool = False,
) -> Iterator[str]:
    """The lines of show-options for everything in a set: user options, then the table's of `scope`.

    `hooks` (-H) adds the hooks, `only_hooks` is show-hooks, `inherit` (-A) adds what comes from parents.
    """
    if not only_hooks:
        for name in options.user_names():
            yield from option_lines(name, options.get_string(name), values_only=values_only)
    for spec in OPTIONS:
        if not spec.scopes & scope or (not spec.is_hook if only_hooks else spec.is_hook and not hooks):
            continue
        value = options.get_only(spec.name)
        inherited = value is None
        if inherited and inherit:
            value = options.get(spec.name)
        if value is None:
            continue
        if value == {} and inherited and not values_only:
            yield f"{spec.name}*"
        else:
            yield from option_lines(spec.name, value, values_only=values_only, inherited=inherited)
