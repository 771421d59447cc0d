"""Times as formats show them: the date, a short form for the past, or the user's own strftime(3) format."""

from __future__ import annotations

import time

DAY = 24 * 3600
# Up to this age a time shows its weekday even if it lies in the month before.
_RECENT = 28 * DAY

# The largest result of a time format (`t/f`) and of a whole template, in bytes; a longer one is nothing.
MAX_TIME = 511
MAX_TEMPLATE = 8191


def format_time(template: str, moment: time.struct_time, limit: int) -> str:
    """`template` through strftime(3); "" if the result is longer than `limit` or the format is not usable."""
    try:
        text = time.strftime(template, moment)
    except ValueError:
        # Some C libraries refuse conversions that others copy.
        return ""
    return text if len(text) <= limit and len(text.encode("utf-8", "surrogateescape")) <= limit else ""


def date(seconds: int) -> str:
    """As ctime(3) writes it: `Sun Oct 25 09:25:02 2015`."""
    try:
        return time.ctime(seconds)
    except (OverflowError, ValueError, OSError):
        return ""


def pretty_time(seconds: int, now: float, *, with_seconds: bool = False) -> str:
    """A short form: the clock within a day, then weekday and day, day and month, month and year."""
    try:
        moment = time.localtime(seconds)
    except (OverflowError, ValueError, OSError):
        return ""
    current = max(int(now), seconds)
    age = current - seconds
    today = time.localtime(current)
    if age < DAY:
        return time.strftime("%H:%M:%S" if with_seconds else "%H:%M", moment)
    if (moment.tm_year, moment.tm_mon) == (today.tm_year, today.tm_mon) or age < _RECENT:
        return time.strftime("%a%d", moment)
    this_year = moment.tm_year == today.tm_year and moment.tm_mon < today.tm_mon
    last_year = moment.tm_year == today.tm_year - 1 and moment.tm_mon > today.tm_mon
    return time.strftime("%d%b" if this_year or last_year else "%b%y", moment)
