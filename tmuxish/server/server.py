"""The server: the model, the loop, and the managers that change things.

Everything that commands may do to the world is reached from here, so that a command needs no import of
this package.
"""

from __future__ import annotations

import os
import sys
import time

from tmuxish import commands as registry
from tmuxish import users
from tmuxish.grammar.errors import ParseError
from tmuxish.grammar.nodes import CommandList
from tmuxish.grammar.parser import ParseContext, parse_argv, parse_text
from tmuxish.model.options_startup import set_startup_defaults
from tmuxish.model.server import Model
from tmuxish.pty import default_backend
from tmuxish.server import shells
from tmuxish.server.access import Access
from tmuxish.server.buffers import PasteBuffers
from tmuxish.server.children import Children
from tmuxish.server.clients import Clients
from tmuxish.server.config import show_errors
from tmuxish.server.connection import Connection
from tmuxish.server.hooks import Hooks
from tmuxish.server.jobs import Jobs
from tmuxish.server.later import Later
from tmuxish.server.log import log
from tmuxish.server.loop import Loop
from tmuxish.server.panes import Panes
from tmuxish.server.queue import CommandQueue
from tmuxish.server.sessions import Sessions
from tmuxish.server.surroundings import Surroundings
from tmuxish.server.windows import Windows
from tmuxish.targets import Found, from_client, from_pane, from_session, from_window, from_winlink

if sys.platform == "win32":
    from tmuxish.wire.pipe_listener import peer_pid, show_attached
else:
    from tmuxish.wire.unix_listener import peer_pid, show_attached

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from tmuxish.formats.scope import Scope
    from tmuxish.grammar.nodes import ParsedCommand
    from tmuxish.host import Facts
    from tmuxish.model.client import Client
    from tmuxish.model.options import Options
    from tmuxish.model.pane import Pane
    from tmuxish.model.session import Session
    from tmuxish.model.window import Window

    if sys.platform == "win32":
        from tmuxish.wire.pipe_channel import PipeChannel as Peer
    else:
        from _socket import socket as Peer

# Seconds that a new server waits for the client that started it.
FIRST_CLIENT_LIMIT = 10
# Seconds after which a server that lives on begins to load them and all commands, and between two of them.
LOAD_DELAY = 60.0
LOAD_INTERVAL = 0.02
# Seconds that clients in control mode have to take their last lines, and between two looks whether they have.
FINISH_LIMIT = 5.0
FINISH_INTERVAL = 0.05
# What tmux prints for the file of a command that is in none, as a hook is.
NO_FILE = "(null)"
# The key of byte 0x7f, whose name, read as a key, would be another one: Ctrl and a question mark.
DEL = 0x7F
DEL_NAME = "C-?"
# Stored command texts (hooks, bindings) whose parsed form is kept.
PARSE_CACHE_SIZE = 512
# Not kept with one of these: variables, assignments and conditions may mean something else the next time.
UNCACHED = frozenset("$=%~")


