"""Type a paste buffer into a pane: each line feed becomes a carriage return, or with -r stays one, or what -s
says. -p brackets it for programs that asked for that, -S leaves control characters as they are, -d deletes
the buffer afterwards."""

from __future__ import annotations

import re

from tmuxish.commands.context import Context
from tmuxish.commands.errors import CommandError
from tmuxish.emulator.modes import BRACKETPASTE
from tmuxish.grammar.command import PANE, Command, Target
from tmuxish.model.pane import Pane

BRACKET_START = b"\x1b[200~"
BRACKET_END = b"\x1b[201~"

# What is made visible: control characters, save \a \b \t \n \r, and bytes that are no UTF-8.
_HIDDEN = re.compile("[\x00-\x06\x0b\x0c\x0e-\x1f\x7f\udc80-\udcff]")
_SPACE_WITH_HIGH_BIT = 0xA0  # has no letter to stand for it, so that it is shown in octal


def run(ctx: Context) -> None:
    args, pane = ctx.args, ctx.pane()
    if ctx.server.panes.process_of(pane) is None:
        raise CommandError("target pane has exited")
    name = args.get("b")
    buffer = ctx.model.buffers.top() if name is None else ctx.model.buffers.find(name)
    if buffer is None:
        if name is not None:
            raise CommandError(f"no buffer {name}")
        return
    if not pane.input_off:
        _paste(ctx, pane, buffer.data)
    if args.has("d"):
        ctx.server.buffers.delete(buffer)


def _paste(ctx: Context, pane: Pane, data: bytes) -> None:
    args, panes = ctx.args, ctx.server.panes
    if not args.has("S"):
        data = visible(data)
    separator = args.get("s")
    if separator is not None:
        data = data.replace(b"\n", separator.encode("utf-8", "surrogateescape"))
    elif not args.has("r"):
        data = data.replace(b"\n", b"\r")
    panes.check_reads(pane)
    bracketed = args.has("p") and pane.emulator.modes & BRACKETPASTE
    panes.write(pane, BRACKET_START + data + BRACKET_END if bracketed else data)


def visible(data: bytes) -> bytes:
    """`data` with hidden bytes as `^X`, `M-x` or `M^X`, as vis(3) shows them without backslashes."""
    text = _HIDDEN.sub(_shown, data.decode("utf-8", "surrogateescape"))
    return text.encode("utf-8", "surrogateescape")


def _shown(match: re.Match[str]) -> str:
    code = ord(match[0]) & 0xFF
    if code == _SPACE_WITH_HIGH_BIT:
        return f"\\{code:03o}"
    meta = "M" if code & 0x80 else ""
    low = code & 0x7F
    if low < 0x20 or low == 0x7F:
        return f"{meta}^{chr(low ^ 0x40)}"
    return f"{meta}-{chr(low)}"


COMMAND = Command(
    "paste-buffer",
    "pasteb",
    "[-dprS] [-s separator] [-b buffer-name] [-t target-pane]",
    run=run,
    target=Target("t", PANE),
    after_hook=True,
)
