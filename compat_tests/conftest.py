"""Fixtures for tests that run a tmux: `tmux` is the one under test, `oracle` a real one (TMUX_ORACLE)."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from compat_tests.clients.sandbox import Sandbox, executable_under_test


@pytest.fixture
def tmux() -> Iterator[Sandbox]:
    """The executable under test in a world of its own; everything it started is gone afterwards."""
    with Sandbox(executable_under_test()) as sandbox:
        yield sandbox


@pytest.fixture
def oracle() -> Iterator[Sandbox]:
    """A real tmux in a world of its own; the test is skipped where none is named."""
    path = os.environ.get("TMUX_ORACLE")
    if not path:
        pytest.skip("TMUX_ORACLE names no real tmux")
    with Sandbox([path]) as sandbox:
        yield sandbox
