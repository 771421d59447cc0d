"""What a starting server needs of the standard library, without all that comes along with it.

`typing`, `re`, `enum`, `functools`, `contextlib`, `collections`, `selectors`, `signal` and `socket` are a
third of what a cold start took, and none of its work. So the modules on its way say `TYPE_CHECKING = False`
themselves, take `deque` and the like from here, and import what is wanted after the first answer where it is
wanted. compat_tests/server/test_cold_start.py holds the list of what is imported.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    import signal
    from collections import deque
    from contextlib import suppress
    from functools import cached_property as on_demand
    from heapq import heappop, heappush
    from typing import cast
else:
    import _signal as signal

    try:
        from _collections import deque
        from _heapq import heappop, heappush
    except ImportError:  # another Python than CPython
        from collections import deque
        from heapq import heappop, heappush

    def cast(kind: object, value: object) -> object:
        """`typing.cast`."""
        return value

    class on_demand:
        """`functools.cached_property`: made when it is first asked for, and kept."""

        def __init__(self, make) -> None:
            self._make = make
            self.__doc__ = make.__doc__

        def __get__(self, instance, owner):
            made = instance.__dict__[self._make.__name__] = self._make(instance)
            return made

    class suppress:
        """`contextlib.suppress`."""

        __slots__ = ("_errors",)

        def __init__(self, *errors: type[BaseException]) -> None:
            self._errors = errors

        def __enter__(self) -> None:
            pass

        def __exit__(self, kind, error, traceback) -> bool:
            return kind is not None and issubclass(kind, self._errors)


__all__ = ["cast", "deque", "heappop", "heappush", "on_demand", "pattern", "signal", "suppress"]


class _Pattern:
    """A regular expression that is compiled when it is first used: it then is as fast as any."""

    def __init__(self, text: str, flags: int) -> None:
        self._source = text, flags

    def __getattr__(self, name: str) -> object:
        """One of its methods, which is found without this from now on."""
        import re

        text, flags = self._source
        method: object = getattr(re.compile(text, flags), name)
        setattr(self, name, method)
        return method


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile`, later."""
    return _Pattern(text, flags)  # type: ignore[return-value]
