"""Characters -> tokens of the command language.

Lines are counted as tmux counts them, because users see the numbers: the newline that ends a line counts
once the next token is wanted, unless a comment stood before it; a newline inside quotes or behind a
backslash counts at once.
"""

from __future__ import annotations

from tmuxish.early import pattern
from tmuxish.grammar.errors import LexError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable

# Kinds of tokens. Separators are their own kind.
END = "end"
NEWLINE = "newline"
SEMICOLON = ";"
OPEN = "{"
CLOSE = "}"
WORD = "word"
ASSIGNMENT = "assignment"  # a word of the form NAME=value
FORMAT = "format"  # #{...} behind a directive
DIRECTIVES = {"%hidden": "hidden", "%if": "if", "%else": "else", "%elif": "elif", "%endif": "endif"}
HIDDEN, IF, ELSE, ELIF, ENDIF = DIRECTIVES.values()
_SEPARATORS = frozenset((NEWLINE, SEMICOLON, OPEN, CLOSE))

# Longest name behind `$` or `~`, in characters.
MAX_NAME = 1022

_CONTINUATION = pattern(r"(?<!\\)((?:\\\\)*)\\\n")
_BLANK = pattern(r"[ \t]*")
_UNTIL_BLANK = pattern(r"[^ \t\n]*")
_PLAIN = pattern(r"[^ \t\r\n;}\\~$'\"]+")
_IN_DOUBLE = pattern(r"[^\n\\~$\"]+")
_IN_SINGLE = pattern(r"[^\n']+")
_VARIABLE = pattern(r"[A-Za-z_][A-Za-z0-9_]*")
_BRACED_VARIABLE = pattern(r"[A-Za-z0-9_]*")
_USER = pattern(r"[^/ \t\n\"']*")
_ASSIGNED = pattern(r"[A-Za-z_][A-Za-z0-9_]*=")
_OCTAL = pattern(r"[0-3][0-7][0-7]")
_NAMED_ESCAPES = {
    "a": "\a",
    "b": "\b",
    "e": "\033",
    "f": "\f",
    "s": " ",
    "v": "\v",
    "r": "\r",
    "n": "\n",
    "t": "\t",
}
_HEX_DIGITS = {"u": 4, "U": 8}
_HEXADECIMAL = pattern(r"[0-9A-Fa-f]*")
_LONE_BYTE = pattern("[\udc80-\udcff]")

# What quotes the scanner is in.
_NONE, _DOUBLE, _SINGLE = "", '"', "'"


class Token:
    """kind: see above; text: the word after quotes and expansions, or the separator itself."""

    __slots__ = ("kind", "text")

    def __init__(self, kind: str, text: str = "") -> None:
        self.kind = kind
        self.text = text


