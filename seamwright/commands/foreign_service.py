"""A service of which there is nothing but an address and a document, as a project.

URL, document ─ read ─▶ description, its paths where the URL has them
              ─ adopt ─▶ OUT/contract, a package, loaded from there ─▶ project
"""

from __future__ import annotations

import importlib.util
import re
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from pydantic import ValidationError

from seamwright.contract.adopt import Adoption, adopt
from seamwright.contract.adopt.envelope_named import unknown_operation
from seamwright.drive.adopted_set import PAGE, write
from seamwright.drive.subject.project_file import BoxTable, ProjectFile, SubjectTable
from seamwright.problem import UsageProblem
from seamwright.project import Project
from seamwright.report.import_report import import_report

if TYPE_CHECKING:
    from pathlib import Path

    from seamwright.contract.adopt.envelope_named import NamedEnvelope
    from seamwright.contract.description.document import Description
    from seamwright.contract.system import System
    from seamwright.record.observation import Headers

_SERVICE = "service"
PACKAGE = "contract"
"""The folder of the contract set, in that of the reports."""
_HEADER = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:[ \t]*([\x21-\x7e][\x20-\x7e\t]*)")


class ForeignServiceProblem(UsageProblem):
    """An address or a header is not what it must be."""


@dataclass(frozen=True, slots=True)
class ForeignService:
    """A service that was not written for us.

    Attributes:
        project: it, ready to be driven.
        adoption: what was made of its document.
        loopback: whether it is on this machine.
    """

    project: Project
    adoption: Adoption
    loopback: bool


def foreign_service(
    url: str,
    description: Description,
    out: Path,
    headers: Headers,
    allowed: tuple[str, ...],
    envelope: NamedEnvelope | None = None,
) -> ForeignService:
    """A service by its URL and its document.

    Args:
        url: `http://HOST:PORT`, with a path where the document's paths begin.
        description: the document, read.
        out: the folder of the reports; the contract set is written into it.
        headers: sent with every request.
        allowed: hosts other than this machine that may be driven.
        envelope: that its team names; None infers one.

    Raises:
        UsageProblem: when the URL is none, its host may not be driven, or the envelope exempts an
            operation that the document lacks.
    """
    file, path = _file(url, allowed)
    if envelope is not None:
        _see_exempt(envelope, description)
    base = _base(description, path)
    moved = _moved(description, base)
    told = envelope.based(base) if envelope else None
    adoption = adopt(moved, file.subject.name, _SERVICE, told)
    folder = out / PACKAGE
    out.mkdir(parents=True, exist_ok=True)
    page = import_report(moved, adoption, "the document")
    write(folder, {**adoption.files, PAGE: page}, force=True)
    loopback = file.is_of_this_machine
    words = adoption.envelope if envelope else f"inferred from the document: {adoption.envelope}"
    project = Project(file, _load(folder), headers=headers, envelope=words)
    return ForeignService(project, adoption, loopback)


def known_service(url: str, folder: Path, headers: Headers, allowed: tuple[str, ...]) -> Project:
    """A service by its URL and the contract set that was made of its document before.

    Raises:
        UsageProblem: when the URL is none, or its host may not be driven.
    """
    file, _ = _file(url, allowed)
    return Project(file, _load(folder), headers=headers)


def header(said: str) -> tuple[str, str]:
    """Name, in lower case, and value of `Name: value`.

    Raises:
        ForeignServiceProblem: when it is not of that form.
    """
    found = _HEADER.fullmatch(said.strip())
    if found is None:
        raise ForeignServiceProblem(
            expected="a header, `Name: value`, in visible ASCII",
            seen=f"{len(said)} characters that are none",
            where="--header",
            mend="write it in quotes: --header 'Authorization: Bearer …'",
        )
    return found[1].lower(), found[2].strip()


def _file(url: str, allowed: tuple[str, ...]) -> tuple[ProjectFile, str]:
    """The subject file that a URL stands for, and the path that it has."""
    parts = urlsplit(url)
    try:
        port = parts.port or 80
        file = ProjectFile(
            subject=SubjectTable(
                name=f"{parts.hostname}:{port}",
                contracts=f"{PACKAGE}:SYSTEM",
                allowed_hosts=allowed,
            ),
            box={_SERVICE: BoxTable(url=f"{parts.scheme}://{parts.hostname}:{port}")},
        )
    except (ValidationError, ValueError) as error:
        first = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
        raise ForeignServiceProblem(
            expected="http://HOST:PORT or http://HOST:PORT/PATH; HOST is this machine, or allowed",
            seen=first.removeprefix("Value error, "),
            where=f"--url {url!r}",
            mend="correct the address, or allow its host with --allow-host",
        ) from error
    return file, parts.path.rstrip("/")


def _see_exempt(envelope: NamedEnvelope, description: Description) -> None:
    unknown = unknown_operation(envelope, [one.id for one in description.operations])
    if unknown is not None:
        operation, near = unknown
        raise ForeignServiceProblem(
            expected="exempt operations that the document has, `METHOD /path` as it writes them",
            seen=operation,
            where=envelope.source,
            mend=f"did you mean {near!r}?" if near else "correct it, or take it out",
        )


def _base(description: Description, path: str) -> str:
    """What comes before the document's paths: the path of the URL, else of its first server."""
    server = urlsplit(description.servers[0]).path.rstrip("/") if description.servers else ""
    return path or ("" if "{" in server else server)


def _moved(description: Description, base: str) -> Description:
    """The document with the paths where the service has them."""
    operations = tuple(replace(one, path=base + one.path) for one in description.operations)
    return replace(description, operations=operations)


def _load(folder: Path) -> System:
    """The set that was just written."""
    spec = importlib.util.spec_from_file_location(
        PACKAGE, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is None or spec.loader is None:  # pragma: no cover - the file is there
        raise ImportError(folder)
    for name in [one for one in sys.modules if one.split(".")[0] == PACKAGE]:
        del sys.modules[name]
    module = importlib.util.module_from_spec(spec)
    sys.modules[PACKAGE] = module
    spec.loader.exec_module(module)
    return cast("System", module.SYSTEM)
