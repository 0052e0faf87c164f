"""A contract set made of a document: the source of its modules, and what it could not say."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seamwright.contract.adopt.endpoints import endpoint_source
from seamwright.contract.adopt.envelope_inference import infer
from seamwright.contract.adopt.envelope_named import named
from seamwright.contract.adopt.error_codes import catalogue
from seamwright.contract.adopt.messages import Messages
from seamwright.contract.adopt.surroundings import Surroundings
from seamwright.contract.adopt.system_source import (
    Promised,
    credentials,
    envelope_source,
    errors_source,
    promised,
    system_source,
)
from seamwright.contract.description.document import Note

if TYPE_CHECKING:
    from collections.abc import Iterable

    from seamwright.contract.adopt.envelope_named import NamedEnvelope
    from seamwright.contract.description.document import Description, Operation

_FUTURE = ["from __future__ import annotations", ""]
_WORD = re.compile(r"\b[A-Z]\w*")
_TERMS = ("Answer", "Endpoint", "Mode", "RateLimit")
_OF_MESSAGES = ("Message", "Nullable", "Root")


@dataclass(frozen=True, slots=True)
class Adoption:
    """A contract set as files.

    Attributes:
        files: name → source, all in one folder, which is a package; the set is its `SYSTEM`.
        endpoints: how many there are.
        messages: how many classes there are.
        envelope: which one was named or inferred, or why there is none.
        notes: what could not be said, or read.
    """

    files: dict[str, str]
    endpoints: int
    messages: int
    envelope: str
    notes: tuple[Note, ...]


def adopt(
    description: Description, name: str, service: str, told: NamedEnvelope | None = None
) -> Adoption:
    """The contract set of a document.

    Args:
        description: the document, read.
        name: of the system.
        service: what its one service is called.
        told: the envelope that its team names; None infers one.
    """
    notes = list(description.notes)
    operations = list(_different(description.operations, notes))
    inferred = named(description, service, told) if told else infer(description, service)
    codes = catalogue(description, inferred.envelope)
    messages = Messages(description.definitions)
    messages.define()
    shown, credential_notes = credentials(description)
    promises = promised(description, codes)
    around = Surroundings(
        description,
        service,
        messages,
        inferred,
        codes,
        frozenset(one.name for one in shown),
        _own_headers(promises),
    )
    endpoints = [line for one in operations for line in endpoint_source(around, one)]
    notes += [
        Note(
            "",
            f"the member {one!a} of the envelope: its meaning is not plain, any value is taken",
        )
        for one in inferred.unclear
    ]
    notes += [*credential_notes, *messages.notes, *around.notes, *_unsaid(operations, around)]
    files = {
        "__init__.py": _package(description),
        "endpoints.py": _endpoints(service, endpoints),
        "messages.py": _messages(messages),
        **({"errors.py": errors_source(codes)} if codes.errors else {}),
        **({"envelope.py": envelope_source(inferred)} if inferred.envelope else {}),
        "system.py": system_source(description, (name, service), promises, shown, inferred),
    }
    return Adoption(
        files=files,
        endpoints=len(operations),
        messages=len(messages.models()),
        envelope=inferred.reason,
        notes=tuple(dict.fromkeys(notes)),
    )


def _different(operations: Iterable[Operation], notes: list[Note]) -> Iterable[Operation]:
    """The operations, but of those that differ only in the names of parameters the first."""
    met: set[str] = set()
    for one in operations:
        parts = [part if part[:1] != "{" else "{}" for part in one.path.split("/")]
        nameless = f"{one.method} {'/'.join(parts)}"
        if nameless in met:
            notes.append(Note(one.pointer, "the same path with other names: left out"))
        else:
            met.add(nameless)
            yield one


def _own_headers(told: Promised) -> frozenset[str]:
    ids = told.request_id.headers if told.request_id else ()
    return frozenset({*ids, *((told.version.header,) if told.version else ())})


def _unsaid(operations: Iterable[Operation], around: Surroundings) -> Iterable[Note]:
    """What no term says: headers of answers, once for each name."""
    known = {*around.own_headers, "retry-after", "allow"}
    counts = Counter(
        header.name
        for one in operations
        for response in one.responses
        for header in response.headers
        if header.name not in known
    )
    for name, count in counts.items():
        yield Note("", f"the header {name!a} of {count} answers: left out")


def _package(description: Description) -> str:
    title = " ".join("".join(x if x.isprintable() else " " for x in description.title).split())
    shown = title.replace("\\", "").replace('"', "'")[:80] or "an interface"
    lines = [
        f'"""The contract set of {shown}, as its document says it."""',
        "",
        "from .system import SYSTEM",
        "",
        '__all__ = ["SYSTEM"]',
    ]
    return "\n".join(lines) + "\n"


def _endpoints(service: str, lines: list[str]) -> str:
    source = "\n".join(lines)
    terms = [one for one in _TERMS if f"{one}(" in source or f"{one}." in source]
    head = [
        f'"""The endpoints of {service}."""',
        "",
        *_FUTURE,
        f"from seamwright.contract import {', '.join(sorted({'Endpoint', *terms}))}",
        "",
        *(["from . import messages as message", ""] if "message." in source else []),
        "ENDPOINTS: tuple[Endpoint, ...] = (",
    ]
    return "\n".join([*head, *lines, ")"]) + "\n"


def _messages(messages: Messages) -> str:
    blocks = messages.source()
    formats = messages.formats()
    blocks = ["\n".join(formats), *blocks] if formats else blocks
    source = "\n\n\n".join(blocks)
    said = set(_WORD.findall(source))
    typing = [one for one in ("Annotated", "Any", "Literal", "Union") if one in said]
    terms = [one for one in _OF_MESSAGES if one in said]
    head = [
        '"""What the endpoints take and answer."""',
        "",
        *_FUTURE,
        *([f"from typing import {', '.join(typing)}", ""] if typing else []),
        *(["from pydantic import Field", ""] if "Field(" in source else []),
        *([f"from seamwright.contract import {', '.join(terms)}"] if terms else []),
    ]
    return "\n".join([*head, "", "", source]).rstrip("\n") + "\n"
