"""Copy mode does what it did on real tmux, command by command."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from compat_tests.clients.sandbox import executable_under_test
from compat_tests.modes.copy_play import Observation, Player, differences, load
from compat_tests.modes.copy_sequences import Sequence, groups

RECORDED = list(load())


@pytest.fixture(scope="module")
def player() -> Iterator[Player]:
    with Player(executable_under_test()) as made:
        yield made


@pytest.mark.parametrize(
    ("sequence", "expected"), [pytest.param(*recorded, id=recorded[0].name) for recorded in RECORDED]
)
def test_sequence(sequence: Sequence, expected: list[Observation], player: Player) -> None:
    assert differences(sequence, expected, player.play(sequence)) == ""


def test_all_sequences_are_recorded() -> None:
    made = [sequence for group in groups().values() for sequence in group]
    assert sorted(made, key=lambda one: one.name) == sorted(
        (sequence for sequence, _ in RECORDED), key=lambda one: one.name
    )
