"""Lock a client, those of a session, or all: the lock-command has the terminal until it ends."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.grammar.command import SESSION, Command, Target


def run_server(ctx: Context) -> None:
    for client in list(ctx.model.clients.values()):
        ctx.server.clients.locks.lock(client)
    ctx.server.windows.recalculate_sizes()


def run_session(ctx: Context) -> None:
    ctx.server.clients.locks.lock_session(ctx.session())
    ctx.server.windows.recalculate_sizes()


def run_client(ctx: Context) -> None:
    assert ctx.target_client is not None  # the entry demands one
    ctx.server.clients.locks.lock(ctx.target_client)
    ctx.server.windows.recalculate_sizes()


LOCK_SERVER = Command("lock-server", "lock", run=run_server, after_hook=True)
LOCK_SESSION = Command(
    "lock-session",
    "locks",
    "[-t target-session]",
    run=run_session,
    target=Target("t", SESSION),
    after_hook=True,
)
LOCK_CLIENT = Command(
    "lock-client", "lockc", "[-t target-client]", run=run_client, client="t", after_hook=True
)
