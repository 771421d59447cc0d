from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from compat_tests.client.support import Server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server that does what the test says."""
    with Server(tmp_path) as running:
        yield running
