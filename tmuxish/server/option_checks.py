"""The checks of option values that need more than the model: keys, commands, styles, shells."""

from __future__ import annotations

from tmuxish.formats.styles import is_style
from tmuxish.grammar.errors import ParseError
from tmuxish.grammar.keys import UNKNOWN, key_to_string, string_to_key
from tmuxish.model.options import OptionError
from tmuxish.model.options_text import Checks
from tmuxish.server import shells

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tmuxish.server.server import Server


def make_checks(server: Server) -> Checks:
    """The checks for values given to this server."""

    def command(text: str) -> str:
        try:
            return str(server.parse_stored(text))
        except ParseError as error:
            raise OptionError(str(error)) from None

    return Checks(_key, command, is_style, shells.is_usable)


def _key(text: str) -> str:
    key = string_to_key(text)
    if key == UNKNOWN:
        raise OptionError(f"bad key: {text}")
    return key_to_string(key)
