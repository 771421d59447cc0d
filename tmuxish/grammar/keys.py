"""Keys as integers, and their names in the command language.

A key is one int, so that tables are dicts and modifiers are bits:

    bits 0-31   a code: a Unicode code point, the number of a user or special key, or, for the mouse,
                button << 8 | location
    bits 32-39  the type of key, which says how to read the code
    bits 40-47  modifiers: META, CTRL, SHIFT
    bits 48-55  flags that tell keys apart when they are sent on: LITERAL, KEYPAD, CURSOR, IMPLIED_META ...

Bindings compare `key & (MASK_KEY | MASK_MODIFIERS)`. A Unicode key is its code point, below 0x80 as well:
`ord("a") | CTRL` is C-a; Tab, Enter and Escape are their control characters.
"""

from __future__ import annotations

import re
from functools import lru_cache

META = 1 << 44
CTRL = 1 << 45
SHIFT = 1 << 46

LITERAL = 1 << 48  # to be sent as it is (send-keys -l)
KEYPAD = 1 << 49  # subject to keypad mode
CURSOR = 1 << 50  # subject to cursor key mode
IMPLIED_META = 1 << 51  # Meta is part of the key's own sequence, not an Escape before it
BUILD_MODIFIERS = 1 << 52  # modifiers go into the sequence (CSI 1;5A)
VI = 1 << 53
SENT = 1 << 54  # came from send-keys -K

MASK_KEY = (1 << 40) - 1
MASK_TYPE = 0xFF << 32
MASK_MODIFIERS = 0xFF << 40
MASK_FLAGS = 0xFF << 48

TYPE_UNICODE = 0 << 32
TYPE_USER = 1 << 32
TYPE_SPECIAL = 2 << 32
TYPE_MOUSE_MOVE = 3 << 32
TYPE_MOUSE_DOWN = 4 << 32
TYPE_MOUSE_UP = 5 << 32
TYPE_MOUSE_DRAG = 6 << 32
TYPE_MOUSE_DRAG_END = 7 << 32
TYPE_WHEEL_DOWN = 8 << 32
TYPE_WHEEL_UP = 9 << 32
TYPE_SECOND_CLICK = 10 << 32
TYPE_DOUBLE_CLICK = 11 << 32
TYPE_TRIPLE_CLICK = 12 << 32

# Highest number in User0, User1, ... (option user-keys).
MAX_USER = 1000
# Characters in which tmux prints such a name; User1000 does not fit.
_USER_NAME = 7

(
    NONE,
    UNKNOWN,
    FOCUS_IN,
    FOCUS_OUT,
    ANY,  # bound in a table: whatever is not bound otherwise
    PASTE_START,
    PASTE_END,
    BSPACE,
    F1,
    F2,
    F3,
    F4,
    F5,
    F6,
    F7,
    F8,
    F9,
    F10,
    F11,
    F12,
    IC,
    DC,
    HOME,
    END,
    NPAGE,
    PPAGE,
    BTAB,
    UP,
    DOWN,
    LEFT,
    RIGHT,
    KP_SLASH,
    KP_STAR,
    KP_MINUS,
    KP_SEVEN,
    KP_EIGHT,
    KP_NINE,
    KP_PLUS,
    KP_FOUR,
    KP_FIVE,
    KP_SIX,
    KP_ONE,
    KP_TWO,
    KP_THREE,
    KP_ENTER,
    KP_ZERO,
    KP_PERIOD,
    REPORT_DARK_THEME,
    REPORT_LIGHT_THEME,
    MOUSE,  # a mouse event not yet told apart
    DRAGGING,  # a drag is going on
    DOUBLE_CLICK,  # the time for a third click is over
) = range(TYPE_SPECIAL, TYPE_SPECIAL + 52)

TAB = 0x09
ENTER = 0x0D
ESCAPE = 0x1B
SPACE = 0x20

# Where a mouse event happened: the low byte of a mouse key.
MOUSE_LOCATIONS = (
    "Pane",
    "Status",
    "StatusLeft",
    "StatusRight",
    "StatusDefault",
    "Border",
    "ScrollbarUp",
    "ScrollbarSlider",
    "ScrollbarDown",
    *(f"Control{number}" for number in range(10)),
)
(
    AT_PANE,
    AT_STATUS,
    AT_STATUS_LEFT,
    AT_STATUS_RIGHT,
    AT_STATUS_DEFAULT,
    AT_BORDER,
    AT_SCROLLBAR_UP,
    AT_SCROLLBAR_SLIDER,
    AT_SCROLLBAR_DOWN,
    AT_CONTROL0,
) = range(10)
AT_NOWHERE = len(MOUSE_LOCATIONS)  # outside of everything; such keys have no names
MOUSE_BUTTONS = (1, 2, 3, 6, 7, 8, 9, 10, 11)

