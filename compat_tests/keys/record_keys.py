"""Records fixtures/keys/*.json from a real tmux: `python record_keys.py /path/to/tmux`.

encode.json: the bytes each key name puts into a pane, per mode of the pane.
decode.json: the keys (names and flags, from the server's log) and pane bytes for bytes typed at a client.
"""

from __future__ import annotations

import fcntl
import glob
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from itertools import product
from pathlib import Path
from typing import Any

from compat_tests.recording import version_of

FIXTURES = Path(__file__).parents[2] / "fixtures" / "keys"
NAMED = [
    *(f"F{n}" for n in range(1, 13)),
    *("IC", "DC", "Home", "End", "NPage", "PPage", "BTab", "Space", "BSpace", "Tab", "Enter", "Escape"),
    *("Up", "Down", "Left", "Right"),
    *(f"KP{c}" for c in "/*-7894561230.+"),
    "KPEnter",
]
PLAIN = [chr(c) for c in range(33, 127)] + ["é", "中"]
MODIFIERS = ["", "C-", "M-", "S-", "C-M-", "C-S-", "M-S-", "C-M-S-"]
# Mode name -> what the pane's program prints, extended-keys-format.
MODES = {
    "normal": ("", "csi-u"),
    "cursor": ("\\033[?1h", "csi-u"),
    "keypad": ("\\033=", "csi-u"),
    "extended-1": ("\\033[>4;1m", "csi-u"),
    "extended-2": ("\\033[>4;2m", "csi-u"),
    "extended-2-xterm": ("\\033[>4;2m", "xterm"),
}
READER = """
import os, sys, tty
tty.setraw(0)
os.write(1, sys.argv[2].encode().decode('unicode_escape').encode())
os.write(1, b'READY')
data = b''
with open(sys.argv[1], 'ab', 0) as out:
    while True:
        out.write(os.read(0, 65536))
"""
MARK = b"<=|=>"


class Oracle:
    """One real tmux server of its own, with its log."""

    def __init__(self, tmux: str, folder: str) -> None:
        self.tmux = tmux
        self.folder = folder
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("TMUX")}
        self.env.update(TMUX_TMPDIR=folder, LANG="C.UTF-8", TERM="xterm-256color")
        self.reader = Path(folder, "reader.py")
        self.reader.write_text(READER)

    def run(self, *args: str) -> str:
        command = [self.tmux, "-Lrecord", "-f/dev/null", *args]
        return subprocess.run(
            command, env=self.env, cwd=self.folder, capture_output=True, text=True, check=True
        ).stdout

    def start_reader(self, setup: str) -> Path:
        """A session `s` whose pane copies its input to the returned file."""
        output = Path(self.folder, f"bytes-{time.monotonic_ns()}")
        output.touch()
        self.run(
            "-vv", "set", "-s", "extended-keys", "on", ";", "new-session", "-d", "-s", "s", "-x80", "-y24",
            sys.executable, str(self.reader), str(output), setup,
        )  # fmt: skip
        while "READY" not in self.run("capture-pane", "-p", "-t", "s:"):
            time.sleep(0.02)
        return output


def wait_for(output: Path, end: bytes) -> bytes:
    while not (data := output.read_bytes()).endswith(end):
        time.sleep(0.02)
    return data


def record_encode(oracle: Oracle) -> dict[str, dict[str, str]]:
    result: dict[str, dict[str, str]] = {}
    for mode, (setup, fmt) in MODES.items():
        keys = [
            m + key
            for key, m in product(NAMED + PLAIN, MODIFIERS)
            if mode not in ("cursor", "keypad") or key in NAMED
        ]
        output = oracle.start_reader(setup)
        oracle.run("set", "-s", "extended-keys-format", fmt)
        script = Path(oracle.folder, "script")
        lines = []
        for key in keys:
            quoted = key.replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$").replace("~", "\\~")
            lines.append(f'send-keys -t s: -- "{quoted}"\nsend-keys -t s: -l "{MARK.decode()}"\n')
        script.write_text("".join(lines) + 'send-keys -t s: -l "THE-END"\n')
        oracle.run("source-file", str(script))
        chunks = wait_for(output, b"THE-END").split(MARK)
        result[mode] = {key: chunk.hex() for key, chunk in zip(keys, chunks, strict=False)}
        oracle.run("kill-server")
        time.sleep(0.3)
    return result


