"""Windows programs that behave like compat_tests/clients/sandbox.py's stand-ins: what panes run in tests.

Each is a real `.exe`, made as pip makes its launchers: a small program, the path of the interpreter, the code
in a zip file.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from compat_tests.wine.harness import Wine, windows_path

LAUNCHER = "Lib/site-packages/pip/_vendor/distlib/t64.exe"

PROGRAMS = {
    # A program with a prompt: what an agent's command line looks like to the product that drives it.
    "claude": """\
import sys
sys.stdout.write("Welcome to the stand-in\\n> ")
sys.stdout.flush()
for line in sys.stdin:
    line = line.rstrip("\\n")
    if line == "exit":
        sys.exit(0)
    if line == "fail":
        sys.exit(3)
    said = "Do you trust the files in this folder?" if line == "ask" else "said: " + line
    sys.stdout.write(said + "\\n> ")
    sys.stdout.flush()
""",
    # Text in colour, a long line and a wide character, then what is typed comes back. Wine's console does not
    # read escape sequences, so colours are set as older programs do.
    "painter": """\
import ctypes, sys
console = ctypes.WinDLL("kernel32")
output = console.GetStdHandle(-11)
def paint(text, attributes):
    sys.stdout.flush()
    console.SetConsoleTextAttribute(output, attributes)
    sys.stdout.write(text)
    sys.stdout.flush()
    console.SetConsoleTextAttribute(output, 7)
paint("red", 12)
sys.stdout.write(" ")
paint("pink", 13)
sys.stdout.write(" ")
paint("inverse", 0x70)
sys.stdout.write("\\n%0100d\\nwide \\u65e5\\u672c end\\nready\\n" % 7)
sys.stdout.flush()
for line in sys.stdin:
    sys.stdout.write(line)
    sys.stdout.flush()
""",
    "cat": """\
import sys
for line in sys.stdin:
    sys.stdout.write(line)
    sys.stdout.flush()
""",
    "sleep": """\
import sys, time
time.sleep(float(sys.argv[1]))
""",
    # The one under test, for who types it in a pane.
    "tmux": """\
from tmuxish.cli.tmux import main
main()
""",
    # Prints its arguments, one a line, as it got them.
    "arguments": """\
import os, sys
print("\\n".join([*sys.argv[1:], "in " + os.getcwd(), "end"]), flush=True)
sys.stdin.read()
""",
}


def install(wine: Wine, folder: Path, programs: dict[str, str] = PROGRAMS) -> None:
    """Put `NAME.exe` for every program into a folder."""
    launcher = (wine.python.parent / LAUNCHER).read_bytes()
    folder.mkdir(exist_ok=True)
    for name, code in programs.items():
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("__main__.py", code)
        first_line = f'#!"{windows_path(wine.python)}"\r\n'.encode()
        (folder / f"{name}.exe").write_bytes(launcher + first_line + packed.getvalue())
