"""Subject files for end-to-end tests, and the command that audits them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from seamwright.report.audit import Audit

ROOT = Path(__file__).parents[2]
SEAMWRIGHT = (sys.executable, "-m", "seamwright.cli")
_DEADLINE_S = 120


@dataclass(frozen=True, slots=True)
class Audited:
    """How an audit ended."""

    code: int
    out: Path
    said: str
    progress: str

    @property
    def audit(self) -> Audit:
        """What it wrote."""
        return Audit.model_validate_json((self.out / "audit.json").read_text(encoding="utf-8"))

    @property
    def record(self) -> Path:
        """The folder of its record."""
        return self.out / "record"


def audit(subject: Path, out: Path, *options: str) -> Audited:
    """Run `seamwright audit` to its end."""
    command = [*SEAMWRIGHT, "audit", "--subject", str(subject), "--out", str(out), *options]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=_DEADLINE_S,
        check=False,
    )
    return Audited(done.returncode, out, done.stdout, done.stderr)


def reference_with(folder: Path, **modules: str) -> Path:
    """A subject file like the reference's, with other modules for some of its boxes."""
    text = (ROOT / "seamwright.toml").read_text(encoding="utf-8")
    for box, module in modules.items():
        text = text.replace(f'python = "reference_impl.{box}"', f'python = "{module}"')
    text = text.replace("[subject]\n", f"[subject]\nroot = {json.dumps(str(ROOT))}\n", 1)
    tomllib.loads(text)
    path = folder / "seamwright.toml"
    path.write_text(text, encoding="utf-8")
    return path
