"""The byte sequences terminals send for keys: those every terminal may send, and what terminfo adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tmuxish.grammar.keys import (
    BTAB,
    CTRL,
    CURSOR,
    DC,
    DOWN,
    END,
    ESCAPE,
    F1,
    F11,
    FOCUS_IN,
    FOCUS_OUT,
    HOME,
    IC,
    IMPLIED_META,
    KEYPAD,
    KP_EIGHT,
    KP_ENTER,
    KP_FIVE,
    KP_FOUR,
    KP_MINUS,
    KP_NINE,
    KP_ONE,
    KP_PERIOD,
    KP_PLUS,
    KP_SEVEN,
    KP_SIX,
    KP_SLASH,
    KP_STAR,
    KP_THREE,
    KP_TWO,
    KP_ZERO,
    LEFT,
    META,
    NPAGE,
    PASTE_END,
    PASTE_START,
    PPAGE,
    REPORT_DARK_THEME,
    REPORT_LIGHT_THEME,
    RIGHT,
    SHIFT,
    TAB,
    TYPE_USER,
    UP,
)

ALT = META | IMPLIED_META

# Parameter of an xterm key (CSI 1 ; n A) -> modifiers.
XTERM_MODIFIERS = {
    2: SHIFT,
    3: ALT,
    4: SHIFT | ALT,
    5: CTRL,
    6: SHIFT | CTRL,
    7: ALT | CTRL,
    8: SHIFT | ALT | CTRL,
    9: ALT,
}

ARROWS = {"A": UP, "B": DOWN, "C": RIGHT, "D": LEFT}
# Keys in CSI 1 ; n letter, and in CSI number ; n ~.
FINAL_LETTERS = {**ARROWS, "H": HOME, "F": END}
TILDE_NUMBERS = {2: IC, 3: DC, 5: PPAGE, 6: NPAGE}
# Numbers of F1 to F12 in CSI n ~ (gaps are historic).
FUNCTION_NUMBERS = (11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24)
# rxvt: shifted F1 to F10 in CSI n ~.
_RXVT_SHIFTED = (23, 24, 25, 26, 28, 29, 31, 32, 33, 34)

# Keypad key -> what it sends in numeric mode, then the letter of its application sequence.
KEYPAD_KEYS = {
    KP_SLASH: "/o", KP_STAR: "*j", KP_MINUS: "-m", KP_SEVEN: "7w", KP_EIGHT: "8x", KP_NINE: "9y",
    KP_PLUS: "+k", KP_FOUR: "4t", KP_FIVE: "5u", KP_SIX: "6v", KP_ONE: "1q", KP_TWO: "2r", KP_THREE: "3s",
    KP_ENTER: "\nM", KP_ZERO: "0p", KP_PERIOD: ".n",
}  # fmt: skip


def xterm_sequences() -> dict[str, int]:
    """Keys with modifiers as xterm sends them."""
    found: dict[str, int] = {}
    for parameter, modifiers in XTERM_MODIFIERS.items():
        for index, letter in enumerate("PQRS"):
            for template in ("\x1b[1;{}", "\x1bO1;{}", "\x1bO{}"):
                found[template.format(parameter) + letter] = F1 + index | modifiers
        for number, key in zip(FUNCTION_NUMBERS[4:], range(F1 + 4, F1 + 12), strict=True):
            found[f"\x1b[{number};{parameter}~"] = key | modifiers
        for letter, key in FINAL_LETTERS.items():
            found[f"\x1b[1;{parameter}{letter}"] = key | modifiers
        for number, key in TILDE_NUMBERS.items():
            found[f"\x1b[{number};{parameter}~"] = key | modifiers
    return found


def _rxvt_sequences() -> dict[str, int]:
    found: dict[str, int] = {}
    for letter, key in ARROWS.items():
        found["\x1bO" + letter.lower()] = key | CTRL
        found["\x1b[" + letter.lower()] = key | SHIFT
    for index, number in enumerate(FUNCTION_NUMBERS[:10]):
        found[f"\x1b[{number}~"] = F1 + index
    for index, number in enumerate(_RXVT_SHIFTED):
        found[f"\x1b[{number}~"] = F1 + index | SHIFT
    found["\x1b[23$"], found["\x1b[24$"] = F11 | SHIFT, F11 + 1 | SHIFT
    for index, number in enumerate(FUNCTION_NUMBERS):
        found[f"\x1b[{number}^"] = F1 + index | CTRL
        found[f"\x1b[{number}@"] = F1 + index | CTRL | SHIFT
    return found


def raw_sequences() -> dict[str, int]:
    """Keys whatever the terminal is: VT100 keypad and arrows, rxvt, focus, paste and theme reports."""
    found = {"\x1bO[": ESCAPE}
    found.update({"\x1bO" + sent[1]: key | KEYPAD for key, sent in KEYPAD_KEYS.items()})
    for introducer in ("\x1bO", "\x1b["):
        for letter, key in ARROWS.items():
            found[introducer + letter] = key | CURSOR
            # Escape before an arrow stays Escape and arrow: it is not the xterm key with Meta.
            found["\x1b" + introducer + letter] = key | CURSOR | META
        for letter, key in (("H", HOME), ("F", END)):
            found[introducer + letter] = key
            found["\x1b" + introducer + letter] = key | ALT
    found.update(_rxvt_sequences())
    found.update(
        {
            "\x1b[I": FOCUS_IN,
            "\x1b[O": FOCUS_OUT,
            "\x1b[200~": PASTE_START | IMPLIED_META,
            "\x1b[201~": PASTE_END | IMPLIED_META,
            "\x1b[1;5Z": TAB | CTRL | SHIFT,
            "\x1b[?997;1n": REPORT_DARK_THEME,
            "\x1b[?997;2n": REPORT_LIGHT_THEME,
        }
    )
    return found


def _modified_capabilities() -> dict[str, int]:
    """Capabilities of keys with modifiers: kUP5 is C-Up."""
    found: dict[str, int] = {}
    names = {
        "kDC": DC, "kDN": DOWN, "kEND": END, "kHOM": HOME, "kIC": IC, "kLFT": LEFT, "kNXT": NPAGE,
        "kPRV": PPAGE, "kRIT": RIGHT, "kUP": UP,
    }  # fmt: skip
    for name, key in names.items():
        for parameter in range(2, 8):
            found[name if parameter == 2 else f"{name}{parameter}"] = key | XTERM_MODIFIERS[parameter]
    return found


# Capability -> key. Later entries win where two capabilities have the same sequence.
TERMINFO_KEYS: dict[str, int] = {
    **{
        f"kf{n}": F1 + (n - 1) % 12 | (0, SHIFT, CTRL, SHIFT | CTRL, ALT, ALT | SHIFT)[(n - 1) // 12]
        for n in range(1, 64)
    },
    "kich1": IC,
    "kdch1": DC,
    "khome": HOME,
    "kend": END,
    "knp": NPAGE,
    "kpp": PPAGE,
    "kcbt": BTAB,
    "kcuu1": UP | CURSOR,
    "kcud1": DOWN | CURSOR,
    "kcub1": LEFT | CURSOR,
    "kcuf1": RIGHT | CURSOR,
    "kind": DOWN | SHIFT,
    "kri": UP | SHIFT,
    **_modified_capabilities(),
}


def key_sequences(
    capabilities: Mapping[str, str | int | bool], user_keys: Iterable[tuple[int, str]] = ()
) -> dict[bytes, int]:
    """Every sequence known for one terminal. `user_keys`: number and sequence, option `user-keys`."""
    found = xterm_sequences()
    found.update(raw_sequences())
    for name, key in TERMINFO_KEYS.items():
        sequence = capabilities.get(name)
        if isinstance(sequence, str) and sequence:
            found[sequence] = key
    for number, sequence in user_keys:
        if sequence:
            found[sequence] = TYPE_USER | number
    return {sequence.encode("latin-1", "ignore"): key for sequence, key in found.items()}
