"""SCH001: every answer that has a schema is what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonschema_rs import validator_for

from seamwright.contract.derive.json_schema import message_schema
from seamwright.contract.envelope import Exemption, Role
from seamwright.judge.body import NotJson, bodiless, is_json, media_type, member_value, parse
from seamwright.judge.driven import by_endpoint, place_of, why_not_driven
from seamwright.judge.enveloped import Enveloped, is_beside
from seamwright.judge.rule import Bench, Rule
from seamwright.judge.schema_error import first_error
from seamwright.record.observation import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic import BaseModel

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.envelope import Form
    from seamwright.contract.system import System
    from seamwright.judge.verdict import Place, Verdict
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange, Response

_BENCH = Bench("SCH001")
_BESIDE = Bench("SCH001", spans=True)
"""Errors of one form are made in one place: what is wrong with them is told once."""
_FIRST_ERROR = 400
_ABSENT = object()


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """An endpoint passes when a success of it was seen, and the data of all its successes fits.

    Data that is not where the envelope says, and a failure without what the envelope demands, are
    ENV001's business: one fault, one finding. What an endpoint answers beside its success and its
    codes fits the body that is declared for it.
    """
    enveloped = Enveloped(system, system.envelope) if system.envelope else None
    for service, endpoint, exchanges in by_endpoint(system, record):
        if endpoint is None:
            continue
        place = place_of(service, endpoint)
        beside = [one for one in exchanges if not _is_of_envelope(enveloped, endpoint, one)]
        yield from _answers(endpoint, place, beside)
        if endpoint.response is None:
            continue
        told = ((one.id, _success(one)) for one in exchanges)
        successes = [
            (id_, one)
            for id_, one in told
            if one and endpoint.answer(one.status) is None and not _is_other(endpoint, one)
        ]
        if not successes:
            reason = "no success of it was seen" if exchanges else ""
            yield _BENCH.unproven(place, reason or why_not_driven(record, service.name))
            continue
        envelope = system.envelope
        exempt = envelope is None or envelope.exemption(service.name, endpoint.id)
        form = None if exempt or envelope is None else envelope.success
        media = exempt.content_type if isinstance(exempt, Exemption) else endpoint.response_media
        yield from _endpoint(endpoint.response, (form, media), place, successes)


def _is_of_envelope(enveloped: Enveloped | None, endpoint: Endpoint, one: Exchange) -> bool:
    """Whether what is wrong with an answer is that it is not in the envelope."""
    answer = one.response
    if enveloped is None or answer is None or endpoint.answer(answer.status) is None:
        return False
    if is_beside(enveloped.envelope, endpoint, answer):
        return False
    return enveloped.fault(answer) is not None


def _answers(endpoint: Endpoint, place: Place, exchanges: Sequence[Exchange]) -> Iterator[Verdict]:
    """What was answered beside the success, as far as a body is declared for it; only faults."""
    for one in exchanges:
        answer = one.response
        if answer is None or answer.truncated or bodiless(one, answer):
            continue
        # What a library would correct is refused by the server's own parser, which has no schema.
        if one.case is not None and one.case.purpose is Purpose.RAW:
            continue
        declared = endpoint.answer(answer.status)
        if declared is None or declared.body is None or not _is_of(declared.media, answer):
            continue
        data = _data(None, answer)
        validator = validator_for(message_schema(declared.body), validate_formats=True)
        fault = str(data) if isinstance(data, NotJson) else first_error(validator, data)
        if fault:
            yield _BESIDE.failed(place, f"{answer.status}: {fault}", [one.id], fault)


def _undeclared(answer: Response) -> str:
    return f"a success is {media_type(answer)}, which is not declared"


def _is_of(media: str, answer: Response) -> bool:
    """Whether an answer has the form that is declared: what is not JSON by its own name."""
    kind = media_type(answer)
    return kind == media or (is_json(kind) and is_json(media))


def _is_other(endpoint: Endpoint, answer: Response) -> bool:
    """Whether a success has a media type of whose bodies the contract says nothing."""
    return media_type(answer) in {one.partition(";")[0].strip() for one in endpoint.other_media}


def _endpoint(
    response: type[BaseModel],
    told: tuple[Form | None, str],
    place: Place,
    successes: list[tuple[str, Response]],
) -> Iterator[Verdict]:
    form, media = told
    validator = validator_for(message_schema(response), validate_formats=True)
    member = form.member(Role.DATA) if form else None
    where = member.at if member else ""
    fitting: list[str] = []
    astray: list[str] = []
    wrong = False
    for id_, answer in successes:
        data = _data(form, answer)
        if data is _ABSENT:
            astray.append(id_)
        elif fault := data if isinstance(data, NotJson) else first_error(validator, data, where):
            wrong = True
            said = str(fault) if _is_of(media, answer) else _undeclared(answer)
            yield _BENCH.failed(place, said, [id_])
        else:
            fitting.append(id_)
    if fitting and not wrong:
        yield _BENCH.passed(place, fitting)
    elif not wrong:
        yield _BENCH.unproven(place, "no success has its data where the envelope says", astray)


def _success(one: Exchange) -> Response | None:
    """The answer, where it is a success that was read whole."""
    answer, request = one.response, one.request
    if answer is None or answer.truncated or answer.status >= _FIRST_ERROR:
        return None
    return answer if request is not None and request.method != "HEAD" else None


def _data(form: Form | None, answer: Response) -> object:
    """The data of an answer: the whole body where no envelope is around it, a text if it is one."""
    kind = media_type(answer)
    if form is None and not is_json(kind):
        return answer.body.decode(errors="replace")
    try:
        body = parse(answer)
    except NotJson as error:
        return _ABSENT if form else error
    member = form.member(Role.DATA) if form else None
    if form is None or member is None or not member.path:
        return body
    return member_value(form, Role.DATA, body, _ABSENT)


RULE = Rule(
    code="SCH001",
    title="Every answer with a schema is what it says",
    why="A field that is missing or of another type breaks whoever reads it.",
    source='Seed, "API Contracts": every endpoint has defined request/response schemas',
    judge=judge,
)
