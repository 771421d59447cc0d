"""What the launcher leaves to Python, and where it finds it: environments are moved, linked and spread."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from compat_tests.client.support import ENVIRONMENT, PATIENCE, Server
from compat_tests.clients.sandbox import Sandbox, importable, native_client
from tmuxish.version import TMUX_VERSION

# Stands in for an interpreter, or for the script `tmuxish`: who was called, and with what behind the program.
WITNESS = """\
#!/bin/sh
echo "$0"
for word in "$@"; do case $word in import*) echo program ;; *) printf '<%s>\\n' "$word" ;; esac; done
"""


class Installation:
    """A folder with the launcher in it; `add` puts witnesses beside it."""

    def __init__(self, root: Path) -> None:
        self.bin = root / "bin"
        self.bin.mkdir(parents=True)
        self.tmux = self.bin / "tmux"
        shutil.copy(native_client(), self.tmux)

    def add(self, name: str, text: str = WITNESS) -> Path:
        path = self.bin / name
        path.write_text(text)
        path.chmod(0o755)
        return path

    def make_environment(self) -> None:
        (self.bin.parent / "pyvenv.cfg").write_text("")


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation(tmp_path / "one")


def run(*argv: str | Path, env: Mapping[str, str] | None = None, **how: object) -> tuple[int, str, str]:
    done = subprocess.run(  # type: ignore[call-overload]
        argv, env=env or ENVIRONMENT, capture_output=True, text=True, timeout=PATIENCE, check=False, **how
    )
    return done.returncode, done.stdout, done.stderr


def asked(path: Path, *argv: str, how: str = "environment") -> str:
    """What a witness at `path` prints when it is the client for that argv."""
    program = ["<-c>", "program", f"<{path.parent}/..>"]
    words = {"environment": ["<-I>", "<-S>", *program], "elsewhere": program, "script": ["<--launched>"]}[how]
    return "\n".join([str(path), *words, "<client>", *(f"<{word}>" for word in argv), ""])


def test_an_environments_own_python(installation: Installation) -> None:
    installation.make_environment()
    installation.add("tmuxish")
    python = installation.add("python")
    tmux = str(installation.tmux)
    assert run(tmux, "-h")[1] == asked(python, tmux, "-h")
    python = installation.add("python3")
    assert run(tmux, "-h")[1] == asked(python, tmux, "-h")


def test_elsewhere_the_script_knows_better_than_the_python_beside_it(installation: Installation) -> None:
    """/usr/local/bin, ~/.local/bin: the python3 there may be another one, if there is any."""
    python = installation.add("python3")
    tmux = str(installation.tmux)
    assert run(tmux, "-h")[1] == asked(python, tmux, "-h", how="elsewhere")
    script = installation.add("tmuxish")
    assert run(tmux, "-h")[1] == asked(script, tmux, "-h", how="script")


@pytest.mark.parametrize("name", ["python3.13", "pypy3"])
def test_elsewhere_python_is_started_in_isolation_too(
    name: str, installation: Installation, tmp_path: Path
) -> None:
    """By the interpreter that the script names, without the script."""
    installation.add("python3", "#!/bin/sh\necho not this one\n")
    other = Installation(tmp_path / "other").add(name)
    installation.add("tmuxish", f"#!{other}\nnot read\n")
    who, *words = run(installation.tmux, "-h")[1].splitlines()
    assert who == str(other)
    assert words == asked(installation.bin / "x", str(installation.tmux), "-h").splitlines()[1:]


@pytest.mark.parametrize("line", ["/usr/bin/env {}", "{} -E", "/bin/sh"])
def test_a_script_that_knows_more_than_its_interpreter(
    line: str, installation: Installation, tmp_path: Path
) -> None:
    other = Installation(tmp_path / "other").add("python3")
    installation.add("tmuxish", f"#!{line.format(other)}\n{WITNESS}")
    out = run(installation.tmux, "-h")[1]
    assert "<--launched>\n<client>\n" in out
    assert "<-I>" not in out


def installed_elsewhere(installation: Installation, packages: Path, tmux: Sandbox) -> None:
    """The package in that folder, and a script for this Python, in the world of no environment."""
    packages.mkdir(parents=True)
    for path in importable():
        (packages / path.name).symlink_to(path)
    start = "from tmuxish.cli.tmuxish import main; raise SystemExit(main())"
    installation.add("tmuxish", f"#!{os.path.realpath(sys.executable)}\n{start}\n")
    tmux.command = [str(installation.tmux)]


def test_what_the_environment_says_of_python_is_nothing_to_an_installation(
    installation: Installation, tmux: Sandbox, tmp_path: Path
) -> None:
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    installed_elsewhere(installation, installation.bin.parent / "lib" / version / "site-packages", tmux)
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "os.py").write_text("raise SystemExit('not this one')\n")
    tmux.env |= {"PYTHONPATH": str(tmp_path / "bad"), "PYTHONHOME": "/nonexistent"}
    tmux.run("new-session", "-d", "-s", "isolated", "cat").ok()
    assert tmux.run("list-sessions", "-F", "#{session_name}").ok() == "isolated\n"


def test_a_package_that_only_the_environment_knows_of(
    installation: Installation, tmux: Sandbox, tmp_path: Path
) -> None:
    """`pip install --target` wants PYTHONPATH."""
    installed_elsewhere(installation, tmp_path / "packages", tmux)
    tmux.env |= {"PYTHONPATH": str(tmp_path / "packages")}
    tmux.run("new-session", "-d", "-s", "known", "cat").ok()
    assert tmux.run("list-sessions", "-F", "#{session_name}").ok() == "known\n"


def test_a_script_whose_interpreter_is_gone(installation: Installation) -> None:
    installation.add("tmuxish", "#!/nonexistent/python\n")
    python = installation.add("python3")
    assert run(installation.tmux, "-h")[1] == asked(python, str(installation.tmux), "-h", how="elsewhere")


def test_no_python_at_all(installation: Installation) -> None:
    status, out, err = run(installation.tmux, "-h")
    assert (status, out) == (1, "")
    assert (
        err
        == f"tmux: there is no Python in {installation.bin}, where tmuxish is installed; install it again\n"
    )


def test_what_needs_no_python(installation: Installation, tmp_path: Path) -> None:
    env = {**ENVIRONMENT, "TMUX_TMPDIR": str(tmp_path)}
    folder = tmp_path / f"tmux-{os.getuid()}"
    folder.mkdir(mode=0o700)
    assert run(installation.tmux, "-V", env=env) == (0, f"tmux {TMUX_VERSION}\n", "")
    assert run(installation.tmux, "ls", env=env) == (1, "", f"no server running on {folder}/default\n")


@pytest.mark.parametrize("how", ["link", "links", "PATH", "moved", "relative", "login"])
def test_wherever_it_is_called_from(how: str, installation: Installation, tmp_path: Path) -> None:
    installation.make_environment()
    installation.add("python3")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    link = elsewhere / "tmux"
    argv: list[str | Path] = [link]
    env = dict(ENVIRONMENT)
    folder = installation.bin
    more: dict[str, object] = {"cwd": elsewhere}
    if how == "link":
        link.symlink_to(installation.tmux)
    elif how == "links":
        (elsewhere / "second").symlink_to(installation.tmux)
        link.symlink_to("second")
    elif how == "PATH":
        argv = ["tmux"]
        env["PATH"] = f"/nonexistent:{folder}"
        more["executable"] = str(folder / "tmux")
    elif how == "moved":
        folder = installation.bin.parent.rename(tmp_path / "two") / "bin"
        argv = [folder / "tmux"]
    elif how == "relative":
        argv = ["../one/bin/tmux"]
    else:
        argv = ["-tmux"]
        more["executable"] = str(folder / "tmux")
    assert run(*argv, "-h", env=env, **more)[1] == asked(folder / "python3", str(argv[0]), "-h")


def test_a_real_environment_that_was_moved(tmp_path: Path, tmux: Sandbox) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "one"], check=True)
    (packages,) = (tmp_path / "one" / "lib").glob("python*/site-packages")
    for path in importable():
        (packages / path.name).symlink_to(path)
    shutil.copy(native_client(), tmp_path / "one" / "bin" / "tmux")
    (tmp_path / "one").rename(tmp_path / "two")
    link = tmp_path / "tmux"
    link.symlink_to(tmp_path / "two" / "bin" / "tmux")
    tmux.command = [str(link)]
    tmux.env |= {"PYTHONHOME": "/nonexistent", "PYTHONPATH": "/nonexistent"}
    tmux.run("new-session", "-d", "-s", "moved", "cat").ok()
    assert tmux.run("list-sessions", "-F", "#{session_name}").ok() == "moved\n"


def test_modules_in_the_working_directory_are_not_taken(tmp_path: Path) -> None:
    (tmp_path / "tmuxish.py").write_text("raise SystemExit('not this one')\n")
    (tmp_path / "re.py").write_text("raise SystemExit('not this one')\n")
    status, out, _ = run(native_client(), "-h", cwd=tmp_path)
    assert (status, out.split()[:2]) == (0, ["usage:", "tmux"])


def test_it_can_be_refused(installation: Installation, server: Server) -> None:
    python = installation.add("python3")
    env = {**ENVIRONMENT, "TMUXISH_PURE_CLIENT": "1"}
    argv = ["-S", server.path, "ls"]
    assert run(installation.tmux, *argv, env=env)[1] == asked(
        python, str(installation.tmux), *argv, how="elsewhere"
    )


def test_everything_arrives_as_it_was(installation: Installation, tmp_path: Path) -> None:
    """Arguments of all kinds, the environment, open descriptors, signals, standard input."""
    installation.add(
        "python3",
        "#!/bin/sh\nshift 4; printf '<%s>' \"$@\"; env -0 | sort -z | tr '\\0' '\\n'\n"
        "grep ^Sig[^Q] /proc/self/status; cat; cat <&7; ls /proc/self/fd | wc -l\n",
    )
    extra = tmp_path / "extra"
    extra.write_text("seven")
    script = 'exec 7<"$1"; trap "" USR1; shift; exec "$@"'
    words = ["-h", "", "a b", "\n", "\udcff", "'", "-c"]

    def shown(*program: str | Path) -> bytes:
        done = subprocess.run(
            ["/bin/sh", "-c", script, "sh", extra, *program, *words],
            env={**ENVIRONMENT, "X": "\udcfe"},
            input=b"input",
            capture_output=True,
            check=True,
        )
        return re.sub(rb"(?m)^_=.*$", b"", done.stdout)  # the shell's note of what it runs

    directly = shown(installation.bin / "python3", "-c", "x", "..", "client", installation.tmux)
    assert b"seven" in directly
    assert shown(installation.tmux) == directly


def test_a_foreign_server_is_named_by_python(installation: Installation, server: Server) -> None:
    """It is asked who holds the socket, and nothing is sent twice."""
    installation.add("python3", f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    client = subprocess.Popen(
        [installation.tmux, "-S", server.path, "kill-server"],
        env=ENVIRONMENT,
        stderr=subprocess.PIPE,
    )
    first = server.accept()
    first.command()
    first.close()
    second = server.accept()
    assert second.receive_raw(4)[0] == 100  # the probe, in the words of tmux's own protocol
    second.close()
    _, err = client.communicate(timeout=PATIENCE)
    assert client.returncode == 1
    assert f"the server on {server.path} does not answer as tmux does" in err.decode()
