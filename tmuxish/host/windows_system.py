"""Windows' list of processes, and what single ones tell, through ctypes.

The list is the tool help library's. A process's working directory has no function: it is read from the block
of parameters in its memory, where Windows itself keeps it (as psutil does; the places are those of Windows'
public debugging symbols, the same since Vista).
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes

from tmuxish.host.windows import Process

assert sys.platform == "win32"

_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
_ntdll = ctypes.WinDLL("ntdll")

SNAPSHOT_PROCESSES = 0x2
INVALID_HANDLE = ctypes.c_void_p(-1).value
QUERY_LIMITED_INFORMATION = 0x1000
QUERY_INFORMATION = 0x0400
READ_MEMORY = 0x0010

# NtQueryInformationProcess
BASIC_INFORMATION = 0
WOW64_INFORMATION = 26

# Longest path that the system gives a process, in bytes.
MAX_PATH_BYTES = 65536


class _Entry(ctypes.Structure):
    _fields_ = (
        ("dwSize", wintypes.DWORD),
        ("cntUsage", wintypes.DWORD),
        ("th32ProcessID", wintypes.DWORD),
        ("th32DefaultHeapID", ctypes.c_size_t),
        ("th32ModuleID", wintypes.DWORD),
        ("cntThreads", wintypes.DWORD),
        ("th32ParentProcessID", wintypes.DWORD),
        ("pcPriClassBase", wintypes.LONG),
        ("dwFlags", wintypes.DWORD),
        ("szExeFile", wintypes.WCHAR * 260),
    )


class _BasicInformation(ctypes.Structure):
    _fields_ = (
        ("ExitStatus", ctypes.c_void_p),
        ("PebBaseAddress", ctypes.c_void_p),
        ("AffinityMask", ctypes.c_void_p),
        ("BasePriority", ctypes.c_void_p),
        ("UniqueProcessId", ctypes.c_void_p),
        ("InheritedFromUniqueProcessId", ctypes.c_void_p),
    )


class _Layout:
    """Where things are in a process of one word size, in bytes.

    pointer: a pointer's size. parameters: in the environment block (PEB), where the parameters' address is.
    folder: in the parameters, where the directory's string is. text: in a string, where its address is.
    """

    def __init__(self, pointer: int, parameters: int, folder: int, text: int) -> None:
        self.pointer = pointer
        self.parameters = parameters
        self.folder = folder
        self.text = text


_LAYOUTS = {8: _Layout(8, 0x20, 0x38, 8), 4: _Layout(4, 0x10, 0x24, 4)}
_OWN_POINTER = ctypes.sizeof(ctypes.c_void_p)


def _declare() -> None:
    handle, dword, flag, pointer = wintypes.HANDLE, wintypes.DWORD, wintypes.BOOL, ctypes.c_void_p
    for name, result, arguments in (
        ("CreateToolhelp32Snapshot", handle, (dword, dword)),
        ("Process32FirstW", flag, (handle, pointer)),
        ("Process32NextW", flag, (handle, pointer)),
        ("OpenProcess", handle, (dword, flag, dword)),
        ("CloseHandle", flag, (handle,)),
        ("GetProcessTimes", flag, (handle, pointer, pointer, pointer, pointer)),
        ("ReadProcessMemory", flag, (handle, pointer, pointer, ctypes.c_size_t, pointer)),
    ):
        function = getattr(_kernel32, name)
        function.restype = result
        function.argtypes = arguments
    _ntdll.NtQueryInformationProcess.restype = wintypes.LONG
    _ntdll.NtQueryInformationProcess.argtypes = (handle, ctypes.c_int, pointer, wintypes.ULONG, pointer)


_declare()


class SystemProcesses:
    """The system's answers."""

    def processes(self) -> list[Process]:
        snapshot = _kernel32.CreateToolhelp32Snapshot(SNAPSHOT_PROCESSES, 0)
        if not snapshot or snapshot == INVALID_HANDLE:
            return []
        entry = _Entry(dwSize=ctypes.sizeof(_Entry))
        here = ctypes.addressof(entry)
        found = []
        step = _kernel32.Process32NextW
        try:
            more = _kernel32.Process32FirstW(snapshot, here)
            while more:
                found.append(Process(entry.th32ProcessID, entry.th32ParentProcessID, entry.szExeFile))
                more = step(snapshot, here)
        finally:
            _kernel32.CloseHandle(snapshot)
        return found

    def created(self, pid: int) -> int | None:
        handle = _kernel32.OpenProcess(QUERY_LIMITED_INFORMATION, False, pid)
        if not handle:
            return None
        times = (ctypes.c_ulonglong * 4)()
        here = ctypes.addressof(times)
        try:
            done = _kernel32.GetProcessTimes(handle, here, here + 8, here + 16, here + 24)
        finally:
            _kernel32.CloseHandle(handle)
        return times[0] if done else None

    def folder(self, pid: int) -> str | None:
        handle = _kernel32.OpenProcess(QUERY_INFORMATION | READ_MEMORY, False, pid)
        if not handle:
            return None
        try:
            return _folder(handle)
        finally:
            _kernel32.CloseHandle(handle)


def _folder(handle: int) -> str | None:
    layout, block = _environment_block(handle)
    if not block:
        return None
    parameters = _number(handle, block + layout.parameters, layout.pointer)
    if not parameters:
        return None
    length = _number(handle, parameters + layout.folder, 2)
    text = _number(handle, parameters + layout.folder + layout.text, layout.pointer)
    if not length or not text or length > MAX_PATH_BYTES:
        return None
    data = _read(handle, text, length)
    return None if data is None else data.decode("utf-16-le", "replace")


def _environment_block(handle: int) -> tuple[_Layout, int]:
    """Where a process's environment block is; 0 where it cannot be had (of a wider process than ours)."""
    if _OWN_POINTER == 8:
        narrow = ctypes.c_void_p()
        if not _query(handle, WOW64_INFORMATION, narrow) and narrow.value:
            return _LAYOUTS[4], narrow.value
    basic = _BasicInformation()
    if _query(handle, BASIC_INFORMATION, basic):
        return _LAYOUTS[_OWN_POINTER], 0
    return _LAYOUTS[_OWN_POINTER], basic.PebBaseAddress or 0


def _query(handle: int, what: int, into: ctypes.Structure | ctypes.c_void_p) -> int:
    """0 if it was answered."""
    status: int = _ntdll.NtQueryInformationProcess(
        handle, what, ctypes.addressof(into), ctypes.sizeof(into), None
    )
    return status


def _number(handle: int, address: int, size: int) -> int:
    return int.from_bytes(_read(handle, address, size) or b"", "little")


def _read(handle: int, address: int, size: int) -> bytes | None:
    buffer = ctypes.create_string_buffer(size)
    if not _kernel32.ReadProcessMemory(handle, address, buffer, size, None):
        return None
    return buffer.raw
