"""CON001: whatever is sent, who is owed an answer gets one, and no other's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.judge.http_answer import is_misuse
from seamwright.judge.rule import Bench, Reach, Rule
from seamwright.judge.verdict import Place
from seamwright.record.observation import GIVEN_UP, HUNG, Purpose, header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange

_BENCH = Bench("CON001", spans=True)


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """A service passes when all misuse that HTTP owes an answer was answered, once and in order.

    To what is no HTTP, not whole or too large, a server may say nothing and close. Where an
    endpoint hangs on ordinary requests too, SRV001 tells of it.
    """
    hanging = frozenset(_place(one) for one in record.driven() if one.hung and not is_misuse(one))
    for service in system.services:
        owed = [
            one
            for one in record.driven()
            if one.edge == f"driver→{service.name}"
            and is_misuse(one)
            and _is_due(one)
            and not one.failure.startswith(GIVEN_UP)
            and not (one.hung and _place(one) in hanging)
        ]
        ids = {
            one.case.request_id: one
            for one in owed
            if one.case and one.case.request_id and one.case.purpose is Purpose.RAW
        }
        faults = [(one, fault) for one in owed if (fault := _fault(system, one, ids))]
        for one, (said, shape) in faults:
            place = _place(one)
            reason = one.case.reason if one.case else ""
            yield _BENCH.failed(place, f"{reason}: {said}", [one.id], shape)
        if owed and not faults:
            yield _BENCH.passed(Place(service.name), [one.id for one in owed])
        elif not owed:
            reason = record.why_unseen(service.name) or "it was not misused"
            yield _BENCH.unproven(Place(service.name), reason)


def _place(one: Exchange) -> Place:
    return Place(one.case.service, one.case.endpoint or "") if one.case else Place("")


def _is_due(one: Exchange) -> bool:
    return one.case is not None and one.case.due


def _fault(system: System, one: Exchange, ids: dict[str, Exchange]) -> tuple[str, str] | None:
    """What is wrong, and the same without values."""
    answer = one.response
    if answer is None:
        return _unanswered(one.failure)
    sent = one.case.request_id if one.case else None
    if system.request_id is None or sent not in ids:
        return None
    told = header(answer.headers, system.request_id.headers[0])
    if told != sent and told in ids:
        said = "it has the request ID of another request"
        return f"the answer is another's: {said}", "answers come out of order"
    return None


def _unanswered(failure: str) -> tuple[str, str]:
    if failure.startswith(HUNG):
        return f"it hangs ({failure})", "a request that is whole hangs"
    if "came after the answer" in failure:
        return failure, "one request is answered more than once"
    return f"no answer ({failure})", "a request that is whole is not answered"


RULE = Rule(
    code="CON001",
    title="A service still answers after misuse, once and in order",
    why="One request that hangs, is dropped or gets another's answer is one that its neighbours"
    " on the connection pay for.",
    source="RFC 9112, 9.3 and 11.2: messages on a connection; request smuggling",
    judge=judge,
    reach=Reach.WHOLE,
)
