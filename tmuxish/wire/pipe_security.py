"""Who may open what the server makes on Windows: the user it runs as, and nobody else.

The rule names the user's own SID rather than the owner: what an elevated process makes belongs to the group
of administrators.
"""

from __future__ import annotations

import ctypes
import functools
import sys
from ctypes import wintypes

assert sys.platform == "win32"

TOKEN_QUERY = 0x0008
TOKEN_USER = 1
SDDL_REVISION = 1
# Protected from inherited rules; one rule, which allows everything.
OWNER_ONLY = "D:P(A;;GA;;;{sid})"

_advapi32 = ctypes.WinDLL("advapi32", use_last_error=True)
_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)

_kernel32.GetCurrentProcess.restype = wintypes.HANDLE
_kernel32.CloseHandle.argtypes = [wintypes.HANDLE]
_kernel32.LocalFree.argtypes = [wintypes.HLOCAL]
_kernel32.LocalFree.restype = wintypes.HLOCAL
_kernel32.GetNamedPipeClientProcessId.argtypes = [wintypes.HANDLE, ctypes.POINTER(wintypes.ULONG)]
_advapi32.OpenProcessToken.argtypes = [wintypes.HANDLE, wintypes.DWORD, ctypes.POINTER(wintypes.HANDLE)]
_advapi32.GetTokenInformation.argtypes = [
    wintypes.HANDLE,
    ctypes.c_int,
    ctypes.c_void_p,
    wintypes.DWORD,
    ctypes.POINTER(wintypes.DWORD),
]
_advapi32.ConvertSidToStringSidW.argtypes = [ctypes.c_void_p, ctypes.POINTER(wintypes.LPWSTR)]
_advapi32.ConvertStringSecurityDescriptorToSecurityDescriptorW.argtypes = [
    wintypes.LPCWSTR,
    wintypes.DWORD,
    ctypes.POINTER(ctypes.c_void_p),
    ctypes.c_void_p,
]


class _SecurityAttributes(ctypes.Structure):
    _fields_ = (
        ("length", wintypes.DWORD),
        ("descriptor", ctypes.c_void_p),
        ("inherit", wintypes.BOOL),
    )


def _failed() -> OSError:
    return ctypes.WinError(ctypes.get_last_error())


@functools.cache
def own_sid() -> str:
    """The SID of the user this process runs as ("S-1-5-21-..."). Raises OSError."""
    token = wintypes.HANDLE()
    if not _advapi32.OpenProcessToken(_kernel32.GetCurrentProcess(), TOKEN_QUERY, ctypes.byref(token)):
        raise _failed()
    try:
        size = wintypes.DWORD()
        _advapi32.GetTokenInformation(token, TOKEN_USER, None, 0, ctypes.byref(size))
        user = ctypes.create_string_buffer(size.value)
        if not _advapi32.GetTokenInformation(token, TOKEN_USER, user, size, ctypes.byref(size)):
            raise _failed()
    finally:
        _kernel32.CloseHandle(token)
    text = wintypes.LPWSTR()
    sid = ctypes.c_void_p.from_buffer(user)  # the first field of what was returned points to it
    if not _advapi32.ConvertSidToStringSidW(sid, ctypes.byref(text)):
        raise _failed()
    try:
        return text.value or ""
    finally:
        _kernel32.LocalFree(ctypes.cast(text, wintypes.HLOCAL))


@functools.cache
def _owner_only() -> _SecurityAttributes:
    descriptor = ctypes.c_void_p()
    rule = OWNER_ONLY.format(sid=own_sid())
    convert = _advapi32.ConvertStringSecurityDescriptorToSecurityDescriptorW
    if not convert(rule, SDDL_REVISION, ctypes.byref(descriptor), None):
        raise _failed()
    # Never freed: pipes are made as long as the server lives.
    return _SecurityAttributes(ctypes.sizeof(_SecurityAttributes), descriptor, False)


def owner_only() -> int:
    """The address of SECURITY_ATTRIBUTES that let in nobody but our user. Raises OSError."""
    return ctypes.addressof(_owner_only())


def client_pid(handle: int) -> int | None:
    """The process at the other end of a pipe that a client has opened; None if the system does not say."""
    pid = wintypes.ULONG()
    if not _kernel32.GetNamedPipeClientProcessId(handle, ctypes.byref(pid)):
        return None
    return pid.value
