"""The replacements that look around in the model: loops, whether a name exists, search in a pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tmuxish.formats import operators, sorting
from tmuxish.formats.operators import FALSE, TRUE
from tmuxish.formats.rows import row_text

if TYPE_CHECKING:
    from tmuxish.formats.compiler import Replacement
    from tmuxish.formats.expand import Run
    from tmuxish.formats.modifiers import Plan
    from tmuxish.formats.scope import Extra
    from tmuxish.model.session import Session, Winlink

# What isspace(3) strips from the end of a line before it is searched.
_BLANKS = " \t\n\v\f\r"


def _templates(item: Replacement) -> tuple[str, str | None]:
    """The template for each turn, and the one for the active one of them."""
    return item.two() or (item.body, None)


def sessions(run: Run, item: Replacement, plan: Plan) -> str:
    """`S:`: the body once for each session."""
    scope = run.scope
    template, active = _templates(item)
    attached = None if scope.client is None else scope.client.session
    listed = sorting.sort_sessions(scope.model.sorted_sessions(), plan.order, plan.reverse)
    out: list[str] = []
    for number, session in enumerate(listed, 1):
        run.say(f"session loop: {session.ref}")
        use = active if active is not None and session is attached else template
        turn = scope.turn(scope.client, session, last=number == len(listed))
        out.append(run.expand_with(turn, use))
    return "".join(out)


def windows(run: Run, item: Replacement, plan: Plan) -> str | None:
    """`W:`: the body once for each window of the session, knowing about its neighbours."""
    scope = run.scope
    session = scope.session
    if session is None:
        run.say("window loop but no session")
        return None
    template, active = _templates(item)
    listed = sorting.sort_winlinks(session.sorted_winlinks(), plan.order, plan.reverse)
    out: list[str] = []
    for index, winlink in enumerate(listed):
        window = winlink.window
        run.say(f"window loop: {winlink.index} {window.ref}")
        use = active if active is not None and winlink is session.current else template
        turn = scope.turn(
            scope.client,
            session,
            winlink,
            extras=_neighbours(session, listed, index),
            tag=window.ref,
            last=index == len(listed) - 1,
        )
        out.append(run.expand_with(turn, use))
    return "".join(out)


def _neighbours(session: Session, listed: list[Winlink], index: int) -> dict[str, Extra]:
    before = listed[index - 1] if index else None
    after = listed[index + 1] if index + 1 < len(listed) else None
    added: dict[str, Extra] = {
        "window_after_active": TRUE if before is not None and before is session.current else FALSE,
        "window_before_active": TRUE if after is not None and after is session.current else FALSE,
    }
    for prefix, winlink in (("next", after), ("prev", before)):
        if winlink is None:
            continue
        added[f"{prefix}_window_index"] = str(winlink.index)
        added[f"{prefix}_window_active"] = TRUE if winlink is session.current else FALSE
        options = winlink.window.options
        for name in options.user_names():
            added[f"{prefix}_{name}"] = options.get_string(name)
    return added


def panes(run: Run, item: Replacement, plan: Plan) -> str | None:
    """`P:`: the body once for each pane of the window."""
    scope = run.scope
    window = scope.window
    if window is None:
        run.say("pane loop but no window")
        return None
    template, active = _templates(item)
    listed = sorting.sort_panes(window.panes, plan.order, plan.reverse)
    out: list[str] = []
    for number, pane in enumerate(listed, 1):
        run.say(f"pane loop: {pane.name}")
        use = active if active is not None and pane is window.active else template
        turn = scope.turn(
            scope.client, scope.session, scope.winlink, pane, tag=pane.name, last=number == len(listed)
        )
        out.append(run.expand_with(turn, use))
    return "".join(out)


def clients(run: Run, item: Replacement, plan: Plan) -> str:
    """`L:`: the body once for each attached client."""
    scope = run.scope
    listed = sorting.sort_clients(sorting.attached_clients(scope.model), plan.order, plan.reverse)
    out: list[str] = []
    for number, client in enumerate(listed, 1):
        run.say(f"client loop: {client.name}")
        turn = scope.turn(
            client,
            scope.session,
            scope.winlink,
            scope.pane,
            requester=client,
            last=number == len(listed),
        )
        out.append(run.expand_with(turn, item.body))
    return "".join(out)


def window_name(run: Run, item: Replacement, _: Plan) -> str | None:
    """`N:` and `N/w:`: whether the session has a window of that name."""
    session = run.scope.session
    if session is None:
        run.say("window name but no session")
        return None
    name = run.expand(item.body)
    return TRUE if any(link.window.name == name for link in session.winlinks.values()) else FALSE


def session_name(run: Run, item: Replacement, _: Plan) -> str:
    """`N/s:`: whether there is a session of that name."""
    name = run.expand(item.body)
    return FALSE if run.scope.model.session_named(name) is None else TRUE


def search(run: Run, item: Replacement, plan: Plan) -> str:
    """`C:`: the line of the pane, from 1, that holds a match; 0 for none."""
    pane = run.scope.pane
    term = run.expand(item.body)
    if pane is None:
        run.say(f"search '{term}' but no pane")
        return FALSE
    run.say(f"search '{term}' pane {pane.name}")
    flags = plan.search_flags
    pattern = term if "r" in flags else f"*{term}*"
    for number, row in enumerate(pane.emulator.lines, 1):
        if operators.matches(pattern, row_text(row).rstrip(_BLANKS), flags):
            return str(number)
    return FALSE
