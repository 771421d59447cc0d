"""Create a window. -S selects an existing window of the name given with -n instead."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.commands.spawning import Spawn, start_directory, variables_of
from tmuxish.grammar.command import WINDOW, WINDOW_INDEX, Command, Target
from tmuxish.model.session import Session, Winlink
from tmuxish.model.vis import clean_name
from tmuxish.targets import Found

DEFAULT_TEMPLATE = "#{session_name}:#{window_index}.#{pane_index}"


def run(ctx: Context) -> None:
    args, session = ctx.args, ctx.session()
    name = expanded_name(ctx, args.get("n"), Found(session))
    if args.has("S") and name is not None and ctx.target.index is None and _select_named(ctx, session, name):
        return
    index = ctx.target.index
    if (args.has("a") or args.has("b")) and ctx.target.winlink is not None:
        room = ctx.server.sessions.make_room(ctx.target.winlink, before=args.has("b"))
        index = index if room is None else room
    request = Spawn(
        session,
        argv=args.texts(),
        client=ctx.client,
        cwd=start_directory(ctx, session, args.get("c")),
        environment=variables_of(ctx),
        kill=args.has("k"),
    )
    try:
        winlink = ctx.server.windows.spawn(
            request, index=index, name=name, select=not args.has("d"), client=ctx.target_client
        )
    except CommandError as error:
        raise CommandError(f"create window failed: {error}") from None
    _report(ctx, session, winlink)


def expanded_name(ctx: Context, template: str | None, found: Found) -> str | None:
    """The window name that -n asks for, expanded and made printable."""
    if template is None:
        return None
    expanded = ctx.format(template, found)
    name = clean_name(expanded)
    if name is None:
        raise CommandError(f"invalid window name: {expanded}")
    return name


def _select_named(ctx: Context, session: Session, name: str) -> bool:
    """Select the one window of that name. False if there is none."""
    named = [winlink for winlink in session.sorted_winlinks() if winlink.window.name == name]
    if len(named) > 1:
        raise CommandError(f"multiple windows named {name}")
    if not named:
        return False
    if not ctx.args.has("d"):
        ctx.server.sessions.set_current(session, named[0])
        if ctx.client is not None and ctx.client.session is not None:
            named[0].window.latest = ctx.client
        ctx.server.windows.recalculate_sizes()
    return True


def _report(ctx: Context, session: Session, winlink: Winlink) -> None:
    found = Found(session, winlink, winlink.window.active)
    if not ctx.args.has("d") or session.current is winlink:
        ctx.state.current = found
    ctx.server.sessions.redraw_group_of(session)
    if ctx.args.has("P"):
        ctx.print(ctx.format(ctx.template(DEFAULT_TEMPLATE), found))
    ctx.insert_hook("after-new-window", found)


COMMAND = Command(
    "new-window",
    "neww",
    "[-abdkPS] [-c start-directory] [-e environment] [-F format] [-n window-name] [-t target-window] "
    "[shell-command [argument ...]]",
    run=run,
    target=Target("t", WINDOW, WINDOW_INDEX),
)
