"""A few terminals described here, for hosts without a terminfo database (containers, Windows).

The host's own entry wins where it has one. Function and cursor keys of xterm and its relatives are not
listed: the key decoder knows them without terminfo.
"""

from __future__ import annotations

from fnmatch import fnmatchcase

from tmuxish.display.terminfo import Capabilities

_LINE_DRAWING = "``aaffggiijjkkllmmnnooppqqrrssttuuvvwwxxyyzz{{||}}~~"

_VT100: Capabilities = {
    "am": True, "acsc": _LINE_DRAWING, "bel": "\a", "blink": "\x1b[5m", "bold": "\x1b[1m",
    "clear": "\x1b[H\x1b[J", "csr": "\x1b[%i%p1%d;%p2%dr", "cub": "\x1b[%p1%dD", "cub1": "\b",
    "cud": "\x1b[%p1%dB", "cud1": "\n", "cuf": "\x1b[%p1%dC", "cuf1": "\x1b[C",
    "cup": "\x1b[%i%p1%d;%p2%dH", "cuu": "\x1b[%p1%dA", "cuu1": "\x1b[A", "ed": "\x1b[J", "el": "\x1b[K",
    "el1": "\x1b[1K", "enacs": "\x1b(B\x1b)0", "home": "\x1b[H", "rev": "\x1b[7m", "ri": "\x1bM",
    "rmacs": "\x0f", "rmkx": "\x1b[?1l\x1b>", "sgr0": "\x1b[m\x0f", "smacs": "\x0e",
    "smkx": "\x1b[?1h\x1b=", "smso": "\x1b[7m", "smul": "\x1b[4m", "kcub1": "\x1bOD", "kcud1": "\x1bOB",
    "kcuf1": "\x1bOC", "kcuu1": "\x1bOA", "kf1": "\x1bOP", "kf2": "\x1bOQ", "kf3": "\x1bOR",
    "kf4": "\x1bOS",
}  # fmt: skip

_EDITING: Capabilities = {
    "dch": "\x1b[%p1%dP", "dch1": "\x1b[P", "dl": "\x1b[%p1%dM", "dl1": "\x1b[M", "ich": "\x1b[%p1%d@",
    "il": "\x1b[%p1%dL", "il1": "\x1b[L", "hpa": "\x1b[%i%p1%dG", "vpa": "\x1b[%i%p1%dd",
    "cnorm": "\x1b[?25h", "civis": "\x1b[?25l", "kcbt": "\x1b[Z", "kdch1": "\x1b[3~", "kich1": "\x1b[2~",
    "knp": "\x1b[6~", "kpp": "\x1b[5~", "kf5": "\x1b[15~", "kf6": "\x1b[17~", "kf7": "\x1b[18~",
    "kf8": "\x1b[19~", "kf9": "\x1b[20~", "kf10": "\x1b[21~", "kf11": "\x1b[23~", "kf12": "\x1b[24~",
}  # fmt: skip

_COLOURS_8: Capabilities = {
    "AX": True, "colors": 8, "op": "\x1b[39;49m", "setab": "\x1b[4%p1%dm", "setaf": "\x1b[3%p1%dm",
}  # fmt: skip

_COLOURS_256: Capabilities = {
    "colors": 256,
    "setab": "\x1b[%?%p1%{8}%<%t4%p1%d%e%p1%{16}%<%t10%p1%{8}%-%d%e48;5;%p1%d%;m",
    "setaf": "\x1b[%?%p1%{8}%<%t3%p1%d%e%p1%{16}%<%t9%p1%{8}%-%d%e38;5;%p1%d%;m",
}

_XTERM: Capabilities = {
    **_VT100, **_EDITING, **_COLOURS_8,
    "XT": True, "bce": True, "civis": "\x1b[?25l", "clear": "\x1b[H\x1b[2J", "cnorm": "\x1b[?12l\x1b[?25h",
    "cvvis": "\x1b[?12;25h", "dim": "\x1b[2m", "E3": "\x1b[3J", "ech": "\x1b[%p1%dX",
    "indn": "\x1b[%p1%dS", "invis": "\x1b[8m", "kend": "\x1bOF", "khome": "\x1bOH", "kmous": "\x1b[<",
    "rin": "\x1b[%p1%dT", "rmacs": "\x1b(B", "rmcup": "\x1b[?1049l", "sgr0": "\x1b(B\x1b[m",
    "sitm": "\x1b[3m", "smacs": "\x1b(0", "smcup": "\x1b[?1049h", "smxx": "\x1b[9m",
}  # fmt: skip
del _XTERM["enacs"]

