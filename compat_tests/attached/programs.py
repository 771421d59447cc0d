"""Real programs in a pane, looked at: `python -m compat_tests.attached.programs FOLDER TMUX [TMUX...]`.

Each program that is installed runs at 80x24 and 200x60, and once through a resize; every screen becomes an
SVG file in FOLDER. With two tmuxes named, the screens of the second are compared with those of the first.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from compat_tests.attached.svg import svg
from compat_tests.display.attached import Attached, Tmux

SIZES = [(80, 24), (200, 60)]
RESIZED = (100, 30)


class Program(NamedTuple):
    """name: the executable that must be there. command: run in the pane; keys: typed after it has come up."""

    name: str
    command: str
    keys: tuple[bytes, ...] = ()


PROGRAMS = {
    "vim": Program(
        "vim", "vim -u NONE -N --cmd 'set nu hls ruler' text", (b"/lazy\r", b":vsplit\r", b"\x06")
    ),
    "less": Program("less", "less text", (b"/lazy\r", b"\x06", b"-N\r")),
    "git": Program("git", "git log --graph --color=always | less -R", (b" ",)),
    "fzf": Program("fzf", "seq 1000 | fzf --multi --no-info", (b"77", b"\t")),
    "fzf-tmux": Program("fzf-tmux", "seq 1000 | fzf-tmux -p 80%,60%", (b"42",)),
    "mc": Program("mc", "mc -u -c tree tree", (b"\x1b[B", b"\x1bOR")),
    "emacs": Program("emacs", "emacs -nw -Q text", (b"\x18" + b"2", b"\x13lazy")),
    "htop": Program("htop", "htop -d 600", (b"\x1bOQ",)),
}


def _world(folder: Path) -> None:
    """What the programs look at: a text, a folder, a repository."""
    lines = [f"{n}: The quick brown fox jumps over the lazy dog. 狐は犬を飛び越える éü" for n in range(300)]
    (folder / "text").write_text("\n".join(lines) + "\n")
    (folder / "tree").mkdir()
    for name in ("alpha", "beta", "gamma"):
        (folder / "tree" / name).write_text(name * 20)
    git = [
        "git",
        "-C",
        str(folder),
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@b",
        "-c",
        "init.defaultBranch=main",
    ]
    subprocess.run([*git, "init", "-q"], check=True)
    dates = {"GIT_AUTHOR_DATE": "2024-01-01T00:00:00Z", "GIT_COMMITTER_DATE": "2024-01-01T00:00:00Z"}
    for n in range(30):
        subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", f"Change {n}"], check=True, env=dates)


def play(tmux: Tmux, program: Program, folder: Path, size: tuple[int, int]) -> list[tuple[str, str, Any]]:
    """Step, picture and contents of each screen."""
    tmux.run("new-session", "-d", "-s", "main", "-c", str(folder), "-x", str(size[0]), "-y", str(size[1]))
    tmux.run("set", "-g", "status-right", "", ";", "set", "-g", "window-status-current-format", "w")
    client = Attached(tmux, "main", *size)
    shots = []
    try:
        client.settle()
        tmux.run("send-keys", program.command, "Enter")
        shots.append(("start", client.settle()))
        pictures = [svg(client.screen)]
        for number, keys in enumerate(program.keys):
            client.type(keys)
            shots.append((f"keys{number}", client.settle()))
            pictures.append(svg(client.screen))
        client.resize(*RESIZED)
        shots.append(("resized", client.settle()))
        pictures.append(svg(client.screen))
    finally:
        tmux.kill()
        client.close()
    return [(name, picture, shot) for (name, shot), picture in zip(shots, pictures, strict=True)]


def main(argv: list[str]) -> None:
    out = Path(argv[0])
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "work"
        folder.mkdir()
        _world(folder)
        for name, program in PROGRAMS.items():
            if shutil.which(program.name) is None:
                print(f"{name}: not installed")
                continue
            for size in SIZES:
                _compare(
                    name, size, [play(Tmux([path], place), program, folder, size) for path in argv[1:]], out
                )


def _compare(name: str, size: tuple[int, int], results: list[list[tuple[str, str, Any]]], out: Path) -> None:
    for number, steps in enumerate(results):
        for step, picture, shot in steps:
            (out / f"{name}-{size[0]}-{step}-{number}.svg").write_text(picture)
            first = next(other for label, _, other in results[0] if label == step)
            if shot != first:
                rows = [y for y, line in enumerate(shot["text"]) if first["text"][y : y + 1] != [line]]
                looks = [y for y, row in enumerate(shot["looks"]) if first["looks"][y : y + 1] != [row]]
                print(
                    f"{name} {size[0]}x{size[1]} {step}: rows {rows}, looks {looks}, cursor {shot['cursor']}"
                )
    print(f"{name} {size[0]}x{size[1]}: {len(results[0])} screens")


if __name__ == "__main__":
    main(sys.argv[1:])
