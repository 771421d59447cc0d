"""Sets of options as the rest of the program uses them."""

from __future__ import annotations

import pytest

from compat_tests.model.options_replay import CHECKS
from tmuxish.model.options import OptionError, Options
from tmuxish.model.options_scope import match_name, parse_name
from tmuxish.model.options_spec import PANE, SERVER, SESSION, WINDOW, Value
from tmuxish.model.options_startup import set_startup_defaults
from tmuxish.model.options_table import ALTERNATIVE_NAMES, BY_NAME, OPTIONS
from tmuxish.model.options_text import assign


def test_the_table_has_each_option_of_tmux_once() -> None:
    # Rows of the table of 3.7c, hooks included.
    assert len(OPTIONS) == len(BY_NAME) == 221
    assert sum(spec.is_hook for spec in OPTIONS) == 68
    assert set(ALTERNATIVE_NAMES.values()) <= set(BY_NAME)


@pytest.mark.parametrize("spec", OPTIONS, ids=lambda spec: spec.name)
def test_defaults_suit_their_options(spec: object) -> None:
    name = str(getattr(spec, "name"))  # noqa: B009
    options = Options()
    options.set(name, BY_NAME[name].default_value())
    assert options.get_only(name) == BY_NAME[name].default_value()
    assert BY_NAME[name].scopes in (SERVER, SESSION, WINDOW, WINDOW | PANE)


def test_lookup_goes_up_to_the_global_set() -> None:
    window_options = Options.for_global_window()
    window = Options.for_window(window_options)
    pane = Options.for_pane(window)
    assert pane.get_string("remain-on-exit") == "off"
    assert pane.get_only("remain-on-exit") is None
    window.set("remain-on-exit", "key")
    assert pane.get_string("remain-on-exit") == "key"
    pane.set("remain-on-exit", "failed")
    assert (pane.get_string("remain-on-exit"), window.get_string("remain-on-exit")) == ("failed", "key")
    pane.unset("remain-on-exit")
    assert pane.get_string("remain-on-exit") == "key"


def test_each_kind_has_its_type() -> None:
    session = Options.for_session(Options.for_global_session())
    assert session.get_number("history-limit") == 2000
    assert session.get_flag("mouse") is False
    assert session.get_string("status") == "on"
    assert session.get_string("prefix") == "C-b"
    assert session.get_number("status-bg") == 8
    assert session.get_strings("update-environment")[0] == "DISPLAY"
    assert session.get_string("@nothing") == ""
    assert session.get("@nothing") is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mouse", "on"),
        ("status", 1),
        ("status-left", 5),
        ("update-environment", "A"),
        ("@user", 1),
        ("nosuch", "x"),
    ],
)
def test_a_value_of_the_wrong_type_is_a_mistake(name: str, value: Value) -> None:
    with pytest.raises(TypeError):
        Options.for_global_session().set(name, value)


def test_asking_for_the_wrong_type_or_set_is_a_mistake() -> None:
    session = Options.for_global_session()
    with pytest.raises(TypeError):
        session.get_string("mouse")
    with pytest.raises(TypeError):
        session.get_number("status")
    with pytest.raises(TypeError):
        session.get_array("status")
    with pytest.raises(KeyError):
        session.get_string("buffer-limit")


def test_defaults_are_not_shared() -> None:
    first, second = Options.for_global_session(), Options.for_global_session()
    first.unset("update-environment", 0)
    assert first.get_strings("update-environment")[0] == "KRB5CCNAME"
    assert second.get_strings("update-environment")[0] == "DISPLAY"


@pytest.mark.parametrize(
    ("name", "text"),
    [("after-new-window", "nosuch"), ("pane-colours", "red,nocolour"), ("status-style", "nonsense")],
)
def test_a_bad_value_changes_nothing(name: str, text: str) -> None:
    """Unlike tmux, which empties the array, or copies an inherited style, before it looks at the text."""
    holder = Options.for_window(Options())
    parent = holder.parent
    assert parent is not None
    parent.set(name, BY_NAME[name].default_value())
    with pytest.raises(OptionError):
        assign(holder, name, text, CHECKS)
    assert holder.get_only(name) is None


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("status", ("status", None)),
        ("status-format[12]", ("status-format", 12)),
        ("x[]", None),
        ("x[-1]", None),
        ("x[1", None),
        ("x[1]y", None),
        ("x[99999999999]", None),
        ("", None),
    ],
)
def test_parse_name(text: str, parsed: tuple[str, int | None] | None) -> None:
    assert parse_name(text) == parsed


@pytest.mark.parametrize(
    ("text", "name"),
    [("mou", "mouse"), ("status", "status"), ("clock-mode-color", "clock-mode-colour"), ("@any", "@any")],
)
def test_match_name(text: str, name: str) -> None:
    assert match_name(text) == (name, None)


@pytest.mark.parametrize(
    ("environment", "shell", "editor", "keys"),
    [
        ({}, "/bin/from-passwd", "/usr/bin/vi", "emacs"),
        ({"SHELL": "/bin/zsh", "EDITOR": "/opt/nano"}, "/bin/zsh", "/opt/nano", "emacs"),
        (
            {"SHELL": "bad", "EDITOR": "nano", "VISUAL": "/usr/bin/nvim"},
            "/bin/from-passwd",
            "/usr/bin/nvim",
            "vi",
        ),
        ({"VISUAL": "/home/vivian/emacs"}, "/bin/from-passwd", "/home/vivian/emacs", "emacs"),
    ],
)
def test_startup_defaults(environment: dict[str, str], shell: str, editor: str, keys: str) -> None:
    server, session, window = Options.for_server(), Options.for_global_session(), Options.for_global_window()
    shells = ["", "/bin/from-passwd", "/bin/other"]
    set_startup_defaults(server, session, window, environment, shells, lambda path: path.startswith("/"))
    assert session.get_string("default-shell") == shell
    assert server.get_string("editor") == editor
    assert (session.get_string("status-keys"), window.get_string("mode-keys")) == (keys, keys)
