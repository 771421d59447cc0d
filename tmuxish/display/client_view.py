"""One attached client: what its terminal is told to show, and what comes back from it.

The view never draws by itself. Its owner says what changed (`mark` for anything but the contents of panes,
which tell their own changes), and calls `render` when the terminal has taken what it was sent before; any
number of changes in between cost nothing.
"""

from __future__ import annotations

import time
from base64 import b64encode
from typing import TYPE_CHECKING, Any, Protocol

from tmuxish.current import Found
from tmuxish.display.compose import Composer
from tmuxish.display.echo import Echo
from tmuxish.display.painter import Painter
from tmuxish.display.status import Message
from tmuxish.display.terminal import Terminal, load_entry
from tmuxish.display.terminal_codes import describe
from tmuxish.display.viewport import Viewport, status_size
from tmuxish.emulator.colours import parse_x11
from tmuxish.features import (
    features_of_primary_da,
    features_of_secondary_da,
    features_of_xtversion,
)
from tmuxish.keys import replies
from tmuxish.keys.decode import Input, KeyDecoder
from tmuxish.keys.sequences import key_sequences

if TYPE_CHECKING:
    from tmuxish.display.frame import Line
    from tmuxish.display.links import Links
    from tmuxish.display.overlay import Overlay
    from tmuxish.display.prompt_line import PromptLine
    from tmuxish.display.viewport import Viewport
    from tmuxish.formats.draw import Range
    from tmuxish.formats.scope import Scope
    from tmuxish.model.client import Client
    from tmuxish.model.pane import Pane
    from tmuxish.model.server import Model
    from tmuxish.model.window import Window

# Seconds in which a terminal is expected to say who it is.
QUERY_TIMEOUT = 5.0
# Seconds after which a terminal of another size is asked for its colours again.
ASK_AGAIN = 30.0

_MOUSE_OFF = "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1005l"
# Theme changes are to be reported, and the theme now.
_THEME_ON, _THEME_OFF = "\x1b[?2031h\x1b[?996n", "\x1b[?2031l"
# mintty: Escape as a sequence of its own.
_APPLICATION_ESCAPE_ON, _APPLICATION_ESCAPE_OFF = "\x1b[?7727h", "\x1b[?7727l"
_ASK_COLOURS = "\x1b]10;?\x1b\\\x1b]11;?\x1b\\"
_ASK_IDENTITY = {replies.PRIMARY_DA: "\x1b[c", replies.SECONDARY_DA: "\x1b[>c", replies.XTVERSION: "\x1b[>q"}


class Server(Protocol):
    """What a view needs of its server."""

    model: Model
    commands_run: int

    def scope(self, found: Found, *, client: Client | None = None, **more: Any) -> Scope: ...


