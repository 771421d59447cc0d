"""Programs that people use with tmux, as they are. A test is skipped where its program is not installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from compat_tests.clients.sandbox import Sandbox, wait_until

LIMIT = 60  # seconds
# Wide enough for every pane of a layout to show a whole word.
CONFIGURATION = "set-option -g default-size 240x60\n"

LAYOUTS = {
    "main-vertical": ["one", "two", "three"],
    "main-horizontal": ["one", "two"],
    "even-horizontal": ["one", "two", "three", "four"],
    "even-vertical": ["one", "two"],
    "tiled": ["one", "two", "three", "four", "five"],
}


@pytest.fixture(autouse=True)
def configuration(tmux: Sandbox) -> None:
    (tmux.home / ".tmux.conf").write_text(CONFIGURATION)


def program(name: str) -> str:
    """Where it is; the test is skipped if it is nowhere."""
    # An environment that was not activated has its programs beside its Python, not on PATH.
    path = shutil.which(name) or shutil.which(name, path=Path(sys.executable).parent)
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path


def run(
    tmux: Sandbox, *argv: str, stdin: str | None = None, **environment: str | None
) -> subprocess.CompletedProcess[str]:
    """Run a program in the world of `tmux`; it finds the executable under test as `tmux`."""
    done = subprocess.run(
        argv,
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        text=True,
        cwd=tmux.work,
        env=tmux.environment({"PATH": f"{tmux.bin}:{os.environ['PATH']}", **environment}),
        timeout=LIMIT,
        check=False,
    )
    assert done.returncode == 0, done
    return done


def inside(tmux: Sandbox, target: str) -> dict[str, str | None]:
    """The environment of a program in that pane."""
    facts = tmux.run("display-message", "-p", "-t", target, "#{socket_path},#{pid},0 #{pane_id}").ok().split()
    return {"TMUX": facts[0], "TMUX_PANE": facts[1]}


def wait_for_line(tmux: Sandbox, target: str, word: str) -> None:
    """Until a pane shows a word on a line of its own, or behind a prompt that came late."""

    def shown() -> bool:
        lines = tmux.run("capture-pane", "-p", "-t", target).ok().splitlines()
        return word in (line.removeprefix("$ ").rstrip() for line in lines)

    wait_until(shown, f"{word} in {target}")


def texts(tmux: Sandbox, listing: str, template: str) -> list[str]:
    return tmux.run(*listing.split(), "-F", template).ok().splitlines()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_tmuxp_loads_and_freezes(tmux: Sandbox, layout: str) -> None:
    tmuxp = program("tmuxp")
    panes = [{"shell_command": [f"echo {word}"]} for word in LAYOUTS[layout]]
    windows = [
        {"window_name": "work", "layout": layout, "panes": panes, "options": {"automatic-rename": "off"}},
        {"window_name": "logs", "panes": [{"shell_command": ["echo logs"]}]},
    ]
    before = {"session_name": "project", "start_directory": str(tmux.work), "windows": windows}
    (tmux.work / "project.json").write_text(json.dumps(before))
    run(tmux, tmuxp, "load", "-d", "-y", "project.json", COLUMNS="240", LINES="60")
    assert texts(tmux, "list-windows -t project", "#{window_name} #{window_panes}") == [
        f"work {len(panes)}",
        "logs 1",
    ]
    for index, word in enumerate(LAYOUTS[layout]):
        wait_for_line(tmux, f"project:work.{index}", word)
    run(tmux, tmuxp, "freeze", "-y", "-f", "json", "-o", str(tmux.work / "frozen.json"), "project")
    frozen = json.loads((tmux.work / "frozen.json").read_text())
    assert frozen["session_name"] == "project"
    assert [window["window_name"] for window in frozen["windows"]] == ["work", "logs"]
    assert len(frozen["windows"][0]["panes"]) == len(panes)
    (arranged,) = texts(tmux, "list-windows -t project -f #{==:#{window_name},work}", "#{window_layout}")
    assert frozen["windows"][0]["layout"] == arranged


def test_fzf_tmux_chooses(tmux: Sandbox) -> None:
    fzf = program("fzf-tmux")
    tmux.run("new-session", "-d", "-s", "s", "-x", "80", "-y", "24").ok()
    line = f"printf 'apple\\nbanana\\ncherry\\n' | {fzf} -d 10 > chosen; echo d''one"
    tmux.run("send-keys", "-t", "s", line, "Enter").ok()
    tmux.until("3/3", "capture-pane", "-p", "-t", "s")
    assert len(texts(tmux, "list-panes -t s", "#{pane_id}")) == 2
    tmux.run("send-keys", "-t", "s", "nana").ok()
    tmux.until("1/3", "capture-pane", "-p", "-t", "s")  # it searches while it reads on
    tmux.run("send-keys", "-t", "s", "Enter").ok()
    wait_until(lambda: len(texts(tmux, "list-panes -t s", "#{pane_id}")) == 1, "the end of the second pane")
    wait_for_line(tmux, "s", "done")
    assert (tmux.work / "chosen").read_text() == "banana\n"


def test_tmuxinator_starts_a_project(tmux: Sandbox) -> None:
    tmuxinator = program("tmuxinator")
    (tmux.work / "project.yml").write_text(
        f"name: project\nroot: {tmux.work}\nattach: false\nwindows:\n"
        "  - editor:\n      layout: main-vertical\n      panes:\n        - echo left\n        - echo right\n"
        "  - server: echo serving\n"
    )
    run(tmux, tmuxinator, "start", "-p", "project.yml", EDITOR="true")
    assert texts(tmux, "list-windows -t project", "#{window_name} #{window_panes}") == [
        "editor 2",
        "server 1",
    ]
    wait_for_line(tmux, "project:editor.0", "left")
    wait_for_line(tmux, "project:editor.1", "right")
    wait_for_line(tmux, "project:server", "serving")


def test_neovim_uses_the_paste_buffer_as_its_clipboard(tmux: Sandbox) -> None:
    nvim = program("nvim")
    tmux.run("new-session", "-d", "-s", "s").ok()
    environment = {**inside(tmux, "s"), "DISPLAY": None, "WAYLAND_DISPLAY": None}
    copied = (
        "+call wait(9999, {-> system('tmux show-buffer') =~ 'neovim'})"  # it does not wait for what it runs
    )
    run(
        tmux,
        nvim,
        "--headless",
        "--clean",
        "+call setreg('+', 'from neovim')",
        copied,
        "+qall",
        **environment,
    )
    assert tmux.run("show-buffer").ok() == "from neovim"
    tmux.run("set-buffer", "for neovim").ok()
    write = "+call writefile([getreg('+')], 'got')"
    run(tmux, nvim, "--headless", "--clean", write, "+qall", **environment)
    assert Path(tmux.work / "got").read_text() == "for neovim\n"