_MOUSE_NAMES = {
    "MouseDown": TYPE_MOUSE_DOWN,
    "MouseUp": TYPE_MOUSE_UP,
    "MouseDrag": TYPE_MOUSE_DRAG,
    "MouseDragEnd": TYPE_MOUSE_DRAG_END,
    "SecondClick": TYPE_SECOND_CLICK,
    "DoubleClick": TYPE_DOUBLE_CLICK,
    "TripleClick": TYPE_TRIPLE_CLICK,
    "WheelUp": TYPE_WHEEL_UP,
    "WheelDown": TYPE_WHEEL_DOWN,
}
_WHEELS = (TYPE_WHEEL_UP, TYPE_WHEEL_DOWN)
_MOVE_LOCATIONS = (AT_PANE, AT_STATUS, AT_STATUS_LEFT, AT_STATUS_RIGHT, AT_BORDER)

# Names for keys in both directions; where a key has several, the first is the one printed.
_NAMES: dict[str, int] = {
    **{f"F{number}": F1 + number - 1 | IMPLIED_META for number in range(1, 13)},
    "IC": IC | IMPLIED_META,
    "Insert": IC | IMPLIED_META,
    "DC": DC | IMPLIED_META,
    "Delete": DC | IMPLIED_META,
    "Home": HOME | IMPLIED_META,
    "End": END | IMPLIED_META,
    "NPage": NPAGE | IMPLIED_META,
    "PageDown": NPAGE | IMPLIED_META,
    "PgDn": NPAGE | IMPLIED_META,
    "PPage": PPAGE | IMPLIED_META,
    "PageUp": PPAGE | IMPLIED_META,
    "PgUp": PPAGE | IMPLIED_META,
    "BTab": BTAB,
    "Space": SPACE,
    "BSpace": BSPACE,
    "Up": UP | CURSOR | IMPLIED_META,
    "Down": DOWN | CURSOR | IMPLIED_META,
    "Left": LEFT | CURSOR | IMPLIED_META,
    "Right": RIGHT | CURSOR | IMPLIED_META,
    "KP/": KP_SLASH | KEYPAD,
    "KP*": KP_STAR | KEYPAD,
    "KP-": KP_MINUS | KEYPAD,
    "KP7": KP_SEVEN | KEYPAD,
    "KP8": KP_EIGHT | KEYPAD,
    "KP9": KP_NINE | KEYPAD,
    "KP+": KP_PLUS | KEYPAD,
    "KP4": KP_FOUR | KEYPAD,
    "KP5": KP_FIVE | KEYPAD,
    "KP6": KP_SIX | KEYPAD,
    "KP1": KP_ONE | KEYPAD,
    "KP2": KP_TWO | KEYPAD,
    "KP3": KP_THREE | KEYPAD,
    "KPEnter": KP_ENTER | KEYPAD,
    "KP0": KP_ZERO | KEYPAD,
    "KP.": KP_PERIOD | KEYPAD,
}
_CONTROL_NAMES = re.findall(
    r"\S+",
    "[NUL] [SOH] [STX] [ETX] [EOT] [ENQ] [ASC] [BEL] [BS] Tab [LF] [VT] [FF] Enter [SO] [SI] "
    "[DLE] [DC1] [DC2] [DC3] [DC4] [NAK] [SYN] [ETB] [CAN] [EM] [SUB] Escape [FS] [GS] [RS] [US]",
)
_NAMES.update({name: code for code, name in enumerate(_CONTROL_NAMES)})
_BY_LOWER_NAME = {name.lower(): key for name, key in _NAMES.items()}
_BY_LOWER_NAME.update({"none": NONE, "any": ANY})

# Keys that are printed but cannot be typed as a name.
_PRINTED = {
    NONE: "None",
    UNKNOWN: "Unknown",
    ANY: "Any",
    FOCUS_IN: "FocusIn",
    FOCUS_OUT: "FocusOut",
    PASTE_START: "PasteStart",
    PASTE_END: "PasteEnd",
    REPORT_DARK_THEME: "ReportDarkTheme",
    REPORT_LIGHT_THEME: "ReportLightTheme",
    MOUSE: "Mouse",
    DRAGGING: "Dragging",
    **{TYPE_MOUSE_MOVE | place: f"MouseMove{MOUSE_LOCATIONS[place]}" for place in _MOVE_LOCATIONS},
    0x7F: "C-?",
}
for _name, _key in _NAMES.items():
    _PRINTED.setdefault(_key & MASK_KEY, _name)

_FLAG_LETTERS = (
    (LITERAL, "L"),
    (KEYPAD, "K"),
    (CURSOR, "C"),
    (IMPLIED_META, "I"),
    (BUILD_MODIFIERS, "B"),
    (SENT, "S"),
)
_MODIFIER_LETTERS = {"c": CTRL, "m": META, "s": SHIFT}
_MODIFIER = re.compile(r"([\x00-\x7f])-")
_USER = re.compile(r"User[ \t\n\v\f\r]*(?:\+|-(?=0))?([0-9]+)")
_HEXADECIMAL = re.compile(r"[ \t\n\v\f\r]*\+?(?:0[xX])?([0-9A-Fa-f]+)")
_MOUSE_KEY = re.compile(
    rf"({'|'.join(sorted(_MOUSE_NAMES, key=len, reverse=True))})([0-9]*)({'|'.join(MOUSE_LOCATIONS)})",
    re.IGNORECASE,
)
_LOWER_MOUSE_NAMES = {name.lower(): kind for name, kind in _MOUSE_NAMES.items()}
_MOUSE_KINDS = {kind: name for name, kind in _MOUSE_NAMES.items()}
_LOWER_LOCATIONS = {name.lower(): place for place, name in enumerate(MOUSE_LOCATIONS)}


