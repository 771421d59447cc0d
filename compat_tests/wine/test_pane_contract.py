"""The contract of a pane's program, on the real pywinpty: the same tests that hold for the fake one."""

from __future__ import annotations

import re

import pytest

from compat_tests.wine.harness import CHECKOUT, Wine, windows_path
from compat_tests.wine.sandbox import WindowsSandbox

pytestmark = pytest.mark.wine

CONTRACT = CHECKOUT / "compat_tests" / "pty" / "test_windows_contract.py"
# As the server runs: with a console, which nobody sees.
CREATE_NO_WINDOW = 0x08000000


def test_holds_for_the_real_module(wine: Wine) -> None:
    with WindowsSandbox(wine, [windows_path(wine.python), "-m", "pytest"]) as windows:
        call = windows.start(
            # What the other tests share needs Unix.
            *("--noconftest", "-p", "no:cacheprovider", "-q", "--tb=short", windows_path(CONTRACT)),
            flags=CREATE_NO_WINDOW,
            timeout=170,
        )
        done = call.result()
    assert done.code == 0, done.out
    assert re.search(r"^\d\d passed in", done.out, re.MULTILINE), done.out
    assert "skipped" not in done.out
