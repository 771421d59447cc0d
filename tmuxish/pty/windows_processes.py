"""Windows' processes and job objects, through ctypes: what `tmuxish.pty.windows.ProcessTools` asks for.

Loaded where a program is started, on Windows only.
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes

assert sys.platform == "win32"

_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)

SYNCHRONIZE = 0x00100000
PROCESS_TERMINATE = 0x0001
PROCESS_SET_QUOTA = 0x0100
PROCESS_QUERY_LIMITED_INFORMATION = 0x1000
HELD = SYNCHRONIZE | PROCESS_TERMINATE | PROCESS_SET_QUOTA | PROCESS_QUERY_LIMITED_INFORMATION

INFINITE = 0xFFFFFFFF
WAIT_FAILED = 0xFFFFFFFF

# JobObjectExtendedLimitInformation, and the limits that are set in it. Breaking away is left to programs
# that ask for it: a server that is started in a pane is to outlive the pane.
EXTENDED_LIMITS = 9
KILL_ON_JOB_CLOSE = 0x2000
BREAKAWAY_OK = 0x0800


class _BasicLimits(ctypes.Structure):
    _fields_ = (
        ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
        ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
        ("LimitFlags", wintypes.DWORD),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", wintypes.DWORD),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", wintypes.DWORD),
        ("SchedulingClass", wintypes.DWORD),
    )


class _ExtendedLimits(ctypes.Structure):
    _fields_ = (
        ("BasicLimitInformation", _BasicLimits),
        ("IoInfo", ctypes.c_ulonglong * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


def _declare() -> None:
    handle, dword, flag = wintypes.HANDLE, wintypes.DWORD, wintypes.BOOL
    for name, result, arguments in (
        ("OpenProcess", handle, (dword, flag, dword)),
        ("CloseHandle", flag, (handle,)),
        ("WaitForSingleObject", dword, (handle, dword)),
        ("GetExitCodeProcess", flag, (handle, ctypes.POINTER(dword))),
        ("TerminateProcess", flag, (handle, wintypes.UINT)),
        ("CreateJobObjectW", handle, (ctypes.c_void_p, wintypes.LPCWSTR)),
        ("SetInformationJobObject", flag, (handle, ctypes.c_int, ctypes.c_void_p, dword)),
        ("AssignProcessToJobObject", flag, (handle, handle)),
        ("TerminateJobObject", flag, (handle, wintypes.UINT)),
    ):
        function = getattr(_kernel32, name)
        function.restype = result
        function.argtypes = arguments


_declare()


def _checked(result: int | None) -> int:
    """Raises OSError, with the system's reason, for what stands for a failure."""
    if not result:
        raise ctypes.WinError(ctypes.get_last_error())
    return result


class SystemProcess:
    """A process that is held by a handle."""

    def __init__(self, pid: int) -> None:
        """Raises OSError if there is none of that id."""
        self.handle = _checked(_kernel32.OpenProcess(HELD, False, pid))

    def wait(self) -> None:
        if _kernel32.WaitForSingleObject(self.handle, INFINITE) == WAIT_FAILED:
            raise ctypes.WinError(ctypes.get_last_error())

    def exit_code(self) -> int:
        code = wintypes.DWORD()
        _checked(_kernel32.GetExitCodeProcess(self.handle, ctypes.byref(code)))
        return code.value

    def terminate(self, code: int) -> None:
        _kernel32.TerminateProcess(self.handle, code)  # which fails if it has ended

    def close(self) -> None:
        handle, self.handle = self.handle, 0
        if handle:
            _kernel32.CloseHandle(handle)


class SystemJob:
    """A job object that ends its processes when nobody holds it any more: when this process ends, too."""

    def __init__(self) -> None:
        self._handle = _checked(_kernel32.CreateJobObjectW(None, None))
        self._limit(KILL_ON_JOB_CLOSE | BREAKAWAY_OK)

    def _limit(self, flags: int) -> None:
        limits = _ExtendedLimits()
        limits.BasicLimitInformation.LimitFlags = flags
        size = ctypes.sizeof(limits)
        _checked(_kernel32.SetInformationJobObject(self._handle, EXTENDED_LIMITS, ctypes.byref(limits), size))

    def add(self, handle: int) -> None:
        """Put a process into it, with all that it will start. Raises OSError."""
        _checked(_kernel32.AssignProcessToJobObject(self._handle, handle))

    def terminate(self, code: int) -> None:
        _kernel32.TerminateJobObject(self._handle, code)

    def release(self) -> None:
        self._limit(BREAKAWAY_OK)
        self.close()

    def close(self) -> None:
        """Ends those that are in it, unless it was released."""
        handle, self._handle = self._handle, 0
        if handle:
            _kernel32.CloseHandle(handle)

    def __del__(self) -> None:
        self.close()


class SystemTools:
    """This system's processes."""

    def open(self, pid: int) -> SystemProcess:
        return SystemProcess(pid)

    def new_job(self) -> SystemJob:
        return SystemJob()
