"""Variables of the server and its host, of paste buffers, and those that say where an expansion stands."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tmuxish import users
from tmuxish.version import TMUX_VERSION

if TYPE_CHECKING:
    from tmuxish.formats.scope import Scope
    from tmuxish.model.buffers import Buffer

# What the lists of choose-buffer, choose-client and choose-tree show without -F.
BUFFER_MODE_FORMAT = "#{t/p:buffer_created}: #{buffer_sample}"
CLIENT_MODE_FORMAT = "#{t/p:client_activity}: session #{session_name}"
_OTHER_TITLE = "#{&&:#{pane_title},#{!=:#{pane_title},#{host_short}}}"
_TREE_PANE = (
    "#{?pane_marked,#[reverse],}"
    "#{?pane_floating_flag,#[italics],}"
    "#{pane_current_command}#{pane_flags}"
    f'#{{?{_OTHER_TITLE},: "#{{pane_title}}",}}'
)
_TREE_WINDOW = (
    "#{?window_marked_flag,#[reverse],}"
    "#{window_name}#{window_flags}"
    f'#{{?#{{&&:#{{==:#{{window_panes}},1}},{_OTHER_TITLE}}},: "#{{pane_title}}",}}'
)
_TREE_SESSION = (
    "#{session_windows} windows"
    "#{?session_grouped, (group #{session_group}: #{session_group_list}),}"
    "#{?session_attached, (attached),}"
)
TREE_MODE_FORMAT = f"#{{?pane_format,{_TREE_PANE},window_format,{_TREE_WINDOW},{_TREE_SESSION}}}"


def buffer_mode_format(_: Scope) -> str | None:
    return BUFFER_MODE_FORMAT


def client_mode_format(_: Scope) -> str | None:
    return CLIENT_MODE_FORMAT


def tree_mode_format(_: Scope) -> str | None:
    return TREE_MODE_FORMAT


def _buffer(scope: Scope) -> Buffer | None:
    return scope.buffer if scope.buffer is not None else scope.model.buffers.top()


def buffer_created(scope: Scope) -> int | None:
    buffer = _buffer(scope)
    return None if buffer is None else int(buffer.created)


def buffer_full(scope: Scope) -> str | None:
    """The whole content, up to its first zero byte."""
    buffer = _buffer(scope)
    if buffer is None:
        return None
    return bytes(buffer.data).partition(b"\0")[0].decode("utf-8", "surrogateescape")


def buffer_name(scope: Scope) -> str | None:
    buffer = _buffer(scope)
    return None if buffer is None else buffer.name


def buffer_sample(scope: Scope) -> str | None:
    buffer = _buffer(scope)
    return None if buffer is None else buffer.sample


def buffer_size(scope: Scope) -> str | None:
    buffer = _buffer(scope)
    return None if buffer is None else str(len(buffer.data))


def config_files(scope: Scope) -> str | None:
    return ",".join(scope.model.config_files)


def host(_: Scope) -> str | None:
    # The C module: importing socket costs a cold server several milliseconds.
    import _socket

    try:
        return _socket.gethostname()
    except OSError:
        return ""


def host_short(scope: Scope) -> str | None:
    return (host(scope) or "").partition(".")[0]


def loop_last_flag(scope: Scope) -> str | None:
    return "1" if scope.last else "0"


def next_session_id(scope: Scope) -> str | None:
    return f"${scope.model.next_session_id}"


def pid(scope: Scope) -> str | None:
    return str(scope.model.pid)


def sessions(scope: Scope) -> str | None:
    return str(len(scope.model.sessions))


def sixel_support(_: Scope) -> str | None:
    return "0"


def socket_path(scope: Scope) -> str | None:
    return scope.model.socket_path


def start_time(scope: Scope) -> int | None:
    return int(scope.model.start_time)


def uid(_: Scope) -> str | None:
    return str(users.own_uid())


user_named = lru_cache(maxsize=64)(users.name_of)


def user(_: Scope) -> str | None:
    return user_named(users.own_uid())


def version(_: Scope) -> str | None:
    return TMUX_VERSION
