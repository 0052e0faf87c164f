"""Everything that is published of a contract set: path → text, the same bytes for the same set.

    schemas         FOLDER/SERVICE/….schema.json
    openapi         FOLDER/SERVICE.openapi.json
    typescript      FILE, for each service that is named
    api_reference   FILE
    each folder     FOLDER/generated.sha256, the list of what is generated into it

What has an order of its own (fields, endpoints, codes) keeps it; files are in order of path.
"""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

from seamwright.contract.derive.api_reference import api_reference
from seamwright.contract.derive.json_schema_files import published_schemas
from seamwright.contract.derive.manifest import NAME, manifest, stays_within
from seamwright.contract.derive.openapi import openapi
from seamwright.contract.derive.typescript import typescript
from seamwright.problem import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from seamwright.contract.derive.places import Places
    from seamwright.contract.system import System


class PublishedProblem(UsageProblem):
    """A contract set cannot be published where it should be."""


def published(system: System, places: Places) -> dict[str, str]:
    """Path from the project's root → text of the file that should be there.

    Raises:
        PublishedProblem: when a place is for a service that there is not, when two files would
            have one path, when a name of the set leads out of its folder, or when a text has what
            no file can hold.
    """
    names = {one.name for one in system.services}
    for service, file in places.typescript:
        if service not in names:
            raise PublishedProblem(
                expected=f"one of {', '.join(sorted(names)) or 'no service at all'}",
                seen=repr(service),
                where=f"the place {file!r}",
                mend="name a service of the contract set under [published.typescript]",
            )
    made = list(_files(system, places))
    for path, text in made:
        _refuse_unfit(path, text)
    made += [(f"{one}/{NAME}", _manifest(one, places, made)) for one in places.folders]
    _refuse_clashes(path for path, _ in made)
    return dict(sorted(made))


def same_file(path: str) -> str:
    """The same text for paths that are one file on some file system."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def _files(system: System, places: Places) -> Iterator[tuple[str, str]]:
    if places.schemas is not None:
        for name, schema in published_schemas(system).items():
            path = f"{places.schemas}/{name}"
            yield path, _json(path, schema)
    for service in system.services if places.openapi is not None else ():
        path = f"{places.openapi}/{service.name}.openapi.json"
        yield path, _json(path, openapi(system, service, service.endpoints))
    for name, path in places.typescript:
        for service in system.services:
            if service.name == name:
                yield path, typescript(system, service)
    if places.api_reference is not None:
        yield places.api_reference, api_reference(system)


def _manifest(folder: str, places: Places, made: Iterable[tuple[str, str]]) -> str:
    within = {path: text for path, text in made if places.holding(path) == folder}
    return manifest({path.removeprefix(f"{folder}/"): text for path, text in within.items()})


def _json(path: str, value: object) -> str:
    try:
        return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    except ValueError as error:
        raise PublishedProblem(
            expected="numbers that JSON has",
            seen=str(error),
            where=path,
            mend="take the number out of the contract set",
        ) from error


def _refuse_unfit(path: str, text: str) -> None:
    if not stays_within(path):
        raise PublishedProblem(
            expected="a path that leads into the project",
            seen=repr(path),
            where="what is published",
            mend="rename what of the contract set it is named after",
        )
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise PublishedProblem(
            expected="text that UTF-8 can hold",
            seen=f"half of a surrogate pair, {text[error.start]!r}",
            where=path,
            mend="take it out of the contract set",
        ) from error


def _refuse_clashes(paths: Iterable[str]) -> None:
    """Two files with one path, and a file where another needs a folder, are refused."""
    known: dict[str, str] = {}
    for path in paths:
        same = same_file(path)
        if same in known:
            raise _clash(known[same], path)
        known[same] = path
    for one, path in known.items():
        parts = one.split("/")
        for length in range(1, len(parts)):
            above = known.get("/".join(parts[:length]))
            if above is not None:
                raise _clash(above, path)


def _clash(one: str, other: str) -> PublishedProblem:
    return PublishedProblem(
        expected="a path of its own for each file",
        seen=f"{one!r} and {other!r}",
        where="what is published",
        mend="give one of them another place under [published]",
    )
