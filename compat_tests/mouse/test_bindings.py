"""Each default binding of a mouse key is pressed in a scenario on a terminal; this says in which."""

from __future__ import annotations

import json

from compat_tests.attached import fixture
from compat_tests.keys.record_bindings import FIXTURE

ROOT = {
    "C-MouseDown1Pane": "mouse/control-click-swaps",
    "C-MouseDown1Status": "mouse/control-click-window",
    "DoubleClick1Pane": "mouse/double-click-selects",
    "M-MouseDown3Pane": "mouse/meta-pane-menu",
    "M-MouseDown3Status": "mouse/meta-window-menu",
    "M-MouseDown3StatusLeft": "mouse/meta-session-menu",
    "MouseDown1Border": "mouse/click-unmarks",
    "MouseDown1Control8": "mouse/zoom-and-kill-in-border",
    "MouseDown1Control9": "mouse/zoom-and-kill-in-border",
    "MouseDown1Pane": "mouse/click-selects-pane",
    "MouseDown1ScrollbarDown": "scrollbars/mouse-pages-right",
    "MouseDown1ScrollbarUp": "scrollbars/mouse-pages-right",
    "MouseDown1Status": "mouse/click-window",
    "MouseDown2Pane": "mouse/middle-click-pastes",
    "MouseDown3Pane": "mouse/pane-menu",
    "MouseDown3Status": "mouse/window-menu",
    "MouseDown3StatusLeft": "mouse/session-menu",
    "MouseDrag1Border": "mouse/drag-corner",
    "MouseDrag1Pane": "mouse/drag-selects",
    "MouseDrag1ScrollbarSlider": "scrollbars/mouse-drags-slider-bottom",
    "TripleClick1Pane": "mouse/triple-click-selects",
    "WheelDownStatus": "mouse/wheel-on-window",
    "WheelUpPane": "mouse/wheel-scrolls",
    "WheelUpStatus": "mouse/wheel-on-window",
}
COPY = {
    "DoubleClick1Pane": "mouse/double-click-in-copy-mode",
    "MouseDown1Pane": "mouse/in-copy-mode",
    "MouseDrag1Pane": "mouse/in-copy-mode",
    "MouseDragEnd1Pane": "mouse/in-copy-mode",
    "TripleClick1Pane": "mouse/triple-click-in-copy-mode",
    "WheelDownPane": "mouse/wheel-scrolls",
    "WheelUpPane": "mouse/wheel-scrolls",
}
COPY_VI = {
    "DoubleClick1Pane": "mouse/double-click-in-copy-mode-vi",
    "MouseDown1Pane": "mouse/in-copy-mode-vi",
    "MouseDrag1Pane": "mouse/in-copy-mode-vi",
    "MouseDragEnd1Pane": "mouse/in-copy-mode-vi",
    "TripleClick1Pane": "mouse/triple-click-in-copy-mode-vi",
    "WheelDownPane": "mouse/wheel-in-copy-mode-vi",
    "WheelUpPane": "mouse/wheel-in-copy-mode-vi",
}


def test_all_mouse_bindings_are_pressed() -> None:
    pressed = {"root": ROOT, "copy-mode": COPY, "copy-mode-vi": COPY_VI}
    rows = json.loads(FIXTURE.read_text(encoding="utf-8"))["rows"]
    bound = {(row[0], row[2]) for row in rows if any(word in row[2] for word in ("Mouse", "Wheel", "Click"))}
    assert bound == {(table, key) for table, keys in pressed.items() for key in keys}


def test_their_scenarios_are_recorded() -> None:
    for path in {*ROOT.values(), *COPY.values(), *COPY_VI.values()}:
        group, name = path.split("/")
        assert name in fixture.load(group), path
