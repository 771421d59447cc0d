"""Record what targets name on a server of a tmux executable, and that server's state.

usage: python -m compat_tests.grammar.record_targets TMUX
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any

from compat_tests.grammar.oracle import Oracle
from compat_tests.grammar.support import FIXTURES

# Calls that build the state; the session made last is the one used last.
SETUP = [
    "set-option -g base-index 1 ; set-window-option -g pane-base-index 1",
    "new-session -d -s alpha -n one -x 100 -y 40 cat ; kill-session -t 0",
    "split-window -t alpha:one -h cat ; split-window -t alpha:one -v cat ; split-window -t alpha:one -v cat",
    "split-window -t alpha:one.1 -v cat",
    "new-window -d -t alpha:3 -n two cat ; new-window -d -t alpha:5 -n twin cat",
    "new-window -d -t alpha:6 -n 'x*y' cat ; new-window -d -t alpha:7 -n twin cat",
    "new-window -d -t alpha:8 -n 3 cat ; new-window -d -t alpha:9 -n alpine cat",
    "new-window -d -t alpha:10 -n grid cat",
    "split-window -d -t alpha:grid cat ; split-window -d -t alpha:grid cat",
    "split-window -d -t alpha:grid cat ; split-window -d -t alpha:grid cat",
    "select-layout -t alpha:grid tiled",
    "set-window-option -t alpha:grid pane-border-status top",
    "new-window -d -t alpha:11 -n foot cat ; split-window -d -t alpha:foot cat",
    "split-window -d -h -t alpha:foot cat ; set-window-option -t alpha:foot pane-border-status bottom",
    "new-window -d -t alpha:12 -n zoom cat ; split-window -t alpha:zoom cat ; resize-pane -Z -t alpha:zoom",
    "select-window -t alpha:5 ; select-window -t alpha:3 ; select-window -t alpha:1",
    "new-session -d -s alpine -n solo -x 80 -y 24 cat ; link-window -d -s alpha:3 -t alpine:4",
    "new-session -d -s beta -n 'a b' -x 80 -y 24 cat ; link-window -d -s alpha:3 -t beta:2",
    "new-session -d -s 'gam*ma' -n only -x 80 -y 24 cat",
    "new-session -d -s be -n x=y -x 80 -y 24 cat ; new-window -d -t be:0 -n nil cat",
]
# In each window, panes become active in this order, so that "used last" is known.
ACTIVATIONS = {"alpha:one": [4, 2, 1, 3, 5], "alpha:grid": [5, 1, 2, 4, 3], "alpha:foot": [1, 3, 2]}
MARKED = "alpha:foot.3"

PANE_STATE = (
    "#{session_id}\t#{session_name}\t#{session_stack}\t#{window_index}\t#{window_active}\t#{window_id}\t"
    "#{window_name}\t#{window_width}\t#{window_height}\t#{window_zoomed_flag}\t#{pane-border-status}\t"
    "#{pane_id}\t#{pane_left}\t#{pane_top}\t#{pane_width}\t#{pane_height}\t#{pane_active}\t#{pane_last}"
)

# Not among them: @, {active} and {current}, at which tmux 3.7c crashes if no client is attached.
_TARGETS = """
 = ~ {mouse} {marked} : . :. =: =:.
