"""The launcher's source says the same as the Python modules it follows, and compiles without a warning."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from compat_tests.clients.sandbox import ROOT
from tmuxish.cli import arguments, attach, control, launched, programs, start, terminal_posix, tmux
from tmuxish.packaging import launcher
from tmuxish.version import TMUX_VERSION
from tmuxish.wire import frames, unix_socket

SOURCE = (ROOT / launcher.SOURCE).read_text()


def number(text: str) -> int:
    """The value of a C constant expression of the kinds that occur."""
    shifted = re.fullmatch(r"(\w+) << (\w+)", text)
    if shifted:
        return int(shifted[1], 0) << int(shifted[2], 0)
    return int(text, 8) if re.fullmatch("0[0-7]+", text) else int(text, 0)


CONSTANTS = {
    name: number(text) for name, text in re.findall(r"\b([A-Z][A-Z_0-9]+) = (\d\w*(?: << \d+)?)\b", SOURCE)
}


def text(name: str) -> str:
    """A string constant."""
    found = re.search(rf"^#define {name} \\?\n?((?: *\".*\"(?: \\\n)?)+)", SOURCE, re.MULTILINE)
    assert found is not None, name
    return "".join(re.findall(r'"(.*?)"', found[1]))


def test_every_constant_of_the_wire_is_known_by_the_same_number() -> None:
    ours = {name: value for name, value in vars(frames).items() if name.isupper() and isinstance(value, int)}
    shared = ours.keys() & CONSTANTS.keys()
    # A launcher never starts a server itself.
    assert ours.keys() - shared == {"FLAG_STARTED", "TYPE_CHECKING"}
    assert {name: CONSTANTS[name] for name in shared} == {name: ours[name] for name in shared}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("READ_SIZE", tmux.READ_SIZE),
        ("PATIENCE_SECONDS", tmux.PATIENCE_SECONDS),
        ("MAX_ARGUMENTS", tmux.MAX_ARGUMENTS),
        ("UNSAFE_MODE", unix_socket.UNSAFE_MODE),
        ("OUTPUT_LIMIT", attach.MAX_OUTPUT),
        ("KEYS_LIMIT", attach.MAX_INPUT),
        ("FLUSH_SECONDS", attach.FLUSH_SECONDS),
        ("INPUT_SIZE", control.INPUT_SIZE),
        ("LINES_LIMIT", control.MAX_OUTPUT),
    ],
)
def test_limits_are_the_python_clients(name: str, value: float) -> None:
    assert CONSTANTS[name] == value


def test_the_longest_path_of_a_socket() -> None:
    assert re.findall(r"MAX_PATH = (\d+)", SOURCE) == ["103", "107"]  # macOS first
    assert unix_socket.MAX_PATH in (103, 107)


def test_texts_are_the_python_clients() -> None:
    assert text("TMUX_VERSION") == TMUX_VERSION
    assert text("LAUNCHED") == launched.MARK
    assert text("RESET").encode().decode("unicode_escape").encode() == terminal_posix.RESET
    assert f'"{launched.CLIENT}"' in SOURCE
    assert f'"{launched.DIAGNOSE}"' in SOURCE
    assert f'mark[] = "{programs.LAUNCHER_MARK.decode().rstrip(chr(0))}"' in SOURCE


def test_flags_are_the_python_clients() -> None:
    assert sorted(text("PLAIN_FLAGS")) == sorted(arguments.FLAGS)
    assert sorted(text("FLAGS_WITH_VALUE")) == sorted(arguments.FLAGS_WITH_VALUE)


def test_raw_mode_is_the_python_clients() -> None:
    import termios

    for name, value in (
        ("RAW_IFLAGS", terminal_posix.RAW_IFLAGS),
        ("RAW_OFLAGS", terminal_posix.RAW_OFLAGS),
        ("RAW_LFLAGS", terminal_posix.RAW_LFLAGS),
    ):
        found = re.search(rf"#define {name} \((.*)\)", SOURCE)
        assert found is not None
        bits = 0
        for word in found[1].split(" | "):
            bits |= getattr(termios, word)
        assert bits == value


def test_commands_that_start_a_server_are_the_python_clients() -> None:
    table = SOURCE.partition("starters[] = {")[2].partition("};")[0]
    assert tuple(re.findall(r'{ "(\S+)", "(\S+)" }', table)) == start.STARTERS


@pytest.mark.parametrize("standard", ["c99", "gnu99", "gnu11"])
def test_it_compiles_without_a_warning(standard: str, tmp_path: Path) -> None:
    options = ["-O2", "-Wall", "-Wextra", "-Wconversion", "-Werror", "-pedantic", f"-std={standard}"]
    try:
        done = subprocess.run(
            [*launcher.compiler(), *options, "-o", str(tmp_path / "tmux"), str(ROOT / launcher.SOURCE)],
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        pytest.skip("no C compiler here")
    assert (done.returncode, done.stderr) == (0, "")
