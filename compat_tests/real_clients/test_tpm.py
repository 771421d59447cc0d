"""The plugin manager, tpm, from a checkout: it loads plugins, whose keys work, and tells what it has done."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from compat_tests.clients.ptyclient import PtyClient
from compat_tests.clients.sandbox import Sandbox, wait_until
from compat_tests.real_clients.programs import attach, checkout

PLUGINS = ("tpm", "tmux-sensible", "tmux-yank")


@pytest.fixture
def plugins(tmux: Sandbox) -> Path:
    """Where the plugins are, in a home whose configuration asks for them."""
    folder = tmux.home / ".tmux" / "plugins"
    for name in PLUGINS:
        shutil.copytree(checkout(name), folder / name, symlinks=True)
    lines = [f"set -g @plugin 'tmux-plugins/{name}'" for name in PLUGINS]
    lines += ["set -g @custom_copy_command 'cat > $HOME/clip'", f"run '{folder}/tpm/tpm'", ""]
    (tmux.home / ".tmux.conf").write_text("\n".join(lines))
    return folder


@pytest.fixture
def terminal(tmux: Sandbox, plugins: Path) -> Iterator[PtyClient]:
    with attach(tmux, "new-session", "-s", "a", "painter") as client:
        wait_until(lambda: "copy_pane_pwd.sh" in tmux.run("list-keys").out, "the last plugin's last key")
        yield client


def shown(client: PtyClient) -> str:
    return "\n".join(client.lines())


def test_plugins_are_loaded(tmux: Sandbox, terminal: PtyClient, plugins: Path) -> None:
    assert tmux.run("show-environment", "-g", "TMUX_PLUGIN_MANAGER_PATH").ok().endswith(f"={plugins}/\n")
    assert tmux.run("show-options", "-gv", "history-limit").ok() == "50000\n"  # sensible's
    assert tmux.run("show-options", "-gv", "display-time").ok() == "4000\n"
    keys = tmux.run("list-keys").ok()
    for key, script in (("I", "install"), ("U", "update"), ("M-u", "clean")):
        assert re.search(rf"-T prefix +{key} +run-shell {plugins}/tpm/bindings/{script}_plugins\n", keys)


def test_what_it_says_is_shown_in_place_of_the_pane(terminal: PtyClient, plugins: Path) -> None:
    """As with tmux 3.7c, which shows no empty lines there."""
    (plugins / "unused").mkdir()
    terminal.type(b"\x02\x1bu")
    wait_until(lambda: "Done, press ESCAPE to continue." in shown(terminal), "the end")
    lines = [line.removesuffix("[0/0]").rstrip() for line in terminal.lines()[:3]]
    assert lines == ["TMUX environment reloaded.", "Done, press ESCAPE to continue.", ""]
    assert not (plugins / "unused").exists()
    terminal.type(b"\x1b")
    wait_until(lambda: "ready" in shown(terminal), "the program again")


def test_yank(tmux: Sandbox, terminal: PtyClient) -> None:
    wait_until(lambda: "ready" in shown(terminal), "the program")
    clip = tmux.home / "clip"
    terminal.type(b"\x02Y")
    tmux.until(str(tmux.work), "show-buffer")
    terminal.type(b"\x02[")
    wait_until(lambda: "[0/" in shown(terminal), "copy mode")
    for command in ("history-top", "start-of-line", "begin-selection", "next-word"):
        tmux.run("send-keys", "-t", "a", "-X", command).ok()
    terminal.type(b"y")
    wait_until(lambda: clip.exists() and clip.read_text() == "red ", "the word on the clipboard")
