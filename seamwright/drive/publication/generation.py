"""The published files brought up to date: only what changed is written.

A list of generated files (`generated.sha256`) names a file before it is written and until it is
gone, so that a run that was killed leaves nothing behind that the next one would not know.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from seamwright.contract.derive.manifest import NAME, listed, manifest_of
from seamwright.drive.publication.project_path import locked, remove, replace
from seamwright.drive.publication.publication import found, leftovers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seamwright.drive.publication.publication import Leftover, Publication


@dataclass(frozen=True, slots=True)
class Generation:
    """What became of each file, by its path from the root.

    Attributes:
        written: new, or not as the contract set would have it.
        unchanged: as it should be, and so not touched.
        removed: generated once, and by nothing any more.
        kept: likewise, and changed by hand since.
    """

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]


def generate(one: Publication) -> Generation:
    """Write what is out of date, and take away what is left over.

    Raises:
        PublicationProblem: when a path leads out of the project, or cannot be read or written.
    """
    with locked(one.root):
        there = found(one)
        left = leftovers(one, there)
        unchanged = [path for path, text in one.files.items() if there.get(path) == text.encode()]
        changed = [path for path in one.files if path not in unchanged]
        lists = {f"{folder}/{NAME}" for folder in one.places.folders}
        for path in (path for path in changed if path in lists):
            replace(one.root, path, _both(one.files[path], there.get(path, b""), path, left))
        for path in (path for path in changed if path not in lists):
            replace(one.root, path, one.files[path].encode())
        removed = [path for path, gone in left.items() if gone.intact]
        for path in removed:
            remove(one.root, path, left[path].folder)
        for path in (path for path in changed if path in lists):
            replace(one.root, path, one.files[path].encode())
    kept = [path for path in left if path not in removed]
    return Generation(tuple(changed), tuple(unchanged), tuple(removed), tuple(sorted(kept)))


def _both(text: str, before: bytes, path: str, left: Mapping[str, Leftover]) -> bytes:
    """The list as it will be, with what the old one names that is left over and still there."""
    folder = path.removesuffix(NAME)
    old = listed(before.decode(errors="replace"))
    still = {name: digest for name, digest in old.items() if f"{folder}{name}" in left}
    return manifest_of({**still, **listed(text)}).encode()
