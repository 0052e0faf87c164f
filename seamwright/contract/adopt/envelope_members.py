"""The members that answers share, wherever in them they lie, and what each of them means."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from seamwright.contract.adopt.following import followed
from seamwright.contract.adopt.shape import closed_values, properties
from seamwright.contract.description.document_source import escaped
from seamwright.contract.envelope import Member, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from seamwright.contract.description.document import Schema

NEARLY_ALL = 0.9
"""How many of some answers must have what is said to be shared."""
_DEEPEST = 3
_FLAGS = {"success", "ok", "succeeded"}
_RETRYABLE = {"retryable", "retriable"}
_CODES = {"code", "errorcode", "error_code"}
_MESSAGES = {"message", "msg", "title", "detail", "error", "errormessage", "error_message"}
_IDS = {"requestid", "request_id", "traceid", "trace_id", "correlationid", "correlation_id"}
_DURATIONS = {"duration", "durationms", "duration_ms", "took", "elapsed"}
_STATUSES = {"status", "statuscode", "status_code"}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A place in one answer that holds no further object.

    Attributes:
        name: of the member.
        schema: of its value.
        required: whether it and all around it must be there.
    """

    name: str
    schema: Schema
    required: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """What answers have in common.

    Attributes:
        members: in the order of the first answer.
        alike: how many of the answers have all of them.
    """

    members: tuple[Member, ...]
    alike: int


def shared(schemas: Sequence[Schema], definitions: Mapping[str, Schema], skip: str = "") -> Shared:
    """The members that nearly all of some answers have.

    Args:
        schemas: of the answers, followed.
        definitions: that they name.
        skip: a top member that is not looked into.
    """
    told = [dict(_leaves(one, definitions, skip)) for one in schemas]
    counts = Counter(at for one in told for at in one)
    order = dict.fromkeys(at for one in told for at in one)
    common = [at for at in order if counts[at] >= NEARLY_ALL * len(told)]
    alike = [one for one in told if all(at in one for at in common)]
    members = [
        Member(at, _role(at, [one[at] for one in alike]), all(one[at].required for one in alike))
        for at in common
        if alike
    ]
    return Shared(tuple(members), len(alike) if common else 0)


def required(schema: Schema) -> list[str]:
    """The fields of a schema that must be there."""
    return cast("list[str]", schema.get("required", []))


def _leaves(
    schema: Schema, definitions: Mapping[str, Schema], skip: str
) -> Iterator[tuple[str, Leaf]]:
    for name, one in properties(schema).items():
        if name != skip or not skip:
            yield from _within(
                f"/{escaped(name)}", Leaf(name, one, name in required(schema)), definitions
            )


def _within(at: str, leaf: Leaf, definitions: Mapping[str, Schema]) -> Iterator[tuple[str, Leaf]]:
    whole = followed(leaf.schema, definitions)
    inner = properties(whole)
    if not inner or at.count("/") >= _DEEPEST:
        yield at, Leaf(leaf.name, whole, leaf.required)
        return
    for name, one in inner.items():
        below = Leaf(name, one, leaf.required and name in required(whole))
        yield from _within(f"{at}/{escaped(name)}", below, definitions)


def _role(at: str, leaves: Sequence[Leaf]) -> Role:
    """What a member means, by its name and its types; what is not plain is `other`."""
    name = leaves[0].name.lower()
    if all(_is(one.schema, bool, "boolean") for one in leaves):
        if name in _RETRYABLE:
            return Role.RETRYABLE
        return Role.SUCCESS_FLAG if name in _FLAGS else Role.OTHER
    if all(_is(one.schema, str, "string") for one in leaves):
        return _textual(at, name)
    kinds = {str(one.schema.get("type")) for one in leaves}
    if kinds <= {"integer", "number"} and name in _DURATIONS:
        return Role.DURATION
    if name in _STATUSES and all(_is(one.schema, int, "integer") for one in leaves):
        return Role.STATUS
    return Role.ERROR if name == "error" and kinds == {"object"} else Role.OTHER


def _textual(at: str, name: str) -> Role:
    if name in _CODES:
        return Role.CODE
    if name in _IDS:
        return Role.REQUEST_ID
    # A description within an error is its message; one beside it may be anything.
    if name in _MESSAGES or (name == "description" and at.count("/") > 1):
        return Role.MESSAGE
    return Role.OTHER


def _is(schema: Schema, kind: type, word: str) -> bool:
    """Whether all values of a schema are of a kind."""
    values = closed_values(schema)
    if values:
        exact = all(isinstance(one, kind) for one in values)
        return exact and (kind is bool or not any(isinstance(one, bool) for one in values))
    return schema.get("type") == word