class ClientView:
    """The terminal of one client. Raises TerminalError if it cannot be used."""

    def __init__(self, server: Server, client: Client) -> None:
        self._server = server
        self._client = client
        self.terminal = self._open_terminal()
        options = server.model.server_options
        default_terminal = options.get_string("default-terminal")
        italics = default_terminal != "screen" and not default_terminal.startswith("screen-")
        isolates = self.terminal.utf8 and self.terminal.has("Bidi")
        self._composer = Composer(server.model, client, self._scope, isolates=isolates)
        self._painter = Painter(self.terminal, self._composer.links.get, italics)
        self.echo = Echo(server, self._composer, self._painter)
        self._decoder = KeyDecoder({})
        self._awaited: set[str] = set()
        self._asked_at = 0.0
        self._pending: list[str] = []
        self.learn_keys()

    def _open_terminal(self) -> Terminal:
        client, options = self._client, self._server.model.server_options
        environment: dict[str, str] = {}
        if client.environment is not None:
            for name in ("TERMINFO", "TERMINFO_DIRS", "HOME", "COLORTERM"):
                value = client.environment.value(name)
                if value is not None:
                    environment[name] = value
        terminal = Terminal(
            client.term_name,
            load_entry(client.term_name, environment),
            client.features,
            terminal_features=options.get_strings("terminal-features"),
            terminal_overrides=options.get_strings("terminal-overrides"),
            colorterm=environment.get("COLORTERM", ""),
            utf8=client.utf8,
        )
        client.features = frozenset(terminal.features)
        return terminal

    def _scope(self, pane: Pane | None = None, found: Found | None = None, **more: Any) -> Scope:
        if found is None or not found.is_valid(self._server.model):
            session = self._client.session
            winlink = session.current if session is not None else None
            found = Found(session, winlink, pane)
        return self._server.scope(found, client=self._client, **more)

    # -- output --------------------------------------------------------------------------------

    def start(self) -> bytes:
        """Takes the terminal over: what is sent before the first frame."""
        code, terminal = self.terminal.code, self.terminal
        out = [code("smcup"), code("smkx"), code("clear")]
        if terminal.line_drawing_charset:
            out.append(code("enacs"))
        out.append(code("cnorm"))
        if terminal.has("kmous"):
            out.append(_MOUSE_OFF)
        out.append(code("Enbp"))
        if terminal.vt100_like:
            out.append(_THEME_ON)
            out += _ASK_IDENTITY.values()
            out.append(_ASK_COLOURS)
            self._awaited = {*_ASK_IDENTITY, replies.FOREGROUND, replies.BACKGROUND}
            self._asked_at = time.monotonic()
        out += self._feature_modes()
        self._pending.clear()
        self._painter.restart()
        self._composer.mark()
        return self._encode("".join(out))

    def stop(self) -> bytes:
        """Gives the terminal back as it was."""
        code, terminal = self.terminal.code, self.terminal
        out = [code("csr", 0, self._client.rows - 1)]
        if terminal.line_drawing_charset:
            out.append(code("rmacs"))
        out += [code("sgr0"), code("rmkx"), code("clear"), self._painter.reset_cursor(), code("cnorm")]
        if terminal.has("kmous"):
            out.append(_MOUSE_OFF)
        out.append(code("Dsbp"))
        if terminal.vt100_like:
            out.append(_APPLICATION_ESCAPE_OFF)
        out += [code("Dsfcs"), code("Dseks")]
        if terminal.margins:
            out.append(code("Dsmg"))
        out.append(code("rmcup"))
        if terminal.vt100_like:
            out.append(_THEME_OFF)
        return self._encode("".join(out))

    def blank(self) -> bytes:
        """What leaves the terminal, given back, with an empty screen and nothing to scroll back to."""
        return self._encode("".join(map(self.terminal.code, ("smcup", "clear", "E3"))))

    def render(self) -> bytes:
        """What makes the terminal show the present state; b"" if it does already."""
        self.echo.settle()
        frame = self._composer.compose()
        painted = b"" if frame is None else self._painter.paint(frame)
        if not self._pending:
            return painted
        pending, self._pending = self._pending, []
        return self._encode("".join(pending)) + painted

    def mark(self) -> None:
        """Something other than the contents of panes may have changed: options, layout, status, names."""
        self._composer.mark()

    def redraw(self) -> None:
        """Send everything again, whatever the terminal shows (refresh-client)."""
        self._painter.invalidate()
        self._composer.mark()

    def resized(self) -> None:
        """The terminal has another size, and shows who knows what."""
        self.redraw()

    def clipboard(self, targets: str, data: bytes) -> bytes:
        """What sets the terminal's clipboard."""
        return self._encode(self.terminal.code("Ms", targets, b64encode(data).decode()))

    def clipboard_query(self) -> bytes:
        """What asks the terminal for its clipboard."""
        return self._encode(self.terminal.code("Ms", "", "?"))

    def ask_colours(self, *, soon: bool) -> bytes:
        """What asks the terminal for its colours again; nothing if it cannot tell, or unless `soon` was asked
        not long ago."""
        now = time.monotonic()
        if not self.terminal.vt100_like or (not soon and now - self._asked_at <= ASK_AGAIN):
            return b""
        self._awaited |= {replies.FOREGROUND, replies.BACKGROUND}
        self._asked_at = now
        return self._encode(_ASK_COLOURS)

    def describe(self, number: int) -> list[str]:
        """Everything known of the terminal, as show-messages -T prints it."""
        return describe(self.terminal, number, self._client.name)

    def _encode(self, text: str) -> bytes:
        return text.encode("latin-1", "replace")

    def _feature_modes(self) -> list[str]:
        """Modes to be switched on once the terminal's features are known."""
        options, code = self._server.model.server_options, self.terminal.code
        out = [code("Enmg")] if self.terminal.margins else []
        if options.get_string("extended-keys") != "off":
            out.append(code("Eneks"))
        if options.get_flag("focus-events"):
            out.append(code("Enfcs"))
        if self.terminal.vt100_like:
            out.append(_APPLICATION_ESCAPE_ON)
        return out

    # -- message -------------------------------------------------------------------------------

    @property
    def message(self) -> Message | None:
        """What stands in place of a status line."""
        return self._composer.message

    def show_message(self, text: str, *, styled: bool = True, freeze: bool = True) -> None:
        """Put a message over the status line. freeze: panes stay as they are shown meanwhile."""
        self._composer.message = Message(text, styled)
        self._composer.frozen = freeze
        self._composer.mark()

    def clear_message(self) -> None:
        self._composer.message = None
        self._composer.frozen = False
        self._composer.mark()

    # -- prompt --------------------------------------------------------------------------------

    @property
    def prompt(self) -> PromptLine | None:
        """What is asked in place of a status line; a message hides it."""
        return self._composer.prompt

    def show_prompt(self, prompt: PromptLine | None) -> None:
        """Put a prompt over the status line, or take it away."""
        self._composer.prompt = prompt
        self._composer.mark()

    # -- overlay -------------------------------------------------------------------------------

    @property
    def overlay(self) -> Overlay | None:
        """What lies over everything, and gets the keys."""
        return self._composer.overlay

    def set_overlay(self, overlay: Overlay | None) -> None:
        self._composer.overlay = overlay
        self._composer.mark()

    # -- input ---------------------------------------------------------------------------------

    def feed(self, data: bytes) -> list[Input]:
        """Keys, mouse events, pasted text, and answers of the terminal (to be handed to `take_reply`)."""
        return self._decoder.feed(data)

    def expire(self) -> list[Input]:
        """`delay` is over: what was kept counts as it stands."""
        return self._decoder.expire()

    @property
    def waiting(self) -> bool:
        """Whether the beginning of a sequence is kept, for `delay` milliseconds at most."""
        return self._decoder.waiting

    @property
    def takes_letters(self) -> bool:
        """Whether a byte that may be a key of its own is one now, and nothing that is shown wants it."""
        shown = self._composer
        return (
            shown.overlay is None and shown.prompt is None and shown.message is None and self._decoder.is_idle
        )

    def delay(self, escape_time: int) -> int:
        """Milliseconds after which to call `expire`."""
        self._decoder.reply_due = bool(self._awaited) and time.monotonic() - self._asked_at < QUERY_TIMEOUT
        return self._decoder.delay(escape_time)

    def take_reply(self, reply: replies.Reply) -> None:
        """The terminal said something about itself."""
        kind, value = reply.kind, reply.value
        self._awaited.discard(kind)
        if kind in (replies.FOREGROUND, replies.BACKGROUND) and isinstance(value, str):
            if kind == replies.FOREGROUND:
                self._client.fg = parse_x11(value)
            else:
                self._client.bg = parse_x11(value)
        elif kind == replies.PRIMARY_DA and isinstance(value, list):
            self._add_features(features_of_primary_da(value))
        elif kind == replies.SECONDARY_DA and isinstance(value, list):
            self._add_features(features_of_secondary_da(value))
        elif kind == replies.XTVERSION and isinstance(value, str):
            self._client.term_type = value
            self._add_features(features_of_xtversion(value))
        elif kind == replies.SIZE_PIXELS and isinstance(value, tuple):
            width, height = value
            if isinstance(width, int) and isinstance(height, int):
                self._client.xpixel = width // self._client.cols
                self._client.ypixel = height // self._client.rows

    def _add_features(self, features: frozenset[str]) -> None:
        if self.terminal.add_features(features):
            self._client.features = frozenset(self.terminal.features)
            self._pending += self._feature_modes()
            self._painter.features_changed()
            self._composer.mark()
            self.learn_keys()

    def learn_keys(self) -> None:
        """Know the terminal's keys and those of the option user-keys."""
        user_keys = self._server.model.server_options.get_array("user-keys")
        self._decoder.set_sequences(
            key_sequences(
                self.terminal.capabilities, [(index, str(text)) for index, text in user_keys.items()]
            )
        )

    @property
    def status_lines(self) -> list[Line]:
        """The status lines as they were last drawn, without what may cover them."""
        return self._composer.status.lines

    # -- places --------------------------------------------------------------------------------

    def status_place(self) -> tuple[int | None, int]:
        """The terminal's first row of the status and how many there are; None and 0 without any."""
        session = self._client.session
        if session is None:
            return None, 0
        count = status_size(session.options, self._client.rows)
        if not count:
            return None, 0
        at_top = session.options.get_string("status-position") == "top"
        return (0 if at_top else self._client.rows - count), count

    @property
    def links(self) -> Links:
        """The hyperlinks that are shown."""
        return self._composer.links

    @property
    def viewport(self) -> Viewport:
        """How the terminal is divided, and which part of the window it shows."""
        return self._composer.viewport

    def shows(self, pane: Pane, x: int, y: int) -> bool:
        """Whether no other pane covers that place of the window, which is one of the pane's."""
        return self._composer.shows(pane, x, y)

    def window_status_place(self, index: int) -> tuple[int, int] | None:
        """Where the window with that index stands in the status lines: the first column, and which line."""
        for line, ranges in enumerate(self._composer.status.ranges):
            for found in ranges:
                if found.kind == "window" and found.argument == index:
                    return found.start, line
        return None

    def status_range_at(self, x: int, line: int) -> Range | None:
        """What is drawn at column `x` of a line of the status."""
        return self._composer.status.range_at(x, line)

    def border_range_at(self, pane: Pane, x: int, y: int) -> Range | None:
        """What is drawn at a place of the window, in the status in the pane's border."""
        for owner, found in self._composer.border_rows.ranges.get(y, ()):
            if owner is pane and found.start <= x < found.end:
                return found
        return None

    def window_part(self, window: Window) -> tuple[int, int, int, int]:
        """The part of the window that is shown: first column, first row, columns, rows."""
        at, count = self.status_place()
        viewport = Viewport(self._client.cols, self._client.rows, count, at == 0)
        viewport.follow(self._client, window)  # it may have been moved since it was drawn
        if not viewport.bigger:
            return 0, 0, window.cols, window.rows
        return viewport.x, viewport.y, viewport.cols, max(viewport.body_rows, 0)
