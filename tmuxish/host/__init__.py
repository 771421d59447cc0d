"""Facts about processes, a module per operating system."""

from __future__ import annotations

import sys

from tmuxish.host.base import Everybody, HostFacts, UnknownHost


def host_facts(everybody: Everybody) -> HostFacts:
    """The facts of this moment; `everybody` gives all panes' programs, if the host needs to know them."""
    if sys.platform == "linux":
        from tmuxish.host.linux import LinuxFacts

        return LinuxFacts()
    if sys.platform == "darwin":
        from tmuxish.host.macos import MacFacts

        return MacFacts(everybody)
    return UnknownHost()
