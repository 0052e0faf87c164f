"""Makes `.venv` with everything that is pinned: all that is needed beforehand is Python and git.

Run by `make` with the machine's own Python; the standard library is all it has. The packages come
from `requirements.lock`, each checked against its digest, and are kept in the cache of `uv`, so
that a second checkout fetches nothing. A set-up that is up to date is left alone.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "set-up.sha256"
LOCKS = {"main": "requirements.lock", "check": "requirements-check.lock"}
OLDEST = (3, 11)


def main(groups: list[str]) -> None:
    """Set up the groups of packages that are asked for."""
    if sys.version_info < OLDEST:
        wanted = f"Python {'.'.join(map(str, OLDEST))} or newer"
        _refuse(wanted, sys.version.split()[0], "install it, then make PYTHON=python3.11 …")
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        name = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        _refuse("the module venv with ensurepip", "neither", f"install the package {name}")
    stamp = _stamp(groups)
    if STAMP.is_file() and stamp in STAMP.read_text(encoding="utf-8").split():
        return
    began = time.monotonic()
    python = VENV / "bin" / "python"
    uv = _uv(python)
    for group in ["main", *groups]:
        _say(f"installing the packages of {LOCKS[group]}")
        _run([*uv, "pip", "install", "--quiet", "--require-hashes", "-r", LOCKS[group]], python)
    _say("installing seamwright")
    editable = ["pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "-e", "."]
    _run([*uv, *editable], python)
    STAMP.write_text(" ".join({stamp, _stamp([])}) + "\n", encoding="utf-8")
    _say(f"set up in {time.monotonic() - began:.0f} s")


def _uv(python: Path) -> list[str]:
    """The pinned uv: its own wheel, so that no machine has to have it."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    start = lock.index("\nuv==") + 1
    pinned = lock[start:].split("\n    # via")[0]
    inside = VENV / "bin" / "uv"
    if inside.is_file() and python.is_file():
        return [str(inside)]
    _say("making .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(VENV)], None)
    only = VENV / "uv.lock.txt"
    only.write_text(pinned + "\n", encoding="utf-8")
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    _run([str(python), *install, "--no-deps", "-r", str(only)], None)
    return [str(inside)]


def _run(command: list[str], python: Path | None) -> None:
    environment = dict(os.environ)
    if python is not None:
        environment["VIRTUAL_ENV"] = str(VENV)
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
    if done.returncode:
        _refuse("the package registry can be reached", f"exit {done.returncode}", "try again")


def _stamp(groups: list[str]) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for name in [LOCKS["main"], *(LOCKS[one] for one in groups), "pyproject.toml"]:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def _say(text: str) -> None:
    sys.stderr.write(f"set-up: {text}\n")


def _refuse(expected: str, seen: str, mend: str) -> NoReturn:
    sys.stderr.write(f"set-up: expected {expected}; seen {seen}; to mend: {mend}\n")
    sys.exit(2)


if __name__ == "__main__":
    main(sys.argv[1:])
