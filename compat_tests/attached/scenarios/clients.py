"""Several clients on one session: panes of their own (flag active-pane), and those who may only look."""

from __future__ import annotations

from collections.abc import Sequence

from compat_tests.attached.script import (
    Command,
    Scenario,
    Step,
    attach,
    call,
    ends,
    keys,
    look,
    mouse,
    titled,
    typed,
    until,
)

TEXT = "printf 'left\\n'; exec cat"
OTHER = "b"


def split(text: str, *flags: str) -> Command:
    return ("split-window", *flags, "-t", "s:", f"printf '{text}\\n'; exec cat")


RIGHT = split("right", "-h")
FOUR = (RIGHT, split("below", "-v"))


def scene(name: str, setup: Sequence[Command], *steps: Step) -> Scenario:
    return Scenario(name, list(steps), setup, program=TEXT, needs=("copy-mode",))


def second(*flags: str) -> list[Step]:
    """Another client comes."""
    return [attach(OTHER, 60, 16, "attach-session", "-t", "s", *flags), until("right", OTHER), look(OTHER)]


def both() -> list[Step]:
    return [look(), look(OTHER)]


def own(*keys_of_other: str) -> list[Step]:
    """The other client goes to the next pane, which is for it alone."""
    return [*second("-f", "active-pane"), keys("prefix", *keys_of_other, client=OTHER), *both()]


OWN = [
    scene("own-pane", (RIGHT,), *own("Left")),
    scene("own-pane-typed-into", (RIGHT,), *own("Left"), typed("mine", OTHER), until("mine"), *both()),
    scene("own-pane-others-typing", (RIGHT,), *own("Left"), typed("theirs"), until("theirs", OTHER), *both()),
    scene("own-pane-commands", FOUR, *own("Left"), keys("prefix", "z", client=OTHER), *both()),
    scene("own-pane-killed", FOUR, *own("Left"), call("kill-pane", "-t", "s:.0"), *both()),
    scene("own-pane-swapped", FOUR, *own("Left"), call("swap-pane", "-s", "s:.0", "-t", "s:.2"), *both()),
    scene(
        "own-pane-by-mouse",
        (RIGHT, ("set", "-g", "mouse", "on")),
        *second("-f", "active-pane"),
        mouse(("Down1", 5, 5), client=OTHER),
        *both(),
        mouse(("Down1", 5, 5)),
        *both(),
    ),
    scene(
        "own-pane-status-in-borders",
        (
            *FOUR,
            *titled(3),
            ("set", "-g", "pane-border-status", "top"),
            ("set", "-g", "pane-border-indicators", "both"),
        ),
        *own("Left"),
    ),
    scene(
        "own-pane-copy-mode",
        (RIGHT,),
        *own("Left"),
        keys("prefix", "[", client=OTHER),
        *both(),
        keys("q", client=OTHER),
        *both(),
    ),
    scene(
        "own-pane-in-two-windows",
        (RIGHT, ("new-window", "-d", "-t", "s:", "-n", "second", TEXT)),
        *own("Left"),
        keys("prefix", "n", client=OTHER),
        *both(),
        keys("prefix", "n", client=OTHER),
        *both(),
    ),
    scene(
        "own-pane-given-up",
        (RIGHT,),
        *own("Left"),
        call("refresh-client", "-t", "<b>", "-f", "!active-pane"),
        keys("prefix", "r", client=OTHER),
        *both(),
    ),
]

LOOKING = [
    scene(
        "read-only",
        (RIGHT, ("set", "-g", "mouse", "on")),
        *second("-r"),
        typed("nothing", OTHER),
        keys("prefix", "c", "prefix", "Left", client=OTHER),
        mouse(("Down1", 5, 5), ("Up1", 5, 5), client=OTHER),
        typed("seen"),
        until("seen", OTHER),
        *both(),
        keys("prefix", "d", client=OTHER),
        ends(OTHER),
    ),
    scene(
        "read-only-switched",
        (RIGHT,),
        *second(),
        call("switch-client", "-c", "<b>", "-r"),
        typed("nothing", OTHER),
        look(OTHER),
        typed("first"),
        until("first", OTHER),
        call("switch-client", "-c", "<b>", "-r"),
        typed("second", OTHER),
        until("second"),
        *both(),
    ),
    scene(
        "read-only-copy-mode",
        (RIGHT, ("copy-mode", "-t", "s:")),
        *second("-r"),
        keys("Up", client=OTHER),
        *both(),
        keys("q", client=OTHER),
        *both(),
    ),
    scene(
        "read-only-message",
        (RIGHT,),
        *second("-r"),
        call("display-message", "-c", "<b>", "-d", "0", "told"),
        look(OTHER),
        typed("x", OTHER),
        typed("other"),
        until("other"),
        *both(),
    ),
]

SCENARIOS = [*OWN, *LOOKING]
