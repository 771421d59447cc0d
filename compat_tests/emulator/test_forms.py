"""The compiled emulator and its source show the same, whatever comes in whatever pieces.

python -m tmuxish.packaging.modules           # compiles in this tree; then these tests do not skip
python -m tmuxish.packaging.modules --remove
"""

from __future__ import annotations

import os
import random
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tmuxish.emulator as imported
from compat_tests.screens.fixture import FOLDER, load, unescape
from tmuxish.packaging import modules

from .forms import is_compiled, source
from .screens import state
from .streams import stream
from .test_properties import INPUT, LINES, SIZES

Size = tuple[int, int]

in_both_forms = pytest.mark.skipif(not is_compiled(), reason="the emulator of this tree is not compiled")


def compare(data: bytes, size: Size, cuts: list[int], later: Size | None = None) -> None:
    """Feed both forms, one whole and one in pieces, resize them if asked, and look at both."""
    other = source()
    ours, theirs = imported.Emulator(*size, 20), other.Emulator(*size, 20)
    theirs.feed(data)
    for start, end in pairwise([0, *sorted(cuts), len(data)]):
        ours.feed(data[start:end])
    if later is not None:
        ours.resize(*later)
        theirs.resize(*later)
    assert state(ours) == state(theirs, other)


@in_both_forms
@settings(max_examples=300)
@given(data=st.one_of(INPUT, LINES), cuts=st.lists(st.integers(0, 400), max_size=20), size=SIZES, later=SIZES)
def test_any_bytes(data: bytes, cuts: list[int], size: Size, later: Size) -> None:
    compare(data, size, [min(cut, len(data)) for cut in cuts], later)


@in_both_forms
@pytest.mark.parametrize("seed", range(40))
def test_long_random_streams(seed: int) -> None:
    rnd = random.Random(seed)
    size = (rnd.randint(1, 100), rnd.randint(1, 40))
    data = stream(seed, 400, *size).encode()
    compare(data, size, [rnd.randrange(len(data)) for _ in range(rnd.randint(0, 50))])


@in_both_forms
@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_what_tmux_was_asked_to_show(path: Path) -> None:
    for case in load(path)["cases"]:
        compare(unescape(case["input"]), (80, 24), [])


def test_the_source_form_is_source() -> None:
    other = source()
    assert other.Emulator is not imported.Emulator
    assert str(other.emulator.__file__).endswith(".py")


@in_both_forms
def test_extension_modules_are_no_older_than_their_source() -> None:
    """Those of an older tree would be imported all the same."""
    root = str(Path(modules.__file__).parents[2])
    built = modules.built(root)
    assert built
    assert min(map(os.path.getmtime, built)) >= max(map(os.path.getmtime, modules.sources(root)))
