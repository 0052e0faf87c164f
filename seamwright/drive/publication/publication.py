"""What a project publishes: where, what should be there, and what is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from seamwright.contract.derive.manifest import NAME, listed, sha256
from seamwright.contract.derive.published import published, same_file
from seamwright.drive.publication.project_path import PublicationProblem, read, read_own
from seamwright.record.observation import Published, PublishedFile

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from seamwright.contract.derive.places import Places
    from seamwright.contract.system import System
    from seamwright.drive.subject.project_file import ProjectFile

_ID = "published"


@dataclass(frozen=True, slots=True)
class Publication:
    """What should be published.

    Attributes:
        root: the project's.
        places: where it publishes.
        files: path from the root → text.
    """

    root: Path
    places: Places
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Leftover:
    """A file that was generated once, and that nothing generates any more.

    Attributes:
        folder: that it was generated into.
        content: as it is now.
        intact: whether it is as it was generated; else somebody has made it theirs.
    """

    folder: str
    content: bytes
    intact: bool


def publication(file: ProjectFile, system: System) -> Publication:
    """What the project file wants published.

    Raises:
        PublicationProblem: when it wants nothing.
        PublishedProblem: when the contract set cannot be published there.
    """
    if file.published is None:
        raise PublicationProblem(
            expected="a table [published] in the subject file",
            seen="none",
            where=str(file.root),
            mend="say where the files go: see docs/reference/subject-file.md",
        )
    places = file.published.places
    return Publication(file.root, places, published(system, places))


def found(one: Publication) -> dict[str, bytes]:
    """Path → content of the files that should be there and are.

    Raises:
        PublicationProblem: when a path leads out of the project, or cannot be read.
    """
    contents = {path: read(one.root, path) for path in one.files}
    return {path: content for path, content in contents.items() if content is not None}


def leftovers(one: Publication, there: Mapping[str, bytes]) -> dict[str, Leftover]:
    """Path → the file, of those that the lists in the folders name and nothing generates.

    Args:
        one: what should be published.
        there: what was found of it; the lists are in it.

    Raises:
        PublicationProblem: when a path leads out of the project, or cannot be read.
    """
    wanted = {same_file(path) for path in one.files}
    gone: dict[str, Leftover] = {}
    for folder in one.places.folders:
        listing = there.get(f"{folder}/{NAME}", b"").decode(errors="replace")
        for name, digest in listed(listing).items():
            path = f"{folder}/{name}"
            content = None if same_file(path) in wanted else read_own(one.root, path)
            if content is not None:
                gone[path] = Leftover(folder, content, sha256(content) == digest)
    return gone


def seen(one: Publication) -> Published:
    """What is on disk, for the record.

    Raises:
        PublicationProblem: when a path leads out of the project, or cannot be read.
    """
    there = found(one)
    left = {path: gone.content for path, gone in leftovers(one, there).items()}
    files = tuple(
        PublishedFile(path, sha256(content)) for path, content in sorted({**there, **left}.items())
    )
    reference = there.get(one.places.api_reference or "", b"").decode(errors="replace")
    return Published(_ID, one.places, files, reference)
