"""What is clicked on, and how. A sweep turns the wheel on every cell of the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from compat_tests.attached.keys import mouse_bytes
from compat_tests.attached.script import Command, Pause, Scenario, Step, call, mouse, typed

COLS, ROWS = 40, 14
SLOW = Pause(0.4)
"""Longer than the time in which clicks count as double."""
CLICK = (("Down1", 5, 3), ("Up1", 5, 3))
PROGRAM = "seq 40; exec cat"


def split(*flags: str) -> Command:
    return ("split-window", *flags, "-t", "s:", PROGRAM)


def options(**values: str) -> tuple[Command, ...]:
    """Window options."""
    return tuple(("set", "-wg", name.replace("_", "-"), value) for name, value in values.items())


def sweep() -> list[Step]:
    """The wheel on every cell."""
    return [typed(b"".join(mouse_bytes("WheelUp", x, y) for x in range(COLS))) for y in range(ROWS)]


def scene(name: str, setup: tuple[Command, ...], steps: list[Step]) -> Scenario:
    return Scenario(name, steps, (("set", "-g", "mouse", "on"), *setup), COLS, ROWS, program=PROGRAM)


FOUR = (split("-h"), split("-v"), ("select-pane", "-t", "s:.0"), split("-v"))
STATUS_RANGES = (
    "#[range=left]left#[norange] - #[range=right]right#[norange] - "
    "#[range=session|$0]session#[norange] #[range=window|0]window#[norange] #[range=pane|%0]p#[norange]",
    "#[range=user|mine]user#[norange] #[range=control|0]c0#[norange] #[range=control|9]c9#[norange] "
    "#[range=pane|%99]gone#[norange] #[range=window|7]gone#[norange] x",
)
RANGES = (
    ("set", "-g", "status", "2"),
    *(("set", "-g", f"status-format[{index}]", text) for index, text in enumerate(STATUS_RANGES)),
)
BORDER_RANGES = options(
    pane_border_status="top",
    pane_border_format="#[range=control|8]zoom#[norange] - #[range=control|9]x#[norange]",
)
FLOATING = ("new-pane", "-t", "s:", "-x16", "-y5", "-X12", "-Y3", PROGRAM)
FLOATING_OUT = ("new-pane", "-t", "s:", "-x16", "-y6", "-X30", "-Y9", PROGRAM)
RIGHT = options(pane_scrollbars="on")

SWEEPS = [
    scene(f"sweep-{name}", setup, sweep())
    for name, setup in {
        "one": (),
        "four": FOUR,
        "four-status-top": (*FOUR, ("set", "-g", "status-position", "top")),
        "four-border-top": (*FOUR, *BORDER_RANGES),
        "four-border-bottom": (*FOUR, *BORDER_RANGES, *options(pane_border_status="bottom")),
        "floating": (*FOUR, FLOATING, FLOATING_OUT),
        "floating-border-top": (*FOUR, FLOATING, *BORDER_RANGES),
        "status-ranges": RANGES,
        "status-ranges-top": (*RANGES, ("set", "-g", "status-position", "top")),
        "no-status": (split("-h"), ("set", "-g", "status", "off")),
        "scrollbars-right": (*FOUR, *RIGHT),
        "scrollbars-wide": (*FOUR, *RIGHT, *options(pane_scrollbars_style="width=2,pad=1")),
        "scrollbars-floating": (split("-h"), *RIGHT, FLOATING),
        "smaller-window": (split("-h"), ("resize-window", "-t", "s:", "-x30", "-y8")),
        "larger-window": (("resize-window", "-t", "s:", "-x60", "-y20"), split("-h"), split("-v")),
        "zoomed": (*FOUR, ("resize-pane", "-Z", "-t", "s:.1")),
    }.items()
]


def modified(button: str) -> Iterator[Step]:
    """A click with every modifier."""
    for modifiers in ("", "S-", "M-", "C-", "C-M-", "C-M-S-"):
        yield mouse((f"{modifiers}Down{button}", 5, 3), (f"{modifiers}Up{button}", 5, 3))
        yield SLOW


def raw(*reports: tuple[int, int, int, str]) -> Step:
    """SGR reports: button, column, row (from 0), M or m."""
    return typed(b"".join(f"\x1b[<{b};{x + 1};{y + 1}{end}".encode() for b, x, y, end in reports))


def old(*reports: tuple[int, int, int]) -> Step:
    """Reports in the old encoding."""
    return typed(b"".join(b"\x1b[M" + bytes((b + 32, x + 33, y + 33)) for b, x, y in reports))


BUTTONS = (0, 1, 2, 66, 67, 128, 129, 130, 131)
EVENTS = [
    scene("modifiers", (), [step for button in "123" for step in modified(button)]),
    scene("buttons", (), [raw((b, 5, 3, "M"), (b, 5, 3, "m")) for b in BUTTONS]),
    scene("old-encoding", (), [old((0, 5, 3), (3, 5, 3)), SLOW, old((0, 5, 3), (32, 6, 3), (3, 6, 3))]),
    scene(
        "wheel", (), [mouse(*((f"{m}Wheel{way}", 5, 3) for m in ("", "S-", "C-") for way in ("Up", "Down")))]
    ),
    scene("single-click", (), [mouse(*CLICK), SLOW, mouse(*CLICK), SLOW]),
    scene("double-click", (), [mouse(*CLICK * 2), SLOW]),
    scene("triple-click", (), [mouse(*CLICK * 3), SLOW]),
    scene("four-clicks", (), [mouse(*CLICK * 4), SLOW]),
    scene("double-click-other-button", (), [mouse(*CLICK, ("Down2", 5, 3), ("Up2", 5, 3), *CLICK), SLOW]),
    scene("double-click-other-pane", (split("-h"),), [mouse(*CLICK, ("Down1", 30, 3), *CLICK), SLOW]),
    scene("double-click-on-status", (), [mouse(*(("Down1", 5, 13), ("Up1", 5, 13)) * 2), SLOW]),
    scene("double-click-and-drag", (), [mouse(*CLICK, CLICK[0], ("Drag1", 8, 3), ("Up1", 8, 3)), SLOW]),
    scene("drag", (), [mouse(CLICK[0], ("Drag1", 6, 3), ("Drag1", 7, 3), ("Drag1", 7, 3), ("Up1", 9, 3))]),
    scene(
        "drag-between-panes",
        (split("-h"),),
        [mouse(("Down1", 5, 3), ("Drag1", 10, 3), ("Drag1", 30, 3), ("Up1", 30, 3), ("Down1", 30, 3))],
    ),
    scene(
        "drag-from-border",
        (split("-h"),),
        [mouse(("Down1", 20, 3), ("Drag1", 22, 3), ("Drag1", 25, 3), ("Drag1", 25, 13), ("Up1", 25, 13))],
    ),
    scene(
        "drag-to-status",
        (),
        [mouse(("Down1", 5, 3), ("Drag1", 5, 5), ("Drag1", 5, 13), ("Drag1", 9, 13), ("Up1", 9, 13))],
    ),
    scene(
        "drag-other-buttons",
        (),
        [mouse(*((f"{e}{b}", x, 3) for b in "23" for x, e in enumerate(("Down", "Drag", "Drag", "Up"))))],
    ),
    scene(
        "drag-with-wheel",
        (),
        [mouse(CLICK[0], ("Drag1", 6, 3), ("WheelUp", 6, 3), ("Drag1", 8, 3), ("Up1", 8, 3))],
    ),
    scene(
        "drag-lost-release",
        (),
        [mouse(CLICK[0], ("Drag1", 6, 3), ("Move", 9, 3), ("Move", 10, 3), ("Down1", 9, 3))],
    ),
    scene(
        "moves",
        (split("-h"), ("set", "-g", "focus-follows-mouse", "on")),
        [mouse(*(("Move", x, y) for x, y in ((5, 3), (20, 3), (25, 3), (5, 13))))],
    ),
    scene("release-alone", (), [mouse(("Up1", 5, 3), ("Up2", 5, 3))]),
    scene(
        "drag-slider",
        RIGHT,
        [mouse(("Down1", 39, 12), ("Drag1", 39, 11), ("Drag1", 20, 5), ("Up1", 20, 5), ("Down1", 39, 1))],
    ),
    scene(
        "windows-in-status",
        (("new-window", "-d", "-t", "s:", "-n", "other", PROGRAM),),
        [mouse(*(("Down1", x, 13) for x in range(0, 40, 3)))],
    ),
    scene(
        "other-session",
        (
            ("new-session", "-d", "-s", "t", PROGRAM),
            ("set", "-g", "status-format[0]", "#[range=session|$1]t#[norange] #[range=pane|%1]%%1"),
        ),
        [mouse(("Down1", 0, 13), ("Down2", 2, 13))],
    ),
    scene("mouse-off", (("set", "-g", "mouse", "off"),), [mouse(*CLICK)]),
    scene("status-at-top", (("set", "-g", "status-position", "top"),), [mouse(*CLICK, ("WheelUp", 5, 0))]),
    scene("in-a-mode", (("copy-mode", "-t", "s:"),), [mouse(("WheelUp", 5, 3))]),
    scene("typed-command", (), [mouse(*CLICK), call("set", "-ag", "@log", "outside #{mouse_pane}|")]),
]

SCENES = [*SWEEPS, *EVENTS]
