"""The error codes that a document names in the schemas of its failures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seamwright.contract.adopt.envelope_inference import preferred
from seamwright.contract.adopt.following import either, followed
from seamwright.contract.adopt.shape import closed_values, properties
from seamwright.contract.envelope import Role
from seamwright.contract.error import ErrorCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from seamwright.contract.description.document import (
        Description,
        Operation,
        Response,
        Schema,
    )
    from seamwright.contract.envelope import Envelope

_RETRYABLE = frozenset({429, 503, 504})
"""Statuses whose failures may pass (RFC 9110, 15.6.4; RFC 6585, 4), where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The codes of a document.

    Attributes:
        errors: all of them.
        everywhere: those that every operation may answer.
        told: (operation, status) → the codes of that answer.
    """

    errors: tuple[ErrorCode, ...]
    everywhere: tuple[str, ...]
    told: Mapping[tuple[str, str], tuple[str, ...]]

    def own(self, operation: Operation) -> list[str]:
        """The codes that an operation may answer beyond those of everywhere."""
        found = (
            code
            for one in operation.responses
            for code in self.told.get((operation.id, one.status), ())
        )
        return [one for one in dict.fromkeys(found) if one not in self.everywhere]

    def covers(self, operation: Operation, status: str) -> bool:
        """Whether an answer is said by its codes."""
        return (operation.id, status) in self.told


def catalogue(description: Description, envelope: Envelope | None) -> Catalogue:
    """The error codes, where the failures of a document name them one by one."""
    member = envelope.failure.member(Role.CODE) if envelope else None
    if envelope is None or member is None:
        return Catalogue((), (), {})
    reader = _Reader(description, envelope)
    errors: dict[str, ErrorCode] = {}
    told: dict[tuple[str, str], tuple[str, ...]] = {}
    for operation in description.operations:
        for response in operation.responses:
            codes = list(reader.codes(response))
            if codes and all(errors.get(one.code, one) == one for one in codes):
                errors.update({one.code: one for one in codes})
                told[operation.id, response.status] = tuple(one.code for one in codes)
    by_operation = [
        {code for one in operation.responses for code in told.get((operation.id, one.status), ())}
        for operation in description.operations
    ]
    shared = set[str].intersection(*by_operation) if len(by_operation) > 1 else set[str]()
    return Catalogue(tuple(errors.values()), tuple(one for one in errors if one in shared), told)


class _Reader:
    """Reads the codes of a response."""

    def __init__(self, description: Description, envelope: Envelope) -> None:
        self._definitions = description.definitions
        self._form = envelope.failure

    def codes(self, response: Response) -> Iterator[ErrorCode]:
        """The codes that a response may have, none where one of them is not named."""
        content = preferred(response.contents)
        if content is None or content.schema is None or not response.status.isdigit():
            return
        if int(response.status) < 400:
            return
        media = content.media.partition(";")[0].strip().lower()
        found = [self._code(one, response) for one in either(content.schema, self._definitions)]
        if media == self._form.content_type and all(found):
            for several in found:
                yield from several or ()

    def _code(self, schema: Schema, response: Response) -> list[ErrorCode] | None:
        values = self._values(schema, Role.CODE)
        if not values or not all(isinstance(one, str) and one for one in values):
            return None
        status = int(response.status)
        flags = self._values(schema, Role.RETRYABLE) or []
        retryable = flags[0] is True if len(flags) == 1 else status in _RETRYABLE
        return [
            ErrorCode(str(one), status, retryable, _meaning(str(one), response.description))
            for one in values
        ]

    def _values(self, schema: Schema, role: Role) -> list[object] | None:
        """The closed set of values of the member with a role."""
        member = self._form.member(role)
        if member is None:
            return None
        for step in member.path:
            within = properties(followed(schema, self._definitions))
            if step not in within:
                return None
            schema = within[step]
        return closed_values(followed(schema, self._definitions))


def _meaning(code: str, description: str) -> str:
    """What a response says of a code: after its name where it names several."""
    found = re.search(rf"`{re.escape(code)}`: (.*?)(?: `[^`]+`: |$)", description, re.DOTALL)
    return (found.group(1) if found else description).strip()
