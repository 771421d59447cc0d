"""The recorded cases, answered as real tmux answered them."""

from __future__ import annotations

import pytest

from compat_tests.clients.sandbox import executable_under_test, is_foreign
from compat_tests.language.play import Group, answers_of, difference, load, playable, supported


@pytest.fixture(scope="module")
def names() -> set[str]:
    return supported(executable_under_test())


@pytest.mark.parametrize("group", [pytest.param(group, id=group["name"]) for group in load()])
def test_answers(group: Group, names: set[str]) -> None:
    group = playable(group, names)
    answers = answers_of(group, executable_under_test())
    found = [
        difference(case, answer, ours=not is_foreign())
        for case, answer in zip(group["cases"], answers, strict=True)
    ]
    found = [text for text in found if text]
    assert not found, f"{len(found)} of {len(answers)} cases\n" + "\n".join(found)
