"""What the commands that start programs share: the request, the directory, the `-e` variables."""

from __future__ import annotations

from tmuxish.model.environment import Environment

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tmuxish.commands.context import Context
    from tmuxish.model.client import Client
    from tmuxish.model.session import Session
    from tmuxish.targets import Found


class Spawn:
    """What to start in a pane: the arguments of new-session, new-window, split-window and respawn-*.

    argv: none is the default command, one a shell command line, several a program with its arguments. cwd:
    absolute; None for a respawn keeps the pane's. client: who asks; an unattached one lends its PATH. kill:
    replace what is there. empty: no program at all, a pane that shows what is written to it.
    """

    __slots__ = ("argv", "client", "cwd", "empty", "environment", "kill", "session")

    def __init__(
        self,
        session: Session,
        *,
        argv: list[str] | None = None,
        client: Client | None = None,
        cwd: str | None = None,
        environment: Environment | None = None,
        kill: bool = False,
        empty: bool = False,
    ) -> None:
        self.session = session
        self.argv = argv or []
        self.client = client
        self.cwd = cwd
        self.environment = environment
        self.kill = kill
        self.empty = empty


def start_directory(
    ctx: Context, session: Session | None, template: str | None, found: Found | None = None
) -> str:
    """The absolute directory that `-c` names (expanded; relative to the caller's), or the caller's own."""
    base = ctx.working_directory(session)
    if template is None:
        return base
    path = ctx.format(template, found)
    if not path:
        return base
    from tmuxish.formats.paths import joined

    return joined(base, path)


def variables_of(ctx: Context) -> Environment:
    """The variables of `-e NAME=value`."""
    environment = Environment()
    for assignment in ctx.args.all("e"):
        environment.put(assignment)
    return environment
