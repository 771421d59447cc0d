"""Turns a process in fresh namespaces into the first one of a bare container; a script, never imported.

Reads its plan (see `bare.Container`) as JSON from the command line: what to copy and to bind-mount into an
empty root, which of the usual file systems to have, and what to execute in it. Only system calls and the
standard library: the host needs no tools for it.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import socket
import sys
from typing import Any

MS_RDONLY, MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 1, 32, 4096, 16384, 1 << 18
PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL = 47, 4
DEVICES = ("null", "zero", "urandom", "tty")

_libc = ctypes.CDLL(None, use_errno=True)


def mount(source: str, target: str, kind: str | None, flags: int = 0, data: str | None = None) -> None:
    """mount(2). Raises OSError."""
    encoded = [None if text is None else text.encode() for text in (source, target, kind)]
    if _libc.mount(*encoded, ctypes.c_ulong(flags), data and data.encode()):
        number = ctypes.get_errno()
        raise OSError(number, f"mount {target}: {os.strerror(number)}")


def bind(source: str, target: str) -> None:
    """Show a file or folder of the host at `target`, which is made."""
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        open(target, "w").close()
    mount(source, target, None, MS_BIND | MS_REC)


def build(root: str, plan: dict[str, Any]) -> None:
    """Fill the empty folder `root`."""
    mount("none", "/", None, MS_REC | MS_PRIVATE)
    mount("bare", root, "tmpfs", 0, "mode=755")
    for name in ("bin", "dev", "proc", "run", "tmp"):
        os.mkdir(f"{root}/{name}")
    os.chmod(f"{root}/run", 0o1777)
    os.chmod(f"{root}/tmp", 0o1777)
    for path, text in plan["files"].items():
        os.makedirs(os.path.dirname(root + path), exist_ok=True)
        with open(root + path, "w") as stream:
            stream.write(text)
        os.chmod(root + path, 0o755)
    for source, target in plan["copies"].items():
        os.makedirs(os.path.dirname(root + target), exist_ok=True)
        shutil.copy(source, root + target)
    for source, target in plan["binds"].items():
        bind(source, root + target)
    for target in plan["hidden"]:
        if os.path.isdir(root + target):
            mount("empty", root + target, "tmpfs", MS_RDONLY)
    add_system(root, plan["has"])
    mount("bare", root, None, MS_REMOUNT | MS_RDONLY)


def add_system(root: str, has: list[str]) -> None:
    """The usual file systems, as far as they are wanted; /run is always there and writable."""
    if "devices" in has:
        for name in DEVICES:
            bind(f"/dev/{name}", f"{root}/dev/{name}")
    if "pts" in has or "ptmx" in has:
        os.mkdir(f"{root}/dev/pts")
        mount("devpts", f"{root}/dev/pts", "devpts", 0, "newinstance,ptmxmode=0666,mode=620")
        bind(f"{root}/dev/pts/ptmx", f"{root}/dev/ptmx")
    if "pts" not in has and "ptmx" in has:
        mount("empty", f"{root}/dev/pts", "tmpfs", MS_RDONLY)
    if "proc" in has:
        mount("proc", f"{root}/proc", "proc")
    if "tmp" in has:
        mount("tmp", f"{root}/tmp", "tmpfs", 0, "mode=1777")
    mount("run", f"{root}/run", "tmpfs", 0, "mode=1777")


def main() -> None:
    root, plan = sys.argv[1], json.loads(sys.argv[2])
    build(root, plan)
    if plan["hostname"]:
        socket.sethostname(plan["hostname"])
    os.chroot(root)
    os.chdir("/")
    # A user other than root would keep what was needed for the mounts.
    _libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    os.execve(plan["argv"][0], plan["argv"], plan["env"])


if __name__ == "__main__":
    main()
