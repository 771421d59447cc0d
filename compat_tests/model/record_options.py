"""Records what a real tmux prints for commands that set and show options, for test_options_replay.

    python -m compat_tests.model.record_options TMUX OUTPUT.json

A case is a list of commands run in one server with one session called s; its fixture adds what each command
printed and how it ended.
"""

from __future__ import annotations

import json
import shlex
import sys
import tempfile
from pathlib import Path

from compat_tests.model.record_layouts import Tmux
from compat_tests.recording import version_of

# One case per paragraph, one command per line.
CASES = r"""
show-options -s

show-options -g

show-options -gw

show-options -gH

show-options -gwH

show-options

show-options -w

show-options -p

show-options -A

show-options -Aw

show-options -Ap

show-options -wAH

set-option -g nosuch 1
set-option -g @user value
set-option -g @user
set-option -ga @user " more"
show-options -g @user
show-options @user
show-options -A @user
show-options -v @user
show-options -gv @user
show-options -gq @other
show-options -q @other
show-options @other
set-option -gu @user
show-options -g @user
set-option @a 1
set-option @b ""
set-option @c "it's a \"test\" $HOME #{x} ~"
set-option @d ~
set-option @e "~/x"
set-option @f ";x"
set-option @g "tab	and\nnewline"
set-option @h "\\"
set-option @i "a\"b"
show-options

set-option -g status
show-options -g status
set-option -g status
show-options -g status
set-option -g status 3
set-option -g status
show-options -g status
set-option -g status ""
set-option -g status yes
set-option -g status 9

set-option -g mouse
show-options -g mouse
set-option -g mouse ""
show-options -g mouse
set-option -g mouse ON
show-options -gv mouse
set-option -g mouse No
show-options -gv mouse
set-option -g mouse 2
set-option -g mouse true
set-option mouse
show-options mouse
show-options -A mouse
set-option -u mouse
show-options mouse
show-options -A mouse

set-option -g base-index 5
show-options -g base-index
set-option -g base-index -1
set-option -g base-index x
set-option -g base-index ""
set-option -g base-index
set-option -g base-index 99999999999999999999
set-option -g base-index " 7"
show-options -g base-index
set-option -g base-index "7 "
set-option -g repeat-time 2000001
set-option -g repeat-time 2000000
set-option -s buffer-limit 0
set-option -g status-left-length 32768
set-option -s input-buffer-size 100

set-option -g status-l left
set-option -g status-left-l 20
show-options -g status-left-l
set-option -g sta x
set-option -g prefix C-a
show-options -g prefix
set-option -g prefix F30
set-option -g prefix ""
set-option -g prefix2 none
show-options -g prefix2
set-option -g prefix M-S-F1
show-options -g prefix
set-option -s backspace C-h
show-options -s backspace

set-option -g status-bg red
show-options -g status-bg
set-option -g status-bg colour123
show-options -g status-bg
set-option -g status-bg "#ff8800"
show-options -g status-bg
set-option -g status-bg brightblue
show-options -g status-bg
set-option -g status-bg nocolour
set-option -g status-bg ""
set-option -g status-bg default
show-options -g status-bg
set-option -gw clock-mode-color green
show-options -gw clock-mode-colour
show-options -gw clock-mode-color
set-option -w cursor-colour terminal
show-options -w cursor-colour

set-option -g status-style bg=red
set-option -ga status-style bold
show-options -g status-style
set-option -a status-style fg=blue
show-options status-style
set-option -a status-style fg=green
show-options status-style
set-option -g status-style nonsense
show-options -g status-style
set-option -g status-style "#{?x,bg=red,bg=blue}"
show-options -g status-style
set-option -g status-style "bg=nocolour"
set-option -gw mode-style "#[bg=red]"

set-option -g default-size 100x30
set-option -g default-size 100
set-option -g default-size axb
show-options -g default-size
set-option -g default-shell /nonexistent
set-option -g default-shell sh
set-option -g default-shell /bin/sh
show-options -g default-shell

set-option -g update-environment "A B,C"
show-options -g update-environment
set-option -ga update-environment "D"
show-options -g update-environment
set-option -g update-environment[10] X
set-option -ga update-environment[10] Y
show-options -g update-environment[10]
show-options -gv update-environment[10]
show-options -g update-environment[11]
show-options -gv update-environment
set-option -gu update-environment[1]
show-options -g update-environment
set-option -ga update-environment "E F"
show-options -g update-environment
set-option -g update-environment ""
show-options -g update-environment
show-options -gv update-environment
set-option -g update-environment
set-option -gu update-environment
show-options -g update-environment[0]
set-option update-environment[2] Z
show-options update-environment
show-options -A update-environment
set-option -u update-environment
show-options update-environment
set-option -g update-environment[x] A
set-option -g update-environment[-1] A
set-option -g update-environment[] A
set-option -g update-environment[1 A
set-option -g update-environment[1]x A
set-option -g "" A
set-option -g [1] A
show-options -g update-environment[x]

set-option -g status[0] on
set-option -g @user[0] on
set-option -g @user[x] on
set-option -gu status[0]

set-option -s command-alias "zoom=resize-pane -Z,foo=bar"
show-options -s command-alias
set-option -sa command-alias "x=y"
show-options -s command-alias
set-option -s command-alias[100] "a,b=c"
show-options -s command-alias
set-option -su command-alias
show-options -s command-alias
set-option -s terminal-overrides ",xterm*:Tc"
show-options -s terminal-overrides
set-option -as terminal-features ",screen-256color:RGB"
show-options -s terminal-features
show-options -sv terminal-features

set-option -g pane-colours red,blue
set-option -gw pane-colours "red,blue green"
show-options -gw pane-colours
set-option -gw pane-colours[5] colour200
show-options -gw pane-colours
set-option -gw pane-colours[6] bad
set-option -p pane-colours[1] cyan
show-options -p
show-options -pA pane-colours

set-option -o @once 1
set-option -o @once 2
set-option -oq @once 3
show-options @once
set-option -go mouse on
set-option -o mouse on
set-option -o mouse off
show-options mouse
set-option -o update-environment[1] A
set-option -o update-environment[1] B
set-option -o update-environment[2] B
show-options update-environment

set-option -w pane-border-status top
show-options -w
set-option -p remain-on-exit on
show-options -p
show-options -w remain-on-exit
show-options -p remain-on-exit
set-option -pu remain-on-exit
show-options -p
set-option -w remain-on-exit key
set-option -p remain-on-exit failed
set-option -wU remain-on-exit
show-options -p remain-on-exit
show-options -w remain-on-exit
set-option -p mouse on
show-options mouse
set-option -w mouse off
show-options mouse
set-option -s @server 1
show-options -s @server
set-option -g escape-time 5
show-options -s escape-time
show-options escape-time
set-option -t nosuch mouse on
set-option -t nosuch -w mode-keys vi
set-option -t nosuch -p remain-on-exit on
show-options -t nosuch
show-options -wt nosuch
show-options -pt nosuch
show-options -qt nosuch
set-option -qt nosuch mouse on
set-option -q nosuch on
show-options nosuch
show-options stat
show-options -q nosuch
set-window-option -g mode-keys vi
show-window-options -g mode-keys
show-window-options -gv mode-keys
show-window-options mode-keys
set-window-option @w 1
show-window-options @w
show-window-options
set-window-option mouse on
show-options mouse

set-hook -g after-new-window "display-message hi"
show-hooks -g after-new-window
show-options -g after-new-window
set-hook -ga after-new-window "set -g @x 1 ; display-message 'two words'"
show-hooks -g after-new-window
show-hooks -g after-new-window[1]
set-hook -g after-new-window[5] "new-window -n x"
show-options -gv after-new-window
set-hook -gu after-new-window[5]
set-hook -gu after-new-window
show-hooks -g after-new-window
set-hook -g no-such-hook "x"
set-hook pane-died "kill-pane"
show-hooks -w
show-hooks -p
show-hooks
set-hook -p pane-exited "kill-window"
show-hooks -p
set-hook -g after-new-window "no-such-command"
set-hook -g after-new-window ""
show-hooks -g after-new-window
set-option -s default-client-command "new-session -A"
show-options -s default-client-command
set-option -s default-client-command "nosuch"
set-option -s default-client-command ""
show-options -s default-client-command

set-option -gF @f "#{session_name}"
set-option -g word-separators "a\tb"
show-options -g word-separators
set-option -ga word-separators "c d"
show-options -g word-separators
set-option -g status-left "é→ü"
show-options -g status-left
show-options -gv status-left
set-option -g status-format[1] "x"
show-options -g status-format[1]
set-option -g status-format "one two,three"
show-options -g status-format
set-option -gu status-format
show-options -g status-format[1]
"""


def record(binary: str, script: str) -> list[dict[str, object]]:
    steps: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        tmux = Tmux(binary, folder)
        tmux.run("new-session", "-d", "-s", "s", "sleep 1000")
        tmux.run("set-option", "-g", "default-shell", "/bin/sh")
        try:
            for line in script.splitlines():
                command = shlex.split(line)
                out, error = tmux.run(*command)
                steps.append({"command": command, "stdout": out.splitlines(), "stderr": error})
        finally:
            tmux.run("kill-server")
    return steps


def main() -> None:
    binary, output = sys.argv[1:]
    version = version_of(binary)
    cases = [record(binary, script) for script in CASES.strip().split("\n\n")]
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    Path(output).write_text(f'{{"version":"{version}","cases":[\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
