"""The defaults that depend on who starts the server: the shell, the editor, and keys that suit it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tmuxish.model.options import Options


def set_startup_defaults(
    server: Options,
    session: Options,
    window: Options,
    environment: Mapping[str, str],
    shells: Iterable[str],
    is_shell: Callable[[str], bool],
) -> None:
    """Fill in default-shell, editor, status-keys and mode-keys of the global sets.

    `shells` are tried after $SHELL (the one of the passwd entry); `is_shell` is the check of default-shell.
    """
    for shell in (environment.get("SHELL", ""), *shells):
        if is_shell(shell):
            session.set("default-shell", shell)
            break
    editor = environment.get("VISUAL", environment.get("EDITOR"))
    if editor is not None:
        server.set("editor", editor)
        keys = "vi" if "vi" in editor.rpartition("/")[2] else "emacs"
        session.set("status-keys", keys)
        window.set("mode-keys", keys)
