"""The Windows console, as the system gives it: modes, records, size, text. Thin, so that little is untested
where there is no Windows; what it means is in `console_input` and `terminal_windows`.

Text goes out and comes in as UTF-16 through the functions that take it, so no code page has a say in it and
none has to be changed and put back.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes

from tmuxish.cli.console_input import Focus, Key, Mouse, Record

assert sys.platform == "win32"

_GENERIC_READ_WRITE = 0xC0000000
_SHARE_READ_WRITE = 3
_OPEN_EXISTING = 3
_INVALID_HANDLE = ctypes.c_void_p(-1).value
_INFINITE = 0xFFFFFFFF
_WAIT_OBJECT = 0

# Kinds of input records.
_KEY, _MOUSE, _SIZE, _FOCUS = 0x01, 0x02, 0x04, 0x10
# Records fetched in one go.
_BATCH = 256


class _KeyEvent(ctypes.Structure):
    _fields_ = (
        ("down", wintypes.BOOL),
        ("repeats", wintypes.WORD),
        ("virtual", wintypes.WORD),
        ("scan", wintypes.WORD),
        ("unit", wintypes.WORD),
        ("state", wintypes.DWORD),
    )


class _MouseEvent(ctypes.Structure):
    _fields_ = (
        ("x", wintypes.SHORT),
        ("y", wintypes.SHORT),
        ("buttons", wintypes.DWORD),
        ("state", wintypes.DWORD),
        ("flags", wintypes.DWORD),
    )


class _Event(ctypes.Union):
    _fields_ = (("key", _KeyEvent), ("mouse", _MouseEvent), ("focus", wintypes.BOOL))


class _InputRecord(ctypes.Structure):
    _fields_ = (("kind", wintypes.WORD), ("event", _Event))


class _ScreenBufferInfo(ctypes.Structure):
    _fields_ = (
        ("size", wintypes._COORD),
        ("cursor", wintypes._COORD),
        ("attributes", wintypes.WORD),
        ("window", wintypes.SMALL_RECT),
        ("largest", wintypes._COORD),
    )


_CtrlHandler = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.DWORD)
_kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
_kernel32.CreateFileW.restype = wintypes.HANDLE
_kernel32.CreateFileW.argtypes = (
    wintypes.LPCWSTR,
    wintypes.DWORD,
    wintypes.DWORD,
    wintypes.LPVOID,
    wintypes.DWORD,
    wintypes.DWORD,
    wintypes.HANDLE,
)
_kernel32.CloseHandle.argtypes = (wintypes.HANDLE,)
_kernel32.GetConsoleMode.argtypes = (wintypes.HANDLE, wintypes.LPDWORD)
_kernel32.SetConsoleMode.argtypes = (wintypes.HANDLE, wintypes.DWORD)
_kernel32.ReadConsoleInputW.argtypes = (
    wintypes.HANDLE,
    ctypes.POINTER(_InputRecord),
    wintypes.DWORD,
    wintypes.LPDWORD,
)
_kernel32.WriteConsoleW.argtypes = (
    wintypes.HANDLE,
    wintypes.LPCVOID,
    wintypes.DWORD,
    wintypes.LPDWORD,
    wintypes.LPVOID,
)
_kernel32.GetConsoleScreenBufferInfo.argtypes = (wintypes.HANDLE, ctypes.POINTER(_ScreenBufferInfo))
_kernel32.CreateEventW.restype = wintypes.HANDLE
_kernel32.CreateEventW.argtypes = (wintypes.LPVOID, wintypes.BOOL, wintypes.BOOL, wintypes.LPCWSTR)
_kernel32.SetEvent.argtypes = (wintypes.HANDLE,)
_kernel32.ResetEvent.argtypes = (wintypes.HANDLE,)
_kernel32.WaitForMultipleObjects.argtypes = (
    wintypes.DWORD,
    ctypes.POINTER(wintypes.HANDLE),
    wintypes.BOOL,
    wintypes.DWORD,
)
_kernel32.GetFileInformationByHandleEx.argtypes = (
    wintypes.HANDLE,
    ctypes.c_int,
    wintypes.LPVOID,
    wintypes.DWORD,
)
_kernel32.SetConsoleCtrlHandler.argtypes = (_CtrlHandler, wintypes.BOOL)


# What mintty and its like are to a program of Windows, and how to have a console there.
CYGWIN_TERMINAL = (
    "this is a terminal of MSYS or Cygwin without a console, where Windows' programs cannot draw"
)
CYGWIN_MEND = "set MSYS=enable_pcon and open another window, or say winpty tmux"
_CYGWIN_PIPES = ("msys-", "cygwin-")
_FILE_NAME_INFO = 2


class _FileName(ctypes.Structure):
    _fields_ = (("size", wintypes.DWORD), ("name", wintypes.WCHAR * 1024))


def is_cygwin_terminal(fd: int) -> bool:
    """Whether a descriptor is the pipe that mintty and its like give to programs of Windows."""
    import msvcrt

    found = _FileName()
    try:
        handle = msvcrt.get_osfhandle(fd)
    except OSError:
        return False
    if not _kernel32.GetFileInformationByHandleEx(
        handle, _FILE_NAME_INFO, ctypes.byref(found), ctypes.sizeof(found)
    ):
        return False
    name = found.name[: found.size // 2].lstrip("\\")
    return name.startswith(_CYGWIN_PIPES) and "-pty" in name


class Console:
    """The console that this process belongs to. Raises OSError if there is none."""

    def __init__(self) -> None:
        self._input = _open("CONIN$")
        try:
            self._output = _open("CONOUT$")
        except OSError:
            _kernel32.CloseHandle(self._input)
            raise
        self._stop = _kernel32.CreateEventW(None, True, False, None)
        self._records = (_InputRecord * _BATCH)()

    def close(self) -> None:
        """Nobody reads or writes it any more."""
        for handle in (self._input, self._output, self._stop):
            _kernel32.CloseHandle(handle)

    def modes(self) -> tuple[int, int]:
        """The modes of input and output. Raises OSError."""
        found = wintypes.DWORD(), wintypes.DWORD()
        for handle, mode in zip((self._input, self._output), found, strict=True):
            _check(_kernel32.GetConsoleMode(handle, ctypes.byref(mode)))
        return found[0].value, found[1].value

    def set_input_mode(self, mode: int) -> None:
        """Raises OSError if the console does not know one of its bits."""
        _check(_kernel32.SetConsoleMode(self._input, mode))

    def set_output_mode(self, mode: int) -> None:
        """Raises OSError if the console does not know one of its bits."""
        _check(_kernel32.SetConsoleMode(self._output, mode))

    def size(self) -> tuple[int, int]:
        """Columns and rows of the window. Raises OSError."""
        window = self._window()
        return window.Right - window.Left + 1, window.Bottom - window.Top + 1

    def _window(self) -> wintypes.SMALL_RECT:
        info = _ScreenBufferInfo()
        _check(_kernel32.GetConsoleScreenBufferInfo(self._output, ctypes.byref(info)))
        window: wintypes.SMALL_RECT = info.window
        return window

    def read(self) -> tuple[list[Record], bool] | None:
        """Waits for records: those there are, and whether the size may have changed. None after `interrupt`.
        Raises OSError if the console is gone.
        """
        handles = (wintypes.HANDLE * 2)(self._stop, self._input)
        if _kernel32.WaitForMultipleObjects(2, handles, False, _INFINITE) == _WAIT_OBJECT:
            _kernel32.ResetEvent(self._stop)
            return None
        count = wintypes.DWORD()
        _check(_kernel32.ReadConsoleInputW(self._input, self._records, _BATCH, ctypes.byref(count)))
        events = self._records[: count.value]
        window = self._window() if any(event.kind == _MOUSE for event in events) else None
        left, top = (window.Left, window.Top) if window is not None else (0, 0)
        records = [record for event in events if (record := _record(event, left, top)) is not None]
        return records, any(event.kind == _SIZE for event in events)

    def interrupt(self) -> None:
        """End the `read` of another thread, or the next one."""
        _kernel32.SetEvent(self._stop)

    def write(self, text: str) -> None:
        """Waits until all is written. Raises OSError if the console is gone."""
        data = text.encode("utf-16-le", "surrogatepass")
        at, written = 0, wintypes.DWORD()
        while at < len(data):
            part = data[at:]
            _check(_kernel32.WriteConsoleW(self._output, part, len(part) // 2, ctypes.byref(written), None))
            at += 2 * written.value


def _open(name: str) -> int:
    handle = _kernel32.CreateFileW(
        name, _GENERIC_READ_WRITE, _SHARE_READ_WRITE, None, _OPEN_EXISTING, 0, None
    )
    _check(handle != _INVALID_HANDLE)
    return int(handle)


def _check(done: int) -> None:
    if not done:
        raise ctypes.WinError(ctypes.get_last_error())


def _record(event: _InputRecord, left: int, top: int) -> Record | None:
    if event.kind == _KEY:
        key = event.event.key
        return Key(bool(key.down), key.virtual, key.unit, key.state, key.repeats)
    if event.kind == _MOUSE:
        mouse = event.event.mouse
        return Mouse(mouse.x - left, mouse.y - top, mouse.buttons, mouse.state, mouse.flags)
    return Focus(bool(event.event.focus)) if event.kind == _FOCUS else None


# The handler must live as long as the process: Windows calls it in a thread of its own.
_handlers: list[object] = []


def on_control_event(handle: Callable[[int], bool]) -> None:
    """Have `handle` asked, in another thread, whether it deals with Ctrl-C (0), Ctrl-Break (1), the window's
    close button (2), the user's logoff (5) and the system's shutdown (6). After the last three the process is
    ended as soon as it has answered.
    """
    handler = _CtrlHandler(handle)
    _handlers.append(handler)
    _check(_kernel32.SetConsoleCtrlHandler(handler, True))
