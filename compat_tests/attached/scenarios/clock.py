"""clock-mode: small clocks (large ones are in `modes/test_clock.py`), and what ends them."""

from __future__ import annotations

from compat_tests.attached.script import Scenario, call, keys, look, mouse, resize, typed, until_call

TWELVE = ((r"[ 1]\d:\d\d(:\d\d)? [AP]M", "TWELVE"),)


def style(name: str) -> tuple[str, ...]:
    return ("set", "-g", "clock-mode-style", name)


SCENARIOS = [
    Scenario(
        "binding",
        [
            keys("prefix", "t"),
            look(),
            until_call("clock-mode", "display-message", "-p", "#{pane_mode}"),
            keys("x"),
            look(),
            typed("echo typed\r"),
            look(),
        ],
        cols=20,
        rows=6,
        needs=("clock-mode",),
    ),
    Scenario(
        "styles",
        [
            call("clock-mode"),
            look(),
            keys("q"),
            call(*style("24-with-seconds")),
            call("clock-mode"),
            look(),
            keys("Up"),
            call(*style("12")),
            call("clock-mode"),
            look(),
            keys("C-c"),
            call(*style("12-with-seconds")),
            call("set", "-w", "clock-mode-colour", "red"),
            call("clock-mode", "-t", "s:"),
            look(),
        ],
        cols=24,
        rows=6,
        masks=TWELVE,
    ),
    Scenario(
        "too-narrow",
        [call("clock-mode"), look(), resize(4, 6), look(), resize(5, 6), look()],
        cols=6,
        rows=6,
    ),
    Scenario(
        "output-below",
        [
            call("clock-mode"),
            call("send-keys", "-t", "s:", "x"),
            look(),
            call("clock-mode"),
            keys("Enter"),
            look(),
        ],
        cols=20,
        rows=6,
    ),
    Scenario(
        "mouse-ends-it",
        [call("clock-mode"), mouse(("Down1", 3, 3)), look(), mouse(("Up1", 3, 3), ("WheelUp", 3, 3)), look()],
        [("set", "-g", "mouse", "on")],
        cols=20,
        rows=6,
        needs=("copy-mode",),
    ),
    Scenario(
        "split",
        [
            call("split-window", "-h"),
            call("clock-mode", "-t", "s:.0"),
            look(),
            call("clock-mode", "-t", "s:.0"),
            look(),
        ],
        cols=50,
        rows=6,
    ),
]
