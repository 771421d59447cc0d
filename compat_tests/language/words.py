"""Which commands a case uses that came later than the language itself."""

from __future__ import annotations

import re
from typing import Any

# Names and aliases of the commands that need an attached client's screen.
LATER = {
    "choose-buffer": "",
    "choose-client": "",
    "choose-tree": "",
    "clock-mode": "",
    "command-prompt": "",
    "confirm-before": "confirm",
    "copy-mode": "",
    "customize-mode": "",
    "display-menu": "menu",
    "display-panes": "displayp",
    "display-popup": "popup",
    "find-window": "findw",
    "new-pane": "newp",
}

_NAMES = {spelling: name for name, alias in LATER.items() for spelling in (name, alias) if spelling}
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


def needs(case: dict[str, Any], answer: dict[str, Any]) -> list[str]:
    """The names of the later commands that stand in a case or its answer."""
    text = " ".join([case.get("text", ""), *case.get("argv", ()), answer["out"], answer.get("err", "")])
    return sorted({_NAMES[word] for word in _WORD.findall(text) if word in _NAMES})
