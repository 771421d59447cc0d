"""Record what real tmux does in copy mode: `python -m compat_tests.modes.record_copy TMUX [GROUP ...]`.

Each sequence is played twice and must answer the same both times.
"""

from __future__ import annotations

import json
import sys

from compat_tests.modes.copy_play import FIXTURES, Player, pack
from compat_tests.modes.copy_sequences import groups


def main(tmux: str, names: list[str]) -> None:
    FIXTURES.mkdir(parents=True, exist_ok=True)
    for name, sequences in groups().items():
        if names and name not in names:
            continue
        with Player([tmux]) as player:
            version = player.run("display-message", "-p", "#{version}").strip()
            recorded = []
            for sequence in sequences:
                seen = player.play(sequence)
                assert len(seen) == len(sequence.steps), (sequence.name, len(seen))
                assert seen == player.play(sequence), sequence.name
                recorded.append((sequence, seen))
        text = json.dumps(pack(recorded, version), ensure_ascii=False, indent=0)
        (FIXTURES / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        print(name, len(sequences), sum(len(sequence.steps) for sequence in sequences))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
