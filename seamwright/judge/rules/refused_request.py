"""NEG001: what the contract refuses is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from seamwright.contract.edge import Mode
from seamwright.judge.body import NotJson, parse
from seamwright.judge.driven import by_endpoint, place_of, settled, why_not_driven
from seamwright.judge.request_fault import request_fault
from seamwright.judge.rule import Bench, Rule
from seamwright.record.observation import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record
    from seamwright.record.observation import Response

_BENCH = Bench("NEG001", spans=True)
_ACCEPTED = 202
_SUCCESSES = range(200, 300)
_REFUSALS = frozenset(range(400, 500)) - {401, 403, 408, 425, 429}
"""Those that say nothing of the request itself are left out."""
_JUDGED = frozenset({Purpose.BAD, Purpose.GENERATED, Purpose.PROVOKED})
_NOT_DONE = {"success": False, "ok": False}


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """An endpoint passes when a request that its schemas refuse was refused, and none was taken.

    That a request is such a one is proven anew by the contract, whatever it was made as. One that
    is only put into a queue (202) may be refused later.
    """
    for service, endpoint, exchanges in by_endpoint(system, record):
        if endpoint is None:
            continue
        place = place_of(service, endpoint)
        refused: list[str] = []
        wrong = False
        for one in exchanges:
            answer, request, case = one.response, one.request, one.case
            if answer is None or request is None or case is None or case.valid:
                continue
            if case.purpose not in _JUDGED or request.method != endpoint.method:
                continue
            is_taken = _is_taken(endpoint, answer)
            if not is_taken and answer.status not in _REFUSALS:
                continue
            fault = request_fault(endpoint, request)
            if fault is None:
                continue
            if is_taken:
                wrong = True
                said = f"{answer.status} for a request that the contract refuses: {fault.told}"
                narrow = f"a {fault.part} is taken that the contract refuses"
                yield _BENCH.failed(place, said, [one.id], fault.shape, narrow)
            else:
                refused.append(one.id)
        reason = "nothing that the contract refuses was answered by it" if exchanges else ""
        why = reason or why_not_driven(record, service.name)
        yield from settled(_BENCH, place, refused, wrong=wrong, why=why)


def _is_taken(endpoint: Endpoint, answer: Response) -> bool:
    """Whether an answer says that all is well."""
    if answer.status not in _SUCCESSES:
        return False
    if answer.status == _ACCEPTED or endpoint.mode is Mode.QUEUED:
        return False
    return not _is_failure_with_200(answer)


def _is_failure_with_200(answer: Response) -> bool:
    """Whether the body says that it failed all the same; that is another rule's business."""
    try:
        body = parse(answer)
    except NotJson:
        return False
    members = cast("dict[str, object]", body) if isinstance(body, dict) else {}
    told = any(members.get(name) is value for name, value in _NOT_DONE.items())
    return told or bool(members.get("error") or members.get("errors"))


RULE = Rule(
    code="NEG001",
    title="What the contract refuses is refused",
    why="What is taken is kept, and comes back as an answer that no schema describes.",
    source='Seed, "API Contracts": every endpoint has defined request/response schemas',
    judge=judge,
)
