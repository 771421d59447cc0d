"""Show another session on a client: a named one, the next (-n), the previous (-p), the last (-l).

A target with a window or pane part selects these as well. -T only changes the key table that the next key is
looked up in; -r makes the client read-only, or writable again.
"""

from __future__ import annotations

from tmuxish import users
from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.commands.listing import order_of
from tmuxish.formats.sorting import sort_sessions
from tmuxish.grammar.command import PANE, PREFER_UNATTACHED, SESSION, Command
from tmuxish.model.client import Client
from tmuxish.model.session import Session
from tmuxish.targets import Found, from_session

# What -r switches on and off together.
READ_ONLY_FLAGS = frozenset(("read-only", "ignore-size"))


def run(ctx: Context) -> None:
    args, client = ctx.args, ctx.target_client
    assert client is not None  # the entry demands one
    found = _find(ctx, args.get("t"))
    if args.has("r"):
        _toggle_read_only(ctx, client)
    table = args.get("T")
    if table is not None:
        if ctx.server.key_tables.get(table) is None:
            raise CommandError(f"table {table} doesn't exist")
        ctx.server.clients.set_key_table(client, table)
        return
    order = order_of(ctx)
    if args.has("n"):
        session = _neighbour(ctx, client, order, 1)
    elif args.has("p"):
        session = _neighbour(ctx, client, order, -1)
    elif args.has("l"):
        session = _last(ctx, client)
    elif ctx.client is None or found.session is None:
        return
    else:
        session = found.session
        _select(ctx, session, found)
    if not args.has("E") and client.environment is not None:
        session.environment.update_from(client.environment, session.options.get_strings("update-environment"))
    ctx.server.clients.set_session(client, session)
    if not ctx.state.repeat:
        ctx.server.clients.set_key_table(client)


def _find(ctx: Context, target: str | None) -> Found:
    """The session, or with more than a session in the target the window and pane as well."""
    whole = target is not None and (target == "=" or not {":", ".", "%"}.isdisjoint(target))
    return ctx.find(target, PANE) if whole else ctx.find(target, SESSION, PREFER_UNATTACHED)


def _toggle_read_only(ctx: Context, client: Client) -> None:
    if not client.readonly:
        client.flags |= READ_ONLY_FLAGS
    elif ctx.client is not None and ctx.client.uid == users.own_uid():
        client.flags -= READ_ONLY_FLAGS
    else:
        raise CommandError("client is read-only")
    client.readonly = not client.readonly


def _neighbour(ctx: Context, client: Client, order: str, step: int) -> Session:
    sessions = sort_sessions(ctx.model.sorted_sessions(), order, ctx.args.has("r"))
    if client.session not in sessions:
        raise CommandError(f"can't find {'next' if step > 0 else 'previous'} session")
    return sessions[(sessions.index(client.session) + step) % len(sessions)]


def _last(ctx: Context, client: Client) -> Session:
    last = client.last_session
    if last is None or last.id not in ctx.model.sessions:
        raise CommandError("can't find last session")
    return last


def _select(ctx: Context, session: Session, found: Found) -> None:
    winlink, pane = found.winlink, found.pane
    if winlink is None:
        return
    window, windows = winlink.window, ctx.server.windows
    if pane is not None and pane is not window.active:
        keep_zoom = ctx.args.has("Z") and window.zoomed
        windows.unzoom(window)
        windows.set_active(window, pane)
        if keep_zoom:
            windows.zoom(window, pane)
    ctx.server.sessions.set_current(session, winlink)
    ctx.state.current = from_session(session)


COMMAND = Command(
    "switch-client",
    "switchc",
    "[-ElnprZ] [-c target-client] [-t target-session] [-T key-table] [-O order]",
    run=run,
    client="c",
    read_only=True,
    extra_flags="F",
)
