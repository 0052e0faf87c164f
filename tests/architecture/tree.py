"""The files of this repository, as the tests of its architecture walk through them."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def python_files(*folders: str) -> list[Path]:
    """The Python files under some folders of the root, in order."""
    return sorted(path for one in folders for path in (ROOT / one).rglob("*.py"))


def named(path: Path) -> str:
    """A path as it is told."""
    return path.relative_to(ROOT).as_posix()
