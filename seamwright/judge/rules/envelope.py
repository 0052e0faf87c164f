"""ENV001: every answer has the declared envelope, whatever produced it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jsonschema_rs import validator_for

from seamwright.contract.derive.json_schema import envelope_schema
from seamwright.contract.envelope import Role
from seamwright.judge.body import NotJson, bodiless, media_type, member_value, parse
from seamwright.judge.driven import by_endpoint, place_of, why_not_driven
from seamwright.judge.http_answer import is_of_parser
from seamwright.judge.rule import Bench, Rule
from seamwright.judge.schema_error import first_error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jsonschema_rs import Validator

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.envelope import Envelope, Exemption
    from seamwright.contract.system import System
    from seamwright.judge.verdict import Place, Verdict
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange, Response

_BENCH = Bench("ENV001", spans=True)
_FIRST_REDIRECT = 300
_FIRST_ERROR = 400
_FIRST_FAULT = 500
_JSON = "application/json"
_OF_PARSER = "what the server cannot read is answered outside of the envelope"


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """An endpoint passes when a success and a failure of it were seen, and all had the envelope.

    One that is exempt passes when a success of it was seen, of the content type that it declares.
    """
    envelope = system.envelope
    if envelope is None:
        for service, endpoint, _ in by_endpoint(system, record):
            yield _BENCH.unproven(place_of(service, endpoint), "the contract declares no envelope")
        return
    validators = {
        failed: validator_for(envelope_schema(system, failed=failed) or {})
        for failed in (False, True)
    }
    for service, endpoint, exchanges in by_endpoint(system, record):
        place = place_of(service, endpoint)
        if not exchanges:
            yield _BENCH.unproven(place, why_not_driven(record, service.name))
            continue
        exemption = envelope.exemption(service.name, endpoint.id if endpoint else None)
        if exemption:
            refused = [one for one in exchanges if not _is_beside(endpoint, one)]
            yield from _refusals(envelope, validators, place, refused)
            yield from _exempt(exemption, place, exchanges)
            continue
        judged = tuple(one for one in exchanges if not _is_beside(endpoint, one))
        yield from _endpoint(envelope, validators, place, judged)


def _is_beside(endpoint: Endpoint | None, one: Exchange) -> bool:
    """Whether an answer is one that the endpoint declares outside of the envelope."""
    answer = one.response
    return (
        endpoint is not None and answer is not None and endpoint.answer(answer.status) is not None
    )


def _refusals(
    envelope: Envelope,
    validators: Mapping[bool, Validator],
    place: Place,
    exchanges: Iterable[Exchange],
) -> Iterator[Verdict]:
    """An endpoint that is exempt still refuses what a caller does wrong in the form of all.

    What is no JSON is a page for people, and what is 500 or more may be the state it tells of.
    """
    for one in exchanges:
        answer = one.response
        if answer is None or answer.truncated or bodiless(one, answer):
            continue
        if _FIRST_ERROR <= answer.status < _FIRST_FAULT and media_type(answer) == _JSON:
            fault = _fault(envelope, validators, answer)
            if fault:
                yield _BENCH.failed(place, f"{answer.status}: {fault}", [one.id], fault)


def _exempt(
    exemption: Exemption, place: Place, exchanges: tuple[Exchange, ...]
) -> Iterator[Verdict]:
    """What is outside of the envelope has at least the content type that was declared for it."""
    successes = [one for one in exchanges if one.response and one.response.status < _FIRST_ERROR]
    other = [
        one
        for one in successes
        if one.response and media_type(one.response) != exemption.content_type
    ]
    if other:
        said = f"the content type is not {exemption.content_type}, as its exemption says"
        yield _BENCH.failed(place, said, [one.id for one in other])
    elif successes:
        yield _BENCH.passed(place, [one.id for one in successes])
    else:
        yield _BENCH.unproven(place, "no success of it was seen")


def _endpoint(
    envelope: Envelope,
    validators: Mapping[bool, Validator],
    place: Place,
    exchanges: tuple[Exchange, ...],
) -> Iterator[Verdict]:
    kept: dict[bool, list[str]] = {False: [], True: []}
    unanswered: list[str] = []
    wrong = False
    for one in exchanges:
        answer = one.response
        if answer is None or answer.truncated:
            unanswered.append(one.id)
        elif not (bodiless(one, answer) or _is_free(envelope, place, answer)):
            fault = _fault(envelope, validators, answer)
            failed = answer.status >= _FIRST_ERROR
            if fault:
                wrong = True
                # What the server's parser answers has one cause, however many ways it fails in.
                shape = _OF_PARSER if is_of_parser(one) else fault
                yield _BENCH.failed(place, f"{answer.status}: {fault}", [one.id], shape)
            else:
                kept[failed].append(one.id)
    if wrong:
        return
    needed = (True,) if not place.endpoint else (False, True)
    missing = [failed for failed in needed if not kept[failed]]
    if missing:
        words = " and ".join("failure" if failed else "success" for failed in missing)
        yield _BENCH.unproven(place, f"no {words} of it was seen", unanswered)
    else:
        yield _BENCH.passed(place, [*kept[False], *kept[True]])


def _is_free(envelope: Envelope, place: Place, answer: Response) -> bool:
    """Whether nothing is promised of a success that has no wrapper.

    It leads elsewhere, or its route is none of the contract's: what it is nobody has said.
    """
    bare = not any(one.path for one in envelope.success.members)
    redirects = _FIRST_REDIRECT <= answer.status < _FIRST_ERROR
    return bare and (redirects or (answer.status < _FIRST_REDIRECT and not place.endpoint))


def _fault(
    envelope: Envelope, validators: Mapping[bool, Validator], answer: Response
) -> str | None:
    form = envelope.form(answer.status)
    kind = media_type(answer)
    if kind != form.content_type:
        return f"the content type is {kind or 'missing'}, not {form.content_type}"
    try:
        body = parse(answer)
    except NotJson as error:
        return str(error)
    fault = first_error(validators[answer.status >= _FIRST_ERROR], body)
    told = member_value(form, Role.STATUS, body)
    if fault is None and told is not None and told != answer.status:
        return "the body tells another status than the answer has"
    return fault


RULE = Rule(
    code="ENV001",
    title="Every answer has the declared envelope",
    why="A client that must guess the form of an error cannot handle it.",
    source='Seed, "Implement Standard Error Handling"',
    judge=judge,
)
