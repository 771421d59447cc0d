"""Which users may use the server besides its own and root: the list that server-access changes."""

from __future__ import annotations

from tmuxish import users

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tmuxish.server.server import Server


class Access:
    """The users of one server, by uid."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._writes = {users.ROOT: True, users.own_uid(): True}

    def allows(self, uid: int) -> bool:
        """Whether that user may connect."""
        return uid in self._writes

    def writes(self, uid: int) -> bool:
        """Whether that user may do more than look."""
        return self._writes[uid]

    def allow(self, uid: int) -> None:
        self._writes.setdefault(uid, True)

    def deny(self, uid: int) -> None:
        """Send the user's clients away and let no more in."""
        del self._writes[uid]
        for client in list(self._server.model.clients.values()):
            if client.uid == uid:
                self._server.clients.dismiss(client, "access not allowed")

    def set_writes(self, uid: int, writes: bool) -> None:
        """Let the user only look, or do everything; also those of the user's clients that are here."""
        self._writes[uid] = writes
        for client in self._server.model.clients.values():
            if client.uid == uid:
                client.set_readonly(not writes)

    def listed(self) -> list[tuple[str, bool]]:
        """Name and whether it writes of each user but root."""
        return [
            (users.name_of(uid) or "unknown", writes) for uid, writes in sorted(self._writes.items()) if uid
        ]
