"""Default shells on Windows."""

from __future__ import annotations

import pytest

from tmuxish.pty.windows_programs import Host
from tmuxish.server.shells import is_usable_on_windows, windows_candidates

PWSH = r"C:\Program Files\PowerShell\7\pwsh.exe"
POWERSHELL = r"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe"
CMD = r"C:\Windows\System32\cmd.exe"
BASH = r"C:\Program Files\Git\bin\bash.exe"
TMUX = r"C:\Python\Scripts\tmux.exe"
VARIABLES = {
    "PATH": ";".join(path.rpartition("\\")[0] for path in (CMD, POWERSHELL, PWSH)),
    "COMSPEC": CMD,
    "ProgramFiles": r"C:\Program Files",
}


def make_host(*files: str) -> Host:
    return Host(VARIABLES, "", is_file=files.__contains__)


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_powershell_first_cmd_last(missing: int) -> None:
    shells = [PWSH, POWERSHELL, CMD][missing:]
    assert list(windows_candidates(make_host(*shells))) == shells


@pytest.mark.parametrize(
    ("path", "usable"),
    [
        (PWSH, True),
        (PWSH.replace("\\", "/"), True),
        (PWSH.removesuffix(".exe"), True),
        ("/bin/bash", True),  # where Git for Windows has it
        ("/bin/zsh", False),
        ("pwsh", False),  # not absolute
        (TMUX, False),
        (r"C:\nowhere.exe", False),
        ("", False),
    ],
)
def test_which_programs_may_be_one(path: str, usable: bool) -> None:
    assert is_usable_on_windows(path, make_host(PWSH, BASH, TMUX)) == usable
