"""What has to happen when an option was changed: most are read where they are needed, some are not.

Every change redraws the attached clients, for most options show somewhere.
"""

from __future__ import annotations

from tmuxish.formats import trim
from tmuxish.model import layout
from tmuxish.server.policy import POLICY_OPTIONS, apply_policy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from tmuxish.server.server import Server


def apply_change(server: Server, name: str) -> None:
    """Act on the change of option `name`, in whichever set it was."""
    if name in POLICY_OPTIONS:
        for pane in server.model.panes.values():
            apply_policy(pane.emulator, pane.options, server.model)
        for view in server.clients.views():
            if view.overlay is not None:
                view.overlay.policy_changed()
    effect = _EFFECTS.get(name)
    if effect is not None:
        effect(server)
    server.surroundings.changed()
    server.clients.redraw_all()


def _rename_windows(server: Server) -> None:
    for window in server.model.windows.values():
        server.windows.schedule_rename(window)


def _limit_histories(server: Server) -> None:
    """history-limit counts for existing panes too. A pane in several sessions follows the last of them."""
    for session in server.model.sorted_sessions():
        limit = session.options.get_number("history-limit")
        for winlink in session.winlinks.values():
            for pane in winlink.window.panes:
                pane.emulator.set_history_limit(limit)


def _fit_layouts(server: Server) -> None:
    """Borders' status lines and scrollbars take room from the panes."""
    for window in server.model.windows.values():
        layout.fix(window)
        server.windows.fit_panes(window)


def _restart_silence(server: Server) -> None:
    for window in server.model.windows.values():
        server.windows.alerts.restart_silence(window)


def _recalculate_sizes(server: Server) -> None:
    server.windows.recalculate_sizes()


def _status(server: Server) -> None:
    """The status lines take other room, or come at other times."""
    server.windows.recalculate_sizes()
    _restart_status(server)


def _restart_status(server: Server) -> None:
    for view in server.clients.views():
        view.status_interval_changed()


def _reset_key_tables(server: Server) -> None:
    for view in server.clients.views():
        view.key_table_changed()


def _learn_user_keys(server: Server) -> None:
    for view in server.clients.views():
        view.screen.learn_keys()


def _use_widths(server: Server) -> None:
    """Emulators follow by their policy; formats have one table for all."""
    trim.use_widths(tuple(server.model.server_options.get_strings("codepoint-widths")))


def _forget_parsed(server: Server) -> None:
    server.forget_parsed()


def _end_unattached(server: Server) -> None:
    server.sessions.destroy_unattached_changed()


def _check_exit(server: Server) -> None:
    server.check_exit()


_EFFECTS: dict[str, Callable[[Server], None]] = {
    "aggressive-resize": _recalculate_sizes,
    "automatic-rename": _rename_windows,
    "codepoint-widths": _use_widths,
    "command-alias": _forget_parsed,
    "destroy-unattached": _end_unattached,
    "exit-empty": _check_exit,
    "exit-unattached": _check_exit,
    "history-limit": _limit_histories,
    "key-table": _reset_key_tables,
    "monitor-silence": _restart_silence,
    "pane-border-status": _fit_layouts,
    "pane-scrollbars": _fit_layouts,
    "pane-scrollbars-position": _fit_layouts,
    "pane-scrollbars-style": _fit_layouts,
    "status": _status,
    "status-interval": _restart_status,
    "user-keys": _learn_user_keys,
    "window-size": _recalculate_sizes,
}
