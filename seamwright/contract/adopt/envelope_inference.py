"""The envelope of a document: what its answers have in common, or the reason why there is none.

    successes   an object that nearly all of them are, with a member whose value differs: the data
    failures    an object that nearly all of them are, with a message or a code in it

Nothing is guessed: where the answers do not agree, there is no envelope, and the reason says so.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seamwright.contract.adopt.envelope_members import NEARLY_ALL, required, shared
from seamwright.contract.adopt.following import either
from seamwright.contract.adopt.shape import NOTHING, properties
from seamwright.contract.description.document_source import escaped
from seamwright.contract.envelope import Envelope, Exemption, Form, Member, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from seamwright.contract.description.document import Content, Description, Operation, Schema

_FEWEST = 2
_WITH_ONE_OTHER = 4
"""So many successes show a wrapper even where one more has none."""

_DATA = {"data", "result", "results", "payload"}


@dataclass(frozen=True, slots=True)
class Inferred:
    """An envelope, or none, and why.

    Attributes:
        envelope: None where the answers do not agree on one.
        reason: in words, with counts.
        named: whether a team has named it; then nothing was inferred.
    """

    envelope: Envelope | None
    reason: str
    named: bool = False

    @property
    def unclear(self) -> tuple[str, ...]:
        """The members whose meaning is not plain, and whose form is therefore not told."""
        inferred = self.envelope if not self.named else None
        forms = (inferred.success, inferred.failure) if inferred else ()
        told = (one.at for form in forms for one in form.members if one.role is Role.OTHER)
        return tuple(dict.fromkeys(told))


@dataclass(frozen=True, slots=True)
class Answered:
    """One described answer.

    Attributes:
        operation: whose it is.
        status: as the document says it.
        media: of its body.
        schema: of its body, merged.
    """

    operation: str
    status: str
    media: str
    schema: Schema


def infer(description: Description, service: str) -> Inferred:
    """The envelope that the answers of a document share."""
    answers = list(_answers(description))
    successes = [one for one in answers if one.status.startswith("2")]
    failures = [one for one in answers if one.status[0] in "45d"]
    failure, failed = _failure(failures, description.definitions)
    if failure is None:
        return Inferred(None, failed)
    success, told = _success(successes, description.definitions)
    form = success or Form((Member("", Role.DATA),))
    exempt = tuple(_exempt(description, service, form, success, successes))
    return Inferred(Envelope(form, failure, exempt), f"{told}; {failed}")


def is_json(media: str) -> bool:
    """Whether bodies of a media type are JSON (RFC 6838, structured suffixes)."""
    kind = media.partition(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith("+json")


def preferred(contents: Sequence[Content]) -> Content | None:
    """The form of a body that is taken over: JSON where there is one."""
    return next((one for one in contents if is_json(one.media)), contents[0] if contents else None)


def _answers(description: Description) -> Iterator[Answered]:
    """Every answer with a body in JSON; one that may be either of several is each of them."""
    for operation in description.operations:
        for response in operation.responses:
            content = preferred(response.contents)
            if content is None or content.schema is None or not is_json(content.media):
                continue
            media = content.media.partition(";")[0].strip().lower()
            for schema in either(content.schema, description.definitions):
                yield Answered(operation.id, response.status, media, schema)


def _common(answers: Sequence[Answered]) -> list[str]:
    """The top members that nearly all successes have, in the order of the first one.

    Of few, all but one: a health is mostly bare.
    """
    counts = Counter(name for one in answers for name in properties(one.schema))
    order = dict.fromkeys(name for one in answers for name in properties(one.schema))
    enough = min(NEARLY_ALL * len(answers), max(len(answers) - 1, _WITH_ONE_OTHER))
    return [name for name in order if counts[name] >= enough]


def _success(
    answers: Sequence[Answered], definitions: Mapping[str, Schema]
) -> tuple[Form | None, str]:
    """The wrapper of the successes."""
    if len({one.operation for one in answers}) < _FEWEST:
        return None, f"successes are bare: {len(answers)} of them do not show a wrapper"
    common = _common(answers)
    wrapped = [one for one in answers if set(common) <= set(properties(one.schema))]
    varying = [name for name in common if _varies(name, wrapped)]
    named = [name for name in varying if name.lower() in _DATA]
    data = named[0] if len(named) == 1 else varying[0] if len(varying) == 1 else None
    if data is None or len(common) < _FEWEST:
        return None, f"the {len(answers)} successes have no wrapper in common, they are bare"
    rest = shared([one.schema for one in wrapped], definitions, skip=data)
    needed = all(data in required(one.schema) for one in wrapped)
    members = {
        one.at: one for one in (Member(f"/{escaped(data)}", Role.DATA, needed), *rest.members)
    }
    ordered = sorted(members.values(), key=lambda one: common.index(one.path[0]))
    told = f"{len(wrapped)} of {len(answers)} successes are {{{', '.join(common)}}}"
    return _form(ordered, wrapped), f"{told}, the data is in {data}"


def _failure(
    answers: Sequence[Answered], definitions: Mapping[str, Schema]
) -> tuple[Form | None, str]:
    """The shape of the failures."""
    if len(answers) < _FEWEST:
        return None, f"no envelope: {len(answers)} failures are described, too few to tell"
    found = shared([one.schema for one in answers], definitions)
    if found.alike < NEARLY_ALL * len(answers):
        return None, f"no envelope: the {len(answers)} failures have no shape in common"
    listed = ", ".join(dict.fromkeys(one.path[0] for one in found.members))
    if not {one.role for one in found.members} & {Role.CODE, Role.MESSAGE}:
        return None, f"no envelope: the failures are {{{listed}}}, without a code or a message"
    told = f"{found.alike} of {len(answers)} failures are {{{listed}}}"
    return _form(found.members, answers), told


def _form(members: Iterable[Member], answers: Sequence[Answered]) -> Form:
    """A form with these members; open where one of the answers is."""
    told = tuple(members)
    tops = {one.path[0] for one in told}
    alike = [one for one in answers if tops <= set(properties(one.schema))]
    extra = any(one.schema.get("additionalProperties") != NOTHING for one in alike)
    return Form(told, _media(alike), extra)


def _varies(name: str, answers: Sequence[Answered]) -> bool:
    """Whether a member has another value in one answer than in another."""
    told = {repr(properties(one.schema)[name]) for one in answers}
    return len(told) > 1


def _media(answers: Sequence[Answered]) -> str:
    return Counter(one.media for one in answers).most_common(1)[0][0]


def _exempt(
    description: Description,
    service: str,
    form: Form,
    success: Form | None,
    successes: Sequence[Answered],
) -> Iterator[Exemption]:
    """The operations whose success is outside of the wrapper."""
    names = [one.path[0] for one in form.members if one.path]
    outside = {
        one.operation: one.media
        for one in successes
        if success and not set(names) <= set(properties(one.schema))
    }
    for operation in description.operations:
        media = outside.get(operation.id) or other_media(operation)
        if media:
            said = "the document describes its success so"
            yield Exemption(service, operation.id, media, said)


def other_media(operation: Operation) -> str:
    """The media type of a success that has a body, and none in JSON."""
    for response in operation.responses:
        content = preferred(response.contents)
        if response.status.startswith("2") and content is not None and not is_json(content.media):
            return content.media
    return ""
