"""Create a session, or with -A attach to the one of that name.

The client that asks shows the new session unless -d is given; then its terminal is opened before anything is
created, so that a client without one leaves nothing behind.
"""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.commands.spawning import Spawn, start_directory
from tmuxish.grammar.command import CAN_FAIL, SESSION, Command, Target
from tmuxish.model.environment import Environment
from tmuxish.model.options import Options
from tmuxish.model.vis import clean_name
from tmuxish.model.window import parse_size
from tmuxish.numbers import NumberError, parse_number
from tmuxish.targets import Found

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tmuxish.model.session import Session, SessionGroup

DEFAULT_TEMPLATE = "#{session_name}:"
MAXIMUM_SIDE = 65535  # of -x and -y
FALLBACK_SIZE = 80, 24


async def run(ctx: Context) -> None:
    args = ctx.args
    if args.has("t") and (args.operands or args.has("n")):
        raise CommandError("command or window name given with target")
    window_name = _name(ctx, "n", "window")
    name = _name(ctx, "s", "session")
    if args.has("A"):
        existing = ctx.model.session_named(name) if name is not None else ctx.target.session
        if existing is not None:
            from tmuxish.commands.attach_session import attach

            await attach(
                ctx,
                existing.name,
                detach_others=args.has("D"),
                kill_others=args.has("X"),
                cwd=args.get("c"),
                update_environment=not args.has("E"),
                flags=args.get("f"),
            )
            return
    if name is not None and ctx.model.session_named(name) is not None:
        raise CommandError(f"duplicate session: {name}")
    group, prefix = _group(ctx)
    session = await _create(ctx, name, prefix, window_name)
    if args.has("t"):
        _join(ctx, session, group)
    ctx.server.notify("session-created", session=session)
    _show(ctx, session)


def _name(ctx: Context, flag: str, kind: str) -> str | None:
    """The expanded and cleaned name of -s or -n."""
    template = ctx.args.get(flag)
    if template is None:
        return None
    expanded = ctx.format(template, Found())
    name = clean_name(expanded)
    if name is None:
        raise CommandError(f"invalid {kind} name: {expanded}")
    return name


def _group(ctx: Context) -> tuple[SessionGroup | None, str | None]:
    """The group that -t names, if it exists, and the prefix of automatic names in it."""
    wanted = ctx.args.get("t")
    if wanted is None:
        return None, None
    member = ctx.target.session
    group = member.group if member is not None else ctx.model.groups.get(wanted)
    if group is not None:
        return group, group.name
    if member is not None:
        return None, member.name
    name = clean_name(wanted)
    if name is None:
        raise CommandError(f"invalid session group name: {wanted}")
    return None, name


async def _create(ctx: Context, name: str | None, prefix: str | None, window_name: str | None) -> Session:
    args, server, client = ctx.args, ctx.server, ctx.client
    detached = args.has("d") or client is None
    cwd_template = args.get("c")
    cwd = ctx.format(cwd_template, Found()) if cwd_template is not None else ctx.working_directory()
    if client is not None:
        if detached:
            await server.clients.identify(client)
        elif client.session is None and not client.control:
            if server.clients.is_nested(client):
                raise CommandError("sessions should be nested with care, unset $TMUX to force")
            await server.clients.open_terminal(client)
        if name is not None and ctx.model.session_named(name) is not None:  # made while we waited
            raise CommandError(f"duplicate session: {name}")
    options = Options.for_session(ctx.model.session_options)
    _set_default_size(ctx, options)
    environment = Environment()
    if client is not None and client.environment is not None and not args.has("E"):
        environment.update_from(
            client.environment, ctx.model.session_options.get_strings("update-environment")
        )
    for assignment in args.all("e"):
        environment.put(assignment)
    session = server.sessions.create(prefix, name, cwd, options, environment)
    if client is not None and not detached and not client.control:
        session.control_chars = client.control_chars
    request = Spawn(
        session, argv=args.texts(), client=client, cwd=start_directory(ctx, ctx.target.session, cwd_template)
    )
    try:
        server.windows.spawn(request, name=window_name, client=None if detached else client)
    except CommandError as error:
        ctx.model.sessions.pop(session.id, None)
        raise CommandError(f"create window failed: {error}") from None
    except BaseException:
        ctx.model.sessions.pop(session.id, None)
        raise
    return session


def _set_default_size(ctx: Context, options: Options) -> None:
    """-x and -y become the session's default-size; the missing one comes from the global option."""
    cols, rows = _side(ctx, "x", 0, "width"), _side(ctx, "y", 1, "height")
    if cols is not None or rows is not None:
        usual = parse_size(ctx.model.session_options.get_string("default-size")) or FALLBACK_SIZE
        options.set("default-size", f"{cols or usual[0]}x{rows or usual[1]}")


def _side(ctx: Context, flag: str, index: int, word: str) -> int | None:
    value = ctx.args.get(flag)
    if value is None:
        return None
    if value == "-":
        client = ctx.client
        return (client.cols, client.rows)[index] if client is not None else FALLBACK_SIZE[index]
    try:
        return parse_number(value, 1, MAXIMUM_SIDE)
    except NumberError as error:
        raise CommandError(f"{word} {error}") from None


def _join(ctx: Context, session: Session, group: SessionGroup | None) -> None:
    sessions = ctx.server.sessions
    if group is None:
        member = ctx.target.session
        group = sessions.group_named(member.name if member is not None else ctx.args.get("t") or "")
        if member is not None:
            sessions.add_to_group(group, member)
    sessions.add_to_group(group, session)
    sessions.synchronize_to(session)
    sessions.select(session, min(session.winlinks))


def _show(ctx: Context, session: Session) -> None:
    """Print what -P asks for and let the client show the session."""
    args, client = ctx.args, ctx.client
    if client is not None and not args.has("d"):
        flags = args.get("f")
        if flags is not None:
            ctx.server.clients.set_flags(client, flags)
        if client.session is None:
            ctx.server.clients.attach(client, session, created=True)
        else:
            ctx.server.clients.set_session(client, session)
    found = Found(session, session.current, session.current.window.active if session.current else None)
    if args.has("P"):
        ctx.print(ctx.format(ctx.template(DEFAULT_TEMPLATE), found))
    if not args.has("d"):
        ctx.state.current = found
    ctx.insert_hook("after-new-session", found)
    if ctx.server.ready:
        ctx.server.show_config_errors(session)


COMMAND = Command(
    "new-session",
    "new",
    "[-AdDEPX] [-c start-directory] [-e environment] [-F format] [-f flags] [-n window-name] "
    "[-s session-name] [-t target-session] [-x width] [-y height] [shell-command [argument ...]]",
    run=run,
    target=Target("t", SESSION, CAN_FAIL),
    start_server=True,
)
