"""Editing one line of text with the keys of status-keys, emacs or vi: prompts and whatever else asks.

Pure: keys go in, and what they did comes out. Whoever asks decides what an accepted line means, shows the
line, and completes words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tmuxish.grammar import keys
from tmuxish.grammar.keys import CTRL, MASK_FLAGS, MASK_KEY, META, VI

# What a key did: nothing, moved the cursor or the mode, changed the text, asked for the same text further
# back or forward (incremental prompts), asked for a completion, ended the line.
IGNORED, MOVED, CHANGED, BACKWARD, FORWARD, COMPLETE, ACCEPTED, CANCELLED = range(8)

_DELETE = 0x7F
_KEYPAD = {
    keys.KP_SLASH: "/",
    keys.KP_STAR: "*",
    keys.KP_MINUS: "-",
    keys.KP_SEVEN: "7",
    keys.KP_EIGHT: "8",
    keys.KP_NINE: "9",
    keys.KP_PLUS: "+",
    keys.KP_FOUR: "4",
    keys.KP_FIVE: "5",
    keys.KP_SIX: "6",
    keys.KP_ONE: "1",
    keys.KP_TWO: "2",
    keys.KP_THREE: "3",
    keys.KP_ENTER: "\r",
    keys.KP_ZERO: "0",
    keys.KP_PERIOD: ".",
}


def plain_key(key: int) -> int:
    """A key without what tells it apart when it is sent on; keys of the keypad are characters."""
    key &= ~MASK_FLAGS
    return ord(_KEYPAD[key]) if key in _KEYPAD else key


def literal_char(key: int) -> str | None:
    """The character that a key stands for where keys mean nothing else; None for one that is none."""
    code = key & MASK_KEY
    if code == keys.BSPACE:
        return chr(_DELETE)
    if code > _DELETE:
        return chr(code) if keys.is_unicode(key) else None
    return chr(code & 0x1F if key & CTRL else code)


class LineEditor:
    """A line of text with a cursor.

    chars: one entry per character. index: the character under the cursor. command_mode: vi's, where letters
    are commands. quoting: the next key is text, whatever it is. history: earlier lines, oldest first; may
    grow. yanked: what to paste where nothing was killed (None: nothing). last: what an incremental prompt
    takes up again; None for prompts that are not incremental. erase_ends: backspace in an empty line cancels.
    """

    def __init__(
        self,
        text: str = "",
        *,
        history: Sequence[str] = (),
        yanked: Callable[[], str | None] = lambda: None,
        last: str | None = None,
        erase_ends: bool = False,
    ) -> None:
        self.chars = list(text)
        self.index = len(self.chars)
        self.command_mode = False
        self.quoting = False
        self._history = history
        self._history_index = 0  # lines back from the end; 0: none
        self._yanked = yanked
        self._last = last
        self._erase_ends = erase_ends
        self._killed: list[str] | None = None
        self._separators = ""

    @property
    def text(self) -> str:
        """The line."""
        return "".join(self.chars)

    def replace(self, text: str) -> None:
        """Another text, with the cursor behind it."""
        self.chars = list(text)
        self.index = len(self.chars)

    def restart(self, text: str) -> None:
        """The same, and history begins at its end again."""
        self.replace(text)
        self._history_index = 0

    def press(self, key: int, *, vi: bool, separators: str) -> int:
        """What a key (see `plain_key`) does; `separators` are the punctuation that ends words."""
        if self.quoting:
            char = literal_char(key)
            if char is None:
                return IGNORED
            self.quoting = False
            return self.insert(char)
        self._separators = separators
        if vi:
            translated = self._translate(key)
            if translated is None:
                return IGNORED
            if translated != keys.ANY:
                return self._act(translated)
            return self._append(key)
        return self._act(key)

    def insert(self, text: str) -> int:
        """Put text at the cursor."""
        self.chars[self.index : self.index] = text
        self.index += len(text)
        return CHANGED

    def word_place(self) -> tuple[int, int] | None:
        """Where the word before or around the cursor begins and ends; None behind a blank."""
        at, size = max(self.index - 1, 0), len(self.chars)
        start = end = at
        while start and not self._is_space(start):
            start -= 1
        start = self._skip_spaces(start)
        while end < size and not self._is_space(end):
            end += 1
        while end and self._is_space(end):
            end -= 1
        if end < size:
            end += 1
        return (start, end) if start <= end else None

    def replace_word(self, text: str) -> None:
        """Put another word in the place of that one, and the cursor behind it."""
        place = self.word_place()
        if place is not None:
            self.chars[slice(*place)] = text
            self.index = place[0] + len(text)

    # -- vi ------------------------------------------------------------------------------------

    def _translate(self, key: int) -> int | None:
        """The key of emacs that does the same; ANY: it is text; None: nothing more is to be done."""
        if not self.command_mode:
            if key in _ESCAPES:
                self.command_mode = True
                self.index = max(self.index - 1, 0)
                return None
            return key if key in _VI_ENTRY else keys.ANY
        if key in _VI_TO_ENTRY:
            self.command_mode = False
        return _VI_COMMAND.get(key)

    # -- keys ----------------------------------------------------------------------------------

    def _act(self, key: int) -> int:
        action = _ACTIONS.get(key)
        return self._append(key) if action is None else action(self)

    def _append(self, key: int) -> int:
        if key <= _DELETE:
            return self.insert(chr(key))
        return self.insert(chr(key & MASK_KEY)) if keys.is_unicode(key) else IGNORED

    def _left(self) -> int:
        self.index = max(self.index - 1, 0)
        return MOVED

    def _right(self) -> int:
        self.index = min(self.index + 1, len(self.chars))
        return MOVED

    def _home(self) -> int:
        self.index = 0
        return MOVED

    def _end(self) -> int:
        self.index = len(self.chars)
        return MOVED

    def _complete(self) -> int:
        return COMPLETE

    def _erase(self) -> int:
        if not self.chars and self._erase_ends:
            return CANCELLED
        if self.index == 0:
            return MOVED
        self.index -= 1
        del self.chars[self.index]
        return CHANGED

    def _delete(self) -> int:
        if self.index == len(self.chars):
            return MOVED
        del self.chars[self.index]
        return CHANGED

    def _delete_all(self) -> int:
        self.replace("")
        return CHANGED

    def _delete_rest(self) -> int:
        if self.index == len(self.chars):
            return MOVED
        del self.chars[self.index :]
        return CHANGED

    def _kill_word(self) -> int:
        start = self._word_start(self._separators)
        self._killed = self.chars[start : self.index]
        del self.chars[start : self.index]
        self.index = start
        return CHANGED

    def _yank(self) -> int:
        if self._killed is not None:
            return self.insert("".join(self._killed))
        text = self._yanked()
        return MOVED if text is None else self.insert(text)

    def _transpose(self) -> int:
        end = min(self.index + 1, len(self.chars))
        if end < 2:
            return MOVED
        self.chars[end - 2 : end] = reversed(self.chars[end - 2 : end])
        self.index = end
        return CHANGED

    def _older(self) -> int:
        if self._history_index >= len(self._history):
            return MOVED
        self._history_index += 1
        self.replace(self._history[-self._history_index])
        return CHANGED

    def _newer(self) -> int:
        self._history_index = max(min(self._history_index, len(self._history)) - 1, 0)
        self.replace(self._history[-self._history_index] if self._history_index else "")
        return CHANGED

    def _accept(self) -> int:
        return ACCEPTED

    def _cancel(self) -> int:
        return CANCELLED

    def _quote(self) -> int:
        self.quoting = True
        return MOVED

    def _again(self, outcome: int) -> int:
        if self._last is None:
            return MOVED
        if self.chars:
            return outcome
        self.replace(self._last)
        return CHANGED

    def _backward(self) -> int:
        return self._again(BACKWARD)

    def _forward(self) -> int:
        return self._again(FORWARD)

    # -- words ---------------------------------------------------------------------------------

    def _separates(self, at: int, separators: str) -> bool:
        """Whether a character belongs to words of punctuation; only ASCII does."""
        return at < len(self.chars) and self.chars[at].isascii() and self.chars[at] in separators

    def _is_space(self, at: int) -> bool:
        return at < len(self.chars) and self.chars[at] == " "

    def _skip_spaces(self, at: int) -> int:
        while self._is_space(at):
            at += 1
        return at

    def _word_start(self, separators: str) -> int:
        """Where the word before the cursor begins."""
        at = self.index
        while at:
            at -= 1
            if not self._is_space(at):
                break
        kind = self._separates(at, separators)
        while at and not self._is_space(at - 1) and self._separates(at - 1, separators) == kind:
            at -= 1
        return at

    def _to_word_start(self, separators: str) -> int:
        self.index = self._word_start(separators)
        return CHANGED

    def _to_next_word(self, separators: str, *, vi: bool) -> int:
        """To the beginning of the next word (vi), or the end of this one or the next."""
        at = self.index if vi else self._skip_spaces(self.index)
        if at < len(self.chars):
            kind = self._separates(at, separators) and not self._is_space(at)
            while True:
                at += 1
                if self._is_space(at):
                    at = self._skip_spaces(at) if vi else at
                    break
                if at == len(self.chars) or self._separates(at, separators) != kind:
                    break
        self.index = at
        return CHANGED

    def _to_word_end(self, separators: str) -> int:
        """To the last character of this word, or from there of the next one (vi)."""
        size = len(self.chars)
        at = self._skip_spaces(self.index + 1)
        if at < size:
            kind = self._separates(at, separators)
            while at < size and not self._is_space(at) and self._separates(at, separators) == kind:
                at += 1
            self.index = at - 1
        else:
            self.index = size
        return CHANGED

    def _word_forward(self) -> int:
        return self._to_next_word(self._separators, vi=False)

    def _word_backward(self) -> int:
        return self._to_word_start(self._separators)

    def _vi_word(self) -> int:
        return self._to_next_word(self._separators, vi=True)

    def _vi_space_word(self) -> int:
        return self._to_next_word("", vi=True)

    def _vi_end(self) -> int:
        return self._to_word_end(self._separators)

    def _vi_space_end(self) -> int:
        return self._to_word_end("")

    def _vi_space_back(self) -> int:
        return self._to_word_start("")


def _control(letters: str) -> list[int]:
    return [ord(letter) | CTRL for letter in letters]


_ESCAPES = (keys.ESCAPE, ord("[") | CTRL)
_NEWLINE = 0x0A

_ACTIONS: dict[int, Callable[[LineEditor], int]] = {
    keys.LEFT: LineEditor._left,
    ord("b") | CTRL: LineEditor._left,
    keys.RIGHT: LineEditor._right,
    ord("f") | CTRL: LineEditor._right,
    keys.HOME: LineEditor._home,
    ord("a") | CTRL: LineEditor._home,
    keys.END: LineEditor._end,
    ord("e") | CTRL: LineEditor._end,
    keys.TAB: LineEditor._complete,
    keys.BSPACE: LineEditor._erase,
    ord("h") | CTRL: LineEditor._erase,
    keys.DC: LineEditor._delete,
    ord("d") | CTRL: LineEditor._delete,
    ord("u") | CTRL: LineEditor._delete_all,
    ord("k") | CTRL: LineEditor._delete_rest,
    ord("w") | CTRL: LineEditor._kill_word,
    keys.RIGHT | CTRL: LineEditor._word_forward,
    ord("f") | META: LineEditor._word_forward,
    keys.LEFT | CTRL: LineEditor._word_backward,
    ord("b") | META: LineEditor._word_backward,
    ord("E") | VI: LineEditor._vi_space_end,
    ord("e") | VI: LineEditor._vi_end,
    ord("W") | VI: LineEditor._vi_space_word,
    ord("w") | VI: LineEditor._vi_word,
    ord("B") | VI: LineEditor._vi_space_back,
    keys.UP: LineEditor._older,
    ord("p") | CTRL: LineEditor._older,
    keys.DOWN: LineEditor._newer,
    ord("n") | CTRL: LineEditor._newer,
    ord("y") | CTRL: LineEditor._yank,
    ord("t") | CTRL: LineEditor._transpose,
    keys.ENTER: LineEditor._accept,
    _NEWLINE: LineEditor._accept,
    **dict.fromkeys((*_ESCAPES, *_control("cg")), LineEditor._cancel),
    ord("r") | CTRL: LineEditor._backward,
    ord("s") | CTRL: LineEditor._forward,
    ord("v") | CTRL: LineEditor._quote,
}

# Keys of emacs that work while typing with vi's; all others are text or nothing.
_VI_ENTRY = frozenset(
    (
        *_control("aceghknptuvwy"),
        keys.TAB,
        _NEWLINE,
        keys.ENTER,
        keys.LEFT | CTRL,
        keys.RIGHT | CTRL,
        keys.BSPACE,
        keys.DC,
        keys.DOWN,
        keys.END,
        keys.HOME,
        keys.LEFT,
        keys.RIGHT,
        keys.UP,
    )
)
# Keys in vi's command mode after which text is typed again.
_VI_TO_ENTRY = frozenset(map(ord, "AICsaSi"))
_VI_COMMAND = {
    keys.BSPACE: keys.LEFT,
    ord("S"): ord("u") | CTRL,
    ord("A"): keys.END,
    ord("$"): keys.END,
    ord("I"): keys.HOME,
    ord("0"): keys.HOME,
    ord("^"): keys.HOME,
    ord("C"): ord("k") | CTRL,
    ord("D"): ord("k") | CTRL,
    ord("X"): keys.BSPACE,
    ord("b"): ord("b") | META,
    ord("B"): ord("B") | VI,
    ord("d"): ord("u") | CTRL,
    ord("e"): ord("e") | VI,
    ord("E"): ord("E") | VI,
    ord("w"): ord("w") | VI,
    ord("W"): ord("W") | VI,
    ord("p"): ord("y") | CTRL,
    ord("q"): ord("c") | CTRL,
    ord("s"): keys.DC,
    keys.DC: keys.DC,
    ord("x"): keys.DC,
    keys.DOWN: keys.DOWN,
    ord("j"): keys.DOWN,
    keys.LEFT: keys.LEFT,
    ord("h"): keys.LEFT,
    ord("a"): keys.RIGHT,
    keys.RIGHT: keys.RIGHT,
    ord("l"): keys.RIGHT,
    keys.UP: keys.UP,
    ord("k"): keys.UP,
    **{key: key for key in (*_control("hc"), _NEWLINE, keys.ENTER)},
}