class Server(Later):
    """One running server."""

    def __init__(self, socket_path: str, start_folder: str | None = None) -> None:
        """start_folder: where it was started, if it is not there any more."""
        self.model = Model(socket_path)
        self.commands = registry.TABLE
        self.loop = Loop()
        self.home = users.own_home()
        self.start_folder = start_folder or _start_folder()
        self.log = log
        self.children = Children()
        self.children_changed = self.children.reap
        self.pty = default_backend(self.children, self.loop.call_soon_threadsafe)
        self.hooks = Hooks(self)
        self.jobs = Jobs(self)
        self.panes = Panes(self)
        self.windows = Windows(self)
        self.sessions = Sessions(self)
        self.clients = Clients(self)
        self.surroundings = Surroundings(self)
        self.buffers = PasteBuffers(self)
        self.access = Access(self)
        self.queue = CommandQueue(self, None)
        self._greeted = False  # a client has connected, or none is expected any more
        self._expected: int | None = None  # who is to be the first, if not anybody
        self.listen_no_more: Callable[[], None] = lambda: None  # set by who listens
        self.ready = False  # the configuration files have been read
        self.exiting = False
        self.commands_run = 0  # who keeps what commands may change can tell by this that none has run since
        self._waiting_for_config: list[Callable[[], None]] = []
        self._parsed: dict[tuple[str, str | None, int], CommandList] = {}
        self.stopping_connection: Connection | None = None  # the client of kill-server gets its answer
        self._next_message = 0
        self._command_number = 0
        self.config_errors: list[str] = []
        for name, value in os.environ.items():
            self.model.environment.set(name, value)
        self.model.environment.set("PWD", self.start_folder)
        set_startup_defaults(
            self.model.server_options,
            self.model.session_options,
            self.model.window_options,
            os.environ,
            shells.candidates(),
            shells.is_usable,
        )

    # -- connections ---------------------------------------------------------------------------

    def accepted(self, sock: Peer) -> None:
        """A client process has connected."""
        if self._expected is None or self._expected == peer_pid(sock):
            self._greeted = True
        # After what is still to be done for those who came before.
        self.loop.call_soon(Connection(self, sock).begin)

    def expect(self, pid: int) -> None:
        """Do not end for want of sessions before that process has been here: it has started the server."""
        self._expected = pid

    def when_configured(self, action: Callable[[], None]) -> None:
        """Run `action` once the configuration has been read: now, mostly."""
        if self.ready:
            action()
        else:
            self._waiting_for_config.append(action)

    def configured(self) -> None:
        """The configuration has been read: let the waiting clients go on."""
        self.ready = True
        if self.model.server_options.get_string("history-file"):
            from tmuxish.server import prompt_history

            prompt_history.load(self)
        waiting, self._waiting_for_config = self._waiting_for_config, []
        for action in waiting:
            action()
        self.loop.call_later(FIRST_CLIENT_LIMIT, self._expect_client)
        self.loop.call_later(LOAD_DELAY, lambda: self._load_next(self.left_for_later()))

    def _load_next(self, rest: Iterator[object]) -> None:
        if next(rest, None) is not None:
            self.loop.call_later(LOAD_INTERVAL, lambda: self._load_next(rest))

    def _expect_client(self) -> None:
        """Nobody came: whoever started the server has been killed on the way."""
        self._greeted = True
        self.check_exit()

    # -- language ------------------------------------------------------------------------------

    def parse_context(self) -> ParseContext:
        """What the grammar must know of the world."""
        environment = self.model.environment
        return ParseContext(
            registry.TABLE,
            alias=self.command_alias,
            environment=environment.value,
            assign=lambda name, value, hidden: environment.set(name, value, hidden=hidden),
            expand=lambda text: self.expand(text, self.found_for()),
            home=self.home_of,
        )

    def parse_argv(self, argv: list[str]) -> CommandList:
        """The commands of one call; without arguments, default-client-command. Raises ParseError."""
        if not argv:
            return self.parse_stored(self.model.server_options.get_string("default-client-command"))
        return parse_argv(argv, context=self.parse_context())

    def parse_line(self, text: str) -> CommandList:
        """The commands of a line from a client in control mode. Raises ParseError."""
        return parse_text(text, context=self.parse_context())

    def next_command_number(self) -> int:
        """What tells the commands apart whose output is marked in control mode."""
        self._command_number += 1
        return self._command_number

    def parse_stored(self, text: str, file: str | None = None, line: int = 1) -> CommandList:
        """The commands of a text kept somewhere (hook, binding, option, argument); cached. Raises ParseError.

        file, line: where the command stands whose argument it is, if in a file: errors name it.
        """
        place = (text, file, line if file else 1)
        parsed = self._parsed.get(place)
        if parsed is None:
            parsed = parse_text(text, context=self.parse_context(), file=file, line=place[2])
            if not UNCACHED.isdisjoint(text):
                return parsed
            if len(self._parsed) >= PARSE_CACHE_SIZE:
                self._parsed.clear()
            self._parsed[place] = parsed
        return parsed

    def forget_parsed(self) -> None:
        """Parse stored texts again: what aliases stand for has changed."""
        self._parsed.clear()

    def parse_file(
        self,
        text: str,
        path: str,
        *,
        parse_only: bool = False,
        verbose: Callable[[str], None] | None = None,
    ) -> CommandList:
        """The commands of a configuration file; its lines fail one by one. Raises ParseError.

        parse_only: make no assignments. verbose: called with each line as it is understood.
        """
        return parse_text(
            text,
            context=self.parse_context(),
            file=path,
            one_group=False,
            parse_only=parse_only,
            verbose=verbose,
        )

    def home_of(self, user: str) -> str | None:
        """A user's home folder; "" means our own, which the global environment may change."""
        if not user:
            return self.model.environment.value("HOME") or self.home
        return users.home_of(user)

    def command_alias(self, name: str) -> str | None:
        """What the command-alias option puts in place of `name`."""
        for entry in self.model.server_options.get_strings("command-alias"):
            alias, equals, text = entry.partition("=")
            if equals and alias == name:
                return text
        return None

    # -- formats -------------------------------------------------------------------------------

    def scope(
        self, found: Found, *, client: Client | None = None, facts: Facts | None = None, **more: Any
    ) -> Scope:
        """What a format sees. `facts` about programs may be shared by the lines of one listing."""
        from tmuxish.formats.scope import Scope

        return Scope(
            self.model,
            client,
            found.session,
            found.winlink,
            found.pane,
            host=facts if facts is not None else self.facts(),
            jobs=self.jobs,
            **more,
        )

    def facts(self) -> Facts:
        """What the system knows about the programs in panes, read at most once per pane and listing."""
        from tmuxish.host import Facts

        return Facts(self.panes.process_of, self.panes.processes)

    def found_for(
        self,
        session: Session | None = None,
        window: Window | None = None,
        pane: Pane | None = None,
        client: Client | None = None,
    ) -> Found:
        """The whole of session, window and pane that one of them stands for."""
        found: Found | None = None
        if session is not None and window is not None and (winlink := session.winlink_of(window)) is not None:
            found = from_winlink(winlink)
        elif session is not None and session.current is not None:
            found = from_session(session)
        elif pane is not None:
            found = from_pane(self.model, pane)
        elif window is not None:
            found = from_window(self.model, window)
        found = found or from_client(self.model, client) or Found(session)
        if pane is not None:
            found.pane = pane
        return found

    def expand(
        self, template: str, found: Found, client: Client | None = None, facts: Facts | None = None
    ) -> str:
        """A format for the server's own needs (titles, names, status)."""
        from tmuxish.formats.expand import expand

        return expand(template, self.scope(found, client=client, facts=facts))

    # -- telling people ------------------------------------------------------------------------

    def print_to(self, client: Client | None, text: str) -> None:
        """Output of a command: to a command's stdout, or in place of the active pane of who is attached."""
        if client is None or client.id not in self.model.clients:
            return
        if client.session is None and not client.control:
            self.clients.connection(client).print(text)
        else:
            self.clients.show_output(client, text)

    def print_bytes_to(self, client: Client | None, data: bytes) -> None:
        """The same for bytes that are no text of ours."""
        if client is None:
            return
        control = self.clients.control(client)
        if control is not None:
            control.line_of_bytes(data.removesuffix(b"\n"))
        elif client.session is None:
            self.clients.connection(client).print_bytes(data)
        else:
            self.clients.show_output(client, data.decode("utf-8", "surrogateescape"))

    def report_error(self, client: Client | None, text: str, file: str | None = None, line: int = 0) -> None:
        """A command failed: to its stderr, the status line, or the list of configuration errors."""
        if client is None:
            self.config_errors.append(f"{file}:{line}: {text}" if file else f"{NO_FILE}:0: {text}")
            self.log(f"error: {text}")
        elif client.id not in self.model.clients:
            self.log(f"error for a client that has gone: {text}")
        elif (control := self.clients.control(client)) is not None:
            self.add_message(f"{client.name} message: {text}")
            control.print(text)
            self.clients.connection(client).status = 1
        elif client.session is None:
            self.add_message(f"{client.name} message: {text}")
            self.clients.connection(client).error(text)
        else:
            self.clients.message(client, text[:1].upper() + text[1:])

    def print_config_errors(self, client: Client | None) -> None:
        """Tell `client` what went wrong in configuration files, and forget it."""
        errors, self.config_errors = self.config_errors, []
        control = self.clients.control(client) if client is not None else None
        for text in errors:
            if control is not None:
                control.line(f"%config-error {text}")
            else:
                self.print_to(client, text)

    def show_config_errors(self, session: Session | None = None) -> None:
        """Show what went wrong in configuration files to who looks at `session`: see config.show_errors."""
        show_errors(self, session)

    def option_changed(self, name: str) -> None:
        """An option was set or unset: act on it where it is not just read the next time."""
        self.hooks.option_changed(name)
        from tmuxish.server.option_effects import apply_change

        apply_change(self, name)

    def record_command(self, client: Client | None, command: ParsedCommand, event: Any = None) -> None:
        """Keep the command in the message log (show-messages), and which key it came from, if any."""
        if not self.ready:
            return
        if client is None:
            self.add_message(f"command: {command}")
            return
        user = "" if client.uid == users.own_uid() else f"[{users.name_of(client.uid) or 'unknown'}]"
        cause = "command"
        if client.session is not None and event is not None:
            from tmuxish.grammar.keys import NONE, key_to_string

            if event.key != NONE:
                cause = f"key {key_to_string(event.key)}"
        self.add_message(f"{client.name}{user} {cause}: {command}")

    def add_message(self, text: str) -> None:
        """Add to the message log, which message-limit bounds."""
        self._next_message += 1
        messages = self.model.messages
        messages.append((time.time(), self._next_message, text))
        limit = self.model.server_options.get_number("message-limit")
        if len(messages) > limit:
            del messages[: len(messages) - limit]

    def notify(self, name: str, **subjects: Any) -> None:
        """Something happened to the model: see Hooks.notify."""
        self.hooks.notify(name, **subjects)

    def queue_of(self, client: Client | None) -> CommandQueue:
        """Where commands on behalf of `client` run."""
        if client is None or client.id not in self.model.clients:
            return self.queue
        return self.clients.connection(client).queue

    # -- facts for panes -----------------------------------------------------------------------

    def pane_term(self) -> str:
        """TERM of a new pane: default-terminal, or the best entry that this host has."""
        from tmuxish.server.terms import best_term

        return best_term(self.model.server_options.get_string("default-terminal"))

    def key_option(self, options: Options, name: str) -> int:
        """The key that an option names."""
        return _key(options.get_string(name))

    def backspace_key(self) -> int:
        """The key that Backspace sends: DEL, unless the option names another."""
        name = self.model.server_options.get_string("backspace")
        return DEL if name == DEL_NAME else _key(name)

    def erase_byte(self) -> int:
        """What the pty's erase character is to be (the backspace option)."""
        return min(self.backspace_key(), DEL)

    def update_socket(self) -> None:
        """Let the socket's mode say whether anybody is attached."""
        if not self.exiting:  # or it may be another server's by now
            attached = any(client.attached for client in self.model.clients.values())
            show_attached(self.model.socket_path, attached)

    # -- the end -------------------------------------------------------------------------------

    def check_exit(self, leaving: Connection | None = None) -> None:
        """End the server when nothing is left to serve, as exit-empty and exit-unattached say.

        `leaving` is a client that is about to be told that it may go.
        """
        if not self.ready or self.exiting or not self._greeted:
            return
        options = self.model.server_options
        if not options.get_flag("exit-empty") and not options.get_flag("exit-unattached"):
            return
        if not options.get_flag("exit-unattached") and self.model.sessions:
            return
        if any(client.attached for client in self.model.clients.values()):
            return
        if self.clients.busy(but=leaving) or self.jobs.running():
            return
        self.stop(asked_by=None if leaving is None else leaving.client)

    def stop(self, asked_by: Client | None = None) -> None:
        """End: clients are told, programs hung up, the loop left. `asked_by` still gets its answer."""
        if self.exiting:
            return
        self.exiting = True
        show_attached(self.model.socket_path, attached=False)  # as long as it is ours for sure
        self.listen_no_more()
        deadline = self.loop.now() + FINISH_LIMIT
        try:
            self._end_everything(asked_by)
        finally:
            # Whatever goes wrong, the server ends, and with it what holds the panes' programs. What all that
            # has led to is told before.
            self.loop.call_soon(lambda: self._finish(deadline))

    def _end_everything(self, asked_by: Client | None) -> None:
        if asked_by is not None:
            self.stopping_connection = self.clients.connection(asked_by)
        if self.model.server_options.get_string("history-file"):
            from tmuxish.server import prompt_history

            prompt_history.save(self)
        self.jobs.kill_all()
        self.clients.server_exited()  # first, or a client would be told that its session is gone
        for session in list(self.model.sessions.values()):
            self.sessions.destroy(session)
        self.panes.shutdown()

    def _finish(self, deadline: float) -> None:
        """Leave the loop as soon as clients in control mode have been sent their last lines."""
        controls = self.clients.controls()
        for control in controls:
            control.leave_now()
        if any(control.sending for control in controls) and self.loop.now() < deadline:
            self.loop.call_later(FINISH_INTERVAL, lambda: self._finish(deadline))
        else:
            self.loop.stop()


def _key(name: str) -> int:
    from tmuxish.grammar.keys import string_to_key

    return string_to_key(name)


def _start_folder() -> str:
    """Where the server was started: $PWD if that is the same folder (it keeps symbolic links)."""
    named = os.environ.get("PWD")
    try:
        if named and os.path.exists(named) and os.path.samefile(named, "."):
            return named
        return os.getcwd()
    except OSError:  # deleted
        return "/"


__all__ = ["ParseError", "Server"]
