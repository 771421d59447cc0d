"""From options to what an emulator may do: the one place that knows which option means which policy."""

from __future__ import annotations

from tmuxish.model.options_table import BY_NAME

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tmuxish.emulator import Emulator
    from tmuxish.model.options import Options
    from tmuxish.model.server import Model


# Options that say for a pane what its emulator may do: those of panes, and those of the server.
PANE_POLICIES = (
    "allow-passthrough",
    "allow-rename",
    "allow-set-title",
    "alternate-screen",
    "cursor-colour",
    "cursor-style",
    "pane-colours",
    "scroll-on-clear",
)
SERVER_POLICIES = (
    "codepoint-widths",
    "extended-keys",
    "get-clipboard",
    "input-buffer-size",
    "set-clipboard",
    "variation-selector-always-wide",
)
POLICY_OPTIONS = frozenset((*PANE_POLICIES, *SERVER_POLICIES))


def apply_policy(emulator: Emulator, options: Options, model: Model) -> None:
    """Bring an emulator up to date with the options of its pane; call it when one of them has changed."""
    policy = emulator.policy
    policy.allow_passthrough = _position(options, "allow-passthrough")
    policy.allow_set_title = options.get_flag("allow-set-title")
    policy.allow_rename = options.get_flag("allow-rename")
    policy.alternate_screen = options.get_flag("alternate-screen")
    policy.scroll_on_clear = options.get_flag("scroll-on-clear")
    policy.cursor_style = _position(options, "cursor-style")
    policy.cursor_colour = options.get_number("cursor-colour")
    colours = options.get_array("pane-colours")
    emulator.palette.defaults = {
        index: int(colour) for index, colour in colours.items() if index < 256
    } or None
    server = model.server_options
    policy.set_clipboard = _position(server, "set-clipboard")
    policy.get_clipboard = _position(server, "get-clipboard")
    policy.extended_keys = _position(server, "extended-keys")
    policy.codepoint_widths = tuple(server.get_strings("codepoint-widths"))
    policy.variation_selector_wide = server.get_flag("variation-selector-always-wide")
    policy.input_buffer_size = server.get_number("input-buffer-size")


def apply_popup_policy(emulator: Emulator, options: Options, model: Model) -> None:
    """The same for what is in a popup, which has no options of its own and nothing to give a title to."""
    apply_policy(emulator, options, model)
    policy = emulator.policy
    policy.allow_set_title = policy.allow_rename = False
    policy.alternate_screen = True


def _position(options: Options, name: str) -> int:
    """Which of its choices a choice option has; emulators number them in the table's order."""
    return BY_NAME[name].choices.index(options.get_string(name))
