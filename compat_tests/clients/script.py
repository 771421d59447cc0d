"""The scenario language: what a client calls, one call per line, as its source or a log of it shows the argv.

    == name: what it shows                      opens a scenario
    new-session -d -s a -c <work> claude        a call of tmux (shell quoting)
    $ tmux ls | grep '^a:'                      a shell line in which `tmux` is the one under test
    @until "> " capture-pane -p -t a            repeat the call until its output contains the text (@err: its
                                                standard error; @code: until that is its exit status)
    @in "text\\n" load-buffer -b x -             standard input of the call
    @env TMUX_PANE=%0 ls                        a variable of the call (`-NAME` removes it)
    @mask "[0-9]+" ls -F '#{pid}'               what the pattern matches is compared as `<*>`
    @pids ls -F '#{pid} #{pane_pid}'            numbers that are pids of this sandbox are compared as `<pid>`
    @pty c 0x0 attach -t a                      start client c on a pty of that size; goes on at once
    @type c "\\x02d"                             keys for client c
    @resize c 100x30                            TIOCSWINSZ on its pty
    @hangup c                                   close the master end
    @end c                                      wait for its end: exit status and closing line
    :name = text                                from here on `<name>` in this file stands for text

Modifiers before a call may be combined and repeated. `<root>`, `<home>`, `<work>` and `<socket>` stand for
the sandbox's own folders and default socket, `<pid>` for the server's pid.
"""

from __future__ import annotations

import codecs
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Step = dict[str, Any]
Scenario = dict[str, Any]

_CONDITIONS = {"@until": "stdout", "@err": "stderr"}
_MACRO = re.compile(r":(\w+) = (.+)")
_HEADER = re.compile(r"== *([\w.-]+): *(.+)")


def parse(path: Path) -> list[Scenario]:
    """The scenarios of one file, in order; ValueError with file and line for anything unreadable."""
    scenarios: list[Scenario] = []
    macros: dict[str, str] = {}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        macro = _MACRO.fullmatch(line)
        if macro:
            macros[macro[1]] = macro[2]
            continue
        for name, text in macros.items():
            line = line.replace(f"<{name}>", text)
        header = _HEADER.fullmatch(line)
        if header:
            scenarios.append({"name": header[1], "about": header[2], "steps": []})
            continue
        try:
            scenarios[-1]["steps"].append(_step(line))
        except (ValueError, IndexError) as error:
            raise ValueError(f"{path.name}:{number}: {error}: {line}") from error
    names = [scenario["name"] for scenario in scenarios]
    if len(set(names)) != len(names):
        raise ValueError(f"{path.name}: a scenario name is used twice")
    return scenarios


def _step(line: str) -> Step:
    if line.startswith("$ "):
        return {"shell": line[2:]}
    words = iter(shlex.split(line))
    step: Step = {}
    for word in words:
        if not _modifier(step, word, words):
            step["argv"] = [word, *words]
    if not step:
        raise ValueError("an empty step")
    if step.get("argv") == ["$"]:
        raise ValueError("nothing to call")
    return _shell_form(step)


def _shell_form(step: Step) -> Step:
    """A modified shell line: its words were split for the modifiers' sake and `$` opens the rest."""
    argv = step.get("argv", [])
    if argv[:1] == ["$"]:
        del step["argv"]
        (step["shell"],) = argv[1:]
    return step


def _modifier(step: Step, word: str, words: Iterator[str]) -> bool:
    if word in _CONDITIONS:
        step["until"] = {_CONDITIONS[word]: _unescape(next(words))}
    elif word == "@code":
        step["until"] = {"code": int(next(words))}
    elif word == "@pids":
        step["pids"] = True
    elif word == "@in":
        step["stdin"] = _unescape(next(words))
    elif word == "@mask":
        step.setdefault("mask", []).append(next(words))
    elif word == "@env":
        name, equals, value = next(words).partition("=")
        step.setdefault("env", {})[name if equals else name.removeprefix("-")] = value if equals else None
    elif word == "@pty":
        step["pty"] = next(words)
        step["size"] = _size(next(words))
    elif word == "@resize":
        step.update(action="resize", client=next(words), size=_size(next(words)))
    elif word == "@type":
        step.update(action="type", client=next(words), keys=_unescape(next(words)))
    elif word in ("@hangup", "@end"):
        step.update(action=word[1:], client=next(words))
    elif word.startswith("@") and word[1:].isalpha():
        raise ValueError(f"unknown modifier {word}")
    else:
        return False
    return True


def _size(word: str) -> list[int]:
    cols, rows = word.split("x")
    return [int(cols), int(rows)]


def _unescape(text: str) -> str:
    return codecs.decode(text.encode("latin-1", "backslashreplace"), "unicode_escape")
