"""Capture what a pane shows, into a paste buffer or with -p to standard output.

-S and -E choose the lines (0 is the first visible one, negative ones are history, `-` the very first or
last), -e adds escape sequences, -C writes control characters in octal, -J joins wrapped lines, -N keeps
spaces at the ends, -T leaves unused cells out, -F shows the lines' flags, -L their numbers, -H only
hyperlinks, -P an unfinished escape sequence, -a the screen behind the alternate one, -M the screen of the
pane's mode.
"""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.emulator import capture
from tmuxish.grammar.command import PANE, Command, Target
from tmuxish.model.buffers import BufferError
from tmuxish.model.pane import Pane
from tmuxish.numbers import NumberError, parse_number

# What -S and -E may be (INT_MIN and SHRT_MAX); anything else counts as not given.
FIRST_LINE, LAST_LINE = -(2**31), 2**15 - 1


def run(ctx: Context) -> None:
    args, pane = ctx.args, ctx.pane()
    if args.has("P") and not args.has("H"):
        data = _pending(pane, octal=args.has("C"))
    else:
        data = _lines(ctx, pane).encode("utf-8", "surrogateescape")
    if args.has("p"):
        ctx.print_bytes(data.removesuffix(b"\n") + b"\n")
        return
    try:
        ctx.server.buffers.store(data, args.get("b"))
    except BufferError as error:
        raise CommandError(str(error)) from None


def _pending(pane: Pane, *, octal: bool) -> bytes:
    pending = pane.emulator.pending()
    if not octal:
        return pending
    return b"".join(bytes((byte,)) if byte >= 0x20 and byte != 0x5C else b"\\%03o" % byte for byte in pending)


def _lines(ctx: Context, pane: Pane) -> str:
    args = ctx.args
    if args.has("a") and not pane.emulator.alternate:
        if args.has("q"):
            return ""
        raise CommandError("no alternate screen")
    mode = ctx.server.pane_modes.top(pane) if args.has("M") and not args.has("a") else None
    text = mode.text if mode is not None else None
    return capture(
        text if text is not None else pane.emulator,
        _line(ctx, "S"),
        _line(ctx, "E"),
        escapes=args.has("e"),
        octal=args.has("C"),
        join=args.has("J"),
        keep_spaces=args.has("N"),
        used_only=args.has("T"),
        flags=args.has("F"),
        hyperlinks=args.has("H"),
        numbers=args.has("L"),
        saved=args.has("a"),
    )


def _line(ctx: Context, flag: str) -> str | int | None:
    text = ctx.args.get(flag)
    if text is None or text == "-":
        return text
    try:
        return parse_number(ctx.format(text), FIRST_LINE, LAST_LINE)
    except NumberError:
        return None


COMMAND = Command(
    "capture-pane",
    "capturep",
    "[-aCeFHJLMNpPqT] [-b buffer-name] [-E end-line] [-S start-line] [-t target-pane]",
    run=run,
    target=Target("t", PANE),
    after_hook=True,
)
