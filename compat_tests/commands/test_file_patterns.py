"""File patterns of source-file: each expectation is what glob(3) gave tmux 3.7c in such a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tmuxish.commands.file_patterns import matching_files

FILES = ("rt", "rx", "a*b", "axb", ".hidden", "d/f", "d/.g", "d[1]/f")

PATTERNS = [
    ("rt", ["rt"]),
    ("r?", ["rt", "rx"]),
    ("r[tx]", ["rt", "rx"]),
    ("r[^t]", ["rx"]),
    ("r[!t]", ["rx"]),
    ("{rt,rx}", []),
    ("a*b", ["a*b", "axb"]),
    (r"a\*b", ["a*b"]),
    (r"r\t", ["rt"]),
    (r"r\*", []),
    ("[", []),
    (".h*", [".hidden"]),
    ("?hidden", []),
    ("./rt", ["./rt"]),
    (".//./rt", [".//./rt"]),
    ("d//f", ["d//f"]),
    ("d/*", ["d/f"]),
    ("d/.*g", ["d/.g"]),
    ("*/f", ["d/f", "d[1]/f"]),
    ("d[1]/f", []),
    (r"d\[1]/f", ["d[1]/f"]),
    ("rt/", ["rt"]),
    ("d/", ["d/"]),
    ("*/", ["d/", "d[1]/"]),
    ("", [""]),
    ("nosuch", []),
    ("nosuch/*", []),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose own name is a pattern, which must not be taken for one."""
    root = tmp_path / "*[x]"
    for name in FILES:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()
    return root


@pytest.mark.parametrize(("pattern", "names"), PATTERNS)
def test_relative_patterns(folder: Path, pattern: str, names: list[str]) -> None:
    assert matching_files(pattern, str(folder)) == [f"{folder}/{name}" for name in names]


def test_absolute_patterns(tmp_path: Path) -> None:
    for name in ("rt", "rx", "other"):
        (tmp_path / name).touch()
    assert matching_files(f"{tmp_path}/r?", "/nowhere") == [f"{tmp_path}/rt", f"{tmp_path}/rx"]
    assert matching_files("/", "/nowhere") == ["/"]


def test_windows_paths_have_drives_and_either_slash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "one.conf").touch()
    (tmp_path / "d" / "two.conf").touch()
    found = matching_files(r"d\*.conf", str(tmp_path), windows=True)
    assert found == [f"{tmp_path}/d/one.conf", f"{tmp_path}/d/two.conf"]
    assert matching_files(r"nowhere\one.conf", str(tmp_path), windows=True) == []
    # Here a drive is a folder of the directory we are in.
    (tmp_path / "C:").symlink_to(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert matching_files(r"C:\d\o*", "elsewhere", windows=True) == ["C:/d/one.conf"]
    assert matching_files("/d/o*", r"C:\elsewhere", windows=True) == ["C:/d/one.conf"]
