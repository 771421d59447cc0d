"""tmux-resurrect, from a checkout: its scripts save sessions and make them again on a new server."""

from __future__ import annotations

from compat_tests.clients.sandbox import Sandbox, wait_until
from compat_tests.real_clients.programs import call, checkout

ROW = "#{session_name}:#{window_index}:#{window_name} #{window_layout} #{window_panes} #{pane_current_path}"


def inside(tmux: Sandbox) -> dict[str, str]:
    """The environment its key bindings' scripts have: that of run-shell."""
    facts = tmux.run("display-message", "-p", "#{socket_path},#{pid},0 #{pane_id}").ok().split()
    return {"TMUX": facts[0], "TMUX_PANE": facts[1]}


def windows(tmux: Sandbox) -> list[str]:
    """Layouts without checksum and pane ids, which a new server gives anew."""
    rows = [row.split(" ") for row in tmux.run("list-windows", "-a", "-F", ROW).ok().splitlines()]
    sizes = (
        tmux.run(
            "list-panes",
            "-a",
            "-F",
            "#{session_name}:#{window_index}.#{pane_index} "
            "#{pane_width}x#{pane_height}+#{pane_left}+#{pane_top}",
        )
        .ok()
        .splitlines()
    )
    return [" ".join([name, *rest]) for name, _, *rest in rows] + sizes


def test_sessions_are_saved_and_made_again(tmux: Sandbox) -> None:
    scripts = checkout("tmux-resurrect") / "scripts"
    (tmux.work / "below").mkdir()
    tmux.run("new-session", "-d", "-s", "one", "-n", "edit", "-x", "120", "-y", "40").ok()
    tmux.run("split-window", "-h", "-t", "one", "-c", str(tmux.work / "below")).ok()
    tmux.run("split-window", "-v", "-t", "one").ok()
    tmux.run("new-window", "-t", "one", "-n", "logs").ok()
    tmux.run("new-session", "-d", "-s", "two", "-n", "other", "-x", "120", "-y", "40").ok()
    for pane in tmux.run("list-panes", "-a", "-F", "#{pane_id}").ok().split():
        tmux.until("$", "capture-pane", "-p", "-t", pane)
    before = windows(tmux)
    saved = call(tmux, "bash", str(scripts / "save.sh"), "quiet", env=inside(tmux))
    assert (saved.code, saved.err) == (0, "")
    tmux.run("kill-server").ok()
    wait_until(lambda: tmux.run("list-sessions").code == 1, "the end of the first server")
    # A new server has one session of its own, as when a user starts tmux and asks for the old ones.
    tmux.run("new-session", "-d", "-s", "fresh", "-x", "120", "-y", "40").ok()
    restored = call(tmux, "bash", str(scripts / "restore.sh"), env=inside(tmux))
    assert restored.code == 0, restored.err
    tmux.run("kill-session", "-t", "fresh")
    assert windows(tmux) == before
