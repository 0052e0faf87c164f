"""The envelope that a team names for a document: what it says counts, whatever the answers share.

failures    have the form that was named, also where the document describes another one
successes   have the form that was named; none named: the whole body is the data
exempt      what was named, and operations whose success is no JSON by the document
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from seamwright.contract.adopt.envelope_inference import (
    Inferred,
    is_json,
    other_media,
    preferred,
)
from seamwright.contract.adopt.following import either, followed
from seamwright.contract.adopt.shape import properties
from seamwright.contract.envelope import Envelope, Exemption, Form, Member, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from seamwright.contract.description.document import Description, Operation, Response, Schema

BARE = Form((Member("", Role.DATA),))
"""A success without a wrapper."""


@dataclass(frozen=True, slots=True)
class Exempted:
    """An operation that is outside of the envelope.

    Attributes:
        operation: `METHOD /path/template`, as the document writes it.
        reason: why.
        content_type: what its success is; "" where the document says it.
    """

    operation: str
    reason: str
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class NamedEnvelope:
    """An envelope as a team names it.

    Attributes:
        failure: the form of answers from 400 on.
        success: the form of answers below 400.
        exempt: operations outside of it.
        source: what the team's file is called.
    """

    failure: Form
    success: Form = BARE
    exempt: tuple[Exempted, ...] = ()
    source: str = ""

    def based(self, base: str) -> NamedEnvelope:
        """The same for a document whose paths begin with `base` now."""
        moved: list[Exempted] = []
        for one in self.exempt:
            method, _, path = one.operation.partition(" ")
            moved.append(replace(one, operation=f"{method} {base}{path}"))
        return replace(self, exempt=tuple(moved))


def unknown_operation(told: NamedEnvelope, known: Sequence[str]) -> tuple[str, str] | None:
    """The first operation that is exempt and that a document lacks, and one that is like it."""
    for one in told.exempt:
        if one.operation not in known:
            near = get_close_matches(one.operation, known, n=1)
            return one.operation, near[0] if near else ""
    return None


def named(description: Description, service: str, told: NamedEnvelope) -> Inferred:
    """The envelope of a document, as it was named.

    Args:
        description: the document, which has the operations that are exempt.
        service: whose operations they are.
        told: what was named.
    """
    exempt = tuple(_exempt(description, service, told))
    counted = f"{len(told.exempt)} operation{'s are' if len(told.exempt) != 1 else ' is'} exempt"
    words = [
        f"named in {told.source}, not inferred: failures are {_listed(told.failure)}",
        f"successes are {_listed(told.success)}" if told.success != BARE else "successes are bare",
        *([counted] if told.exempt else []),
    ]
    return Inferred(Envelope(told.success, told.failure, exempt), "; ".join(words), named=True)


def lacking(form: Form, response: Response, definitions: Mapping[str, Schema]) -> str:
    """The first member that must be there and that a described answer has not; "" of none.

    An answer of which no form is described in JSON lacks nothing.
    """
    content = preferred(response.contents)
    if content is None or content.schema is None or not is_json(content.media):
        return ""
    for schema in either(content.schema, definitions):
        for member in form.members:
            if member.required and not _has(schema, member.path, definitions):
                return member.at
    return ""


def _has(schema: Schema, path: tuple[str, ...], definitions: Mapping[str, Schema]) -> bool:
    for step in path:
        whole = followed(schema, definitions)
        within = properties(whole)
        if not within:
            # Nothing is said of its members: it may have any.
            return True
        if step not in within:
            return False
        schema = within[step]
    return True


def _listed(form: Form) -> str:
    """The members by their places; the whole body is none of them."""
    told = (f"{one.at}{'' if one.required else '?'}" for one in form.members if one.path)
    return f"{{{', '.join(told)}}}"


def _exempt(description: Description, service: str, told: NamedEnvelope) -> Iterator[Exemption]:
    wanted = {one.operation: one for one in told.exempt}
    for operation in description.operations:
        one = wanted.get(operation.id)
        media = other_media(operation)
        if one is not None:
            kind = one.content_type or media or _media(operation)
            yield Exemption(service, operation.id, kind, one.reason)
        elif media:
            yield Exemption(service, operation.id, media, "the document describes its success so")


def _media(operation: Operation) -> str:
    """The JSON that a success is by the document; plain JSON where it says nothing."""
    for response in operation.responses:
        content = preferred(response.contents)
        if response.status.startswith("2") and content is not None:
            return content.media.partition(";")[0].strip().lower()
    return "application/json"
