"""Setting options from text: set-option's checks and the texts it has for bad values."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from tmuxish.emulator.colours import NONE as NO_COLOUR
from tmuxish.emulator.colours import colour_from_string
from tmuxish.model.options import OptionError, Options, is_user_option
from tmuxish.model.options_spec import (
    CHOICE,
    COLOUR,
    COMMAND,
    FLAG,
    KEY,
    NUMBER,
    Array,
    OptionSpec,
    Scalar,
)
from tmuxish.model.options_table import BY_NAME
from tmuxish.numbers import NumberError, parse_number

if TYPE_CHECKING:
    from collections.abc import Callable

_ON = ("1", "on", "yes")
_OFF = ("0", "off", "no")


class Checks:
    """What checking a value needs to know from outside the model.

    `key` and `command` return the canonical text of a key name or command list, or raise OptionError.
    `style` and `shell` tell whether the text is a style, or a program fit to be default-shell.
    """

    __slots__ = ("command", "key", "shell", "style")

    def __init__(
        self,
        key: Callable[[str], str],
        command: Callable[[str], str],
        style: Callable[[str], bool],
        shell: Callable[[str], bool],
    ) -> None:
        self.key = key
        self.command = command
        self.style = style
        self.shell = shell


def assign(
    options: Options,
    name: str,
    text: str | None,
    checks: Checks,
    *,
    index: int | None = None,
    append: bool = False,
) -> None:
    """Set option `name` (in full) of this set from text, or nothing: flags and choices toggle.

    `index` is an item of an array option; without it, text replaces the whole array or with `append` adds
    to it. Raises OptionError, changing nothing.
    """
    if is_user_option(name):
        if text is None:
            raise OptionError("empty value")
        old = options.get_only(name) if append else None
        options.set(name, (old if isinstance(old, str) else "") + text)
        return
    spec = BY_NAME[name]
    if spec.is_array:
        if text is None:
            raise OptionError("empty value")
        options.set(name, _new_array(options, spec, text, checks, index, append))
    else:
        options.set(name, _new_value(options, spec, text, checks, append))


# -- one value ---------------------------------------------------------------------------------


def _new_value(options: Options, spec: OptionSpec, text: str | None, checks: Checks, append: bool) -> Scalar:
    if spec.kind == FLAG:
        return _parse_flag(text) if text else not options.get_flag(spec.name)
    if spec.kind == CHOICE:
        return _toggled(options, spec) if text is None else _parse_choice(spec, text)
    if text is None:
        raise OptionError("empty value")
    if spec.kind == NUMBER:
        return _parse_number(spec, text)
    if spec.kind in (KEY, COLOUR, COMMAND):
        return _parse_checked(spec, text, checks)
    old = options.get_only(spec.name) if append else None
    if isinstance(old, str):
        text = old + spec.separator + text
    _check_string(spec, text, checks)
    return text


def _parse_flag(text: str) -> bool:
    word = text.lower()
    if word in _ON:
        return True
    if word in _OFF:
        return False
    raise OptionError(f"bad value: {text}")


def _toggled(options: Options, spec: OptionSpec) -> str:
    """The other one of the first two choices; later ones stay."""
    now = options.get_string(spec.name)
    position = spec.choices.index(now)
    return spec.choices[1 - position] if position < 2 else now


def _parse_choice(spec: OptionSpec, text: str) -> str:
    if text not in spec.choices:
        raise OptionError(f"unknown value: {text}")
    return text


def _parse_number(spec: OptionSpec, text: str) -> int:
    try:
        return parse_number(text, spec.minimum, spec.maximum)
    except NumberError as error:
        raise OptionError(f"value is {error}: {text}") from error


def _parse_checked(spec: OptionSpec, text: str, checks: Checks) -> Scalar:
    """A key, colour or command list."""
    if spec.kind == KEY:
        return checks.key(text)
    if spec.kind == COMMAND:
        return checks.command(text)
    colour = colour_from_string(text)
    if colour == NO_COLOUR:
        raise OptionError(f"bad colour: {text}")
    return colour


def _check_string(spec: OptionSpec, text: str, checks: Checks) -> None:
    if spec.name == "default-shell" and not checks.shell(text):
        raise OptionError(f"not a suitable shell: {text}")
    if spec.pattern and not fnmatchcase(text, spec.pattern):
        raise OptionError(f"value is invalid: {text}")
    # A style with formats in it can only be judged once they are expanded.
    if spec.is_style and "#{" not in text and not checks.style(text):
        raise OptionError(f"invalid style: {text}")


# -- arrays ------------------------------------------------------------------------------------


def _new_array(
    options: Options, spec: OptionSpec, text: str, checks: Checks, index: int | None, append: bool
) -> Array:
    old = options.get_only(spec.name)
    items: Array = dict(old) if isinstance(old, dict) and (append or index is not None) else {}
    if index is not None:
        items[index] = _new_item(spec, text, checks, items.get(index) if append else None)
        return items
    for part in _split_items(spec, text):
        free = next(position for position in range(len(items) + 1) if position not in items)
        items[free] = _new_item(spec, part, checks, None)
    return items


def _new_item(spec: OptionSpec, text: str, checks: Checks, old: Scalar | None) -> Scalar:
    if spec.kind in (COLOUR, COMMAND):
        return _parse_checked(spec, text, checks)
    return (old if isinstance(old, str) else "") + text


def _split_items(spec: OptionSpec, text: str) -> list[str]:
    """The items in text assigned to a whole array; empty ones do not count."""
    if not spec.separator:
        return [text] if text else []
    return [part for part in re.split(f"[{spec.separator}]", text) if part]
