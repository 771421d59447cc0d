"""What the emulator must know of its surroundings: options, the clients' colours, pixel sizes.

Plain attributes, set by the owner whenever an option or a client changes; the emulator only reads them.
"""

from __future__ import annotations

from .colours import NONE

#: Values of allow_passthrough and set_clipboard.
OFF, ON, ALL = 0, 1, 2
CLIPBOARD_OFF, CLIPBOARD_EXTERNAL, CLIPBOARD_ON = 0, 1, 2

#: Values of get_clipboard: no answer; the newest buffer; ask a client; ask it and keep what it says.
GET_OFF, GET_BUFFER, GET_REQUEST, GET_BOTH = 0, 1, 2, 3

#: Bytes an OSC, DCS, APC or title string may have before it is thrown away (option input-buffer-size).
INPUT_BUFFER_SIZE = 1048576


class Policy:
    """Options and facts the answers of the emulator depend on, with tmux's defaults."""

    __slots__ = (
        "allow_passthrough",
        "allow_rename",
        "allow_set_title",
        "alternate_screen",
        "bg",
        "cell_height",
        "cell_width",
        "codepoint_widths",
        "control_bg",
        "control_fg",
        "cursor_colour",
        "cursor_style",
        "extended_keys",
        "fg",
        "get_clipboard",
        "input_buffer_size",
        "scroll_on_clear",
        "set_clipboard",
        "theme",
        "variation_selector_wide",
        "version",
    )

    def __init__(self) -> None:
        #: Option allow-passthrough: 0 off, 1 on, 2 all.
        self.allow_passthrough: int = OFF
        self.allow_set_title: bool = True
        self.allow_rename: bool = False
        self.alternate_screen: bool = True
        #: Option set-clipboard: 0 off, 1 external, 2 on. Programs may set it only if 2.
        self.set_clipboard: int = CLIPBOARD_EXTERNAL
        self.get_clipboard: int = GET_BUFFER
        self.scroll_on_clear: bool = True
        #: Option extended-keys: 0 off, 1 on, 2 always.
        self.extended_keys: int = OFF
        self.variation_selector_wide: bool = True
        self.codepoint_widths: tuple[str, ...] = ()
        self.version: str = "3.7c"
        #: What OSC 10 and 11 queries are answered with where the program set no colour itself: the
        #: pane's style, else the client's colour, else NONE (then no answer).
        self.fg: int = NONE
        self.bg: int = NONE
        #: What they are answered with whatever the program set, unless NONE: a client in control mode knows.
        self.control_fg: int = NONE
        self.control_bg: int = NONE
        #: "dark", "light" or "": what the clients say; the pane's background comes first.
        self.theme: str = ""
        #: Option cursor-style as a DECSCUSR number, 0..6, and cursor-colour or NONE.
        self.cursor_style: int = 0
        self.cursor_colour: int = NONE
        #: Pixels of one character cell, for XTWINOPS.
        self.cell_width: int = 16
        self.cell_height: int = 32
        self.input_buffer_size: int = INPUT_BUFFER_SIZE
