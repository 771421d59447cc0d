"""What is started for a command on Windows: one row for each kind of caller."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compat_tests.pty.fake_winpty import split_command_line
from tmuxish.pty.windows_commands import POWERSHELL_STATUS, Launch, failing, plan
from tmuxish.pty.windows_programs import Host, batch_line, from_msys, join, quote

CMD = r"C:\Windows\System32\cmd.exe"
PWSH = r"C:\Program Files\PowerShell\7\pwsh.exe"
SH = r"C:\Program Files\Git\bin\sh.exe"
BASH = r"C:\Program Files\Git\bin\bash.exe"
WSL = r"C:\Windows\System32\bash.exe"
PYTHON = r"C:\Python\python.exe"
CLAUDE = r"C:\Users\J D\.local\bin\claude.exe"
CODEX = r"C:\npm\codex.cmd"

FILES = {
    CMD,
    PWSH,
    WSL,
    PYTHON,
    CLAUDE,
    CODEX,
    r"D:\work\run.bat",
    r"D:\work\do.ps1",
    r"D:\work\x.sh",
    r"D:\work\tool",
    r"D:\work\x.py",
}
GIT = {SH, BASH, r"C:\Program Files\Git\usr\bin\env.exe", r"C:\Program Files\Git\cmd\git.exe"}
ENVIRONMENT = {
    "Path": r"C:\Windows\System32;C:\Python;C:\npm;C:\Users\J D\.local\bin",
    "ComSpec": CMD,
    "ProgramFiles": r"C:\Program Files",
    "USERPROFILE": r"C:\Users\J D",
    "OLD": "1",
}


def make_host(files: set[str]) -> Host:
    names = {name.lower() for name in files}
    return Host(ENVIRONMENT, r"D:\work", is_file=lambda path: path.lower() in names)


BARE, WITH_GIT = make_host(FILES), make_host(FILES | GIT)


def words(launch: Launch) -> list[str]:
    return split_command_line(launch.command_line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("python", [PYTHON]),
        ("python -m http.server 80", [PYTHON, "-m", "http.server", "80"]),
        ("PYTHON.EXE x", [r"C:\Python\PYTHON.EXE", "x"]),
        ("exec python x.py", [PYTHON, "x.py"]),
        (r"python C:\x\new.py", [PYTHON, r"C:\x\new.py"]),
        (r'python "C:\a b\x.py" "C:\dir\"', [PYTHON, r"C:\a b\x.py", "C:\\dir\\"]),
        (r"python \\server\share\x.py", [PYTHON, r"\\server\share\x.py"]),
        (r"python a\ b C:\\x\\y", [PYTHON, "a b", r"C:\x\y"]),
        ("python -c 'print(\"$HOME\")'", [PYTHON, "-c", 'print("$HOME")']),
        ("python HEAD^ stash@{1} 50% a=b x#y", [PYTHON, "HEAD^", "stash@{1}", "50%", "a=b", "x#y"]),
        (rf'"{CLAUDE}" --continue', [CLAUDE, "--continue"]),
        (rf"{CLAUDE} --continue 'a b'", [CLAUDE, "--continue", "a b"]),  # no quotes around the path
        ("claude", [CLAUDE]),
        (r"/c/Python/python x", [PYTHON, "x"]),
    ],
)
@pytest.mark.parametrize("host", [BARE, WITH_GIT], ids=["bare", "git"])
@pytest.mark.parametrize("for_sh", [False, True])
def test_a_program_with_arguments_runs_directly(
    host: Host, text: str, expected: list[str], for_sh: bool
) -> None:
    assert words(plan([text], PWSH, host, for_sh=for_sh)) == expected


@pytest.mark.parametrize(
    ("text", "expected", "cwd"),
    [
        (rf"cd 'C:\a b' && env K=V '{CLAUDE}' --x 'a b'", [CLAUDE, "--x", "a b"], r"C:\a b"),
        (rf"cd 'C:\a b' && CLAUDECODE=1 K='V w' '{CLAUDE}'", [CLAUDE], r"C:\a b"),
        ("cd /c/a/b && K=V exec python", [PYTHON], r"C:\a\b"),
        ("cd sub; cd ../other; env -u OLD K=V python x", [PYTHON, "x"], r"D:\work\other"),
        ('cd "C:/a b" && export K=V && python', [PYTHON], r"C:\a b"),
        (r"cd C:\\a\\b && env K=V python", [PYTHON], r"C:\a\b"),
        ("cd ~/x && env -- K=V claude", [CLAUDE], r"C:\Users\J D\x"),
        ("env K=V python", [PYTHON], None),
    ],
)
def test_what_agent_tools_send(text: str, expected: list[str], cwd: str | None) -> None:
    assert words(plan([text], PWSH, WITH_GIT)) == [SH, "-c", text]
    launch = plan([text], PWSH, BARE)
    assert (words(launch), launch.cwd) == (expected, cwd)
    if "K=" in text:
        assert launch.environment()["K"].startswith("V")
    assert ("OLD" in launch.environment()) == ("-u OLD" not in text)


POSIX = [
    "echo $? > /tmp/x",
    "test -f x && echo yes",
    "while :; do echo x; sleep 1; done",
    "for f in *; do echo $f; done",
    "[ -d x ] || mkdir x",
    "grep x y | wc -l",
    "A=1; export A; echo $A",
    "trap 'exit 3' TERM; cat",
    "stty raw; cat",
    "make || true",
    "printf '%s' \"$1\"",
    "cd 'x y' && make > log",
    "cat <<EOF\nx\nEOF",
]
NATIVE = [
    "echo %PATH%",
    "if exist x.txt (type x.txt)",
    "set X=1",
    "Get-ChildItem | Where-Object { $_.Length -gt 5 }",
    "$env:X = 'y'; python",
    "& 'C:\\x y\\z.exe' -q",
    "[Console]::Beep()",
    "dir /b",
]
EITHER = ["echo hi", "sleep 100; exit 3", "exit 5", "cat", "no-such-program x", "date"]


@pytest.mark.parametrize("text", POSIX)
def test_text_for_sh_goes_to_sh(text: str) -> None:
    for shell in (PWSH, CMD):
        for for_sh in (False, True):
            assert words(plan([text], shell, WITH_GIT, for_sh=for_sh)) == [SH, "-c", text]
    assert words(plan([text], BASH, WITH_GIT)) == [BASH, "-c", text]


@pytest.mark.parametrize("text", NATIVE)
@pytest.mark.parametrize("for_sh", [False, True])
def test_text_for_another_shell_stays_there(text: str, for_sh: bool) -> None:
    assert plan([text], CMD, WITH_GIT, for_sh=for_sh).command_line == f'{CMD} /d /s /c "{text}"'


@pytest.mark.parametrize("text", EITHER)
def test_what_anybody_could_mean(text: str) -> None:
    assert plan([text], CMD, WITH_GIT).command_line == f'{CMD} /d /s /c "{text}"'
    assert words(plan([text], CMD, WITH_GIT, for_sh=True)) == [SH, "-c", text]  # tmux itself means sh
    assert plan([text], CMD, BARE, for_sh=True).command_line == f'{CMD} /d /s /c "{text}"'


def test_powershell_is_asked_for_the_programs_code() -> None:
    assert words(plan(['echo "a b"'], PWSH, BARE)) == [
        PWSH, "-NoLogo", "-Command", f'echo "a b"{POWERSHELL_STATUS}'
    ]  # fmt: skip
    assert words(plan(["echo"], PWSH, BARE, for_sh=True))[1:4] == ["-NoLogo", "-NoProfile", "-NonInteractive"]


@pytest.mark.parametrize(
    ("shell", "arguments", "variables"),
    [
        (PWSH, "-NoLogo", {}),
        (CMD, "", {}),
        (BASH, "-l", {"CHERE_INVOKING": "1"}),
        (r"C:\nu\nu.exe", "", {}),
    ],
)
def test_no_command_is_the_shell_itself(shell: str, arguments: str, variables: dict[str, str]) -> None:
    launch = plan([], shell, WITH_GIT)
    assert (launch.program, launch.arguments) == (quote(shell), arguments)
    assert launch.environment() == {**ENVIRONMENT, **variables}


@pytest.mark.parametrize(
    ("argv", "expected"),
    [
        (["python", "-c", 'print("a b")', "", "x\\"], [PYTHON, "-c", 'print("a b")', "", "x\\"]),
        (["sleep", "&", "%X%"], None),
        (["/bin/bash", "-c", "ls"], [BASH, "-c", "ls"]),
        (["/usr/bin/env", "A=1", "x"], [r"C:\Program Files\Git\usr\bin\env.exe", "A=1", "x"]),
        (["bash", "x"], [WSL, "x"]),  # as everywhere on this machine
        ([r".\x.sh", "a b"], [SH, "-c", 'exec "$0" "$@"', r"D:\work\x.sh", "a b"]),
        ([r".\configure", "x"], None),
        (["./tool", "x"], [SH, "-c", 'exec "$0" "$@"', r"D:\work\tool", "x"]),
    ],
)
def test_several_words_are_a_program_and_its_arguments(argv: list[str], expected: list[str] | None) -> None:
    launch = plan(argv, PWSH, WITH_GIT)
    assert words(launch) == (words(failing(WITH_GIT)) if expected is None else expected)


def test_batch_files_go_through_cmd() -> None:
    line = f'{CMD} /e:on /v:off /d /s /c ""{CODEX}" --x "a b" "1&2" "say ""hi""" "%%cd:~,%PATH%%cd:~,%" """'
    assert plan(["codex", "--x", "a b", "1&2", 'say "hi"', "%PATH%", ""], PWSH, BARE).command_line == line
    assert plan(["run.bat", "x"], PWSH, BARE).command_line == failing(BARE).command_line  # not on PATH
    assert r'""D:\work\run.bat" x"' in plan([r".\run.bat", "x"], PWSH, BARE).command_line
    assert plan(["codex", "two\nlines"], PWSH, BARE).command_line == failing(BARE).command_line
    with pytest.raises(ValueError, match="newline"):
        batch_line(CODEX, ["a\nb"])


def test_other_files_go_to_whoever_reads_them() -> None:
    for host in (BARE, WITH_GIT):
        line = plan(["./x.py", "a b"], PWSH, host).command_line
        assert line == f'{CMD} /e:on /v:off /d /s /c ""D:\\work\\x.py" "a b""'
    assert words(plan(["./x.sh", "y"], PWSH, BARE)) == [r"D:\work\x.sh", "y"]  # nobody does


def test_the_linux_subsystem_as_a_shell() -> None:
    wsl = r"C:\Windows\System32\wsl.exe"
    assert words(plan(["ls -l"], wsl, BARE)) == [wsl, "-e", "sh", "-c", "ls -l"]


def test_powershell_scripts_go_through_powershell() -> None:
    assert words(plan(["./do.ps1", "x y"], CMD, BARE))[-3:] == ["-File", r"D:\work\do.ps1", "x y"]


def test_a_program_that_is_nowhere_fails_at_once() -> None:
    assert words(plan(["nosuch", "x"], PWSH, WITH_GIT)) == [CMD, "/d", "/c", "exit", "1"]


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("cat > LOG", ["LOG", "wb"]),
        ("cat >> 'a b.log'", ["a b.log", "ab"]),
        (r"exec cat >>C:\x\y.log", [r"C:\x\y.log", "ab"]),
    ],
)
def test_the_usual_pipe_needs_no_shell(text: str, arguments: list[str]) -> None:
    launch = plan([text], CMD, BARE, for_sh=True)
    assert words(launch)[0] == sys.executable
    assert words(launch)[-2:] == arguments
    assert words(plan([text], CMD, WITH_GIT, for_sh=True)) == [SH, "-c", text]


def test_the_usual_pipe_writes_as_it_reads(tmp_path: os.PathLike[str]) -> None:
    launch = plan(["cat >> 'my log'"], CMD, BARE, for_sh=True)
    for said in (b"one\n", b"\xfftwo"):
        subprocess.run(words(launch), input=said, cwd=tmp_path, check=True)
    with open(os.path.join(tmp_path, "my log"), "rb") as log:
        assert log.read() == b"one\n\xfftwo"


def test_where_git_is_found() -> None:
    def host(files: set[str], **variables: str) -> Host:
        return Host(variables, "", is_file=files.__contains__)

    scoop = r"C:\Users\x\scoop\apps\git\current\bin\sh.exe"
    assert host({scoop}, USERPROFILE=r"C:\Users\x").git_shell() == scoop
    portable = {r"E:\g\mingw64\bin\git.exe", r"E:\g\usr\bin\sh.exe"}
    assert host(portable, PATH=r"C:\x;E:\g\mingw64\bin").git_shell() == r"E:\g\usr\bin\sh.exe"
    assert host({r"D:\b.exe"}, CLAUDE_CODE_GIT_BASH_PATH=r"D:\b.exe").git_shell() == r"D:\b.exe"
    assert host({r"C:\msys64\usr\bin\sh.exe"}, PATH=r"C:\msys64\usr\bin").git_shell() is not None
    assert host({r"C:\Windows\system32\sh.exe"}, PATH=r"C:\Windows\system32").git_shell() is None


def test_the_environment_as_windows_takes_it() -> None:
    host = Host({"b": "2", "Path": "x", "PATH": "y", "A": ""}, "", is_file=lambda path: False)
    assert failing(host).environment_block(r"C:\x") == "A=\0b=2\0PATH=y\0PWD=C:\\x\0"


@given(st.lists(st.text(alphabet=st.sampled_from('ab \t"\\%&\n'), max_size=8)))
def test_command_lines_are_read_as_they_were_written(arguments: list[str]) -> None:
    assert split_command_line(join(["x", *arguments])) == ["x", *arguments]


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/c/Users/x", "C:/Users/x"), ("/c", "C:/"), ("/cc/x", "/cc/x"), ("x/c/y", "x/c/y"), ("//c/x", "//c/x")],
)
def test_paths_of_git_bash(path: str, expected: str) -> None:
    assert from_msys(path) == expected
