"""The parser: quotes, escapes, blocks, conditions, assignments, `;` in calls, files, aliases."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

from compat_tests.grammar.cases import TEXTS
from compat_tests.language import random_words
from compat_tests.language.parser_calls import ARGVS, FILES
from compat_tests.language.play import Case, Group
from compat_tests.language.texts import paragraphs
from compat_tests.language.world import chain

SEED = 8
RANDOM_CASES = 300

SETUP = [
    chain(
        "new-session -d -s main -n one -x 80 -y 24 cat",
        "new-session -d -s other -n two -x 80 -y 24 cat",
        "set-option -s command-alias[100] 'say=display-message -p'",
        "set-option -s command-alias[101] 'two=display-message -p one ; display-message -p two'",
        "set-option -s command-alias[102] 'broken=display-message -p \"'",
        "set-option -s command-alias[103] 'again=say again'",
        "set-option -s command-alias[104] 'ls=display-message -p alias'",
        "set-option -g @one 1",
        "set-option -g @text 'two words'",
        "set-environment -g FOO bar",
        "set-environment -g EMPTY ''",
        "set-environment -g HOME /home/me",
        "set-environment -t main LOCAL x",
    ),
]

_WORDS = [
    "a",
    "'a b'",
    '"a b"',
    "a\\ b",
    "''",
    "$FOO",
    '"$FOO"',
    "'$FOO'",
    "~",
    '"~"',
    "#x",
    "'#x'",
    "\\;",
    "{a}",
]
_SEPARATORS = [" ; ", ";", "\n", " ;\n", "\\;", " ;; ", "\\\n", " # c\n", "\r\n", "\t"]
_STRINGS = ["a", "'x y'", '"x y"', "$FOO", "${FOO}", '"${FOO}z"', "\\u00e9", '"\\t|"', "'\\t'", "~/x", "#[a]"]


def groups() -> Iterator[Group]:
    joined = [
        f"display-message -p -- {first}{separator}display-message -p -- {second}\n"
        for (first, second), separator in zip(
            itertools.islice(itertools.product(_WORDS, repeat=2), 120), itertools.cycle(_SEPARATORS)
        )
    ]
    glued = [f"display-message -p -- {one}{other}\n" for one, other in itertools.product(_STRINGS, repeat=2)]
    yield {"name": "words", "setup": SETUP, "cases": _texts([*joined, *glued])}
    yield {"name": "sequences", "setup": SETUP, "cases": _texts(paragraphs("sequences"))}
    # The texts of the grammar's own tests, parsed and shown by the executable.
    shown: list[Case] = []
    for number, text in enumerate(TEXTS):
        if "\r" not in text:
            shown.append({"text": f"source-file -n -v <work>/p{number}\n"})
    files = [{"file": [f"p{number}", text]} for number, text in enumerate(TEXTS)]
    yield {"name": "shown", "setup": [*SETUP, *files], "cases": shown}
    rng = random.Random(SEED)
    texts = [random_words.text(rng) for _ in range(RANDOM_CASES)]
    files = [{"file": [f"r{number}", text]} for number, text in enumerate(texts)]
    parsed: list[Case] = [{"text": f"source-file -n -v <work>/r{number}\n"} for number in range(len(texts))]
    yield {"name": "random", "setup": [*SETUP, *files], "cases": parsed}
    yield {"name": "files", "setup": [*SETUP, *FILES_SETUP], "cases": [{"argv": argv} for argv in FILES]}
    yield {"name": "calls", "setup": SETUP, "cases": [{"argv": argv} for argv in ARGVS]}


FILES_SETUP = [
    {"file": ["good.conf", "display-message -p good\nset-option -g @good yes\n"]},
    {"file": ["other.conf", "display-message -p other # comment\n"]},
    {"file": ["bad.conf", "display-message -p before\nnosuch-command\n"]},
    {"file": ["quote.conf", "display-message -p 'open\n\n"]},
    {"file": ["fails.conf", "display-message -p one\nhas-session -t nosuch\ndisplay-message -p two\n"]},
    {"file": ["drops.conf", "has-session -t nosuch ; display-message -p lost\ndisplay-message -p kept\n"]},
    {
        "file": [
            "nested.conf",
            "display-message -p out\nsource-file <work>/good.conf\ndisplay-message -p in\n",
        ]
    },
    {"file": ["relative.conf", "source-file good.conf\nsource-file -q none.conf\nsource-file none.conf\n"]},
    {"file": ["self.conf", "source-file <work>/self.conf\n"]},
    {"file": ["empty.conf", ""]},
    {"file": ["nl.conf", "\n\n\n"]},
    {"file": ["two words.conf", "display-message -p spaced\n"]},
    {"file": ["file.conf", "display-message -p '#{b:current_file}'\n"]},
    {
        "file": [
            "if.conf",
            "%if #{==:#{@good},yes}\ndisplay-message -p was\n%else\ndisplay-message -p not\n%endif\n",
        ]
    },
    {"file": ["one.conf", "display-message -p no-newline"]},
    {"file": ["alias.conf", "say hi\nagain\ntwo\nbroken\n"]},
    {"file": ["env.conf", 'NEW=value\n%hidden SECRET=x\ndisplay-message -p "$NEW $SECRET"\n']},
    {
        "file": [
            "long.conf",
            "\n".join(["display-message -p \\", "a\\", "b \\", "", "display-message -p c", ""]),
        ]
    },
]


def _texts(texts: list[str]) -> list[Case]:
    return [{"text": text} for text in texts]
