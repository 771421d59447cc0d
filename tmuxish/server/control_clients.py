"""The clients in control mode among all clients: what the rest of the server asks of them and tells them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tmuxish.control.client import ControlClient
    from tmuxish.control.guards import Guard
    from tmuxish.model.client import Client
    from tmuxish.model.pane import Pane
    from tmuxish.server.connection import Connection
    from tmuxish.server.server import Server


class ControlClients:
    """The part of `Clients` that knows of control mode."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._model = server.model
        self._connections: dict[int, Connection] = {}
        self._controls: dict[int, ControlClient] = {}

    def connection(self, client: Client) -> Connection:
        """The socket behind `client`."""
        return self._connections[client.id]

    def start_control(self, client: Client, *, raw: bool) -> None:
        """The client is in control mode; raw: on a terminal of its own (-CC)."""
        from tmuxish.control.client import ControlClient  # few servers have such clients

        self._controls[client.id] = ControlClient(self._server, client, self.connection(client), raw=raw)

    def control(self, client: Client) -> ControlClient | None:
        """The client's other half, if it is in control mode."""
        return self._controls.get(client.id)

    def controls(self) -> list[ControlClient]:
        """Those of all clients in control mode."""
        return list(self._controls.values())

    def guard(self, client: Client, *, typed: bool) -> Guard | None:
        """Open the block of output of a command that runs for `client`, if it is in control mode."""
        control = self._controls.get(client.id)
        return control.guard(typed=typed) if control is not None else None

    def control_ready(self, client: Client) -> None:
        """It has been attached: its lines are wanted now."""
        control = self._controls.get(client.id)
        if control is not None and not control.leaving:
            control.ready()

    def input_ended(self, client: Client) -> None:
        """A client in control mode has read all its lines."""
        control = self._controls.get(client.id)
        if control is not None:
            control.input_ended()

    def leave_control(self, client: Client, message: str = "", status: int | None = None) -> bool:
        """Have it end, if it is in control mode; False if it is not."""
        control = self._controls.get(client.id)
        if control is None:
            return False
        control.leave(message, status)
        return True

    def pane_output(self, pane: Pane, data: bytes) -> None:
        """A pane's program has printed something: for clients in control mode."""
        if not self._controls:
            return
        for control in self._controls.values():
            control.pane_output(pane, data)

    def flush_output(self) -> None:
        """A pane is about to go: let clients in control mode have what waits, as far as they can take it."""
        for control in self._controls.values():
            control.flush()

    def refuses_output(self, pane: Pane) -> bool:
        """Whether nobody can take more of the pane's output: all who are attached are in control mode, and
        slow or not interested."""
        attached = [
            client
            for client in self._model.clients.values()
            if client.session is not None and not client.leaving
        ]
        return bool(attached) and all(
            (control := self._controls.get(client.id)) is not None and control.output.refuses(pane.id)
            for client in attached
        )
