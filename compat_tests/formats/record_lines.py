"""Record how real tmux draws formats as status lines: `python -m compat_tests.formats.record_lines TMUX`.

One tmux runs in a pane of another; the inner one's second status line names the case, so that a capture of
the outer pane is known to show it; its log tells the ranges. Writes fixtures/formats/lines.json: for each
width the base style, the expanded text, the line as `capture-pane -e -N` prints it, and the ranges.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "formats"
WAIT = 10.0
ROWS = 4
WIDTHS = (12, 30, 61)
BASES = ("default", "fg=white,bg=blue")

_LIST = "#[list=on]one two #[list=focus]three#[list=on] four five#[nolist]"
_MARKED = (
    "#[list=on align={}]#[list=left-marker]<#[list=right-marker]>#[list=on]"
    "zero one two #[list=focus]three#[list=on] four five six seven#[nolist]"
)

TEXTS = [
    "plain",
    "a much longer text than any of the widths, so that it is cut somewhere on its right side for sure",
    "#[align=centre]middle",
    "#[align=right]right",
    "#[align=absolute-centre]absolute",
    "left#[align=centre]centre#[align=right]right",
    "left part is long#[align=centre]centre is long too#[align=right]right is also long",
    "l#[align=absolute-centre]absolute#[align=right]rr",
    "#[align=left]a#[align=right]b#[align=left]c#[align=centre]d#[noalign]e",
    "#[fg=red]red#[bg=green]both#[default]none",
    "#[fg=red,bold]bold#[nobold]not#[none]nothing",
    "#[fg=colour200,bg=colour17]palette#[fg=default]fg#[bg=default]bg",
    "#[underscore]u#[italics]i#[reverse]r#[dim]d#[blink]b#[strikethrough]s#[nounderscore]x",
    "#[fg=red#,bg=blue]escaped comma",
    "#[fg=nonsense]ignored#[fg=red,nope]also#[nope",
    "before #[fg=red no end",
    "#[fill=red]filled",
    "#[fill=colour22]a#[align=right]b#[fg=yellow]c",
    "####hash ###odd # alone #",
    "##[not a style] ###[fg=red]one ####[two",
    "#[push-default]#[fg=red]a#[default]b#[pop-default]c#[default]d",
    "#[fg=green]#[push-default]#[fg=red]a#[default]b#[pop-default]c#[default]d",
    "#[fg=yellow]#[set-default]#[fg=red]a#[default]b#[pop-default]#[default]c",
    "#[ignore]#[fg=red]literal",
    "wide \u4e16\u754c\u4e16\u754c\u4e16\u754c\u4e16\u754c\u4e16\u754c\u4e16\u754c end",
    "\u4e16\u754c\u4e16\u754c\u4e16\u754c\u4e16\u754c#[align=right]\u4e16\u754c\u4e16\u754c\u4e16\u754c",
    "x\u4e16\u754c\u4e16\u754c\u4e16\u754c\u4e16#[align=centre]\u4e16\u754c\u4e16\u754c\u4e16\u754c\u4e16",
    "e\u0301 combining a\u0308\u0323 marks",
    "left " + _LIST + " after",
    "#[align=left]L " + _LIST + "after#[align=right]R",
    "L#[align=left]" + _LIST + "after#[align=centre]C#[align=right]right",
    "L#[align=centre]cc" + _LIST + "after#[align=right]right",
    "left#[align=right]r" + _LIST + "after",
    "left#[align=absolute-centre]ac" + _LIST + "after#[align=right]right",
    "left is long " + _MARKED.format("left") + "after#[align=right]right",
    "left " + _MARKED.format("centre") + "after#[align=right]right",
    "left " + _MARKED.format("right") + "after",
    "left " + _MARKED.format("absolute-centre") + "after#[align=right]right",
    _MARKED.format("left"),
    _MARKED.format("left").replace("#[list=focus]", ""),
    _MARKED.format("centre").replace("#[list=focus]", ""),
    _MARKED.format("left").replace("three", "three#[list=on]x#[list=focus]y"),
    _MARKED.format("left").replace(
        "zero one two #[list=focus]three", "#[list=focus]zero#[list=on] one two three"
    ),
    _MARKED.format("left")
    .replace("six seven", "six #[list=focus]seven")
    .replace("#[list=focus]three", "three"),
    "#[list=on align=left]#[fg=red]a#[default] b#[nolist]#[align=right]#[fg=green]right",
    "#[align=left range=left]S #[norange]#[list=on align=centre]#[range=window|1]w1#[norange] "
    "#[range=window|2]w2#[norange nolist align=right range=right]RR",
    "L#[align=right]#[range=window|1]one#[norange] #[range=window|2]two#[norange]",
    "#[range=left]abc",
    "#[range=left]abc#[norange]",
    "#[list=on align=left]#[range=window|1]one#[norange] #[range=window|2]two#[norange] #[list=focus]"
    "#[range=user|me]last#[norange list=on]#[nolist]",
    "#[range=pane|%3]a#[bold]b#[range=pane|%3]c#[range=pane|%4]d#[norange]",
    "#[range=session|$2]a#[range=control|7]b#[range=user|x]c#[range=user|y]d#[range=right]e#[norange]",
    "#[range=left]abc#[norange]#[fg=red",
    "#[align=right]#[range=window|1]"
    + "r" * 20
    + "#[norange]#[align=centre]#[range=left]"
    + "c" * 20
    + "#[norange]",
    "#[list=on]unaligned list#[nolist] after",
    "centre only#[align=centre]" + "c" * 40,
    "l" * 20 + "#[align=right]" + "r" * 20,
    "l" * 40 + "#[align=right]" + "r" * 40 + "#[align=centre]" + "c" * 40,
    "#[align=absolute-centre]" + "a" * 40 + "#[align=left]left",
    "#[align=centre]cccc#[list=on]list#[nolist]",
    "#[align=centre]" + "c" * 10 + "#[list=on]ab#[nolist]",
    "\ta\x01b\x7fc",
    "#[bg=red]#[align=right]#[bg=green]  spaces  #[align=centre]   ",
    "#[acs]qxlk#[noacs]q",
    "#[width=5 pad=1]widths",
    "#[fg=black,bg=white,bold,italics]one#[fg=red]#[default]two",
    "",
]


class Pair:
    """A tmux in a pane of a tmux."""

    def __init__(self, tmux: str, folder: str) -> None:
        self._tmux = tmux
        self._folder = Path(folder)
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": folder,
            "SHELL": "/bin/sh",
            "TMUX_TMPDIR": folder,
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
        }

    def run(self, server: str, *arguments: str) -> str:
        """Run a command on the "inner" or "outer" server. Raises CalledProcessError."""
        command = [self._tmux, "-L", f"lines-{server}", "-f", "/dev/null"]
        command += arguments
        done = subprocess.run(
            command, env=self._environment, cwd=self._folder, check=True, stdout=subprocess.PIPE
        )
        return done.stdout.decode("utf-8", "surrogateescape")

    def attach(self, width: int) -> None:
        """Start both servers."""
        self.run("inner", "-v", "new-session", "-d", "-x", str(width), "-y", str(ROWS), "cat")
        self.run("inner", "set-option", "-g", "status", "2")
        attach = f"unset TMUX; exec {self._tmux} -L lines-inner attach-session"
        self.run("outer", "new-session", "-d", "-x", str(width), "-y", str(ROWS), attach)
        self.run("outer", "set-option", "-g", "status", "off")
        self.run("outer", "resize-window", "-x", str(width), "-y", str(ROWS))

    def ranges(self, mark: str) -> list[list[object]]:
        """Kind, start and end of the ranges the log tells of the line drawn before the one with the mark."""
        (log,) = self._folder.glob("tmux-server-*.log")
        before = log.read_text("utf-8", "replace").rpartition(f"format_draw: ##{mark}\n")[0]
        drawn = before.rpartition("status_redraw enter")[2]
        found = re.findall(r"format_draw: range (\S+) at (\d+)-(\d+)", drawn)
        return [[kind, int(start), int(end)] for kind, start, end in found]

    def draw(self, text: str, mark: str) -> str:
        """The status line that `text` becomes."""
        self.run(
            "inner", "set-option", "-g", "status-format[0]", text, ";",
            "set-option", "-g", "status-format[1]", f"####{mark}",
        )  # fmt: skip
        deadline = time.monotonic() + WAIT
        while True:
            lines = self.run("outer", "capture-pane", "-p", "-N", "-t", ":0.0").split("\n")
            if lines[ROWS - 1].startswith(f"#{mark} "):
                break
            if time.monotonic() > deadline:
                raise TimeoutError(mark)
            time.sleep(0.005)
        return self.run("outer", "capture-pane", "-p", "-e", "-N").split("\n")[ROWS - 2]

    def record(self, width: int) -> Iterator[tuple[str, str, str, list[list[object]]]]:
        """Base style, expanded text, drawn line and ranges of every case."""
        self.attach(width)
        try:
            for base in BASES:
                self.run("inner", "set-option", "-g", "status-style", base)
                for number, text in enumerate(TEXTS):
                    expanded = self.run("inner", "display-message", "-p", text).removesuffix("\n")
                    mark = f"{'ab'[BASES.index(base)]}{number}"
                    drawn = self.draw(text, mark)
                    yield base, expanded, drawn, self.ranges(mark)
        finally:
            self.run("outer", "kill-server")
            self.run("inner", "kill-server")
            for log in self._folder.glob("*.log"):
                log.unlink()


def main(tmux: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pair = Pair(tmux, folder)
        recorded = {"version": "3.7c", "cases": {str(width): list(pair.record(width)) for width in WIDTHS}}
    text = json.dumps(recorded, ensure_ascii=False, indent=1)
    (FIXTURES / "lines.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
