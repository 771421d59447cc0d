"""Filling `%1` ... `%9` and `%%` in a command template (command-prompt, choose-tree, display-panes ...)."""

from __future__ import annotations

from tmuxish.early import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_ESCAPED = pattern(r'["\\$;~]')


def replace(template: str, value: str, index: int) -> str:
    """Replace every `%index` (1 to 9) and the first `%%` by `value`.

    A further `%` directly behind escapes what is special inside double quotes: `%1%`, `%%%`.
    """
    parts: list[str] = []
    digit = str(index) if 1 <= index <= 9 else None
    used = False
    position = 0
    while (percent := template.find("%", position)) >= 0:
        parts.append(template[position:percent])
        following = template[percent + 1 : percent + 2]
        if following == "%" and not used:
            used = True
        elif following != digit:
            parts.append("%")
            position = percent + 1
            continue
        position = percent + 2
        if template.startswith("%", position):
            position += 1
            parts.append(_ESCAPED.sub(r"\\\g<0>", value))
        else:
            parts.append(value)
    parts.append(template[position:])
    return "".join(parts)


def replace_all(template: str, values: Sequence[str]) -> str:
    """Replace placeholders 1, 2, ... by `values`, one after the other."""
    for index, value in enumerate(values, 1):
        template = replace(template, value, index)
    return template
