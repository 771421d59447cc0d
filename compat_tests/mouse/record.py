"""Records what real tmux makes of mouse events: `python -m compat_tests.mouse.record TMUX [SCENE ...]`.

A scene that does not give the same twice is reported and not stored.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from compat_tests.clients.sandbox import Sandbox
from compat_tests.mouse.listen import listen
from compat_tests.mouse.scenes import SCENES
from compat_tests.recording import version_of

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures" / "mouse" / "keys.json"


def load() -> dict[str, list[str]]:
    """Scene -> what is heard."""
    recorded: dict[str, list[str]] = json.loads(FIXTURE.read_text(encoding="utf-8"))["scenes"]
    return recorded


def main(tmux: str, names: list[str]) -> None:
    known = load() if FIXTURE.exists() else {}
    for scene in SCENES:
        if names and scene.name not in names:
            continue
        rounds = []
        for _ in range(2):
            with Sandbox([tmux]) as sandbox:
                rounds.append(listen(sandbox, scene))
        if rounds[0] != rounds[1]:
            print(f"{scene.name} varies: {rounds}")
            continue
        known[scene.name] = rounds[0]
    version = version_of(tmux)
    kept = {scene.name: known[scene.name] for scene in SCENES if scene.name in known}
    FIXTURE.parent.mkdir(exist_ok=True)
    FIXTURE.write_text(
        json.dumps({"recorded with": version, "scenes": kept}, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
