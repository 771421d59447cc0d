"""Which server -L, -S and $TMUX mean on Windows, and what its files and its pipe are called."""

from __future__ import annotations

import pytest

from tmuxish.wire import pipe_names
from tmuxish.wire.pipe_names import Registration, SocketError

LOCAL = r"C:\Users\John Doe\AppData\Local"


@pytest.fixture(autouse=True)
def profile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCALAPPDATA", LOCAL)
    monkeypatch.setenv("SYSTEMDRIVE", "C:")
    for name in ("TMUX_TMPDIR", "USERPROFILE"):
        monkeypatch.delenv(name, raising=False)


def path(path: str | None = None, label: str | None = None, tmux: str | None = None) -> str:
    return pipe_names.socket_path(path, label, tmux)[0]


def test_names_are_in_the_users_folder() -> None:
    assert path() == "C:/Users/John Doe/AppData/Local/tmuxish/default"
    assert path(label="work") == "C:/Users/John Doe/AppData/Local/tmuxish/work"
    assert pipe_names.socket_path(None, None, None)[1]


def test_a_path_is_made_absolute_and_written_one_way() -> None:
    assert path(r"D:\a\..\b c\sock") == path("D:/b c/sock") == "D:/b c/sock"
    assert path("/tmp/sock") == "C:/tmp/sock"
    assert path(r"\\host\share\sock") == "//host/share/sock"
    assert not pipe_names.socket_path("D:/x", None, None)[1]


def test_the_path_goes_before_the_name_and_that_before_the_environment() -> None:
    tmux = "D:/of tmux,12,0"
    assert path("D:/x", "work", tmux) == "D:/x"
    assert path(None, "work", tmux).endswith("/tmuxish/work")
    assert path(None, None, tmux) == "D:/of tmux"
    assert path(None, None, ",12,0") == path(None, None, "") == path()


@pytest.mark.parametrize(
    ("tmux", "expected"),
    [
        ("C:/Users/Doe, John/tmuxish/default,12,0", "C:/Users/Doe, John/tmuxish/default"),
        (r"C:\a\b,12,0", r"C:\a\b"),
        ("C:/x", "C:/x"),
        ("C:/x,12", "C:/x"),
        ("C:/x,pid,session", "C:/x"),
    ],
)
def test_the_first_field_of_tmux_may_have_commas(tmux: str, expected: str) -> None:
    assert pipe_names.path_of_tmux(tmux) == expected


def test_tmux_tmpdir_moves_names_but_not_registrations(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = pipe_names.registration_file(path())
    monkeypatch.setenv("TMUX_TMPDIR", r"D:\tests")
    assert path() == "D:/tests/tmuxish/default"
    moved = pipe_names.registration_file(path())
    assert moved != usual
    assert moved.startswith(LOCAL + "\\tmuxish\\")


def test_a_server_has_one_pipe_however_its_path_is_written() -> None:
    first = pipe_names.pipe_name(path("C:/Work/Sock"))
    assert first.startswith(r"\\.\pipe\tmuxish-")
    assert pipe_names.pipe_name(path(r"c:\WORK\.\sock")) == first
    assert pipe_names.pipe_name(path("C:/work/sock2")) != first


def test_users_with_a_folder_in_common_have_different_pipes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = pipe_names.pipe_name("C:/shared/sock")
    monkeypatch.setenv("LOCALAPPDATA", r"C:\Users\Jane\AppData\Local")
    assert pipe_names.pipe_name("C:/shared/sock") != first


def test_files_can_be_made_of_any_name() -> None:
    file = pipe_names.registration_file(path(label='a:b*<>|"?'))
    assert file.startswith(LOCAL + "\\tmuxish\\")
    assert set(file.rsplit("\\", 1)[1]) <= set("0123456789abcdef.server")


def test_without_a_profile_there_is_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOCALAPPDATA")
    with pytest.raises(SocketError):
        path()
    monkeypatch.setenv("USERPROFILE", r"C:\Users\Jane")
    assert path() == "C:/Users/Jane/AppData/Local/tmuxish/default"


def test_a_registration_is_read_as_written() -> None:
    written = Registration("C:/Users/Zoë/ünï/default", 1234, bytes(range(32)))
    read = Registration.unpack(written.pack())
    assert read is not None
    assert (read.path, read.pid, read.secret) == (written.path, written.pid, written.secret)


def test_a_part_of_a_registration_is_none() -> None:
    packed = Registration("C:/x", 1, b"secret").pack()
    assert all(Registration.unpack(packed[:size]) is None for size in range(len(packed)))
    assert Registration.unpack(b"\xff" + packed) is None
