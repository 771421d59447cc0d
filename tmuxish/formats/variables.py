"""The table of all format variables of tmux 3.7c.

`VARIABLES` holds, by name (the order in which `display-message -a` prints them), the function that tells a
variable's value from a scope: text, or None where the variable means nothing there. `TIMES` are those that
are times (seconds since the epoch): they print as a number and can be asked for with `t:`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tmuxish.formats import (
    variables_client as client,
)
from tmuxish.formats import (
    variables_mouse as mouse,
)
from tmuxish.formats import (
    variables_pane as pane,
)
from tmuxish.formats import (
    variables_screen as screen,
)
from tmuxish.formats import (
    variables_server as server,
)
from tmuxish.formats import (
    variables_session as session,
)
from tmuxish.formats import (
    variables_window as window,
)
from tmuxish.formats.scope import extra_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tmuxish.formats.scope import Scope

TIMES: dict[str, Callable[[Scope], int | None]] = {
    "buffer_created": server.buffer_created,
    "client_activity": client.activity,
    "client_created": client.created,
    "pane_dead_time": pane.dead_time,
    "session_activity": session.activity,
    "session_created": session.created,
    "session_last_attached": session.last_attached,
    "start_time": server.start_time,
    "window_activity": window.activity,
}


def _as_text(name: str) -> Callable[[Scope], str | None]:
    seconds = TIMES[name]

    def text(scope: Scope) -> str | None:
        value = seconds(scope)
        return None if value is None else str(value)

    return text


VARIABLES: dict[str, Callable[[Scope], str | None]] = {
    "active_window_index": session.active_window_index,
    "alternate_on": screen.alternate_on,
    "alternate_saved_x": screen.alternate_saved_x,
    "alternate_saved_y": screen.alternate_saved_y,
    "bracket_paste_flag": screen.bracket_paste_flag,
    "buffer_created": _as_text("buffer_created"),
    "buffer_full": server.buffer_full,
    "buffer_mode_format": server.buffer_mode_format,
    "buffer_name": server.buffer_name,
    "buffer_sample": server.buffer_sample,
    "buffer_size": server.buffer_size,
    "client_activity": _as_text("client_activity"),
    "client_cell_height": client.cell_height,
    "client_cell_width": client.cell_width,
    "client_control_mode": client.control_mode,
    "client_created": _as_text("client_created"),
    "client_discarded": client.discarded,
    "client_flags": client.flags,
    "client_height": client.height,
    "client_key_table": client.key_table,
    "client_last_session": client.last_session,
    "client_mode_format": server.client_mode_format,
    "client_name": client.name,
    "client_pid": client.pid,
    "client_prefix": client.prefix,
    "client_readonly": client.readonly,
    "client_session": client.session,
    "client_termfeatures": client.termfeatures,
    "client_termname": client.termname,
    "client_termtype": client.termtype,
    "client_theme": client.theme,
    "client_tty": client.tty,
    "client_uid": client.uid,
    "client_user": client.user,
    "client_utf8": client.utf8,
    "client_width": client.width,
    "client_written": client.written,
    "config_files": server.config_files,
    "cursor_blinking": screen.cursor_blinking,
    "cursor_character": screen.cursor_character,
    "cursor_colour": screen.cursor_colour,
    "cursor_flag": screen.cursor_flag,
    "cursor_shape": screen.cursor_shape,
    "cursor_very_visible": screen.cursor_very_visible,
    "cursor_x": screen.cursor_x,
    "cursor_y": screen.cursor_y,
    "history_all_bytes": screen.history_all_bytes,
    "history_bytes": screen.history_bytes,
    "history_limit": screen.history_limit,
    "history_size": screen.history_size,
    "host": server.host,
    "host_short": server.host_short,
    "insert_flag": screen.insert_flag,
    "keypad_cursor_flag": screen.keypad_cursor_flag,
    "keypad_flag": screen.keypad_flag,
    "last_window_index": session.last_window_index,
    "loop_last_flag": server.loop_last_flag,
    "mouse_all_flag": screen.mouse_all_flag,
    "mouse_any_flag": screen.mouse_any_flag,
    "mouse_button_flag": screen.mouse_button_flag,
    "mouse_hyperlink": mouse.hyperlink,
    "mouse_line": mouse.line,
    "mouse_pane": mouse.pane,
    "mouse_sgr_flag": screen.mouse_sgr_flag,
    "mouse_standard_flag": screen.mouse_standard_flag,
    "mouse_status_line": mouse.status_line,
    "mouse_status_range": mouse.status_range,
    "mouse_utf8_flag": screen.mouse_utf8_flag,
    "mouse_word": mouse.word,
    "mouse_x": mouse.x,
    "mouse_y": mouse.y,
    "next_session_id": server.next_session_id,
    "origin_flag": screen.origin_flag,
    "pane_active": pane.active,
    "pane_at_bottom": pane.at_bottom,
    "pane_at_left": pane.at_left,
    "pane_at_right": pane.at_right,
    "pane_at_top": pane.at_top,
    "pane_bg": pane.bg,
    "pane_bottom": pane.bottom,
    "pane_current_command": pane.current_command,
    "pane_current_path": pane.current_path,
    "pane_dead": pane.dead,
    "pane_dead_signal": pane.dead_signal,
    "pane_dead_status": pane.dead_status,
    "pane_dead_time": _as_text("pane_dead_time"),
    "pane_fg": pane.fg,
    "pane_flags": pane.flags,
    "pane_floating_flag": pane.floating_flag,
    "pane_format": pane.is_format,
    "pane_height": pane.height,
    "pane_id": pane.id_,
    "pane_in_mode": pane.in_mode,
    "pane_index": pane.index,
    "pane_input_off": pane.input_off,
    "pane_key_mode": screen.key_mode,
    "pane_last": pane.last,
    "pane_left": pane.left,
    "pane_marked": pane.marked,
    "pane_marked_set": pane.marked_set,
    "pane_mode": pane.mode,
    "pane_path": screen.path,
    "pane_pb_progress": screen.progress,
    "pane_pb_state": screen.progress_state,
    "pane_pid": pane.pid,
    "pane_pipe": pane.pipe,
    "pane_pipe_pid": pane.pipe_pid,
    "pane_right": pane.right,
    "pane_search_string": pane.search_string,
    "pane_start_command": pane.start_command,
    "pane_start_path": pane.start_path,
    "pane_synchronized": pane.synchronized,
    "pane_tabs": screen.tabs,
    "pane_title": screen.title,
    "pane_top": pane.top,
    "pane_tty": pane.tty,
    "pane_unseen_changes": pane.unseen_changes,
    "pane_width": pane.width,
    "pane_x": pane.left,
    "pane_y": pane.top,
    "pane_z": pane.z,
    "pane_zoomed_flag": pane.zoomed_flag,
    "pid": server.pid,
    "scroll_region_lower": screen.scroll_region_lower,
    "scroll_region_upper": screen.scroll_region_upper,
    "server_sessions": server.sessions,
    "session_active": session.active,
    "session_activity": _as_text("session_activity"),
    "session_activity_flag": session.activity_flag,
    "session_alert": session.alert,
    "session_alerts": session.alerts,
    "session_attached": session.attached,
    "session_attached_list": session.attached_list,
    "session_bell_flag": session.bell_flag,
    "session_created": _as_text("session_created"),
    "session_format": session.is_format,
    "session_group": session.group,
    "session_group_attached": session.group_attached,
    "session_group_attached_list": session.group_attached_list,
    "session_group_list": session.group_list,
    "session_group_many_attached": session.group_many_attached,
    "session_group_size": session.group_size,
    "session_grouped": session.grouped,
    "session_id": session.id_,
    "session_last_attached": _as_text("session_last_attached"),
    "session_many_attached": session.many_attached,
    "session_marked": session.marked,
    "session_name": session.name,
    "session_path": session.path,
    "session_silence_flag": session.silence_flag,
    "session_stack": session.stack,
    "session_windows": session.windows,
    "sixel_support": server.sixel_support,
    "socket_path": server.socket_path,
    "start_time": _as_text("start_time"),
    "synchronized_output_flag": screen.synchronized_output_flag,
    "tree_mode_format": server.tree_mode_format,
    "uid": server.uid,
    "user": server.user,
    "version": server.version,
    "window_active": window.active,
    "window_active_clients": window.active_clients,
    "window_active_clients_list": window.active_clients_list,
    "window_active_sessions": window.active_sessions,
    "window_active_sessions_list": window.active_sessions_list,
    "window_activity": _as_text("window_activity"),
    "window_activity_flag": window.activity_flag,
    "window_bell_flag": window.bell_flag,
    "window_bigger": client.window_bigger,
    "window_cell_height": window.cell_height,
    "window_cell_width": window.cell_width,
    "window_end_flag": window.end_flag,
    "window_flags": window.flags,
    "window_format": window.is_format,
    "window_height": window.height,
    "window_id": window.id_,
    "window_index": window.index,
    "window_last_flag": window.last_flag,
    "window_layout": window.layout,
    "window_linked": window.linked,
    "window_linked_sessions": window.linked_sessions,
    "window_linked_sessions_list": window.linked_sessions_list,
    "window_marked_flag": window.marked_flag,
    "window_name": window.name,
    "window_offset_x": client.window_offset_x,
    "window_offset_y": client.window_offset_y,
    "window_panes": window.panes,
    "window_raw_flags": window.raw_flags,
    "window_silence_flag": window.silence_flag,
    "window_stack_index": window.stack_index,
    "window_start_flag": window.start_flag,
    "window_visible_layout": window.visible_layout,
    "window_width": window.width,
    "window_zoomed_flag": window.zoomed_flag,
    "wrap_flag": screen.wrap_flag,
}


def all_variables(scope: Scope) -> Iterator[tuple[str, str]]:
    """Every variable with a value in `scope`, as display-message -a lists them: the table, then added."""
    for name, text in VARIABLES.items():
        value = text(scope)
        if value is not None:
            yield name, value
    for name, extra in sorted(scope.added().items()):
        yield name, extra_text(extra)
