"""OLD and NEW of `contracts diff`, as they are named on the command line.

    pets.yaml              an OpenAPI or Swagger document
    REVISION:pets.yaml     a document as it was at a git revision
    contracts:SYSTEM       a contract set, of the project or installed
    REVISION               the contract set that the subject file names, as it was

A name that means two of these is told, and not guessed at.
"""

from __future__ import annotations

import re
import sys
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from seamwright.contract.compare.snapshot import snapshot, snapshot_of_document
from seamwright.contract.compare.wording import bounded, printable
from seamwright.contract.description.read import read
from seamwright.contract.load import load
from seamwright.contract.system import System
from seamwright.drive.revision import commit, snapshot_at, text_at
from seamwright.drive.subject.project_file import load_project_file
from seamwright.problem import UsageProblem

if TYPE_CHECKING:
    from seamwright.contract.compare.snapshot import Snapshot

_SUFFIXES = (".json", ".yaml", ".yml")
_NAME = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")
_MOST = 20
"""Notes that are told of one document."""
_LARGEST = 32 * 1024 * 1024
"""Bytes of a document."""


class SourceProblem(UsageProblem):
    """What OLD or NEW names is not there, or is two things at once."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where names are looked up.

    Attributes:
        subject: the subject file.
        here: the folder that the command runs in.
    """

    subject: Path
    here: Path

    @property
    def root(self) -> Path:
        """The project's root; without a subject file, the folder that the command runs in."""
        return load_project_file(self.subject).root if self.subject.is_file() else self.here

    def source(self, said: str | None) -> Snapshot:
        """The contract that a name leads to; None is the set of the work tree.

        Raises:
            UsageProblem: when it leads nowhere, or to two places, or to what cannot be read.
        """
        if said is None:
            return snapshot(self._set(load_project_file(self.subject).subject.contracts))
        here, then = self._document(said), self._document_at(said)
        meanings = {
            "a document": here,
            "a document at a revision": then,
            "a contract set": said if _NAME.fullmatch(said) else None,
            "a git revision": commit(self.root, said),
        }
        found = [kind for kind, one in meanings.items() if one is not None]
        if len(found) != 1:
            raise _problem(said, found)
        if meanings["a contract set"]:
            return snapshot(self._set(said))
        revision = meanings["a git revision"]
        if isinstance(revision, str):
            file = load_project_file(self.subject)
            return snapshot_at(file.root, revision, file.subject.contracts, said)
        path = said if then is None else said.partition(":")[2]
        return snapshot_of_document(read(here or then or b"", path))

    def _set(self, name: str) -> System:
        # What a set prints while it is imported is no part of the answer.
        with redirect_stdout(sys.stderr):
            return load(name, System, self.root)

    def _document(self, said: str) -> bytes | None:
        path = self.here / said
        if path.suffix.lower() not in _SUFFIXES or not path.is_file():
            return None
        if path.stat().st_size > _LARGEST:
            raise SourceProblem(
                expected=f"a document of at most {_LARGEST:,} bytes",
                seen=f"{path.stat().st_size:,} bytes",
                where=said,
                mend="take out what is not part of the interface",
            )
        return path.read_bytes()

    def _document_at(self, said: str) -> bytes | None:
        name, colon, path = said.partition(":")
        if not colon or Path(path).suffix.lower() not in _SUFFIXES:
            return None
        revision = commit(self.here, name)
        return text_at(self.here, revision, path) if revision else None


def narrowed(taken: Snapshot, service: str | None) -> Snapshot:
    """The contract with one service only; a document has no other.

    Raises:
        SourceProblem: when it has no such service.
    """
    promises = taken.promises
    if service is None or promises is None:
        return taken
    surfaces = tuple(one for one in taken.surfaces if one.service == service)
    if not surfaces:
        raise SourceProblem(
            expected=f"one of {', '.join(one.service for one in taken.surfaces)}",
            seen=service,
            where="--service",
            mend="name a service that the contract set has",
        )
    terms = tuple(one for one in promises.terms if one.service == service)
    return replace(taken, surfaces=surfaces, promises=replace(promises, terms=terms))


def alike(old: Snapshot, new: Snapshot) -> None:
    """Refuse a document against a set of which it could be any service.

    Raises:
        SourceProblem: when the set has several services and none was named.
    """
    if (old.promises is None) == (new.promises is None):
        return
    whole = new if old.promises is None else old
    if len(whole.surfaces) > 1:
        raise SourceProblem(
            expected="one service to hold the document against",
            seen=f"a set with {', '.join(one.service for one in whole.surfaces)}",
            where=whole.name,
            mend="name the service with --service",
        )


def unread(taken: Snapshot) -> list[str]:
    """What of a document could not be read, and so was not compared; a set is read whole."""
    if taken.promises is not None:
        return []
    notes = [
        f"{bounded(note.pointer)}: {printable(note.said)}"
        for one in taken.surfaces
        for note in one.whole.notes
    ]
    more = [f"and {len(notes) - _MOST} more"] if len(notes) > _MOST else []
    return [*notes[:_MOST], *more]


def _problem(said: str, found: list[str]) -> SourceProblem:
    if found:
        return SourceProblem(
            expected="a name that means one thing",
            seen=f"{' and also '.join(found)}",
            where=repr(said),
            mend="write ./NAME for a file, refs/heads/NAME or refs/tags/NAME for a revision",
        )
    return SourceProblem(
        expected="FILE, REVISION:FILE (.json, .yaml, .yml), `module:ATTRIBUTE`, or a revision",
        seen="none of them",
        where=repr(said),
        mend="see that the file is there, or that git knows the revision",
    )
