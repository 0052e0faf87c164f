"""oasdiff, built from pinned modules into the cache, and what it says of two documents."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from seamwright.drive.subject.fetch import run, settle
from seamwright.drive.subject.toolchain import Toolchain, cache_folder

_MODULE = Path(__file__).with_name("oasdiff_module")
_COMMAND = "github.com/oasdiff/oasdiff"


class Said(NamedTuple):
    """One thing that oasdiff calls breaking: the operation, and its name for the change."""

    operation: str
    id: str


def oasdiff() -> Path:
    """The program; built when it is not there yet (about 15 s)."""
    cache = cache_folder(os.environ)
    pins = [_MODULE / "go.mod", _MODULE / "go.sum"]
    digest = hashlib.sha256(b"".join(one.read_bytes() for one in pins)).hexdigest()[:16]
    program = cache / f"oasdiff-{digest}" / "oasdiff"
    if not program.is_file():
        go = Toolchain(cache, print).go()
        with settle(program.parent) as folder:
            modules = folder / "modules"
            shutil.copytree(_MODULE, modules)
            build = [go, "build", "-mod=readonly", "-trimpath", "-o", folder / program.name]
            env = {"GOTOOLCHAIN": "local", "GOFLAGS": "-buildvcs=false"}
            run([*build, _COMMAND], cwd=modules, env=env)
    return program


def breaking(program: Path, pair: Path) -> set[Said]:
    """What it calls an error or a warning, with both documents in its newest dialect."""
    options = ["--flatten-allof", "--auto-upgrade", "--format", "json"]
    said = subprocess.run(
        [program, "breaking", *options, pair / "old.yaml", pair / "new.yaml"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout
    listed: list[dict[str, str]] = json.loads(said) if said.strip() else []
    return {Said(f"{one['operation']} {one['path']}", one["id"]) for one in listed}
