"""Which option a name means, and which set of options a command's flags mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tmuxish.model.options import OptionError, Options, is_user_option
from tmuxish.model.options_spec import INT_MAX, PANE, SERVER, SESSION, WINDOW
from tmuxish.model.options_table import ALTERNATIVE_NAMES, BY_NAME, OPTIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.model.pane import Pane
    from tmuxish.model.server import Model
    from tmuxish.model.session import Session
    from tmuxish.model.window import Window

_INDEXED = re.compile(r"([^\[]*)\[\s*([+-]?[0-9]+)[^\]]*(?<=[0-9])\]")


class OptionName(NamedTuple):
    """An option's full name, and the array index that was asked for."""

    name: str
    item: int | None = None


def parse_name(text: str) -> OptionName | None:
    """Split ``name`` or ``name[3]``; None if it is neither."""
    if "[" not in text:
        return OptionName(text) if text else None
    match = _INDEXED.fullmatch(text)
    if match is None or not 0 <= int(match[2]) <= INT_MAX:
        return None
    return OptionName(match[1], int(match[2]))


def match_name(text: str) -> OptionName:
    """The option meant by a name or the beginning of one, perhaps with an index. Raises OptionError."""
    parsed = parse_name(text)
    if parsed is None:
        raise OptionError(f"ambiguous option: {text}")  # tmux's word for what is no name at all
    name = ALTERNATIVE_NAMES.get(parsed.name, parsed.name)
    if is_user_option(name) or name in BY_NAME:
        return OptionName(name, parsed.item)
    matches = [spec.name for spec in OPTIONS if spec.name.startswith(name)]
    if not matches:
        raise OptionError(f"invalid option: {text}")
    if len(matches) > 1:
        raise OptionError(f"ambiguous option: {text}")
    return OptionName(matches[0], parsed.item)


class Place(NamedTuple):
    """Where a command's target is: None where there is no such thing. `target` is the text of -t."""

    session: Session | None
    window: Window | None
    pane: Pane | None
    target: str | None = None

    def missing(self, kind: str) -> OptionError:
        """The error that there is no session, window or pane."""
        if self.target is None:
            return OptionError(f"no current {kind}")
        return OptionError(f"no such {kind}: {self.target}")


def scope_from_name(
    model: Model, name: str, has: Callable[[str], bool], place: Place, *, window_command: bool = False
) -> tuple[int, Options]:
    """The scope and set of options that set-option and show-options mean with the option `name`.

    The option's own scope decides; `has` tells which of the flags -g, -p (and for user options -s, -w)
    were given. `window_command` is set for set-window-option and show-window-options. Raises OptionError.
    """
    if is_user_option(name):
        return scope_from_flags(model, has, place, window_command=window_command)
    scopes = BY_NAME[name].scopes
    if scopes & SERVER:
        return SERVER, model.server_options
    if scopes & SESSION:
        return _session_scope(model, has, place)
    if scopes & PANE and has("p"):
        return _pane_scope(place)
    return _window_scope(model, has, place)


def scope_from_flags(
    model: Model, has: Callable[[str], bool], place: Place, *, window_command: bool = False
) -> tuple[int, Options]:
    """The scope and set of options that flags alone mean: all options, or a user option."""
    if has("s"):
        return SERVER, model.server_options
    if has("p"):
        return _pane_scope(place)
    if window_command or has("w"):
        return _window_scope(model, has, place)
    return _session_scope(model, has, place)


def _session_scope(model: Model, has: Callable[[str], bool], place: Place) -> tuple[int, Options]:
    if has("g"):
        return SESSION, model.session_options
    if place.session is None:
        raise place.missing("session")
    return SESSION, place.session.options


def _window_scope(model: Model, has: Callable[[str], bool], place: Place) -> tuple[int, Options]:
    if has("g"):
        return WINDOW, model.window_options
    if place.window is None:
        raise place.missing("window")
    return WINDOW, place.window.options


def _pane_scope(place: Place) -> tuple[int, Options]:
    if place.pane is None:
        raise place.missing("pane")
    return PANE, place.pane.options
