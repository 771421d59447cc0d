"""Plays recorded layout commands on the model alone: a window whose panes have no programs.

Stands in for the commands themselves, so it repeats what each of them does around its layout function.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from tmuxish.model import layout, layout_named, layout_string
from tmuxish.model.layout import LEFT_RIGHT, TOP_BOTTOM, LayoutError
from tmuxish.model.options import Options
from tmuxish.model.options_text import Checks, assign
from tmuxish.model.pane import Pane
from tmuxish.model.window import Window
from tmuxish.numbers import parse_number, parse_percentage

if TYPE_CHECKING:
    from tmuxish.emulator import Emulator

INT_MAX = 2**31 - 1

# The options that layouts depend on need no checks from outside.
CHECKS = Checks(str, str, lambda style: True, lambda shell: True)


class FakeEmulator:
    """As much of an emulator as the layout looks at."""

    alternate = False
    cols = rows = 0


class FakePane(Pane):
    """A pane without a screen."""

    def __init__(self, id: int, window: Window, options: Options) -> None:
        super().__init__(id, window, options, cast("Emulator", FakeEmulator()))


class Replay:
    """One window and the commands of one recorded case."""

    def __init__(self, cols: int, rows: int) -> None:
        self.window: Any = Window(0, cols, rows, Options.for_window(Options.for_global_window()))
        self._next_id = 0
        pane = self._new_pane()
        self.window.panes.append(pane)
        self.window.active = pane
        layout.init(self.window, pane)

    def run(self, command: list[str]) -> str:
        """Run one command and return the error it prints, "" if it succeeds."""
        name, *rest = command
        flags, operands = _parse(rest)
        try:
            getattr(self, "_" + name.replace("-", "_"))(flags, operands)
        except LayoutError as error:
            return str(error)
        return ""

    def state(self) -> dict[str, Any]:
        window = self.window
        return {
            "window": [window.cols, window.rows],
            "layout": layout_string.dump(window),
            "panes": [[pane.id, pane.xoff, pane.yoff, pane.cols, pane.rows] for pane in window.panes],
        }

    def _new_pane(self) -> Pane:
        pane = FakePane(self._next_id, self.window, Options.for_pane(self.window.options))
        self._next_id += 1
        return pane

    def _target(self, flags: dict[str, str | None], flag: str = "t") -> Pane:
        panes: list[Pane] = self.window.panes
        text = flags.get(flag)
        if text is None:
            active: Pane = self.window.active
            return active
        return next(pane for pane in panes if pane.id == int(text[1:]))

    def _recalculate(self) -> None:
        if self.window.manual_size is not None:
            wanted = self.window.manual_size
            if wanted != (self.window.cols, self.window.rows):
                self._resize_to(*wanted)

    def _resize_to(self, cols: int, rows: int) -> None:
        least = layout.resize(self.window, cols, rows)
        self.window.cols, self.window.rows = max(cols, least[0]), max(rows, least[1])

    def _split_window(self, flags: dict[str, str | None], operands: list[str]) -> None:
        window, target = self.window, self._target(flags)
        direction = LEFT_RIGHT if "h" in flags else TOP_BOTTOM
        size: int | None = None
        if "f" in flags:
            whole = window.cols if direction == LEFT_RIGHT else window.rows
        else:
            whole = target.cols if direction == LEFT_RIGHT else target.rows
        if "l" in flags:
            size = parse_percentage(flags["l"] or "", 0, INT_MAX, whole)
        elif "p" in flags:
            size = whole * parse_number(flags["p"] or "", 0, 100) // 100
        try:
            cell = layout.split(window, target, direction, size, before="b" in flags, full="f" in flags)
        except LayoutError as error:
            raise LayoutError(f"size or position {error}") from error
        pane = self._new_pane()
        place = window.panes.index(target) + ("b" not in flags)
        if "f" in flags:
            place = 0 if "b" in flags else len(window.panes)
        window.panes.insert(place, pane)
        cell.hold(pane)
        layout.fix(window)

    def _resize_pane(self, flags: dict[str, str | None], operands: list[str]) -> None:
        window, target = self.window, self._target(flags)
        amount = int(operands[0]) if operands else 1
        if "x" in flags:
            cols = parse_percentage(flags["x"] or "", 0, INT_MAX, window.cols)
            layout.resize_pane_to(window, target, LEFT_RIGHT, cols)
        if "y" in flags:
            rows = parse_percentage(flags["y"] or "", 0, INT_MAX, window.rows)
            status = window.options.get_string("pane-border-status")
            at_top = status == "top" and target.yoff == 1
            at_bottom = status == "bottom" and target.yoff + target.rows == window.rows - 1
            layout.resize_pane_to(window, target, TOP_BOTTOM, rows + (at_top or at_bottom))
        for flag, direction, sign in (
            ("L", LEFT_RIGHT, -1),
            ("R", LEFT_RIGHT, 1),
            ("U", TOP_BOTTOM, -1),
            ("D", TOP_BOTTOM, 1),
        ):
            if flag in flags:
                layout.resize_pane(window, target, direction, sign * amount)

    def _resize_window(self, flags: dict[str, str | None], operands: list[str]) -> None:
        self.window.manual_size = (int(flags["x"] or ""), int(flags["y"] or ""))
        self._resize_to(*self.window.manual_size)

    def _select_layout(self, flags: dict[str, str | None], operands: list[str]) -> None:
        window = self.window
        if "E" in flags:
            layout.spread_out(window, self._target(flags))
        else:
            number = layout_named.lookup(operands[0])
            if number is not None:
                layout_named.select(window, number)
            else:
                try:
                    layout_string.apply(window, operands[0])
                except LayoutError as error:
                    raise LayoutError(f"{error}: {operands[0]}") from error
        self._recalculate()

    def _next_layout(self, flags: dict[str, str | None], operands: list[str]) -> None:
        layout_named.select_next(self.window)
        self._recalculate()

    def _previous_layout(self, flags: dict[str, str | None], operands: list[str]) -> None:
        layout_named.select_previous(self.window)
        self._recalculate()

    def _kill_pane(self, flags: dict[str, str | None], operands: list[str]) -> None:
        target = self._target(flags)
        layout.close(self.window, target)
        self.window.panes.remove(target)
        if self.window.active is target:
            self.window.active = self.window.panes[0]
        self._recalculate()

    def _swap_pane(self, flags: dict[str, str | None], operands: list[str]) -> None:
        panes = self.window.panes
        source, target = self._target(flags, "s"), self._target(flags)
        one, other = panes.index(source), panes.index(target)
        panes[one], panes[other] = target, source
        layout.swap(source, target)
        layout.fix(self.window)

    def _set_option(self, flags: dict[str, str | None], operands: list[str]) -> None:
        name, value = operands
        assign(self.window.options, name, value, CHECKS)
        layout.fix(self.window)
        self._recalculate()


def _parse(words: list[str]) -> tuple[dict[str, str | None], list[str]]:
    """Flags with their values (None for those without) and operands of the few forms recorded."""
    flags: dict[str, str | None] = {}
    while words and words[0].startswith("-") and len(words[0]) == 2:
        flag = words.pop(0)[1]
        flags[flag] = words.pop(0) if flag in "tslpxy" else None
    return flags, words
