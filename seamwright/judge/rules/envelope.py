"""ENV001: every answer has the declared envelope, whatever produced it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.judge.body import bodiless, media_type
from seamwright.judge.driven import by_endpoint, place_of, why_not_driven
from seamwright.judge.enveloped import Enveloped, is_beside
from seamwright.judge.http_answer import is_of_parser
from seamwright.judge.rule import Bench, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.envelope import Envelope, Exemption
    from seamwright.contract.service import Service
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
    enveloped = Enveloped(system, envelope)
    for service, endpoint, exchanges in by_endpoint(system, record):
        place = place_of(service, endpoint)
        if not exchanges:
            yield _BENCH.unproven(place, why_not_driven(record, service.name))
            continue
        exemption = envelope.exemption(service.name, endpoint.id if endpoint else None)
        if exemption:
            refused = [one for one in exchanges if _is_judged(envelope, endpoint, one)]
            yield from _refusals(enveloped, place, refused)
            yield from _exempt(exemption, place, exchanges)
            continue
        judged = tuple(
            one
            for one in exchanges
            if _is_judged(envelope, endpoint, one) and not _is_exempt(envelope, service, one)
        )
        yield from _endpoint(envelope, enveloped, place, judged)


def _is_judged(envelope: Envelope, endpoint: Endpoint | None, one: Exchange) -> bool:
    return one.response is None or not is_beside(envelope, endpoint, one.response)


def _is_exempt(envelope: Envelope, service: Service, one: Exchange) -> bool:
    """Whether it is the success of an exempt endpoint, to a method that it should have refused.

    That it did not is MTH001's business: one fault, one finding.
    """
    request, answer = one.request, one.response
    if request is None or answer is None or answer.status >= _FIRST_ERROR:
        return False
    return any(
        each.matches(each.method, request.path) and envelope.exemption(service.name, each.id)
        for each in service.endpoints
        if each.method != request.method
    )


def _refusals(
    enveloped: Enveloped,
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
            fault = enveloped.fault(answer)
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
    enveloped: Enveloped,
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
            fault = enveloped.fault(answer)
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


RULE = Rule(
    code="ENV001",
    title="Every answer has the declared envelope",
    why="A client that must guess the form of an error cannot handle it.",
    source='Seed, "Implement Standard Error Handling"',
    judge=judge,
)
