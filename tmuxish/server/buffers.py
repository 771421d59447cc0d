"""Changes to paste buffers: within buffer-limit, and told to those who listen."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tmuxish.model.buffers import Buffer
    from tmuxish.server.server import Server


class PasteBuffers:
    """The operations on paste buffers of one server. Reading them needs only the model."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._buffers = server.model.buffers

    def store(self, data: bytes, name: str | None = None) -> Buffer | None:
        """Keep `data` as a new automatic buffer or under `name`; empty data changes nothing.

        Raises BufferError for a name that cannot be one.
        """
        limit = self._server.model.server_options.get_number("buffer-limit")
        buffer = self._buffers.set(name, data, limit)
        self._tell()
        return buffer

    def add(self, data: bytes, prefix: str) -> None:
        """Keep `data` as a new automatic buffer, `prefix` before its number; empty data changes nothing."""
        limit = self._server.model.server_options.get_number("buffer-limit")
        self._buffers.add(data, limit, prefix)
        self._tell()

    def rename(self, name: str | None, new_name: str | None) -> None:
        """Give a buffer another name. Raises BufferError."""
        self._buffers.rename(name, new_name)
        self._tell()

    def replace(self, buffer: Buffer, data: bytes) -> None:
        """Give a buffer other contents; empty data changes nothing."""
        self._buffers.replace(buffer, data)
        self._tell()

    def delete(self, buffer: Buffer) -> None:
        """Forget it."""
        self._buffers.delete(buffer)
        self._tell()

    def _tell(self) -> None:
        events, self._buffers.events = self._buffers.events, []
        for name, deleted in events:
            self._server.notify("paste-buffer-deleted" if deleted else "paste-buffer-changed", buffer=name)
