"""Record which styles real tmux takes: `python -m compat_tests.formats.record_styles TMUX`.

Writes fixtures/formats/styles.json: each text and what set-option says of it ("" for nothing).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile

from compat_tests.formats.record import FIXTURES, Recorder

_WORDS = """
default none fg=red FG=RED bg=default us=green fg=colour3 fg=color200 fg=colour256 fg=#abcdef fg=#abc fg= bg
g=red xg=red fg=nope fg=7 fg=8 fg=97 fg=98 fg=AliceBlue fg=grey50 us= us=nope bold bright dim underscore
blink reverse hidden italics overline strikethrough acs noattr double-underscore curly-underscore
dotted-underscore dashed-underscore BOLD bold|dim bold| |bold nobold nobright nodefault nonone nonope noATTR
no nobold|dim nolist norange noalign noignore align=left align=centre align=center align=right
align=absolute-centre align= align=CENTRE list=on list=focus list=left-marker list=right-marker list=off
list= LIST=ON list range=left range=right range=left|1 range=window|1 range=window range=window|x
range=window| range=pane|%1 range=pane|1 range=pane|% range=session|$3 range=session|3 range=user|abc
range=user range=user|abcdefghijklmnopqrstuvwxyz range=nope range=nope|1 range= range=control|3
range=control|10 fill=red fill= fill=nope width=10 width=50% width=101% width=-1 width= width=% pad=2 pad=x
pad= push-default pop-default set-default ignore width=4294967295 width=4294967296 nofill
"""

TEXTS = [
    *_WORDS.split(),
    "fg=red,bg=blue,bold",
    "fg=red bg=blue bold",
    "  fg=red ,, bold,",
    ",",
    " ",
    "fg=red,nope",
    "fg=red\nbold",
    "fg=red\tbold",
    "x" * 255,
    "range=user|" + "x" * 244,
    "range=user|" + "x" * 245,
    "#{@style},nope",
]


def main(tmux: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        recorder = Recorder(tmux, folder)
        recorder.run("new-session", "-d", "-s", "main", "cat")
        try:
            cases = [[text, refusal(recorder, text)] for text in TEXTS]
            recorded = {"version": recorder.expand("main", "#{version}"), "cases": cases}
        finally:
            recorder.run("kill-server")
    text = json.dumps(recorded, ensure_ascii=False, indent=1)
    (FIXTURES / "styles.json").write_text(text + "\n", encoding="utf-8")


def refusal(recorder: Recorder, text: str) -> str:
    """What set-option prints on stderr."""
    try:
        recorder.run("set-option", "-g", "mode-style", text)
    except subprocess.CalledProcessError as error:
        return str(error.stderr.decode()).removesuffix("\n")
    return ""


if __name__ == "__main__":
    main(sys.argv[1])
