"""The garbage collector, made to fit a server that keeps a lot and leaves hardly any cycles behind.

Each row of a history is an object that the collector looks at again and again: with four histories of 50,000
lines a full collection stopped everybody for 50 ms, and a quarter of the time of their floods went there.
Commands, panes and sessions leave no cycles (what they held goes with its last reference), so what has
survived a full collection is set aside, and the next one looks only at what is new. Now and then one looks at
everything, for the sake of what leaves cycles after all.
"""

from __future__ import annotations

import gc

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

# Objects made (and not gone) before the youngest are looked at, and how many such looks make one at the older
# generations: a full collection comes after 20,000 objects that stay, and takes 7 ms.
THRESHOLDS = (800, 5, 5)
# So many full collections look only at what is new, before one looks at everything.
PARTIAL = 50


class SettingAside:
    """A callback of the collector."""

    def __init__(self) -> None:
        self._collections = 0

    def __call__(self, phase: str, info: Mapping[str, int]) -> None:
        if info["generation"] != 2:
            return
        if phase == "stop":
            gc.freeze()
            return
        self._collections += 1
        if self._collections % PARTIAL == 0:
            gc.unfreeze()


def tune() -> None:
    """For the rest of this process."""
    gc.set_threshold(*THRESHOLDS)
    gc.callbacks.append(SettingAside())
