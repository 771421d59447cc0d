"""What is common to several completions, as tmux sees it; the rest is in the attached scenarios."""

from __future__ import annotations

import pytest

from tmuxish.server.prompt_completion import common_beginning


@pytest.mark.parametrize(
    ("words", "common"),
    [
        ([], None),
        (["one"], "one"),
        (["one-a", "one-b"], "one-"),
        (["a", "b"], ""),
        (["bind-key", "bind"], "bind-key"),
        (["bind", "bind-key"], "bind"),
        (["bind-key", "bind", "bill"], "bi"),
    ],
)
def test_what_words_have_in_common(words: list[str], common: str | None) -> None:
    assert common_beginning(words) == common