def typed_sequences() -> list[bytes]:
    esc = b"\x1b"
    found = [bytes([c]) for c in range(128) if c != 0x1B]
    found += [esc + bytes([c]) for c in range(128) if chr(c) not in "[OP]\x1b"]
    found += [esc, esc + esc, esc + b"[", esc + b"O", esc + b"P", "é".encode(), "中".encode(), "👍".encode()]
    found += [esc + "é".encode(), b"\xc3", b"\xff", b"\x80"]
    finals = [*"ABCDHFPQRSZEIabcd", *"Mjklmnopqrstuvwxy"]
    found += [esc + b"O" + f.encode() for f in finals]
    found += [esc + b"[" + f.encode() for f in "ABCDHFZEabcdPQRS"]
    found += [esc + esc + b"O" + f.encode() for f in "ABCDHFP"]
    found += [esc + esc + b"[" + f.encode() for f in "ABCDHFZ"]
    found += [b"\x1b[%d~" % n for n in range(1, 36)]
    found += [b"\x1b\x1b[%d~" % n for n in (1, 2, 3, 5, 15)]
    found += [b"\x1b[%d%c" % (n, f) for n in range(11, 25) for f in b"^@$"]
    found += [b"\x1b[1;%d%c" % (m, f) for m in range(2, 10) for f in b"ABCDHFPQRS"]
    found += [b"\x1bO%d%c" % (m, f) for m in range(2, 10) for f in b"PQRSA"]
    found += [b"\x1b[%d;%d~" % (n, m) for m in range(2, 10) for n in (2, 3, 5, 6, 15, 17, 21, 24)]
    codes = (9, 13, 27, 32, 64, 65, 97, 105, 127, 233, 0x4E2D, 47, 50)
    found += [b"\x1b[%d;%du" % (n, m) for n in codes for m in range(1, 17)]
    found += [b"\x1b[27;%d;%d~" % (m, n) for n in codes for m in range(1, 10)]
    found += [b"\x1b[97u", b"\x1b[1;5Z", b"\x1b[I", b"\x1b[O", b"\x1b[200~", b"\x1b[201~", b"\x1b[?997;1n"]
    found += [b"\x1b[M !!", b"\x1b[M#!!", b"\x1b[M`!!", b"\x1b[<0;5;3M", b"\x1b[<0;5;3m", b"\x1b[<64;1;1M"]
    found += [
        b"\x1b[<32;6;3M",
        b"\x1b[<35;6;3M",
        b"\x1b[<2;1;1M\x1b[<2;1;1m",
        b"\x1b[<0;0;0M",
        b"\x1b[<64;1;1m",
    ]
    found += [b"abc", b"\x1babc", b"\x1b[Aq\x1bOBx", b"\x1b[999x", b"\x1b[1;5", b"\x1b[12;", b"\x1b]99;x\x07"]
    return found


def record_decode(oracle: Oracle) -> list[dict[str, Any]]:
    output = oracle.start_reader("")
    for args in (
        ("set", "-g", "prefix", "None"),
        ("set", "-s", "escape-time", "10"),
        ("unbind", "-a", "-T", "root"),
        ("set", "-g", "mouse", "off"),
    ):
        oracle.run(*args)
    pid, fd = pty.fork()
    if pid == 0:
        os.execve(oracle.tmux, [oracle.tmux, "-Lrecord", "attach", "-t", "s"], oracle.env)
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("4H", 24, 80, 640, 480))
    logs = glob.glob(os.path.join(oracle.folder, "tmux-server-*.log"))
    log_path = max(logs, key=os.path.getmtime)

    def drain(seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if select.select([fd], [], [], left)[0]:
                os.read(fd, 65536)

    drain(1)
    os.write(
        fd, b"\x1b[?64;22c\x1b[>0;0;0c\x1bP>|Other 1\x1b\\\x1b]10;rgb:ff/ff/ff\x07\x1b]11;rgb:00/00/00\x07"
    )
    drain(1)
    writing = re.compile(r"writing key 0x([0-9a-f]+) \((.*)\) to %0$")
    result = []
    with open(log_path, encoding="utf-8", errors="surrogateescape") as log:
        for data in typed_sequences():
            log.seek(0, os.SEEK_END)
            before = output.stat().st_size
            os.write(fd, data)
            drain(0.06)
            keys = [m[2] for line in log if (m := writing.search(line.rstrip("\n")))]
            if not keys:  # a beginning: tmux waits for the rest
                drain(0.7)
                keys = [m[2] for line in log if (m := writing.search(line.rstrip("\n")))]
            received = output.read_bytes()[before:]
            result.append({"typed": data.hex(), "keys": keys, "pane": received.hex()})
    oracle.run("kill-server")
    os.close(fd)
    return result


def main() -> None:
    tmux = sys.argv[1]
    version = version_of(tmux)
    with tempfile.TemporaryDirectory() as folder:
        oracle = Oracle(tmux, folder)
        for name, recorded in (("encode", record_encode(oracle)), ("decode", record_decode(oracle))):
            text = json.dumps({"version": version, name: recorded}, indent=0, ensure_ascii=False)
            (FIXTURES / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
