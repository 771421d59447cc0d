"""The system's users: numbers, names, homes and shells.

A uid may have no entry in the password database, as in many containers, and Windows has no such database;
then what is asked for is None. `pwd` is imported when it is wanted: most commands do without.
"""

from __future__ import annotations

import os
import sys

ROOT = 0

if sys.platform == "win32":

    def own_uid() -> int:
        """The user we run as; there are no numbers for users here."""
        return ROOT

    def name_of(uid: int) -> str | None:
        """A user's name; only our own is known."""
        return os.environ.get("USERNAME")

    def uid_of(name: str) -> int | None:
        """A user's number."""
        return None

    def home_of(name: str) -> str | None:
        """A user's home folder."""
        return None

    def own_home() -> str | None:
        """Our home folder: $HOME, unless that is a path of some Unix beside Windows, else the profile."""
        home = os.environ.get("HOME", "")
        return home if home[1:2] == ":" or home.startswith("\\\\") else os.environ.get("USERPROFILE")

    def own_shell() -> str | None:
        """Our login shell."""
        return None

else:

    def own_uid() -> int:
        """The user we run as."""
        return os.getuid()

    def name_of(uid: int) -> str | None:
        """A user's name."""
        import pwd

        try:
            return pwd.getpwuid(uid).pw_name
        except KeyError:
            return None

    def uid_of(name: str) -> int | None:
        """A user's number."""
        import pwd

        try:
            return pwd.getpwnam(name).pw_uid
        except KeyError:
            return None

    def home_of(name: str) -> str | None:
        """A user's home folder."""
        import pwd

        try:
            return pwd.getpwnam(name).pw_dir
        except KeyError:
            return None

    def own_home() -> str | None:
        """Our home folder: $HOME, else what the password database says."""
        home = os.environ.get("HOME")
        if home:
            return home
        import pwd

        try:
            return pwd.getpwuid(os.getuid()).pw_dir
        except KeyError:
            return None

    def own_shell() -> str | None:
        """Our login shell."""
        import pwd

        try:
            return pwd.getpwuid(os.getuid()).pw_shell
        except KeyError:
            return None
