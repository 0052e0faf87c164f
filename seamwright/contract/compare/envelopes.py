"""The envelope: where in an answer what lies, and which answers are outside of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.compare.change import Change, ChangeClass
from seamwright.contract.compare.matching import common, only
from seamwright.contract.compare.wording import became, bounded, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.compare.promises import Promises
    from seamwright.contract.envelope import Envelope, Form, Member

ENVELOPE_CHANGED = ChangeClass(
    "ENV-CHANGED",
    "answers are wrapped, or no longer are",
    consumers=True,
    providers=True,
    reason="nothing lies where it lay before",
    cure="move the version, and answer the old form to those who ask for the old one",
)
MEMBER_REQUIRED_ADDED = ChangeClass(
    "ENV-MEMBER-ADDED-REQUIRED",
    "the envelope must have one more member",
    consumers=False,
    providers=True,
    reason="consumers pass over what they do not know, but every provider must answer it",
    cure="let it be left out until every provider answers it",
)
MEMBER_OPTIONAL_ADDED = ChangeClass(
    "ENV-MEMBER-ADDED-OPTIONAL",
    "the envelope may have one more member",
    consumers=False,
    providers=False,
    reason="consumers pass over what they do not know, and no provider must answer it",
)
MEMBER_REQUIRED_REMOVED = ChangeClass(
    "ENV-MEMBER-REMOVED-REQUIRED",
    "a member that the envelope always had is gone",
    consumers=True,
    providers=True,
    reason="consumers count on it, and a provider that answers it says too much",
    cure="go on answering it",
)
MEMBER_OPTIONAL_REMOVED = ChangeClass(
    "ENV-MEMBER-REMOVED-OPTIONAL",
    "a member that the envelope could have is gone",
    consumers=False,
    providers=True,
    reason="consumers can do without it, but a provider that answers it says too much",
    cure="go on letting it be answered",
)
MEMBER_BECAME_REQUIRED = ChangeClass(
    "ENV-MEMBER-BECAME-REQUIRED",
    "a member of the envelope must be there",
    consumers=False,
    providers=True,
    reason="providers that left it out are wrong now",
    cure="let it be left out until every provider answers it",
)
MEMBER_BECAME_OPTIONAL = ChangeClass(
    "ENV-MEMBER-BECAME-OPTIONAL",
    "a member of the envelope may be left out",
    consumers=True,
    providers=False,
    reason="consumers count on it",
    cure="go on answering it always",
)
ROLE_CHANGED = ChangeClass(
    "ENV-ROLE-CHANGED",
    "a member of the envelope means something else",
    consumers=True,
    providers=True,
    reason="consumers read one thing for another, and so do providers",
    cure="add a member with the new meaning",
)
MEDIA_CHANGED = ChangeClass(
    "ENV-MEDIA-CHANGED",
    "the envelope has another media type",
    consumers=True,
    providers=True,
    reason="consumers do not know it, and providers answer the old one",
    cure="answer the new one only to those who ask for it",
)
OPENED = ChangeClass(
    "ENV-OPENED",
    "the envelope may have members that are not named",
    consumers=False,
    providers=False,
    reason="consumers pass over what they do not know, and no provider must answer them",
)
CLOSED = ChangeClass(
    "ENV-CLOSED",
    "the envelope may have no members but those that are named",
    consumers=False,
    providers=True,
    reason="a provider that answers more is wrong now",
    cure="name the members that are answered",
)
EXEMPTION_CHANGED = ChangeClass(
    "ENV-EXEMPTION-CHANGED",
    "an endpoint came into the envelope, or went out of it",
    consumers=True,
    providers=True,
    reason="nothing in its answer lies where it lay before",
    cure="add an endpoint that answers in the other form",
)
CLASSES = (
    ENVELOPE_CHANGED,
    MEMBER_REQUIRED_ADDED,
    MEMBER_OPTIONAL_ADDED,
    MEMBER_REQUIRED_REMOVED,
    MEMBER_OPTIONAL_REMOVED,
    MEMBER_BECAME_REQUIRED,
    MEMBER_BECAME_OPTIONAL,
    ROLE_CHANGED,
    MEDIA_CHANGED,
    OPENED,
    CLOSED,
    EXEMPTION_CHANGED,
)


def changes(old: Promises, new: Promises) -> Iterator[Change]:
    """Every change of the envelope."""
    before, after = old.envelope, new.envelope
    if before and after:
        yield from _form(before.success, after.success, "envelope success")
        yield from _form(before.failure, after.failure, "envelope failure")
        known = {(one.service, one.endpoint) for one in new.terms}
        known &= {(one.service, one.endpoint) for one in old.terms}
        yield from _exemptions(before, after, known)
    elif before or after:
        words = ("no envelope", "envelope")
        said = became(words[before is not None], words[after is not None])
        yield Change(ENVELOPE_CHANGED, "envelope", said)


def _form(old: Form, new: Form, where: str) -> Iterator[Change]:
    if old.content_type.lower() != new.content_type.lower():
        yield Change(MEDIA_CHANGED, where, became(old.content_type, new.content_type))
    if old.extra != new.extra:
        said = "closed → open" if new.extra else "open → closed"
        yield Change(OPENED if new.extra else CLOSED, where, said)
    left, right = ({one.at: one for one in side.members} for side in (old, new))
    for at, member in only(left, right):
        kind = MEMBER_REQUIRED_REMOVED if member.required else MEMBER_OPTIONAL_REMOVED
        yield Change(kind, _at(where, at), f"{member.role.value} → nothing")
    for at, member in only(right, left):
        kind = MEMBER_REQUIRED_ADDED if member.required else MEMBER_OPTIONAL_ADDED
        yield Change(kind, _at(where, at), f"nothing → {member.role.value}")
    for at, before, after in common(left, right):
        yield from _member(before, after, _at(where, at))


def _at(where: str, pointer: str) -> str:
    return f"{where} {bounded(pointer)}".rstrip()


def _member(old: Member, new: Member, where: str) -> Iterator[Change]:
    if old.role != new.role:
        yield Change(ROLE_CHANGED, where, became(old.role.value, new.role.value))
    if old.required != new.required:
        kind = MEMBER_BECAME_REQUIRED if new.required else MEMBER_BECAME_OPTIONAL
        said = "optional → required" if new.required else "required → optional"
        yield Change(kind, where, said)


def _exemptions(old: Envelope, new: Envelope, known: set[tuple[str, str]]) -> Iterator[Change]:
    """What came in or went out; an endpoint that is new or gone is told elsewhere."""
    for service, endpoint in sorted(known):
        before, after = old.exemption(service, endpoint), new.exemption(service, endpoint)
        told = [one.content_type if one else "in the envelope" for one in (before, after)]
        if told[0] != told[1]:
            where = f"{printable(endpoint)} envelope"
            yield Change(EXEMPTION_CHANGED, where, became(told[0], told[1]), service)
