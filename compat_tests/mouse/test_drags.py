"""Dragging where tmux's screen is not to be compared."""

from __future__ import annotations

from compat_tests.attached.script import Scenario, keys, look, mouse
from compat_tests.attached.terminal import Terminal
from compat_tests.clients.sandbox import Sandbox, executable_under_test, wait_until
from compat_tests.mouse.listen import Quiet


class _Widths(Quiet):
    """Waits at each look for the widths of the panes."""

    widths: list[str]

    def see(self, client: Terminal) -> None:
        wanted = self.widths.pop(0)
        wait_until(lambda: self._widths() == wanted, f"panes of {wanted} columns, not {self._widths()}")

    def _widths(self) -> str:
        return " ".join(self.sandbox.run("list-panes", "-F", "#{pane_width}").ok().split())


def test_borders_of_a_window_larger_than_the_terminal() -> None:
    scene = Scenario(
        "larger",
        [
            keys("prefix", "S-Right"),  # by 10 columns
            mouse(("Down1", 35, 5), ("Drag1", 40, 5), ("Up1", 40, 5)),
            look(),
        ],
        (
            ("set", "-g", "mouse", "on"),
            ("resize-window", "-t", "s:", "-x90", "-y30"),
            ("split-window", "-h", "-t", "s:"),
            ("select-pane", "-t", "s:.0"),
        ),
    )
    with Sandbox(executable_under_test()) as sandbox:
        player = _Widths(sandbox, scene)
        player.widths = ["45 44", "50 39"]
        player.play()


class _Scrolled(Quiet):
    """Waits at the first look until the pane is full, and then for a place in the history."""

    wanted: list[tuple[str, str]]

    def see(self, client: Terminal) -> None:
        what, wanted = self.wanted.pop(0)
        wait_until(lambda: self.sandbox.run("display", "-p", what).out.strip() == wanted, f"{what} {wanted}")


def test_slider_in_a_window_larger_than_the_terminal() -> None:
    scene = Scenario(
        "larger",
        [mouse(("Down1", 59, 12), ("Drag1", 59, 11)), mouse(("Drag1", 59, 2)), look()],
        (
            ("set", "-g", "mouse", "on"),
            ("set", "-g", "pane-scrollbars", "on"),
            ("resize-window", "-t", "s:", "-x60", "-y30"),
        ),
        program="seq 200; exec cat",
    )
    with Sandbox(executable_under_test()) as sandbox:
        player = _Scrolled(sandbox, scene)
        # 30 of 201 rows are seen: the slider has 4 rows, 16 above it when held at its second in row 17.
        player.wanted = [("#{history_size}", "171"), ("#{scroll_position}", "64")]
        player.play()
