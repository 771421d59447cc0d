"""The commands of tmux 3.7c as entries that do nothing, and a parse context like the recording server's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tmuxish.grammar import command as c
from tmuxish.grammar.command import Command, Target
from tmuxish.grammar.flags import Args
from tmuxish.grammar.parser import ParseContext
from tmuxish.grammar.registry import Registry

FIXTURES = Path(__file__).parents[2] / "fixtures" / "grammar"

_FLAGS = {"canfail": c.CAN_FAIL, "window_index": c.WINDOW_INDEX, "default_marked": c.DEFAULT_MARKED}
ENVIRONMENT = {"FOO": "a b", "EMPTY": "", "HOME": "/home/me", "X1": "x;y"}
HOMES = {"": "/home/me", "root": "/root"}
BUILTIN_ALIASES = {
    "split-pane": "split-window",
    "splitp": "split-window",
    "server-info": "show-messages -JT",
    "info": "show-messages -JT",
    "choose-window": "choose-tree -w",
    "choose-session": "choose-tree -s",
}
ALIASES = {
    **BUILTIN_ALIASES,
    "two": "display a ; display b",
    "nothing": "",
    "lines": "display a\ndisplay b",
    "broken": "display {",
    "display": "display -p",
}
EXPANSIONS = {"#{version}": "3.7c", "#{nosuch}": "", "#{l:#{}}": "#{}"}


def load(name: str) -> Any:
    return json.loads((FIXTURES / name).read_text("utf-8"))


def display_menu_blocks(args: Args, index: int) -> bool:
    """Name, key, command; an empty name (a line) stands alone."""
    position = 0
    while position < index:
        if args.text(position) == "":
            position += 1
        elif position + 2 == index:
            return True
        else:
            position += 3
    return False


BLOCKS = {
    "bind-key": c.every_operand,
    "choose-buffer": c.every_operand,
    "choose-client": c.every_operand,
    "choose-tree": c.every_operand,
    "command-prompt": c.every_operand,
    "confirm-before": c.every_operand,
    "display-panes": c.every_operand,
    "display-menu": display_menu_blocks,
    "if-shell": c.second_or_third_operand,
    "run-shell": lambda args, index: args.has("C"),
    "set-option": c.second_operand,
    "set-window-option": c.second_operand,
    "set-hook": c.second_operand,
}
# Accepted without being shown, shown without being accepted, or bounds the usage does not tell.
EXTRA_FLAGS = {
    "choose-buffer": "y",
    "choose-client": "y",
    "choose-tree": "y",
    "customize-mode": "y",
    "join-pane": "p:",
    "list-buffers": "r",
    "list-clients": "r",
    "load-buffer": "w",
    "move-pane": "p:",
    "new-pane": "EL",
    "refresh-client": "F:",
    "run-shell": "s:",
    "select-pane": "gP:",
    "split-window": "E",
    "switch-client": "F",
}


def _target(spec: list[Any] | None) -> Target | None:
    if spec is None:
        return None
    return Target(spec[0], spec[1], sum(_FLAGS[name] for name in spec[2]))


def make_command(row: dict[str, Any]) -> Command:
    name = row["name"]
    flags = row["flags"]
    return Command(
        name,
        row["alias"],
        row["usage"],
        run=print,
        target=_target(row["target"]),
        source=_target(row["source"]),
        client="c" if "client_cflag" in flags else "t" if "client_tflag" in flags else "",
        client_can_fail="client_canfail" in flags,
        start_server="startserver" in flags,
        read_only="readonly" in flags,
        after_hook="afterhook" in flags,
        extra_flags=EXTRA_FLAGS.get(name, ""),
        refused_flags="t" if name == "server-access" else "",
        min_operands=0 if name == "unbind-key" else None,
        blocks=BLOCKS.get(name),
    )


def make_registry() -> Registry:
    return Registry.of(map(make_command, load("commands.json")["commands"]))


def make_context(registry: Registry) -> ParseContext:
    return ParseContext(
        registry,
        alias=ALIASES.get,
        environment=ENVIRONMENT.get,
        home=HOMES.get,
        expand=lambda text: EXPANSIONS.get(text, text),
    )
