"""What a client's end of a connection is on this system: for type checkers, never imported at run time."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    from tmuxish.wire.pipe_socket import PipeConnection as Connection
else:
    from _socket import socket as Connection

__all__ = ["Connection"]
