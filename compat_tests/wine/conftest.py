"""Fixtures for tests that run Windows programs; they skip, visibly, where Wine cannot be had."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from compat_tests.wine.harness import Unavailable, Wine, prepare
from compat_tests.wine.sandbox import WindowsSandbox


@pytest.fixture(scope="session")
def wine() -> Wine:
    """Windows' Python, prepared in its folder."""
    try:
        return prepare()
    except Unavailable as error:
        pytest.skip(f"no Wine: {error}")


@pytest.fixture
def windows(wine: Wine) -> Iterator[WindowsSandbox]:
    """`python.exe -m tmuxish` in a Windows world of its own; everything it started is gone afterwards."""
    with WindowsSandbox(wine) as sandbox:
        yield sandbox
