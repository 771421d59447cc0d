"""Run the commands of files (patterns are expanded, `-` is the client's standard input).

All files are read and parsed before any command of them runs. A file with an error in its syntax runs not at
all; a command that fails takes only its own line with it.
"""

from __future__ import annotations

import errno
import os

from tmuxish.commands import client_files
from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.commands.file_patterns import matching_files
from tmuxish.grammar.command import CAN_FAIL, PANE, Command, Target
from tmuxish.grammar.errors import ParseError
from tmuxish.grammar.files import decode_file
from tmuxish.grammar.nodes import CommandList

# How deep files may source each other.
DEPTH_LIMIT = 50


async def run(ctx: Context) -> None:
    if ctx.state.source_depth >= DEPTH_LIMIT:
        raise CommandError("too many nested files")
    paths, missing = _paths(ctx)
    files: list[tuple[str, CommandList]] = []
    failed = bool(missing)
    for path in paths:
        data, error = await client_files.read(ctx, path)
        if error:
            client_files.failure(ctx, error, path)
        elif data:
            commands = _parse(ctx, path, decode_file(data))
            failed |= commands is None
            if commands is not None and not ctx.args.has("n"):
                files.append((path, commands))
    for path, commands in files:
        await ctx.execute(commands, ctx.state.inside(ctx.target, path))
    if ctx.server.ready:
        ctx.server.print_config_errors(ctx.client)
    if failed:
        ctx.fail()
    if missing and not paths:
        raise CommandError("")  # said already; what follows on the line does not run


def _paths(ctx: Context) -> tuple[list[str], list[str]]:
    """The files to read, and what names none (reported here, unless -q was given)."""
    paths: list[str] = []
    missing: list[str] = []
    for pattern in ctx.args.texts():
        if ctx.args.has("F"):
            pattern = ctx.format(pattern)
        found = ["-"] if pattern == "-" else matching_files(pattern, ctx.working_directory())
        paths += found
        if not found and not ctx.args.has("q"):
            missing.append(pattern)
            ctx.report(f"{os.strerror(errno.ENOENT)}: {pattern}")
    return paths, missing


def _parse(ctx: Context, path: str, text: str) -> CommandList | None:
    """The commands of a file; None where it can't be parsed, which is noted with the configuration errors."""
    loud = (ctx.args.has("v") or ctx.verbose) and not (ctx.client is not None and ctx.client.control)
    verbose = ctx.print if loud else None
    try:
        return ctx.server.parse_file(text, path, parse_only=ctx.args.has("n"), verbose=verbose)
    except ParseError as error:
        ctx.server.config_errors.append(str(error))
        return None


COMMAND = Command(
    "source-file",
    "source",
    "[-Fnqv] [-t target-pane] path ...",
    run=run,
    target=Target("t", PANE, CAN_FAIL),
)
