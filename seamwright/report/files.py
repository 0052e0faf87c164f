"""Reports on disk: written aside and renamed, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from seamwright.report.html import page

if TYPE_CHECKING:
    from seamwright.report.audit import Audit


def write_reports(audit: Audit, folder: Path) -> None:
    """`audit.json` and `index.html` in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    text = audit.model_dump_json(indent=2, by_alias=True)
    replace_text(folder / "audit.json", text + "\n")
    replace_text(folder / "index.html", page(audit))


def replace_text(path: Path, text: str) -> None:
    """Write a file aside and rename it into its place."""
    descriptor, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        Path(aside).chmod(0o644)
        Path(aside).replace(path)
    finally:
        Path(aside).unlink(missing_ok=True)
