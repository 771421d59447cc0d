"""A private server of a real tmux, asked by the recorders."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType

from compat_tests.grammar.support import ALIASES, BUILTIN_ALIASES, ENVIRONMENT


class Oracle:
    """A tmux server in a folder of its own, with the support module's environment and aliases."""

    def __init__(self, executable: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="oracle-")
        self.folder = Path(self._folder.name)
        self._argv = [executable, "-L", "oracle", "-f", "/dev/null"]
        self._environment = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "TERM": "screen",
            "TMUX_TMPDIR": self._folder.name,
            **ENVIRONMENT,
        }

    def __enter__(self) -> Oracle:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self("kill-server")
        self._folder.cleanup()

    def __call__(self, *argv: str, **environment: str) -> tuple[str, str]:
        """Standard output and standard error of one call."""
        done = subprocess.run(
            [*self._argv, *argv],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            cwd=self.folder,
            env={**self._environment, **environment},
            check=False,
        )
        return _text(done.stdout), _text(done.stderr)

    def start(self) -> None:
        self("new-session", "-d", "-x", "80", "-y", "24", "cat")
        for index, (name, commands) in enumerate(ALIASES.items(), 100):
            if name not in BUILTIN_ALIASES:
                self("set-option", "-s", f"command-alias[{index}]", f"{name}={commands}")

    def parse(self, text: str) -> str:
        """What `source-file -nv` says of a file called "f"."""
        path = self.folder / "f"
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        return "".join(self("source-file", "-nv", "f")).replace(f"{path}:", "f:")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
