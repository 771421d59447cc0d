"""Rename a session."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.grammar.command import SESSION, Command, Target
from tmuxish.model.vis import clean_name


def run(ctx: Context) -> None:
    session = ctx.session()
    expanded = ctx.format(ctx.args.text(0) or "")
    name = clean_name(expanded)
    if name is None:
        raise CommandError(f"invalid session name: {expanded}")
    if name == session.name:
        return
    if ctx.model.session_named(name) is not None:
        raise CommandError(f"duplicate session: {name}")
    ctx.server.sessions.rename(session, name)


COMMAND = Command(
    "rename-session",
    "rename",
    "[-t target-session] new-name",
    run=run,
    target=Target("t", SESSION),
    after_hook=True,
)
