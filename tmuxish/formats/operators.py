"""The operators of formats that work on text alone: comparison, patterns, substitution, arithmetic."""

from __future__ import annotations

import math
from collections.abc import Callable

from tmuxish.formats.text import encoded, to_float, to_number

TRUE = "1"
FALSE = "0"

# Most decimal places an expression can ask for.
MAX_PRECISION = 100
# The longest text that R and s make, in characters.
MAX_TEXT = 1024 * 1024
# Numbers closer than this are equal to an expression.
_CLOSE = 1e-9
_INT64_MIN = -(2**63)


def compare(operator: str, flags: str, left: str, right: str) -> str:
    """`left` operator `right` as text in byte order; for `m`, whether `right` matches the pattern `left`."""
    if operator == "m":
        return TRUE if matches(left, right, flags) else FALSE
    if operator == "==":
        return TRUE if left == right else FALSE
    if operator == "!=":
        return TRUE if left != right else FALSE
    if left.isascii() and right.isascii():
        sign = (left > right) - (left < right)
    else:
        first, second = encoded(left), encoded(right)
        sign = (first > second) - (first < second)
    return TRUE if _HOLDS[operator](sign) else FALSE


_HOLDS: dict[str, Callable[[int], bool]] = {
    "<": lambda sign: sign < 0,
    ">": lambda sign: sign > 0,
    "<=": lambda sign: sign <= 0,
    ">=": lambda sign: sign >= 0,
}


def matches(pattern: str, text: str, flags: str) -> bool:
    """Whether `text` matches an fnmatch(3) pattern, or (flag `r`) a regular expression; `i` ignores case."""
    from tmuxish.formats import patterns  # here and below: a server's start does not pay for it

    ignore_case = "i" in flags
    if "r" in flags:
        expression = patterns.regular_expression(pattern, ignore_case)
        return expression is not None and expression.search(text) is not None
    return patterns.glob_matches(pattern, text, ignore_case)


def substitute(
    pattern: str, replacement: str, text: str, flags: str, in_time: Callable[[], bool] = lambda: True
) -> str:
    r"""Every match of the extended regular expression replaced; `\0` to `\9` are what groups matched.

    An empty match counts only where no match ended; a pattern anchored with ^ is tried once. Once
    `in_time` says no, or there is MAX_TEXT, the rest stays as it is.
    """
    if not text or not pattern:
        return text
    from tmuxish.formats import patterns

    expression = patterns.regular_expression(pattern, "i" in flags)
    if expression is None:
        return text
    out: list[str] = []
    length = start = last = 0
    after_empty = False
    while start <= len(text):
        in_limits = length <= MAX_TEXT and in_time()
        found = expression.search(text[start:] if start else text) if in_limits else None
        if found is None:
            out.append(text[start:])
            break
        begin, end = start + found[0][0], start + found[0][1]
        out.append(text[last:begin])
        if after_empty or begin != last or begin != end:
            out.append(_fill(replacement, text, start, found))
            length += len(out[-1])
            last = start = end
            after_empty = False
        else:
            last = end
            start = end + 1
            after_empty = True
        if pattern.startswith("^"):
            out.append(text[start:])
            break
    return "".join(out)


def _fill(replacement: str, text: str, start: int, groups: list[tuple[int, int]]) -> str:
    if "\\" not in replacement:
        return replacement
    out: list[str] = []
    chars = iter(replacement)
    for char in chars:
        if char == "\\":
            # A backslash at the very end stands for itself.
            char = next(chars, "\\")
            if char in "0123456789":
                group = int(char)
                if group < len(groups) and groups[group][0] != groups[group][1]:
                    out.append(text[start + groups[group][0] : start + groups[group][1]])
                    continue
        out.append(char)
    return "".join(out)


def _divide(left: float, right: float) -> float:
    if right:
        return left / right
    if not left or math.isnan(left):
        return -math.nan
    return math.copysign(math.inf, left) * math.copysign(1, right)


def _modulus(left: float, right: float) -> float:
    if not right or math.isinf(left):
        return -math.nan
    return math.fmod(left, right)


def _product(left: float, right: float) -> float:
    return left * right


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": _product,
    "/": _divide,
    "%": _modulus,
    "m": _modulus,
    "==": lambda left, right: abs(left - right) < _CLOSE,
    "!=": lambda left, right: abs(left - right) > _CLOSE,
    ">": lambda left, right: left > right,
    "<": lambda left, right: left < right,
    ">=": lambda left, right: left >= right,
    "<=": lambda left, right: left <= right,
}


class ExpressionError(Exception):
    """An expression has no value. `str()` is the reason display-message -v gives."""


def check_expression(arguments: list[str]) -> tuple[bool, int]:
    """Whether `e|operator|flags|decimals` wants floating point, and its decimal places.

    Negative decimals are printf's default of six. Raises ExpressionError.
    """
    if arguments[0] not in _ARITHMETIC:
        raise ExpressionError(f"expression has no valid operator: '{arguments[0]}'")
    floating = len(arguments) >= 2 and "f" in arguments[1]
    if len(arguments) < 3:
        return floating, 2 if floating else 0
    decimals = to_number(arguments[2], -MAX_PRECISION, MAX_PRECISION)
    if decimals is None:
        number = to_number(arguments[2], -(10**30), 10**30)
        reason = "invalid" if number is None else "too small" if number < 0 else "too large"
        raise ExpressionError(f"expression precision {reason}: {arguments[2]}")
    return floating, decimals


def operand(text: str, side: str, floating: bool) -> float:
    """One side of an expression; without floating point its fraction is cut. Raises ExpressionError."""
    value = to_float(text)
    if value is None:
        raise ExpressionError(f"expression {side} side is invalid: {text}")
    return value if floating else _as_integer(value)


def calculate(operator: str, left: float, right: float, floating: bool) -> float:
    """The value of an expression."""
    try:
        result = float(_ARITHMETIC[operator](left, right))
    except OverflowError:
        result = math.inf
    return result if floating else _as_integer(result)


def _as_integer(value: float) -> float:
    """As a 64-bit integer; what does not fit is the most negative one, as on the common processors."""
    if math.isnan(value) or not -(2.0**63) <= value < 2.0**63:
        return float(_INT64_MIN)
    return float(int(value))


def print_number(value: float, decimals: int) -> str:
    """As printf's `%.*f` writes it."""
    if math.isnan(value):
        return "-nan" if math.copysign(1, value) < 0 else "nan"
    return f"{value:.{decimals if decimals >= 0 else 6}f}"
