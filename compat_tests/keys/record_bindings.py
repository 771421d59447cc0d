"""Records fixtures/keys/bindings.json from a real tmux: `python -m compat_tests.keys.record_bindings TMUX`.

One line of list-keys for each default binding, and its fields.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from compat_tests.clients.sandbox import Sandbox
from compat_tests.recording import version_of

FIXTURE = Path(__file__).parents[2] / "fixtures" / "keys" / "bindings.json"
FIELDS = ("key_table", "key_repeat", "key_string", "key_note", "key_command")
FORMAT = "\t".join(f"#{{{field}}}" for field in FIELDS)


def record(tmux: str) -> dict[str, object]:
    """What that tmux binds."""
    version = version_of(tmux)
    with Sandbox([tmux]) as box:
        box.run("new-session", "-d", "cat").ok()
        lines = box.run("list-keys").ok().splitlines()
        rows = [line.split("\t") for line in box.run("list-keys", "-F", FORMAT).ok().splitlines()]
        notes = box.run("list-keys", "-N").ok().splitlines()
    return {"recorded with": version, "lines": lines, "rows": rows, "notes": notes}


if __name__ == "__main__":
    FIXTURE.write_text(json.dumps(record(sys.argv[1]), indent=0, ensure_ascii=False) + "\n")
