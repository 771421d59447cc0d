"""Show a session on the client's terminal, or let an attached client show another session."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.grammar.command import PANE, PREFER_UNATTACHED, SESSION, Command
from tmuxish.model.client import Client
from tmuxish.model.session import Session
from tmuxish.targets import Found


async def run(ctx: Context) -> None:
    args = ctx.args
    await attach(
        ctx,
        args.get("t"),
        detach_others=args.has("d"),
        kill_others=args.has("x"),
        readonly=args.has("r"),
        cwd=args.get("c"),
        update_environment=not args.has("E"),
        flags=args.get("f"),
    )


async def attach(
    ctx: Context,
    target: str | None,
    *,
    detach_others: bool = False,
    kill_others: bool = False,
    readonly: bool = False,
    cwd: str | None = None,
    update_environment: bool = True,
    flags: str | None = None,
) -> None:
    """Attach the calling client to `target`; also what `new-session -A` does with a session that exists."""
    server, client = ctx.server, ctx.client
    if not ctx.model.sessions:
        raise CommandError("no sessions")
    if client is None:
        return
    if server.clients.is_nested(client):
        raise CommandError("sessions should be nested with care, unset $TMUX to force")
    found = _find(ctx, target)
    if client.session is None:
        await server.clients.open_terminal(client)
        found = _find(ctx, target)  # the client's terminal took its time; look again
    session = found.session
    if session is None:
        raise CommandError("no current session")
    _select(ctx, found)
    if cwd is not None:
        session.cwd = ctx.format(cwd, found)
    if flags is not None:
        server.clients.set_flags(client, flags)
    if readonly:
        client.readonly = True
        client.flags |= {"read-only", "ignore-size"}
    if detach_others or kill_others:
        _detach_others(ctx, session, client, kill=kill_others)
    if update_environment and client.environment is not None:
        session.environment.update_from(client.environment, session.options.get_strings("update-environment"))
    if client.session is None:
        server.clients.attach(client, session)
    else:
        server.clients.set_session(client, session)
    if server.ready:
        server.show_config_errors(session)


def _find(ctx: Context, target: str | None) -> Found:
    """The session, or with `:` or `.` in the target the window and pane as well."""
    whole = target is not None and (":" in target or "." in target)
    kind, flags = (PANE, 0) if whole else (SESSION, PREFER_UNATTACHED)
    return ctx.find(target, kind, flags)


def _select(ctx: Context, found: Found) -> None:
    if found.winlink is None or found.session is None:
        return
    if found.pane is not None:
        ctx.server.windows.set_active(found.pane.window, found.pane)
    ctx.server.sessions.set_current(found.session, found.winlink)
    ctx.state.current = found


def _detach_others(ctx: Context, session: Session, client: Client, *, kill: bool) -> None:
    for other in ctx.server.clients.attached_to(session):
        if other is not client:
            ctx.server.clients.detach(other, kill=kill)


COMMAND = Command(
    "attach-session",
    "attach",
    "[-dErx] [-c working-directory] [-f flags] [-t target-session]",
    run=run,
    start_server=True,
    read_only=True,
)
