from __future__ import annotations

from collections.abc import Iterator

import pytest

from compat_tests.pty.support import Host


@pytest.fixture
def host() -> Iterator[Host]:
    """Programs on ptys; those still running are killed afterwards."""
    running = Host()
    yield running
    running.reaper.kill_all()
