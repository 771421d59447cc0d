"""Search windows for a text: in what their panes show (-C), in names (-N), in titles (-T), or in all these;
-r as a regular expression, -i in any case. What is found is shown as by choose-tree."""

from __future__ import annotations

from tmuxish.commands.context import Context
from tmuxish.grammar.command import PANE, Command, Target
from tmuxish.grammar.flags import Args


def run(ctx: Context) -> None:
    from tmuxish.modes.tree import open_tree  # a server that nobody is attached to needs no modes
    from tmuxish.modes.tree_sessions import SessionTree

    args = Args()
    if ctx.args.has("Z"):
        args.set("Z")
    args.set("f", search_filter(ctx.args))
    open_tree(SessionTree, ctx.server, args, ctx.target)


def search_filter(args: Args) -> str:
    """The format that is true for the panes the flags and the operand are about."""
    text = args.text(0) or ""
    letters = ("r" if args.has("r") else "") + ("i" if args.has("i") else "")
    how = f"/{letters}" if letters else ""
    pattern = text if args.has("r") else f"*{text}*"
    tests = {
        "C": f"#{{C{how}:{text}}}",
        "N": f"#{{m{how}:{pattern},#{{window_name}}}}",
        "T": f"#{{m{how}:{pattern},#{{pane_title}}}}",
    }
    chosen = [test for flag, test in tests.items() if args.has(flag)] or list(tests.values())
    condition = chosen.pop()
    while chosen:
        condition = f"#{{||:{chosen.pop()},{condition}}}"
    return condition


COMMAND = Command(
    "find-window",
    "findw",
    "[-CiNrTZ] [-t target-pane] match-string",
    run=run,
    target=Target("t", PANE),
)
