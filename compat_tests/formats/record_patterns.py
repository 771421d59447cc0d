"""Record what real tmux substitutes and matches: `python -m compat_tests.formats.record_patterns TMUX`.

Writes fixtures/formats/patterns.json: pattern, text, the text with each match shown with two of its groups,
and whether there is a match.
"""

from __future__ import annotations

import json
import sys
import tempfile

from compat_tests.formats.patterns_corpus import corpus
from compat_tests.formats.record import FIXTURES, Recorder

REPLACEMENT = r"<\0|\1|\2>"


def main(tmux: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        recorder = Recorder(tmux, folder)
        recorder.run("new-session", "-d", "-s", "main", "cat")
        try:
            cases = []
            for pattern, text in corpus():
                recorder.run("set-option", "-g", "@p", pattern, ";", "set-option", "-g", "@t", text)
                replaced = recorder.expand("main", f"#{{s/#{{@p}}/{REPLACEMENT}/:@t}}")
                cases.append([pattern, text, replaced, recorder.expand("main", "#{m/r:#{@p},#{@t}}")])
            recorded = {"version": recorder.expand("main", "#{version}"), "cases": cases}
        finally:
            recorder.run("kill-server")
    text = json.dumps(recorded, ensure_ascii=False, indent=None).replace('], ["', '],\n["')
    (FIXTURES / "patterns.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