_SCREEN: Capabilities = {
    **_VT100, **_EDITING, **_COLOURS_8,
    "U8": 1, "acsc": "++,,--..00``aaffgghhiijjkkllmmnnooppqqrrssttuuvvwwxxyyzz{{||}}~~",
    "cnorm": "\x1b[34h\x1b[?25h", "cuu1": "\x1bM", "cvvis": "\x1b[34l", "dim": "\x1b[2m",
    "indn": "\x1b[%p1%dS", "kend": "\x1b[4~", "khome": "\x1b[1~", "kmous": "\x1b[M",
    "rin": "\x1b[%p1%dT", "rmcup": "\x1b[?1049l", "smcup": "\x1b[?1049h", "smso": "\x1b[3m",
}  # fmt: skip

_TMUX: Capabilities = {
    **_SCREEN,
    "Cr": "\x1b]112\a", "Cs": "\x1b]12;%p1%s\a", "E3": "\x1b[3J", "Ms": "\x1b]52;%p1%s;%p2%s\a",
    "Se": "\x1b[2 q", "Smulx": "\x1b[4:%p1%dm", "Ss": "\x1b[%p1%d q", "fsl": "\a", "invis": "\x1b[8m",
    "sitm": "\x1b[3m", "smso": "\x1b[7m", "smxx": "\x1b[9m", "tsl": "\x1b]0;",
}  # fmt: skip

_LINUX: Capabilities = {
    **_VT100, **_EDITING, **_COLOURS_8,
    "U8": 1, "bce": True, "acsc": _SCREEN["acsc"], "civis": "\x1b[?25l\x1b[?1c",
    "cnorm": "\x1b[?25h\x1b[?0c", "cvvis": "\x1b[?25h\x1b[?8c", "dim": "\x1b[2m", "E3": "\x1b[3J",
    "ech": "\x1b[%p1%dX", "enacs": "\x1b)0", "ich1": "\x1b[@", "kend": "\x1b[4~", "khome": "\x1b[1~",
    "kmous": "\x1b[M", "kf1": "\x1b[[A", "kf2": "\x1b[[B", "kf3": "\x1b[[C", "kf4": "\x1b[[D",
    "kf5": "\x1b[[E", "kcbt": "\x1b\t", "kcub1": "\x1b[D", "kcud1": "\x1b[B",
    "kcuf1": "\x1b[C", "kcuu1": "\x1b[A",
}  # fmt: skip

_DUMB: Capabilities = {"am": True, "bel": "\a", "cud1": "\n"}

# First match wins.
_PATTERNS: tuple[tuple[str, Capabilities], ...] = (
    ("xterm", _XTERM),
    ("xterm-color", _XTERM),
    ("xterm-mono", _VT100 | _EDITING),
    ("xterm*", _XTERM | _COLOURS_256),
    ("screen*256color*", _SCREEN | _COLOURS_256),
    ("screen*", _SCREEN),
    ("tmux*256color*", _TMUX | _COLOURS_256),
    ("tmux*", _TMUX),
    ("linux*", _LINUX),
    ("vt100*", _VT100),
    ("vt[2-5]*", _VT100 | _EDITING),
    ("ansi*", _VT100 | _COLOURS_8),
    ("dumb", _DUMB),
    *(
        (f"{name}*", _XTERM | _COLOURS_256)
        for name in (
            "alacritty", "contour", "foot", "ghostty", "gnome", "iterm", "kitty", "konsole", "mintty",
            "ms-terminal", "putty", "rxvt", "st-", "vte", "wezterm",
        )
    ),
)  # fmt: skip


def builtin_entry(name: str) -> Capabilities | None:
    """The built-in description of terminal `name`, or None for one nobody has heard of."""
    for pattern, capabilities in _PATTERNS:
        if fnmatchcase(name, pattern):
            return dict(capabilities)
    return None
