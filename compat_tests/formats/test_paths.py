"""Paths by the rules of both families of systems, on either."""

from __future__ import annotations

import ntpath

import pytest

from tmuxish.formats.paths import basename, below_home, dirname, is_absolute, joined


@pytest.mark.parametrize(
    ("path", "whole", "whole_on_windows"),
    [
        ("/etc/tmux.conf", True, True),
        ("tmux.conf", False, False),
        ("", False, False),
        (r"C:\Users\me", False, True),
        ("c:/Users/me", False, True),
        ("C:tmux.conf", False, False),
        (r"\\host\share\x", False, True),
        (r"..\x", False, False),
    ],
)
def test_paths_that_depend_on_nothing(path: str, whole: bool, whole_on_windows: bool) -> None:
    assert is_absolute(path, windows=False) == whole
    assert is_absolute(path, windows=True) == whole_on_windows


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("x.conf", r"D:\my work\x.conf"),
        (r"sub\x.conf", r"D:\my work\sub\x.conf"),
        ("sub/x.conf", r"D:\my work\sub/x.conf"),
        (r"\top", r"D:\top"),
        ("/top", "D:/top"),
        (r"C:\x", r"C:\x"),
        (r"\\host\share\x", r"\\host\share\x"),
    ],
)
def test_relative_paths_on_windows(path: str, found: str) -> None:
    assert joined(r"D:\my work", path, windows=True) == found


def test_relative_paths_elsewhere() -> None:
    assert joined("/here", r"C:\x", windows=False) == r"/here/C:\x"
    assert joined("/here", "/x", windows=False) == "/x"


def test_home_may_be_written_with_either_slash_on_windows() -> None:
    assert below_home(r"~\x", r"C:\Users\me", windows=True) == r"C:\Users\me\x"
    assert below_home("~/x", r"C:\Users\me", windows=True) == r"C:\Users\me/x"
    assert below_home(r"~\x", "/home/me", windows=False) == r"~\x"
    assert below_home("~/x", "/home/me", windows=False) == "/home/me/x"
    assert below_home("~me/x", "/home/me", windows=False) == "~me/x"


@pytest.mark.parametrize(
    "path", [r"C:\a\b.c", r"C:\a", "C:/a/b", r"a\b/c", "a", "C:a", r"\\host\share\a\b", r"C:\a\\b"]
)
def test_parts_of_windows_paths_are_those_that_windows_sees(path: str) -> None:
    assert basename(path, windows=True) == ntpath.basename(path)
    assert dirname(path, windows=True) == (ntpath.dirname(path) or ".")


@pytest.mark.parametrize(
    ("path", "base", "directory"),
    [
        ("C:\\", "C:\\", "C:\\"),
        ("C:", "C:", "C:"),
        ("\\", "\\", "\\"),
        ("a\\b\\", "b", "a"),
        ("", ".", "."),
    ],
)
def test_parts_where_windows_itself_would_say_nothing(path: str, base: str, directory: str) -> None:
    assert basename(path, windows=True) == base
    assert dirname(path, windows=True) == directory


@pytest.mark.parametrize(
    ("path", "base", "directory"),
    [
        ("/a/b", "b", "/a"),
        ("/a/b//", "b", "/a"),
        ("/a", "a", "/"),
        ("//", "/", "/"),
        ("a", "a", "."),
        ("", ".", "."),
        ("a//b", "b", "a"),
        (r"a\b", r"a\b", "."),
    ],
)
def test_parts_elsewhere(path: str, base: str, directory: str) -> None:
    assert basename(path, windows=False) == base
    assert dirname(path, windows=False) == directory
