"""Terminal features: named groups of capabilities that terminfo does not (reliably) know about.

Users name them in `terminal-features` and `tmux -T`; answers of the terminal itself (device attributes,
XTVERSION) add the ones its maker is known to support.
"""

from __future__ import annotations

# setaf/setab that reach 256 colours; the RGB feature brings them too, as some RGB terminals lack them.
_SETAB_256 = r"setab=\E[%?%p1%{8}%<%t4%p1%d%e%p1%{16}%<%t10%p1%{8}%-%d%e48;5;%p1%d%;m"
_SETAF_256 = r"setaf=\E[%?%p1%{8}%<%t3%p1%d%e%p1%{16}%<%t9%p1%{8}%-%d%e38;5;%p1%d%;m"
_SETULC = r"Setulc=\E[58:2:%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d:%p1%{255}%&%d%;m"

# Feature name -> the overrides it stands for, in the order #{client_termfeatures} lists them.
FEATURES: dict[str, tuple[str, ...]] = {
    "256": ("AX", _SETAB_256, _SETAF_256),
    "bpaste": (r"Enbp=\E[?2004h", r"Dsbp=\E[?2004l"),
    "ccolour": (r"Cs=\E]12;%p1%s\a", r"Cr=\E]112\a"),
    "clipboard": (r"Ms=\E]52;%p1%s;%p2%s\a",),
    "hyperlinks": (r"Hls=\E]8;%?%p1%l%tid=%p1%s%;;%p2%s\E\\",),
    "cstyle": (r"Ss=\E[%p1%d q", r"Se=\E[2 q"),
    "extkeys": (r"Eneks=\E[>4;2m", r"Dseks=\E[>4m"),
    "focus": (r"Enfcs=\E[?1004h", r"Dsfcs=\E[?1004l"),
    "ignorefkeys": tuple(f"kf{n}@" for n in range(64)),
    "margins": (r"Enmg=\E[?69h", r"Dsmg=\E[?69l", r"Clmg=\E[s", r"Cmg=\E[%i%p1%d;%p2%ds"),
    "mouse": (r"kmous=\E[M",),
    "osc7": (r"Swd=\E]7;", r"fsl=\a"),
    "overline": (r"Smol=\E[53m",),
    "progressbar": (r"Spb=\E]9;4;%p1%d;%p2%d\E\\",),
    "rectfill": ("Rect",),
    "RGB": (
        "AX",
        r"setrgbf=\E[38;2;%p1%d;%p2%d;%p3%dm",
        r"setrgbb=\E[48;2;%p1%d;%p2%d;%p3%dm",
        _SETAB_256,
        _SETAF_256,
    ),
    "sixel": ("Sxl",),
    "strikethrough": (r"smxx=\E[9m",),
    "sync": (r"Sync=\E[?2026%?%p1%{1}%-%tl%eh%;",),
    "title": (r"tsl=\E]0;", r"fsl=\a"),
    "usstyle": (r"Smulx=\E[4:%p1%dm", _SETULC, r"Setulc1=\E[58:5:%p1%dm", r"ol=\E[59m"),
}

_BY_LOWER_NAME = {name.lower(): name for name in FEATURES}

_MODERN_XTERM = "256,RGB,bpaste,clipboard,mouse,strikethrough,title"

# What a terminal that named itself is known to support.
KNOWN_TERMINALS = {
    "mintty": _MODERN_XTERM + ",ccolour,cstyle,extkeys,margins,overline,usstyle",
    "tmux": _MODERN_XTERM + ",ccolour,cstyle,extkeys,focus,overline,usstyle,hyperlinks,progressbar",
    "rxvt-unicode": "256,bpaste,ccolour,cstyle,mouse,title,ignorefkeys",
    "iTerm2": _MODERN_XTERM + ",cstyle,extkeys,margins,usstyle,sync,osc7,hyperlinks,progressbar",
    "foot": _MODERN_XTERM + ",ccolour,cstyle,extkeys,usstyle,sync,osc7,hyperlinks",
    "WezTerm": _MODERN_XTERM + ",ccolour,cstyle,extkeys,focus,usstyle",
    "XTerm": _MODERN_XTERM + ",ccolour,cstyle,extkeys,focus",
}

# How the text of an XTVERSION answer begins for each of them.
XTVERSION_PREFIXES = {
    "iTerm2 ": "iTerm2",
    "tmux ": "tmux",
    "XTerm(": "XTerm",
    "mintty ": "mintty",
    "foot(": "foot",
    "WezTerm ": "WezTerm",
}

# First parameter of a secondary device attributes answer -> who sends it.
SECONDARY_DA = {ord("M"): "mintty", ord("T"): "tmux", ord("U"): "rxvt-unicode"}

# Parameters of a primary device attributes answer of a VT220 or better (first parameter 61 to 65).
PRIMARY_DA_LEVELS = range(61, 66)
PRIMARY_DA = {4: "sixel", 21: "margins", 28: "rectfill", 52: "clipboard"}


def parse_features(text: str, separator: str = ",") -> frozenset[str]:
    """The features named in `text`, in any case; an unknown name ends the list, as in tmux."""
    found: set[str] = set()
    for name in text.split(separator):
        known = _BY_LOWER_NAME.get(name.lower())
        if known is None:
            break
        found.add(known)
    return frozenset(found)


def features_text(features: frozenset[str]) -> str:
    """The comma-separated list that #{client_termfeatures} shows."""
    return ",".join(name for name in FEATURES if name in features)


def features_of_primary_da(parameters: list[int]) -> frozenset[str]:
    """What a primary device attributes answer promises."""
    if not parameters or parameters[0] not in PRIMARY_DA_LEVELS:
        return frozenset()
    return frozenset(PRIMARY_DA[n] for n in parameters[1:] if n in PRIMARY_DA)


def features_of_secondary_da(parameters: list[int]) -> frozenset[str]:
    """What the terminal named by a secondary device attributes answer is known for."""
    name = SECONDARY_DA.get(parameters[0]) if parameters else None
    return parse_features(KNOWN_TERMINALS[name]) if name else frozenset()


def features_of_xtversion(text: str) -> frozenset[str]:
    """What the terminal that answered XTVERSION with `text` is known for."""
    for prefix, name in XTVERSION_PREFIXES.items():
        if text.startswith(prefix):
            return parse_features(KNOWN_TERMINALS[name])
    return frozenset()
