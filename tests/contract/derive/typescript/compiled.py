"""TypeScript that was compiled: what the compiler said, and the JavaScript that came of it."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from seamwright.drive.subject.toolchain import Toolchain, cache_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

FIXTURES = Path(__file__).with_name("fixtures")
_ERROR = re.compile(r"(?m)^([\w./]+)\((\d+),\d+\): error (TS\d+): (.*)$")
_OPTIONS = {
    "strict": True,
    "exactOptionalPropertyTypes": True,
    "noUncheckedIndexedAccess": True,
    "noPropertyAccessFromIndexSignature": True,
    "noImplicitReturns": True,
    "noImplicitOverride": True,
    "noFallthroughCasesInSwitch": True,
    "noUnusedParameters": True,
    "isolatedModules": True,
    "verbatimModuleSyntax": True,
    "erasableSyntaxOnly": True,
    "skipLibCheck": True,
    "target": "es2022",
    "module": "esnext",
    "moduleResolution": "bundler",
    "lib": ["es2022", "dom", "dom.iterable"],
    "types": [],
    "outDir": "out",
}


@dataclass(frozen=True, slots=True)
class Compiled:
    """One run of the compiler.

    Attributes:
        folder: of the JavaScript.
        errors: file → line → code of the error.
        said: all that the compiler printed.
    """

    folder: Path
    errors: dict[str, dict[int, str]]
    said: str


def toolchain() -> Toolchain:
    """The tools, from the cache of this user."""
    return Toolchain(cache_folder(os.environ), print)


def compiled(folder: Path, files: Mapping[str, str]) -> Compiled:
    """Write files and compile them all at once, as strictly as the compiler can."""
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    config = json.dumps({"compilerOptions": _OPTIONS, "files": sorted(files)})
    (folder / "tsconfig.json").write_text(config, encoding="utf-8")
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    tools = toolchain()
    done = subprocess.run(
        [tools.node(), tools.typescript() / "bin" / "tsc", "-p", "."],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    errors: dict[str, dict[int, str]] = {}
    for name, line, code, _ in _ERROR.findall(done.stdout):
        errors.setdefault(name, {})[int(line)] = code
    return Compiled(folder / "out", errors, done.stdout + done.stderr)
