"""Runs in Windows' Python, for a test on the other side: starts programs there as a product on Windows would.

The test writes requests, one JSON object a line, and reads answers; several requests may be under way, so
answers carry the request's id. Both output streams of a program are read to their ends: if a server had
inherited one of them from the client that started it, the program would count as hung, as for a product.

    {"id": 1, "do": "run", "argv": [...], "env": {...}, "cwd": "...", "stdin": base64, "timeout": 60,
     "flags": 0, "job": false}          -> {"id": 1, "pid": 300}, then {"id": 1, "code": 0, "hung": false,
                                           "seconds": 0.2, "stdout": base64, "stderr": base64}
    {"id": 2, "do": "end", "pid": 300}  -> {"id": 2, "ended": true}: TerminateProcess, with code 9
    {"id": 3, "do": "alive"}            -> {"id": 3, "pids": [300, ...]}: all there are

`argv` may be one string, which then is the command line as it stands. A program started with `job` is in a
job object that ends all its processes when the program has ended, as those of CI systems and sshd are; a
process may be started outside it.
"""

from __future__ import annotations

import base64
import ctypes
import json
import os
import subprocess
import sys
import threading
import time
from ctypes import wintypes
from typing import Any

assert sys.platform == "win32"

PROCESS_TERMINATE = 1
KILLED = 9
ERROR_INTERNAL_ERROR = 1359
STARTS = 3
CREATE_SUSPENDED = 4
BREAKAWAY_OK = 0x800
KILL_ON_JOB_CLOSE = 0x2000
BREAKAWAY_OK = 0x0800  # for a process that asks for it; without it nothing could ever leave the job
EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
LIMITS_SIZE = 144
FLAGS_OFFSET = 16

kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
ntdll = ctypes.WinDLL("ntdll")
ntdll.NtResumeProcess.argtypes = [wintypes.HANDLE]
kernel32.OpenProcess.restype = wintypes.HANDLE
kernel32.OpenProcess.argtypes = [wintypes.DWORD, wintypes.BOOL, wintypes.DWORD]
kernel32.TerminateProcess.argtypes = [wintypes.HANDLE, wintypes.UINT]
kernel32.CloseHandle.argtypes = [wintypes.HANDLE]
kernel32.CreateJobObjectW.restype = wintypes.HANDLE
kernel32.CreateJobObjectW.argtypes = [wintypes.LPVOID, wintypes.LPCWSTR]
kernel32.SetInformationJobObject.argtypes = [wintypes.HANDLE, ctypes.c_int, wintypes.LPVOID, wintypes.DWORD]
kernel32.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]

_speaking = threading.Lock()


def answer(request: dict[str, Any], **fields: object) -> None:
    with _speaking:
        sys.stdout.write(json.dumps({"id": request["id"], **fields}) + "\n")
        sys.stdout.flush()


def run(request: dict[str, Any]) -> None:
    """Runs a program to its end and tells what it left."""
    env = dict(os.environ)
    for name, value in request.get("env", {}).items():
        env.pop(name.upper(), None)
        if value is not None:
            env[name] = value
    stdin = request.get("stdin")
    job = kill_on_close_job() if request.get("job") else None
    began = time.perf_counter()
    try:
        program = start(
            request["argv"],
            stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=env,
            cwd=request.get("cwd"),
            creationflags=request.get("flags", 0) | (CREATE_SUSPENDED if job is not None else 0),
        )
    except OSError as error:
        return answer(request, failed=str(error))
    if job is not None:
        process = int(program._handle)  # type: ignore[attr-defined]
        kernel32.AssignProcessToJobObject(job, process)
        ntdll.NtResumeProcess(process)
    answer(request, pid=program.pid)
    hung = False
    try:
        stdout, stderr = program.communicate(
            None if stdin is None else base64.b64decode(stdin), request["timeout"]
        )
    except subprocess.TimeoutExpired as late:
        hung, stdout, stderr = True, late.stdout or b"", late.stderr or b""
    seconds = time.perf_counter() - began
    if job is not None:
        kernel32.CloseHandle(job)
    streams = {"stdout": base64.b64encode(stdout).decode(), "stderr": base64.b64encode(stderr).decode()}
    return answer(request, code=program.poll(), hung=hung, seconds=seconds, **streams)


def start(argv: list[str] | str, **options: Any) -> subprocess.Popen[bytes]:
    """Starts a program; again, if Wine has failed to: on a loaded machine it does now and then."""
    for _ in range(STARTS - 1):
        try:
            return subprocess.Popen(argv, **options)
        except OSError as error:
            if error.winerror != ERROR_INTERNAL_ERROR:
                raise
    return subprocess.Popen(argv, **options)


def kill_on_close_job() -> int:
    """A job object whose processes end when it is closed, but for those that ask to leave it."""
    job = kernel32.CreateJobObjectW(None, None)
    limits = (ctypes.c_byte * LIMITS_SIZE)()
    ctypes.c_uint32.from_buffer(limits, FLAGS_OFFSET).value = KILL_ON_JOB_CLOSE | BREAKAWAY_OK
    kernel32.SetInformationJobObject(job, EXTENDED_LIMITS, limits, LIMITS_SIZE)
    return int(job)


def end(request: dict[str, Any]) -> None:
    """Ends a process as Task Manager does: it gets no chance to clean up."""
    handle = kernel32.OpenProcess(PROCESS_TERMINATE, False, request["pid"])
    ended = bool(handle) and bool(kernel32.TerminateProcess(handle, KILLED))
    if handle:
        kernel32.CloseHandle(handle)
    answer(request, ended=ended)


def alive(request: dict[str, Any]) -> None:
    """Which processes there are."""
    import psutil

    answer(request, pids=psutil.pids())


ACTIONS = {"run": run, "end": end, "alive": alive}


def act(request: dict[str, Any]) -> None:
    try:
        ACTIONS[request["do"]](request)
    except Exception as error:
        answer(request, failed=repr(error))
        raise


def main() -> None:
    for line in sys.stdin:
        threading.Thread(target=act, args=(json.loads(line),), daemon=True).start()


if __name__ == "__main__":
    main()
