"""Options and hooks: each one set, shown, appended to, refused and unset in every scope it has."""

from __future__ import annotations

from collections.abc import Iterator

from compat_tests.language.play import Case, Group
from compat_tests.language.texts import paragraphs
from compat_tests.language.world import chain
from tmuxish.model.options_spec import (
    CHOICE,
    COLOUR,
    COMMAND,
    FLAG,
    KEY,
    NUMBER,
    PANE,
    SERVER,
    SESSION,
    WINDOW,
    OptionSpec,
)
from tmuxish.model.options_table import OPTIONS

SETUP = [
    chain(
        "new-session -d -s main -n one -x 80 -y 24 cat",
        "split-window -d -t main: cat",
        "new-session -d -s other -n two -x 80 -y 24 cat",
        "set-option -g default-shell /bin/sh",
    )
]

# Words that every option of a kind is offered, right ones and wrong ones.
_OFFERED = {
    FLAG: ["on", "off", "yes", "0", "ON", "maybe", "2", "''"],
    COLOUR: ["red", "colour300", "'#12aBef'", "brightcyan", "bad", "''", "default"],
    KEY: ["C-x", "None", "nokey", "''", "M-S-F3"],
    COMMAND: ["'list-keys'", "'nosuch'", "'display-message \"a b\" ; list-keys'", "'set -Z'"],
}
_STRINGS = ["text", "'two words'", "''", "'it''s'", "'a\"b\\c$d'", "'#{l:x}'", "'#[fg=red]x'"]
_STYLES = [
    "fg=red,bold",
    "'bg=bad'",
    "'#{?x,fg=red,bg=blue}'",
    "none",
    "'noitalics us=colour3'",
    "default",
    "==",
]

# Options that may only be offered some words. Where an array or default-shell refuses one, tmux has emptied
# or copied it already (a deviation); the others take servers and sessions from calls that are not attached.
_ONLY = {
    "default-shell": ["/bin/sh"],
    "pane-colours": ["red", "'#12aBef'", "'red,blue'", "''", "default"],
    "destroy-unattached": ["off", "bad", "''"],
    "exit-unattached": ["off", "maybe", "2"],
    "exit-empty": ["on", "maybe"],
}


def groups() -> Iterator[Group]:
    options = [spec for spec in OPTIONS if not spec.is_hook]
    yield _group("table", [_table_case(spec) for spec in options])
    yield _group("places", [_place_case(spec) for spec in options])
    yield _group("hooks", [_hook_case(spec) for spec in OPTIONS if spec.is_hook])
    yield _group("hand", [{"text": text} for text in paragraphs("options")])


def _group(name: str, cases: list[Case]) -> Group:
    return {"name": name, "setup": SETUP, "cases": cases}


def _global_flag(spec: OptionSpec) -> str:
    return "-s" if spec.scopes & SERVER else "-g" if spec.scopes & SESSION else "-gw"


def _offered(spec: OptionSpec) -> list[str]:
    if spec.name in _ONLY:
        return _ONLY[spec.name]
    if spec.kind == NUMBER:
        least, most = spec.minimum, spec.maximum
        return [str(least), str(most), str(least - 1), str(most + 1), "x", "''", f"{least}x", f"' {most}'"]
    if spec.kind == CHOICE:
        return [*(f"'{choice}'" for choice in spec.choices), spec.choices[0][:2], "nosuch", "''", "on"]
    if spec.is_style:
        return _STYLES
    return _OFFERED.get(spec.kind, _STRINGS)


def _table_case(spec: OptionSpec) -> Case:
    """Everything a global option is offered, one word after another, and what it then is."""
    flag, name = _global_flag(spec), spec.name
    texts = []
    for word in _offered(spec):
        texts += [f"set-option {flag} {name} {word}", f"show-options {flag} {name}"]
    if spec.name not in _ONLY or spec.is_array:
        texts += [f"set-option {flag} {name}", f"show-options {flag}v {name}"]
    texts += [f"set-option {flag}a {name} more", f"show-options {flag} {name}"]
    if spec.is_array:
        texts += [
            f"set-option {flag} {name}[3] {_offered(spec)[0]}",
            f"show-options {flag} {name}[3]",
            f"set-option {flag}u {name}[0]",
            f"set-option {flag} {name}[x] y",
            f"show-options {flag} {name}",
        ]
    texts += [f"set-option {flag}u {name}", f"show-options {flag}v {name}"]
    return _case(texts)


def _place_case(spec: OptionSpec) -> Case:
    """A word in each place the option can be in, and in those where it can't."""
    name = spec.name
    word = _offered(spec)[0]
    texts = []
    for place in ("-s", "-t main", "-w -t main:0", "-p -t main:0.1"):
        texts += [
            f"set-option {place} {name} {word}",
            f"show-options {place} {name}",
            f"set-option -o {place} {name} {word}",
            f"set-option -q {place} {name} {word}",
        ]
    texts += [f"show-options -A -t other {name}", f"show-options -Aw -t main:0 {name}"]
    texts += [f"show-options -Ap -t main:0.1 {name}", f"show-options -Ap -t main:0.0 {name}"]
    if spec.scopes & (WINDOW | PANE):
        texts.append(f"set-option -Uw -t main:0 {name}")
    for place in ("-u -t main", "-uw -t main:0", "-up -t main:0.1", "-us"):
        texts.append(f"set-option {place} {name}")
    texts += [f"show-options -t main {name}", f"show-options -Ap -t main:0.1 {name}"]
    return _case(texts)


def _hook_case(spec: OptionSpec) -> Case:
    name = spec.name
    place = "-w" if spec.scopes & WINDOW else ""
    local = "-p -t main:0.1" if spec.scopes & PANE else f"{place} -t main:0"
    return _case(
        [
            f"set-hook -g{place[1:]} {name} 'set-option -g @ran \"#{{hook}}\"'",
            f"set-hook -ga{place[1:]} {name} {{ set-option -ga @ran + ; set-option -ga @ran '{{}}' }}",
            f"show-hooks -g{place[1:]} {name}",
            f"set-hook -g{place[1:]} {name}[7] 'set-option -ga @ran 7'",
            f"set-hook -R {name}",
            "show-options -gv @ran",
            f"show-hooks {local} {name}",
            f"set-hook {local} {name} 'set-option -g @ran local'",
            f"show-hooks {local}",
            f"show-options -H {local} {name}",
            f"set-hook -R {local} {name}",
            "show-options -gv @ran",
            f"set-hook -u {local} {name}",
            f"set-hook -gu{place[1:]} {name}[1]",
            f"show-hooks -g{place[1:]} {name}",
            f"set-hook -gu{place[1:]} {name}",
            f"show-hooks -g{place[1:]} {name}",
            "set-option -gu @ran",
        ]
    )


def _case(texts: list[str]) -> Case:
    return {"text": "\n".join([*texts, ""])}
