"""The list of what was generated into a folder, so that nothing else is ever taken away from it.

    <SHA-256, 64 hexadecimal digits>  <path from the folder>

One line a file, in order of path; `sha256sum --check` reads it too.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "generated.sha256"
_LINE = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<path>[^\\]+)")
_GENERATED = (".schema.json", ".openapi.json")
"""How the names of all files end that are generated into folders."""


def manifest(files: Mapping[str, str]) -> str:
    """The list of these files: path from the folder → text."""
    return manifest_of({path: sha256(text.encode()) for path, text in files.items()})


def manifest_of(digests: Mapping[str, str]) -> str:
    """The same: path from the folder → digest."""
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests))


def listed(text: str) -> dict[str, str]:
    """Path → digest of what a list has; lines that no list of ours would have are passed over."""
    found = (_LINE.fullmatch(line) for line in text.split("\n"))
    return {
        one["path"]: one["digest"]
        for one in found
        if one and stays_within(one["path"]) and one["path"].endswith(_GENERATED)
    }


def stays_within(path: str) -> bool:
    """Whether a path with `/` is one that leads down, and is nothing else on any system."""
    drive = path[1:2] == ":"
    parts = path.split("/")
    return (
        path.isprintable()
        and "\\" not in path
        and not drive
        and all(one.strip(" ") not in ("", ".", "..") for one in parts)
    )


def sha256(content: bytes) -> str:
    """The SHA-256 of a content, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
