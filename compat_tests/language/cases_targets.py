"""Targets of every form, each for a session, a window, a pane and a new window's place."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from compat_tests.language import random_words
from compat_tests.language.play import Case, Group
from compat_tests.language.texts import lines
from compat_tests.language.world import RICH

SEED = 9
RANDOM_CASES = 300

_COMMANDS = [
    "list-windows -t {target} -F '#{{session_name}}'",
    "list-panes -t {target} -F '#{{session_name}}:#I.#D'",
    "display-message -p -t {target} '#S:#I.#D'",
    "clear-history -t {target}",
    "has-session -t {target}",
    "list-panes -s -t {target} -F '#D'",
    "resize-pane -t {target} -x bad",
    "select-layout -t {target} nosuch",
    "set-option -w -t {target} @asked 1",
    "show-options -p -t {target}",
    "show-environment -t {target} X",
    "swap-pane -d -s {target} -t main:0.9",
    "link-window -s {target} -t main:0",
    "rename-session -t {target} main",
]

_QUERIES = {
    "session": "list-windows -t {target} -F '#{{session_name}}' "
    "-f '#{{==:#{{window_index}},#{{active_window_index}}}}'",
    "window": "list-panes -t {target} -F '#{{session_name}}:#{{window_index}}' -f '#{{pane_active}}'",
    "pane": "display-message -p -t {target} '#{{session_name}}:#{{window_index}}.#{{pane_id}}' ; "
    "clear-history -t {target}",
    "exact": "has-session -t {target}",
}


def groups() -> Iterator[Group]:
    # Real tmux crashes at @, {active} and {current} where no client is attached: they are not among these.
    words = lines("targets")
    for kind, query in _QUERIES.items():
        chosen = words if kind != "exact" else [word for word in words if "." not in word and "{" not in word]
        cases = [_text(query.format(target=quoted(word))) for word in chosen]
        yield {"name": kind, "setup": RICH, "cases": cases}
    rng = random.Random(SEED)
    asked = [
        rng.choice(_COMMANDS).format(target=quoted(random_words.target(rng))) for _ in range(RANDOM_CASES)
    ]
    yield {"name": "random", "setup": RICH, "cases": [_text(text) for text in asked]}
    places = [
        f"new-window -P -F '#{{session_name}}:#I' -n new -t {quoted(word)} cat ; kill-window"
        for word in lines("places")
    ]
    yield {"name": "places", "setup": RICH, "cases": [_text(text) for text in places]}
    yield {"name": "moves", "setup": RICH, "cases": [_text(text) for text in lines("moves")]}


def quoted(word: str) -> str:
    """A word as a configuration text spells it."""
    return word if re.fullmatch(r"[\w:.+@/-]+", word) else "'" + word.replace("'", "'\"'\"'") + "'"


def _text(text: str) -> Case:
    return {"text": text + "\n"}
