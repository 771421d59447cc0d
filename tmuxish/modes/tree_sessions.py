"""Tree mode (choose-tree, find-window): sessions, their windows, the windows' panes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from tmuxish.formats import sorting
from tmuxish.formats.variables_server import TREE_MODE_FORMAT
from tmuxish.grammar import keys
from tmuxish.modes.tree import LINE, TAG_ITEMS, contains
from tmuxish.modes.tree_choice import ChoiceTree
from tmuxish.modes.tree_items import ALIGN_RIGHT
from tmuxish.modes.tree_preview import Preview
from tmuxish.targets import Found

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from tmuxish.formats.scope import Scope
    from tmuxish.grammar.flags import Args
    from tmuxish.keys.press import KeyPress, Presser
    from tmuxish.model.pane import Pane
    from tmuxish.model.session import Session, Winlink
    from tmuxish.modes.tree import Taken
    from tmuxish.modes.tree_items import Item
    from tmuxish.server.server import Server

_BUTTON_1 = keys.mouse_key(keys.TYPE_MOUSE_DOWN, 1, keys.AT_PANE)


class Subject(NamedTuple):
    """What an item stands for: a session, a window in it (`at` its index), or a pane of that."""

    session: Session
    at: int | None = None
    pane: Pane | None = None


class SessionTree(ChoiceTree):
    """choose-tree. Flags of its own: -G -s -w."""

    name = "tree-mode"
    default_format = TREE_MODE_FORMAT
    default_command = "switch-client -Zt '%%'"
    orders = (sorting.INDEX, sorting.NAME, sorting.ACTIVITY, sorting.Z)
    menu = (
        ("Select", keys.ENTER),
        ("Expand", keys.RIGHT),
        ("Mark", ord("m")),
        LINE,
        *TAG_ITEMS,
        LINE,
        ("Kill", ord("x")),
        ("Kill Tagged", ord("X")),
        LINE,
        ("Cancel", ord("q")),
    )
    help_width = 51
    help_keys = (
        ("Enter", "Choose selected item"),
        ("S-Up", "Swap current and previous window"),
        ("S-Down", "Swap current and next window"),
        ("x", "Kill selected item"),
        ("X", "Kill tagged items"),
        ("<", "Scroll previews left"),
        (">", "Scroll previews right"),
        ("m", "Set the marked pane"),
        ("M", "Clear the marked pane"),
        (":", "Run a command for each tagged item"),
        ("f", "Enter a format"),
        ("H", "Jump to the starting pane"),
    )

    def __init__(self, server: Server, pane: Pane, args: Args, found: Found) -> None:
        super().__init__(server, pane, args, found)
        self._squash_groups = not args.has("G")
        self._sessions_only, self._windows_only = args.has("s"), args.has("w")
        self._begun = False  # the first list is there; from now on what is current is the user's choice
        self._pressed_on: Item | None = None
        self._preview = Preview(self.screen)

    # -- what is listed ------------------------------------------------------------------------

    def populate(self, condition: str | None) -> Hashable | None:
        """All sessions; of a group only one, the target's or the first, unless -G wants all."""
        own = self.found.session
        for session in sorting.sort_sessions(self.server.model.sorted_sessions(), self.order, self.reverse):
            group = session.group
            if self._squash_groups and group is not None:
                in_group = own is not None and own.group is group
                if session is not (own if in_group else group.sessions[0]):
                    continue
            self._add_session(session, condition)
        return None if self._begun else self._start()

    def build(self) -> None:
        super().build()
        self._begun = True

    def _start(self) -> Hashable | None:
        """What is current at first: the target, as far as it is shown."""
        session, winlink, pane = self.found.session, self.found.winlink, self.found.pane
        if self._sessions_only:
            return session
        if self._windows_only or winlink is None or len(winlink.window.panes) == 1:
            return winlink
        return pane

    def _add_session(self, session: Session, condition: str | None) -> None:
        subject = Subject(session)
        text = self.text_of(self.scope_of(subject))
        item = self.add(
            None, session, session.name, text, subject, expanded=not self._sessions_only or self._begun
        )
        for winlink in sorting.sort_winlinks(session.sorted_winlinks(), self.order, self.reverse):
            self._add_window(item, winlink, condition)
        if not item.children:
            self.remove(item)

    def _add_window(self, parent: Item, winlink: Winlink, condition: str | None) -> None:
        session, window = winlink.session, winlink.window
        subject = Subject(session, winlink.index)
        text = self.text_of(self.scope_of(subject))
        collapsed = (self._sessions_only or self._windows_only) and not self._begun
        item = self.add(parent, winlink, str(winlink.index), text, subject, expanded=not collapsed)
        item.align = ALIGN_RIGHT
        panes = sorting.sort_panes(window.panes, self.order, self.reverse)
        kept = [
            pane
            for pane in panes
            if self.passes(condition, self.scope_of(Subject(session, winlink.index, pane)))
        ]
        for pane in kept:
            self._add_pane(item, Subject(session, winlink.index, pane))
        if not kept:
            self.remove(item)

    def _add_pane(self, parent: Item, subject: Subject) -> None:
        pane = subject.pane
        assert pane is not None
        text = self.text_of(self.scope_of(subject))
        item = self.add(parent, pane, str(pane.window.pane_index(pane)), text, subject)
        item.align = ALIGN_RIGHT

    def scope_of(self, subject: Subject, **more: str) -> Scope:
        """What a format about a listed thing sees."""
        session, index, pane = subject
        winlink = session.winlinks.get(index) if index is not None else None
        found = Found(session, winlink, pane)
        shown = winlink or session.current
        near = pane or (shown.window.active if shown is not None else None)
        tag = near.name if near is not None else ""
        return self.server.scope(found, facts=self.facts, tag=tag, extras=more or None)

    def _pull(self, item: Item) -> Found:
        """What an item stands for now, a session with its current window and that with its active pane; empty
        if it is no longer there."""
        session, index, pane = item.subject
        if session not in self.server.model.sessions.values():
            return Found()
        winlink = session.current if index is None else session.winlinks.get(index)
        if winlink is None or (pane is not None and pane not in winlink.window.panes):
            return Found()
        return Found(session, winlink, pane or winlink.window.active)

    def matches(self, item: Item, text: str, fold: bool) -> bool:
        """Sessions and windows by their names, panes by the commands that run in them."""
        found = self._pull(item)
        if found.session is None or found.winlink is None:
            return False
        subject: Subject = item.subject
        if subject.pane is not None:
            return contains(self.facts.command(subject.pane) or "", text, fold)
        named = found.session if subject.at is None else found.winlink.window
        return contains(named.name, text, fold)

    # -- preview -------------------------------------------------------------------------------

    def draw_preview(self, item: Item, x: int, y: int, cols: int, rows: int) -> None:
        found = self._pull(item)
        if found.session is None or found.winlink is None or found.pane is None:
            return
        subject: Subject = item.subject
        if subject.pane is not None:
            self._preview.put_pane(subject.pane, x, y, cols, rows)
        elif subject.at is not None:
            session, index = found.session, subject.at
            self._preview.put_window(
                found.winlink, lambda pane: self.scope_of(Subject(session, index, pane)), x, y, cols, rows
            )
        else:
            self._preview.put_session(
                found.session,
                lambda winlink: self.scope_of(Subject(winlink.session, winlink.index)),
                x, y, cols, rows,
            )  # fmt: skip

    # -- keys ----------------------------------------------------------------------------------

    def key(self, who: Presser, press: KeyPress) -> None:
        self._pressed_on = self.current
        super().key(who, press)

    def act(self, who: Presser, taken: Taken) -> bool:
        key = taken.key
        if self.current is not self._pressed_on:
            self._preview.shift = 0
        if keys.is_mouse(key):
            key = self._click(key, taken.x)
        item = self.current
        if item is None:
            return False
        if key == keys.ENTER:
            target, _ = self._target(item)
            if target is not None:
                self.run(who.client, self.template, target)
            return True
        action = _ACTIONS.get(key)
        if action is not None:
            action(self, who, item)
        return False

    def _click(self, key: int, x: int) -> int:
        """A click into the preview: what is shown there becomes current and chosen, or the preview moves.
        Returns the key that it counts as."""
        item = self.current
        if key != _BUTTON_1 or item is None:
            return keys.NONE
        hit = self._preview.hit(x)
        if isinstance(hit, str):
            return ord(hit)
        found, subject = self._pull(item), item.subject
        if found.session is None or found.winlink is None or subject.pane is not None:
            return keys.NONE
        self.expand(item.tag)
        inside: Sequence[Hashable] = found.winlink.window.panes
        if subject.at is None:
            inside = found.session.sorted_winlinks()
        if hit < len(inside):
            self.select(inside[hit])
        return keys.ENTER

    def _target(self, item: Item) -> tuple[str | None, Found]:
        """A target that names the item, None if it is gone; and what it leads to."""
        found, subject = self._pull(item), item.subject
        if found.session is None or found.winlink is None:
            return None, found
        target = f"={found.session.name}:"
        if subject.at is not None:
            target += f"{subject.at}."
        if subject.pane is not None:
            target += subject.pane.name
        return target, found

    def scroll_left(self, who: Presser, item: Item) -> None:
        self._preview.shift -= 1

    def scroll_right(self, who: Presser, item: Item) -> None:
        self._preview.shift += 1

    def go_to_start(self, who: Presser, item: Item) -> None:
        """To the pane that the tree is in, or else to its window."""
        self.expand(self.found.session)
        self.expand(self.found.winlink)
        if not self.select(self.pane):
            self.select(self.found.winlink)

    def mark(self, who: Presser, item: Item) -> None:
        found = self._pull(item)
        if found.winlink is not None and found.pane is not None:
            self.server.model.marked = found.winlink, found.pane
        self.build()

    def unmark(self, who: Presser, item: Item) -> None:
        self.server.model.marked = None
        self.build()

    def ask_kill(self, who: Presser, item: Item) -> None:
        found, subject = self._pull(item), item.subject
        if found.session is None or found.winlink is None:
            return
        if subject.pane is not None:
            what = f"pane {subject.pane.window.pane_index(subject.pane)}"
        elif subject.at is not None:
            what = f"window {subject.at}"
        else:
            what = f"session {found.session.name}"
        self._ask_kill(who, f"Kill {what}? ", lambda: [self.current])

    def ask_kill_tagged(self, who: Presser, item: Item) -> None:
        tagged = len(self.tagged())
        if tagged:
            self._ask_kill(who, f"Kill {tagged} tagged? ", self.chosen)

    def _ask_kill(self, who: Presser, text: str, doomed: Callable[[], Sequence[Item | None]]) -> None:
        def answered(answer: str) -> None:
            if answer in ("y", "Y"):
                for item in doomed():
                    if item is not None:
                        self._kill(item)
                for session in self.server.model.sorted_sessions():
                    self.server.sessions.renumber_if_asked(session)
                self.after_commands(who.client)

        self.ask(who, text, answered, single=True, accept=self.accept)

    def _kill(self, item: Item) -> None:
        found, subject = self._pull(item), item.subject
        if found.session is None or found.winlink is None:
            return
        if subject.pane is not None:
            self.server.panes.kill(subject.pane)
        elif subject.at is not None:
            self.server.windows.kill(found.winlink.window, renumber=False)
        else:
            self.server.sessions.destroy(found.session)

    def ask_command(self, who: Presser, item: Item) -> None:
        tagged = len(self.tagged())

        def answered(answer: str) -> None:
            if not answer:
                return
            for each in self.chosen():
                target, found = self._target(each)
                if target is not None:
                    self.run(who.client, answer, target, found)
            self.after_commands(who.client)

        self.ask(who, f"({tagged} tagged) " if tagged else "(current) ", answered)

    def swap(self, item: Item, other: Item) -> bool:
        """Exchange two windows of a session, where they are sorted so that this is to be seen."""
        first, second = self._pull(item), self._pull(other)
        if item.subject.at is None or other.subject.at is None or item.subject.pane is not None:
            return False
        session, winlink, winlink2 = first.session, first.winlink, second.winlink
        if session is None or second.session is not session or winlink is None or winlink2 is None:
            return False
        if self.order != sorting.INDEX and not sorting.same_place(winlink, winlink2, self.order):
            return False
        sessions = self.server.sessions
        sessions.swap(winlink, winlink2)
        if session.current is winlink:
            sessions.set_current(session, winlink2)
        elif session.current is winlink2:
            sessions.set_current(session, winlink)
        sessions.synchronize_and_redraw(session)
        self.server.windows.recalculate_sizes()
        return True


_ACTIONS: dict[int, Callable[[SessionTree, Presser, Item], None]] = {
    ord("<"): SessionTree.scroll_left,
    ord(">"): SessionTree.scroll_right,
    ord("H"): SessionTree.go_to_start,
    ord("m"): SessionTree.mark,
    ord("M"): SessionTree.unmark,
    ord("x"): SessionTree.ask_kill,
    ord("X"): SessionTree.ask_kill_tagged,
    ord(":"): SessionTree.ask_command,
}
