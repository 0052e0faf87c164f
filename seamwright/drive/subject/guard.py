"""The harness's line to the warden."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Self

_WARDEN = Path(__file__).with_name("warden.py")


class Guard:
    """Tells the warden of every process group and folder, so that a kill leaves none behind."""

    def __init__(self) -> None:
        """Start the warden, in a session of its own: what ends the harness must not end it."""
        self._folders: list[Path] = []
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(_WARDEN)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            text=True,
        )

    def __enter__(self) -> Self:
        """Hold the line."""
        return self

    def __exit__(self, *_: object) -> None:
        """Send the warden home: everything was ended in order."""
        self._tell("bye")
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait()

    def started(self, group: int) -> None:
        """A process group was started."""
        self._tell(f"+ {group}")

    def ended(self, group: int) -> None:
        """It has ended."""
        self._tell(f"- {group}")

    def folder(self) -> Path:
        """A new temporary folder."""
        path = Path(tempfile.mkdtemp(prefix="seamwright-"))
        self._tell(f"dir {path}")
        self._folders.append(path)
        return path

    def remove_folders(self) -> None:
        """Remove all temporary folders."""
        while self._folders:
            shutil.rmtree(self._folders.pop(), ignore_errors=True)

    def _tell(self, line: str) -> None:
        stdin = self._process.stdin
        if stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                stdin.write(line + "\n")
                stdin.flush()
