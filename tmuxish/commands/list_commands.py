"""List the commands with their flags, or one of them."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.formats.expand import expand
from tmuxish.grammar.command import Command
from tmuxish.targets import Found

TEMPLATE = "#{command_list_name}#{?command_list_alias, (#{command_list_alias}),} #{command_list_usage}"


def run(ctx: Context) -> None:
    registry = ctx.server.commands
    name = ctx.args.text(0)
    template = ctx.template(TEMPLATE)
    lines = []
    for command in registry if name is None else [registry.find(name)]:
        extras = {
            "command_list_name": command.name,
            "command_list_alias": command.alias or "",
            "command_list_usage": command.usage,
        }
        line = expand(template, ctx.server.scope(Found(), extras=extras))
        if line:
            lines.append(line)
    ctx.print_lines(lines)


COMMAND = Command(
    "list-commands", "lscm", "[-F format] [command]", run=run, start_server=True, after_hook=True
)