def mouse_key(kind: int, button: int, location: int) -> int:
    """The key of a mouse event; kind is a TYPE_ constant, button 0 for the wheel and for moves."""
    return kind | button << 8 | location


def is_mouse(key: int) -> bool:
    return key & MASK_KEY == MOUSE or TYPE_MOUSE_MOVE <= key & MASK_TYPE <= TYPE_TRIPLE_CLICK


def is_unicode(key: int) -> bool:
    """Whether the key is a character beyond ASCII."""
    return key & MASK_TYPE == TYPE_UNICODE and key & MASK_KEY > 0x7F


def is_paste(key: int) -> bool:
    return key & MASK_KEY in (PASTE_START, PASTE_END)


@lru_cache(maxsize=4096)
def string_to_key(name: str) -> int:
    """The key of this name; UNKNOWN if there is none.

    A name is a character, a special key, `0x` with a code point, `^x` for C-x, with any of the modifiers
    `C-`, `M-`, `S-` before it. Case matters in characters only.
    """
    whole = name.lower()
    if whole in ("none", "any"):
        return _BY_LOWER_NAME[whole]
    if name.startswith("0x"):
        return _parse_code(name[2:])
    modifiers = 0
    if name.startswith("^") and len(name) > 1:
        if len(name) == 2 and name.isascii():
            return ord(name[1].lower()) | CTRL
        modifiers = CTRL
        name = name[1:]
    while match := _MODIFIER.match(name):
        modifier = _MODIFIER_LETTERS.get(match[1].lower())
        if modifier is None:
            return UNKNOWN
        modifiers |= modifier
        name = name[2:]
    key = _parse_base(name)
    if key == UNKNOWN:
        return UNKNOWN
    if not modifiers & META:
        key &= ~IMPLIED_META
    return key | modifiers


def _parse_base(name: str) -> int:
    """A name without modifiers."""
    if len(name) == 1 and not name.isascii():
        return UNKNOWN if 0xD800 <= ord(name) <= 0xDFFF else ord(name)
    if len(name) == 1:
        return ord(name) if ord(name) >= 0x20 else UNKNOWN
    if not name.isascii():
        return UNKNOWN
    lower = name.lower()
    if lower not in ("none", "any") and lower in _BY_LOWER_NAME:
        return _BY_LOWER_NAME[lower]
    if match := _MOUSE_KEY.fullmatch(name):
        kind = _LOWER_MOUSE_NAMES[match[1].lower()]
        button = match[2]
        valid = not button if kind in _WHEELS else button in map(str, MOUSE_BUTTONS)
        return mouse_key(kind, int(button or 0), _LOWER_LOCATIONS[match[3].lower()]) if valid else UNKNOWN
    if match := _USER.match(name):
        number = int(match[1][:10])
        return TYPE_USER | number if number <= MAX_USER else UNKNOWN
    return UNKNOWN


def _parse_code(digits: str) -> int:
    """The character of a hexadecimal code point; what follows the digits does not count, as in sscanf."""
    match = _HEXADECIMAL.match(digits)
    if match is None:
        return UNKNOWN
    code = int(match[1], 16)
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return UNKNOWN
    return code


@lru_cache(maxsize=4096)
def key_to_string(key: int, *, with_flags: bool = False) -> str:
    """The name of a key, with its modifiers; with_flags: and its flags in brackets, for messages."""
    name = chr(key & 0x1FFFFF) if key & LITERAL else _modifiers(key) + _base_name(key)
    flags = "".join(letter for flag, letter in _FLAG_LETTERS if key & flag)
    return f"{name}[{flags}]" if with_flags and key & MASK_FLAGS else name


def _modifiers(key: int) -> str:
    return "C-" * bool(key & CTRL) + "M-" * bool(key & META) + "S-" * bool(key & SHIFT)


def _base_name(whole: int) -> str:
    key = whole & MASK_KEY
    name = _PRINTED.get(key)
    if name is not None:
        return name
    kind = key & MASK_TYPE
    code = key & 0xFFFFFFFF
    if kind == TYPE_USER:
        return f"User{code}"[:_USER_NAME]
    if kind == TYPE_UNICODE and code <= 0x10FFFF:
        return chr(code)
    button, place = divmod(code, 256)
    mouse = _MOUSE_KINDS.get(kind)
    if mouse and place < len(MOUSE_LOCATIONS):
        if kind in _WHEELS:
            if not button:
                return mouse + MOUSE_LOCATIONS[place]
        elif button in MOUSE_BUTTONS:
            return f"{mouse}{button}{MOUSE_LOCATIONS[place]}"
    return f"Invalid#{whole:x}"
