"""Fixtures for tests that run a tmux: `tmux` is the one under test, `oracle` a real one (TMUX_ORACLE)."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from compat_tests.clients.sandbox import Sandbox, executable_under_test

# Property tests look at the same examples in every run; HYPOTHESIS_PROFILE=search looks for new ones.
# How long one takes by the clock says nothing where others keep the machine busy.
LENIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", LENIENT, derandomize=True)
settings.register_profile("search", LENIENT, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

# Under nohup, as in some CI systems, what the tests start would not hang up with its terminal either.
signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_collection_finish() -> None:
    """Keep the garbage collector from ten thousand tests that stay: going through them takes longer than a
    format may take to expand, and cuts short the one during which it happens.
    """
    gc.collect()
    gc.freeze()


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
