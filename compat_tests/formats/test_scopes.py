"""Variables of clients, the mouse, buffers and callers, and how a scope finds what it was not given."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from compat_tests.formats.scenario import build_model, scope_of
from tmuxish.emulator.emulator import Emulator
from tmuxish.formats.expand import expand, expand_time
from tmuxish.formats.names import window_name_of
from tmuxish.formats.scope import Mouse, Scope
from tmuxish.formats.times import pretty_time
from tmuxish.formats.variables import all_variables
from tmuxish.model.client import Client
from tmuxish.model.pane import Pane
from tmuxish.model.pane_mode import ModeScreen, ShownMode
from tmuxish.model.server import Model

if TYPE_CHECKING:
    from tmuxish.formats.scope import Extra

FACTS = json.loads(
    (Path(__file__).resolve().parents[2] / "fixtures/formats/expansions.json").read_text(encoding="utf-8")
)["facts"]


@pytest.fixture
def model() -> Model:
    return build_model(FACTS)


@pytest.fixture
def client(model: Model) -> Client:
    """A client attached to session main."""
    client = Client(3)
    model.clients[client.id] = client
    client.name = client.tty = "/dev/pts/9"
    client.pid = 77
    client.attached = client.focused = client.utf8 = True
    client.cols, client.rows = 60, 20
    client.term_name = "tmux-256color"
    client.features = frozenset(("title", "256", "RGB"))
    client.session = model.session_named("main")
    assert client.session is not None
    client.session.attached = 1
    return client


def test_a_client_implies_session_window_and_pane(model: Model, client: Client) -> None:
    scope = Scope(model, client)
    assert expand("#S:#I.#P #{client_name}", scope) == "main:0.0 /dev/pts/9"
    assert expand("#{session_format}#{window_format}#{pane_format}", scope) == "000"
    assert (
        expand("#{session_active} #{session_attached_list} #{window_active_clients}", scope)
        == "1 /dev/pts/9 1"
    )


def test_client_variables(model: Model, client: Client) -> None:
    scope = Scope(model, client)
    assert expand("#{client_flags}", scope) == "attached,focused,UTF-8"
    assert expand("#{client_termfeatures}", scope) == "256,RGB,title"
    assert expand("#{client_width}x#{client_height}", scope) == "60x20"
    client.flags = {"active-pane", "ignore-size", "pause-after=5"}
    client.readonly = client.suspended = True
    assert expand("#{client_flags}", scope) == (
        "attached,focused,ignore-size,pause-after=5,read-only,active-pane,suspended,UTF-8"
    )
    assert expand("#{client_prefix}#{client_key_table}", scope) == "0root"
    client.key_table = "prefix"
    assert expand("#{client_prefix}", scope) == "1"
    client.theme = "dark"
    assert expand("#{client_theme}", scope) == "dark"
    names = [name for name, _ in all_variables(scope) if name.startswith("client_")]
    assert "client_last_session" not in names
    client.last_session = model.session_named("zeta")
    assert expand("#{client_last_session}", scope) == "zeta"


# Cursor of a program in a 200x60 window, and what a 60x20 client of real tmux shows of it.
OFFSETS = [
    ((100, 30), "70,12"),
    ((0, 0), "0,0"),
    ((199, 59), "140,41"),
    ((60, 19), "30,1"),
    ((59, 18), "0,0"),
    ((140, 41), "110,23"),
    ((139, 40), "109,22"),
]


@pytest.mark.parametrize(("cursor", "offset"), OFFSETS)
def test_window_offset(model: Model, client: Client, cursor: tuple[int, int], offset: str) -> None:
    session = model.session_named("zeta")
    assert session is not None and session.current is not None
    client.session = session
    window = session.current.window
    window.cols, window.rows = 200, 60
    assert window.active is not None
    window.active.emulator = Emulator(200, 60)
    window.active.emulator.set_cursor(*cursor)
    scope = Scope(model, client)
    assert expand("#{window_bigger} #{window_offset_x},#{window_offset_y}", scope) == f"1 {offset}"
    client.cols, client.rows = 200, 61
    assert expand("#{window_bigger} #{window_offset_x}", scope) == "0 "


def test_mouse(model: Model) -> None:
    scope = scope_of(model, "%1")
    assert expand("#{mouse_x}#{mouse_pane}#{mouse_word}#{mouse_line}", scope) == ""
    scope.mouse = Mouse(model.panes[0], 7, 1)
    assert expand("#{mouse_pane} #{mouse_x},#{mouse_y}", scope) == "%0 7,1"
    assert expand("#{mouse_word}|#{mouse_line}", scope) == "World|hello World"
    scope.mouse = Mouse(status_line=1, status_x=12, status_range="window")
    assert (
        expand("#{mouse_x},#{mouse_y} #{mouse_status_line} #{mouse_status_range}", scope) == "12,1 1 window"
    )


def test_mouse_word_goes_on_where_a_line_wraps(model: Model) -> None:
    pane = model.panes[3]
    pane.emulator = Emulator(10, 4)
    pane.emulator.feed("one abcdefghij two\r\n世界 x".encode())
    scope = scope_of(model, "main:3")
    for x, y in ((5, 0), (9, 0), (0, 1), (3, 1)):
        scope.mouse = Mouse(pane, x, y)
        assert expand("#{mouse_word}", scope) == "abcdefghij"
    scope.mouse = Mouse(pane, 2, 2)
    assert expand("#{mouse_word}", scope) == "世界"


def test_mouse_hyperlink(model: Model) -> None:
    pane = model.panes[3]
    pane.emulator.feed(b"a\033]8;;http://example.com/\033\\link\033]8;;\033\\b")
    scope = scope_of(model, "main:3")
    scope.mouse = Mouse(pane, 2, 0)
    assert expand("#{mouse_hyperlink}", scope) == "http://example.com/"
    scope.mouse = Mouse(pane, 0, 0)
    assert expand("#{mouse_hyperlink}", scope) == ""


def test_what_callers_add(model: Model) -> None:
    extras: dict[str, Extra] = {"line": "3", "message_time": 1445765102.9, "lazy": lambda: "made"}
    session = model.session_named("main")
    scope = Scope(model, None, session, extras=extras, inherited={"hook": "after-x", "line": "no"})
    assert expand("#{line} #{message_time} #{lazy} #{hook}", scope) == "3 1445765102 made after-x"
    assert expand("#{W:#{line}#{hook},}", scope) == "noafter-xnoafter-x"
    assert expand("#{?lazy,yes,no} #{n:lazy}", scope) == "yes 4"
    # Neither options nor the table give way.
    scope = Scope(model, None, session, extras={"session_name": "x", "status": "y"})
    assert expand("#{session_name} #{status}", scope) == "main on"


def test_variables_of_a_mode(model: Model) -> None:
    class Copy:
        name = "copy-mode"
        screen = ModeScreen(80, 24)

        def variables(self) -> Mapping[str, Extra]:
            return {"scroll_position": "5"}

    scope = scope_of(model, "%0")
    assert expand("#{scroll_position}#{pane_in_mode}", scope) == "0"
    model.panes[0].modes = [cast(ShownMode, Copy())]
    assert expand("#{scroll_position} #{pane_in_mode} #{pane_mode}", scope) == "5 1 copy-mode"
    assert expand("#{P:#{scroll_position},}", scope) == ""


class _Jobs:
    """Records what `#()` asks for."""

    def __init__(self, answer: str) -> None:
        self.asked: list[tuple[str, str]] = []
        self._answer = answer

    def output(self, command: str, expanded: str, scope: Scope) -> str:
        self.asked.append((command, expanded))
        return self._answer


def test_jobs(model: Model) -> None:
    scope = scope_of(model, "%0")
    assert expand("a#(echo)b", scope) == "ab"
    jobs = scope.jobs = _Jobs("<#S %H #(again)>")
    assert expand_time("#(echo #{pane_id} (x) %%H)!", scope) == "<main %H >!"
    assert jobs.asked == [("echo #{pane_id} (x) %H", "echo %0 (x) %H")]
    assert expand("#(no end", scope) == ""


def test_processes(model: Model) -> None:
    class Host:
        def command(self, pane: Pane) -> str | None:
            return "/usr/bin/vim" if pane.id == 0 else None

        def path(self, pane: Pane) -> str | None:
            return "/tmp" if pane.id == 0 else None

    scope = scope_of(model, "%0")
    scope.host = Host()
    assert expand("#{pane_current_command} #{pane_current_path}", scope) == "vim /tmp"
    scope = scope_of(model, "%1")
    scope.host = Host()
    assert expand("#{pane_current_command}#{pane_current_path}", scope) == "cat"


def test_lone_bytes_survive(model: Model) -> None:
    model.session_options.set("@raw", b"a\xffb".decode("utf-8", "surrogateescape"))
    scope = scope_of(model, "%0")
    assert expand("#{n:@raw} #{w:@raw}", scope) == "3 2"
    model.session_options.set("@raw", b"\xff".decode("utf-8", "surrogateescape"))
    assert expand("#{==:#{@raw},#{@raw}} #{<:#{@raw},\ue000}", scope) == "1 0"


NAMES = [
    ("vim file", "vim"),
    ("/usr/bin/vim file", "vim"),
    ('"/bin/my shell" -l', "my"),
    ("exec  top", "top"),
    ("-bash", "bash"),
    ("ls|", "ls|"),
    ("a\tb c", ""),
    ("\xe9", "\xe9"),
    ("", ""),
]


@pytest.mark.parametrize(("command", "name"), NAMES)
def test_window_names(command: str, name: str) -> None:
    assert window_name_of(command) == name


DAY = 86400
PRETTY = [
    (0, "12:00"),
    (DAY - 1, "12:00"),
    (DAY, "Thu12"),
    (27 * DAY, "Sat17"),
    (40 * DAY, "04Oct"),
    (300 * DAY, "17Jan"),
    (345 * DAY, "03Dec"),
    (350 * DAY, "Nov14"),
    (2000 * DAY, "May10"),
    (-DAY, "12:00"),
]


@pytest.mark.usefixtures("utc")
@pytest.mark.parametrize(("age", "text"), PRETTY)
def test_pretty_time(age: int, text: str) -> None:
    now = 1447416000  # Friday, November 13 2015, 12:00
    assert pretty_time(now - age, now) == text
