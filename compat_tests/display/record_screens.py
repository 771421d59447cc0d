"""Records fixtures/display/screens.json: `python -m compat_tests.display.record_screens /path/to/tmux`."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from compat_tests.display.attached import Attached, Tmux
from compat_tests.display.scenarios import SCENARIOS
from compat_tests.display.setup import attach, set_up, type_keys
from compat_tests.recording import version_of

FIXTURE = Path(__file__).parents[2] / "fixtures" / "display" / "screens.json"


def main() -> None:
    tmux_path = sys.argv[1]
    version = version_of(tmux_path)
    screens = {}
    with tempfile.TemporaryDirectory() as folder:
        for scenario in SCENARIOS:
            tmux = Tmux([tmux_path], folder, scenario.name)
            set_up(tmux, scenario)
            client: Attached = attach(tmux, scenario)
            type_keys(client, scenario.typed)
            screens[scenario.name] = client.settle()
            client.close()
            tmux.kill()
            print(scenario.name)
    text = json.dumps({"version": version, "screens": screens}, indent=1, ensure_ascii=False)
    FIXTURE.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
