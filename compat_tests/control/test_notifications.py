"""Events that clients in control mode are told: those that hooks pass on are those with a line."""

from __future__ import annotations

from tmuxish.control.notifications import LINES
from tmuxish.server.hooks import CONTROL_EVENTS


def test_each_event_that_is_passed_on_has_a_line() -> None:
    assert set(LINES) == CONTROL_EVENTS
