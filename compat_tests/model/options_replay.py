"""Runs set-option, show-options and their kin on the model alone, around the functions under test."""

from __future__ import annotations

import os
from types import SimpleNamespace
from typing import Any

from tmuxish.grammar.flags import FlagSpec
from tmuxish.grammar.keys import UNKNOWN, key_to_string, string_to_key
from tmuxish.model.options import OptionError, Options
from tmuxish.model.options_lines import all_lines, option_lines
from tmuxish.model.options_scope import Place, match_name, scope_from_flags, scope_from_name
from tmuxish.model.options_spec import WINDOW
from tmuxish.model.options_text import Checks, assign

FLAGS = {
    "set-option": "[-aFgopqsuUw] [-t target-pane] option [value]",
    "set-window-option": "[-aFgoqu] [-t target-window] option [value]",
    "set-hook": "[-agpRuw] [-t target-pane] hook [command]",
    "show-options": "[-AgHpqsvw] [-t target-pane] [option]",
    "show-window-options": "[-gv] [-t target-window] [option]",
    "show-hooks": "[-gpw] [-t target-pane] [hook]",
}

# Enough of the command language for the hooks of the recorded cases.
PRINTED = {
    "set -g @x 1 ; display-message 'two words'": 'set-option -g @x 1 ; display-message "two words"',
}
NO_COMMANDS = ("no-such-command", "nosuch")
NO_STYLES = ("nonsense", "bg=nocolour", "#[bg=red]")


def _key(text: str) -> str:
    key = string_to_key(text)
    if key == UNKNOWN:
        raise OptionError(f"bad key: {text}")
    return key_to_string(key)


def _command(text: str) -> str:
    if text in NO_COMMANDS:
        raise OptionError(f"unknown command: {text}")
    return PRINTED.get(text, text)


CHECKS = Checks(
    _key,
    _command,
    lambda text: text not in NO_STYLES,
    lambda text: text.startswith("/") and os.access(text, os.X_OK),
)


class Replay:
    """A server with one session of one window with one pane, as far as options see it."""

    def __init__(self) -> None:
        self.model: Any = SimpleNamespace(
            server_options=Options.for_server(),
            session_options=Options.for_global_session(),
            window_options=Options.for_global_window(),
        )
        self.model.session_options.set("default-shell", "/bin/sh")
        session = SimpleNamespace(options=Options.for_session(self.model.session_options))
        window = SimpleNamespace(options=Options.for_window(self.model.window_options))
        pane = SimpleNamespace(options=Options.for_pane(window.options))
        self._here: tuple[Any, Any, Any] = (session, window, pane)

    def run(self, command: list[str]) -> tuple[list[str], str]:
        """The lines printed and the error."""
        name, *rest = command
        args = FlagSpec.from_usage(FLAGS[name]).parse(rest)
        target = args.get("t")
        place = Place(*self._here) if target is None else Place(None, None, None, target)
        try:
            if name.startswith("show"):
                return self._show(name, args, place), ""
            self._set(name, args, place)
        except OptionError as error:
            quiet = args.has("q") and not str(error).startswith(("bad", "unknown", "empty"))
            return [], "" if quiet else str(error)
        return [], ""

    def _scope(self, name: str | None, command: str, args: Any, place: Place) -> tuple[int, Options]:
        windows = "window" in command
        if name is None:
            return scope_from_flags(self.model, args.has, place, window_command=windows)
        return scope_from_name(self.model, name, args.has, place, window_command=windows)

    def _set(self, command: str, args: Any, place: Place) -> None:
        text, *values = args.operands
        option = match_name(text)
        scope, options = self._scope(option.name, command, args, place)
        old = options.get_only(option.name)
        if option.item is not None and not isinstance(options.get(option.name), dict):
            raise OptionError(f"not an array: {text}")
        there = old is not None and (option.item is None or (isinstance(old, dict) and option.item in old))
        if args.has("o") and there:
            raise OptionError(f"already set: {text}")
        if args.has("U") and scope == WINDOW and place.pane is not None:
            place.pane.options.unset(option.name, option.item)
        if args.has("u") or args.has("U"):
            options.unset(option.name, option.item)
            return
        value = values[0] if values else None
        assign(options, option.name, value, CHECKS, index=option.item, append=args.has("a"))

    def _show(self, command: str, args: Any, place: Place) -> list[str]:
        hooks = command == "show-hooks"
        if not args.operands:
            scope, options = self._scope(None, command, args, place)
            shown = all_lines(
                options,
                scope,
                hooks=args.has("H"),
                only_hooks=hooks,
                values_only=args.has("v"),
                inherit=args.has("A"),
            )
            return list(shown)
        text = args.operands[0]
        option = match_name(text)
        _, options = self._scope(option.name, command, args, place)
        value = options.get_only(option.name)
        inherited = value is None and args.has("A")
        if inherited:
            value = options.get(option.name)
        if value is None:
            if option.name.startswith("@"):
                raise OptionError(f"invalid option: {text}")
            return []
        return list(
            option_lines(option.name, value, option.item, values_only=args.has("v"), inherited=inherited)
        )
