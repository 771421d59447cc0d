"""The server most groups are played on: several sessions, a group, linked windows, splits, a zoom, a mark."""

from __future__ import annotations

import shlex
from typing import Any


def chain(*commands: str) -> list[str]:
    """Commands of plain words (quotes keep blanks together) as one call."""
    return [word for command in commands for word in (*shlex.split(command), ";")][:-1]


# The session used last is beta; pane ids follow the order of creation.
RICH: list[Any] = [
    chain(
        "new-session -d -s main -n one -x 100 -y 40 cat",
        "set-option -g base-index 0",
        "split-window -d -h -t main:0 cat",
        "split-window -d -v -t main:0.1 cat",
        "split-window -d -v -t main:0.0 cat",
        "new-window -d -t main:2 -n two cat",
        "new-window -d -t main:3 -n 'a b#c' cat",
        "new-window -d -t main:7 -n zoomed cat",
        "split-window -t main:7 cat",
        "resize-pane -Z -t main:7",
        "new-window -d -t main:9 -n twin cat",
        "new-window -d -t main:10 -n twin cat",
        "new-window -d -t main:11 -n 'x*y' cat",
        "new-window -d -t main:12 -n 3 cat",
    ),
    chain(
        "new-session -d -s mainline -n solo -x 80 -y 24 cat",
        "link-window -d -s main:2 -t mainline:5",
        "new-session -d -s alpha -n a -x 80 -y 24 cat",
        "new-window -d -t alpha:4 -n '世界' cat",
        "new-session -d -t alpha -s twin -x 80 -y 24",
        "new-session -d -s 'gam*ma' -n only -x 80 -y 24 cat",
        "new-session -d -s beta -n bee -x 60 -y 20 cat",
        "new-window -d -t beta:1 -n grid cat",
        *["split-window -d -t beta:grid cat ; select-layout -t beta:grid tiled"] * 4,
    ),
    chain(
        "select-window -t main:3",
        "select-window -t main:2",
        "select-window -t main:0",
        "select-pane -t main:0.3",
        "select-pane -t main:0.1",
        "select-pane -t main:0.0",
        "select-pane -t beta:grid.4",
        "select-pane -t beta:grid.2",
        "select-pane -m -t main:0.2",
        "select-pane -T 'a title: 100% #done' -t %0",
        "select-pane -T 'wide 世界 é' -t %1",
        "set-option -s @server 'from the server'",
        "set-option -g @global g",
        "set-option -t main @session s-main",
        "set-option -w -t main:0 @window w0",
        "set-option -w -t main:2 @window w2",
        "set-option -p -t %0 @pane p0",
    ),
    [
        *["set-option", "-g", "@nested", "<#{session_name}:#{window_index}>", ";"],
        *["set-option", "-g", "@twice", "#{E:@nested}!", ";"],
        *["set-option", "-g", "@time", "#{@nested} %%Y %Q", ";"],
        *["set-option", "-g", "@special", "a b\\;c'd\"e$f`g\\h#i{j}k*l?m", ";"],
        *["set-option", "-g", "@path", "/usr/local/lib/x.tar.gz", ";"],
        *["set-option", "-g", "@utf8", "naïve 世界", ";"],
        *["set-option", "-g", "@style", "#[fg=red,bold]red#[default] plain ##", ";"],
        *["set-option", "-g", "@zero", "0", ";"],
        *["set-option", "-g", "@empty", "", ";"],
        *["set-option", "-g", "@number", "42", ";"],
        *["set-option", "-g", "@when", "1445765102", ";"],
        *["set-option", "-g", "@comma", "a,b#,c", ";"],
        *["set-option", "-g", "@colour", "colour208", ";"],
        *["set-environment", "-t", "main", "GREETING", "hello"],
    ],
]