alpha =alpha alph alp al a =alp =be be b bet beta gam*ma gam* g*a *a a* nosuch =nosuch $0 $1 $2 $99 $x $
alpha: =alpha: alp: nosuch: be: $1: $99:
one two twin tw t x*y x* x?y 3 8 99 alpine =one =tw =two nil "a b" a?b x=y =x=y
:one :two :tw :twin :x*y :3 :99 :=one :=tw :alpha :alpine :+ :- :+2 :-3 :+x :! :^ :$ :{last} :{next}
:{previous} :{start} :{end} :{bogus} + - ! ^ +1 -1 {last} {next} {previous} {start} {end} {top} {bogus}
@0 @1 @2 @3 @99 @x :@1 :@2 alpha:@1 alpha:@2 alpine:@2
beta:@1 alpha:@99 alpha:@
%0 %1 %2 %6 %99 %x %
:.%1 :.%6 alpha:.%1 alpha:.%6 alpine:.%1 alpha:one.%1 alpha:one.%6 alpha:.%99
alpha:one alpha:two alpha:tw alpha:twin alpha:x*y alpha:3 alpha:8 alpha:12
alpha:99 alpha:=one alpha:=tw alpha:+
alpha:- alpha:+3 alpha:-2 alpha:+100 alpha:! alpha:^ alpha:$ alpha:{last}
alpha:{next} alpha:{end} alpha:nosuch
=alpha:one =alp:one =alpha:=one =alpha:=tw alp:one
alpine:! alpine:4
beta:2 beta:two be:0 be:1 be:2 be:x=y be:=x=y
be:-1 be:- be:+ be:-2 be:4294967296 be:2147483648 be:007 be:+1 be:+2147483647
alpha:one.1 alpha:one.5 alpha:one.0 alpha:one.6 alpha:one.+ alpha:one.-
alpha:one.+2 alpha:one.-2 alpha:one.+x
alpha:one.! alpha:one.{last} alpha:one.{next} alpha:one.{previous} alpha:one.top alpha:one.nosuch alpha:two.!
alpha:.1 alpha:.3 alpha:.+
alp:.2 alpha:nosuch.1 nosuch:one.1 one.1 two.1 twin.1 3.1 alpha.1 nosuch.1 .1 .9
:.2 :1.2 :one.2 1.2 beta.1 alpine.1 =one.1 :=one.1 :=tw.1 a.b.c alpha:one.1.2 alpha:one:1 ::1 alpha::
"""
PLACES = (
    "{top} {bottom} {left} {right} {top-left} {top-right} {bottom-left} {bottom-right} {up-of} {down-of} "
    "{left-of} {right-of} TOP-LEFT left-top"
)
LAID_OUT = ("alpha:one", "alpha:grid", "alpha:foot", "alpha:zoom", "alpha:two")

QUERIES = {
    "pane": ("display-message", "-p", "#{session_name}:#{window_index}.#{pane_id}"),
    "pane error": ("clear-history",),
    "window": ("list-panes", "-F", "#{session_name}:#{window_index}"),
    "session": ("list-windows", "-F", "#{session_name}"),
}


def words() -> list[str]:
    """The targets to ask for; blanks stand inside double quotes."""
    found = [
        quoted or bare
        for line in _TARGETS.splitlines()
        for quoted, bare in re.findall(r'"([^"]*)"|(\S+)', line)
    ]
    places = [f"{window}.{place}" for window in LAID_OUT for place in PLACES.split()]
    return ["", *found, *places]


def answer(oracle: Oracle, kind: str, target: str, inside: str) -> str:
    command, *options = QUERIES[kind]
    stdout, stderr = oracle(command, "-t", target, *options, TMUX_PANE=inside)
    return (stderr or stdout).split("\n")[0]


def new_index(oracle: Oracle, target: str) -> str:
    """Where a new window goes: the session (unless there is something already) and the index."""
    stdout, stderr = oracle(
        "new-window", "-dP", "-F", "#{session_name}:#{window_index} #{window_id}", "-t", target
    )
    if stderr:
        in_use = re.match(r"create window failed: index (\d+) in use", stderr)
        return f"?:{in_use[1]}" if in_use else stderr.strip()
    where, window = stdout.rsplit(maxsplit=1)
    oracle("kill-window", "-t", window)
    return where


def main() -> None:
    with Oracle(sys.argv[1]) as oracle:
        oracle("new-session", "-d", "cat")
        for line in SETUP:
            path = oracle.folder / "setup"
            path.write_text(line)
            message = oracle("source-file", str(path))[1]
            assert not message, message
        for window, order in ACTIVATIONS.items():
            for pane in order:
                oracle("select-pane", "-t", f"{window}.{pane}")
        oracle("select-pane", "-m", "-t", MARKED)
        state = oracle("list-panes", "-a", "-F", PANE_STATE)[0].rstrip("\n").split("\n")
        cases: list[Any] = []
        for inside in ("", "%6"):
            for target in words():
                for kind in QUERIES:
                    cases.append([kind, target, inside, answer(oracle, kind, target, inside)])
        for target in words():
            cases.append(["index", target, "", new_index(oracle, target)])
        version = oracle("display-message", "-p", "#{version}")[0].strip()
    rows = ",\n".join(json.dumps(case) for case in cases)
    head = json.dumps(
        {"tmux": version, "activations": ACTIVATIONS, "marked": MARKED, "state": state}, indent=0
    )
    (FIXTURES / "targets.json").write_text(f'{head[:-2]},\n"cases": [\n{rows}\n]}}\n')


if __name__ == "__main__":
    main()
