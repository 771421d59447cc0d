"""Records fixtures/display/bidi.json: `python -m compat_tests.display.record_bidi /path/to/tmux`."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from compat_tests.display.attached import Tmux
from compat_tests.display.bidi import SCENARIOS, play, rows_with_isolates
from compat_tests.recording import version_of

FIXTURE = Path(__file__).parents[2] / "fixtures" / "display" / "bidi.json"


def main() -> None:
    tmux_path = sys.argv[1]
    version = version_of(tmux_path)
    screens = {}
    with tempfile.TemporaryDirectory() as folder:
        for scenario in SCENARIOS:
            tmux = Tmux([tmux_path], folder, scenario.name)
            client = play(tmux, scenario)
            client.settle()
            screens[scenario.name] = rows_with_isolates(client)
            client.close()
            tmux.kill()
    # In ASCII: a reader should see the isolates.
    FIXTURE.write_text(json.dumps({"version": version, "rows": screens}, indent=1) + "\n")


if __name__ == "__main__":
    main()