class Lexer:
    """Tokens of one text, one at a time: an assignment must take effect before the next word is read.

    environment: looks a variable up. home: the home folder of a user ("" is one's own). Both may give None.
    """

    def __init__(
        self,
        text: str,
        line: int,
        environment: Callable[[str], str | None],
        home: Callable[[str], str | None],
    ) -> None:
        self.line = line
        self._environment = environment
        self._home = home
        self._joints: list[int] = []  # where continued lines were joined, as positions in _text
        self._text = self._join_lines(text)
        self._position = 0
        self._line_ended = False
        self._after_directive = False
        self._ended = False

    def _join_lines(self, text: str) -> str:
        if "\\\n" not in text:
            return text
        removed = 0

        def join(match: re.Match[str]) -> str:
            nonlocal removed
            removed += 2
            self._joints.append(match.end() - removed)
            return match[1]

        return _CONTINUATION.sub(join, text)

    def next(self) -> Token:
        """The next token; raise LexError. An empty LexError means no more than "syntax error"."""
        if self._line_ended:
            self.line += 1
            self._line_ended = False
        after_directive, self._after_directive = self._after_directive, False
        try:
            token = self._scan(after_directive)
        except LexError:
            self._count_joints(self._position)
            raise
        # A word, or the text, is known to end only when what is behind it has been looked at.
        self._count_joints(self._position - (token.kind in _SEPARATORS and token.text != ""))
        return token

    def _count_joints(self, seen: int) -> None:
        if self._joints:
            from bisect import bisect_right  # seldom: few files have lines that go on

            passed = bisect_right(self._joints, seen)
            self.line += passed
            del self._joints[:passed]

    def _scan(self, after_directive: bool) -> Token:
        text = self._text
        while True:
            blank = _BLANK.match(text, self._position)
            assert blank is not None  # it matches nothing, too
            self._position = position = blank.end()
            char = text[position : position + 1]
            if not char:
                if self._ended:
                    return Token(END)
                self._ended = True
                return Token(NEWLINE)
            if char == "\n" or text.startswith("\r\n", position):
                self._position += len(char) if char == "\n" else 2
                self._line_ended = True
                return Token(NEWLINE, "\n")
            if char in ";{}":
                self._position += 1
                return Token(char, char)
            if char == "#":
                if after_directive and text.startswith("#{", position):
                    return self._format()
                newline = text.find("\n", position)
                if newline >= 0:
                    self._position = newline + 1
                    self.line += 1
                    return Token(NEWLINE, "\n")
                self._position = len(text)
                continue
            if char == "%":
                return self._directive()
            word = self._word()
            return Token(ASSIGNMENT if _ASSIGNED.match(word) else WORD, word)

    def _format(self) -> Token:
        """`#{...}` with braces paired; only `#{` opens another pair."""
        text = self._text
        start = position = self._position
        depth = 0
        while True:
            char = text[position : position + 1]
            if char == "#":
                position += 1
                char = text[position : position + 1]
                depth += char == "{"
            elif char == "}":
                depth -= 1
            if not char or char == "\n":
                raise LexError
            position += 1
            if not depth:
                self._position = position
                return Token(FORMAT, text[start:position])

    def _directive(self) -> Token:
        """`%if` and its like; a word of nothing but percent signs and digits (a pane) is a word."""
        match = _UNTIL_BLANK.match(self._text, self._position)
        assert match is not None
        word = match[0]
        self._position = match.end()
        if not word.strip("%0123456789"):
            return Token(WORD, word)
        self._after_directive = True
        kind = DIRECTIVES.get(word)
        if kind is None:
            raise LexError
        return Token(kind, word)

    def _word(self) -> str:
        """One word with its quotes removed and its escapes, variables and `~` expanded."""
        text = self._text
        end = len(text)
        parts: list[str] = []
        quotes = _NONE
        tilde_from = "start"  # the quotes in which the last character was added: `~` counts only in new ones
        while self._position < end:
            position = self._position
            char = text[position]
            plain = (_PLAIN if quotes == _NONE else _IN_DOUBLE if quotes == _DOUBLE else _IN_SINGLE).match(
                text, position
            )
            if plain:
                parts.append(plain[0])
                self._position = plain.end()
                tilde_from = quotes
                continue
            if quotes == _NONE and (char in " \t\n;}" or text.startswith("\r\n", position)):
                break
            if char == quotes or (quotes == _NONE and char in "\"'"):
                quotes = _NONE if quotes else char
                self._position += 1
                continue
            if char == "\n":
                parts.append("\n")
                self._skip_comments_in_quotes()
                continue
            self._position += 1
            if char == "\\":
                parts.append(self._escape())
            elif char == "$":
                parts.append(self._variable())
            elif char == "~" and tilde_from != quotes:
                parts.append(self._tilde())
            else:
                parts.append(char)
            tilde_from = quotes
        return _as_c_string("".join(parts))

    def _skip_comments_in_quotes(self) -> None:
        """Behind a newline inside quotes, blanks and comments (not formats and styles) disappear."""
        text = self._text
        self.line += 1
        blank = _BLANK.match(text, self._position + 1)
        assert blank is not None
        position = blank.end()
        if text.startswith("#", position) and text[position + 1 : position + 2] not in tuple(",#{}:"):
            # The character behind # is skipped unseen, even if it ends the line: an empty comment
            # takes the following line with it.
            newline = text.find("\n", position + 2)
            position = newline if newline >= 0 else len(text)
        self._position = position

    def _escape(self) -> str:
        """What stands behind a backslash."""
        text = self._text
        position = self._position
        char = text[position : position + 1]
        if not char:
            raise LexError
        if char.isdecimal() and char in "01234567":
            octal = _OCTAL.match(text, position)
            if octal is None:
                raise LexError("invalid octal escape")
            self._position = octal.end()
            code = int(octal[0], 8)
            return chr(code) if code < 0x80 else chr(0xDC00 + code)
        self._position += 1
        digits = _HEX_DIGITS.get(char)
        if digits is None:
            return _NAMED_ESCAPES.get(char, char)
        number = text[position + 1 : position + 1 + digits]
        valid = _HEXADECIMAL.match(number)
        assert valid is not None
        self._position = position + 1 + valid.end()
        if valid.end() < digits:
            if valid.end() == len(number) or number[valid.end()] == "\n":
                raise LexError
            raise LexError(f"invalid \\{char} argument")
        code = int(number, 16)
        if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            raise LexError(f"invalid \\{char} argument")
        return chr(code)

    def _variable(self) -> str:
        """`$NAME` or `${NAME}` as the environment has it, nothing if it has not; or a dollar sign."""
        text = self._text
        if self._position == len(text):
            raise LexError
        braced = text[self._position] == "{"
        match = (_BRACED_VARIABLE if braced else _VARIABLE).match(text, self._position + braced)
        if match is None:
            return "$"
        self._position = match.end()
        if len(match[0]) > MAX_NAME:
            raise LexError("environment variable is too long")
        if braced:
            if text[self._position : self._position + 1] != "}":
                raise LexError("invalid environment variable")
            self._position += 1
        return self._environment(match[0]) or ""

    def _tilde(self) -> str:
        match = _USER.match(self._text, self._position)
        assert match is not None
        if len(match[0]) > MAX_NAME:
            raise LexError("user name is too long")
        self._position = match.end()
        home = self._home(match[0])
        if home is None:
            raise LexError
        return home


def _as_c_string(text: str) -> str:
    """Join single bytes given as octal escapes into the characters they form; cut at NUL, as C does."""
    if _LONE_BYTE.search(text):
        text = text.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    nul = text.find("\0")
    return text if nul < 0 else text[:nul]
