"""Every default binding of the prefix table, pressed once."""

from __future__ import annotations

from compat_tests.attached.script import Scenario, keys, look, typed

SCENARIOS = [
    Scenario("split-h", steps=[keys("prefix", "%"), look(), typed("echo hi\r"), look()]),
]
