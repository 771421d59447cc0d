"""vim-tmux-navigator, from a checkout, with a real vim: the same keys for its windows and for panes."""

from __future__ import annotations

from compat_tests.clients.sandbox import Sandbox
from compat_tests.real_clients.programs import attach, borrow, call, checkout


def test_keys_walk_through_panes_and_the_windows_of_vim(tmux: Sandbox) -> None:
    borrow(tmux, "vim", "Debian: vim")
    plugin = checkout("vim-tmux-navigator")
    rc = tmux.home / "navigator.vim"
    rc.write_text(f"set nocompatible\nsource {plugin}/plugin/tmux_navigator.vim\n")
    active = ("display-message", "-p", "-t", "main", "#{pane_id}.")
    with attach(tmux, "new-session", "-s", "main", "-x", "100", "-y", "30") as client:
        client.wait_for("$")
        facts = tmux.run("display-message", "-p", "#{socket_path},#{pid},0").ok().strip()
        bound = call(tmux, "bash", str(plugin / "vim-tmux-navigator.tmux"), env={"TMUX": facts})
        assert (bound.code, bound.err) == (0, "")
        tmux.run("split-window", "-h", "-t", "main", f"exec vim -N -u {rc} -c vsplit -c 'wincmd t'").ok()
        tmux.until("vim", "display-message", "-p", "-t", "%1", "#{pane_current_command}")
        tmux.until("[No Name]", "capture-pane", "-p", "-t", "%1")
        client.type(b"\x08")  # C-h: out of vim's leftmost window
        tmux.until("%0.", *active)
        client.type(b"\x0c")  # C-l: back
        tmux.until("%1.", *active)
        client.type(b"\x0c")  # to vim's right window
        client.type(b"\x08:let g:n = winnr()\r")
        client.type(b":call writefile([g:n], 'winnr')\r")
        tmux.until("%1.", *active)
        client.type(b"\x08")
        tmux.until("%0.", *active)
    assert (tmux.work / "winnr").read_text() == "1\n"
