"""What the list commands share: -F, -f, -O and -r."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tmuxish.commands.errors import CommandError
from tmuxish.formats import sorting
from tmuxish.formats.expand import expand
from tmuxish.formats.text import is_true

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tmuxish.commands.context import Context
    from tmuxish.model.client import Client
    from tmuxish.targets import Found


def order_of(ctx: Context) -> str:
    """The order that -O names. Raises CommandError for an unknown one."""
    order = sorting.parse_order(ctx.args.get("O"))
    if ctx.args.has("O") and order == sorting.NO_ORDER:
        raise CommandError("invalid sort order")
    return order


def print_each(
    ctx: Context, template: str, rows: Iterable[tuple[Found, Client | None]], line: int | None = None
) -> None:
    """Print one line for each row that -f lets through. Facts about programs are read once for all rows.

    line: the value of #{line} where it is not the row's number, as in some of tmux's listings.
    """
    template = ctx.template(template)
    condition = ctx.args.get("f")
    server, facts = ctx.server, ctx.server.facts()
    printed: list[str] = []
    for number, (found, client) in enumerate(rows):
        extras: dict[str, Any] = {"line": str(number if line is None else line)}
        scope = server.scope(
            found,
            client=client,
            facts=facts,
            extras=extras,
            inherited=ctx.variables,
            requester=ctx.client,
        )
        if condition is None or is_true(expand(condition, scope)):
            printed.append(expand(template, scope))
    ctx.print_lines(printed)
