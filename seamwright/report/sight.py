"""Each observation of a record in a few words, by its id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.judge.reproduce import request_id_of
from seamwright.judge.verdict import CONTRACT
from seamwright.record.observation import header
from seamwright.report.audit import Evidence

if TYPE_CHECKING:
    from seamwright.contract.system import System
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange, FaultSpan

_LONGEST = 200


def sights(system: System, record: Record) -> dict[str, Evidence]:
    """Observation id → what was seen; the contract set itself is evidence too."""
    mail_header = (system.request_id.mail_header or "") if system.request_id else ""
    found = {CONTRACT: _sight(CONTRACT, f"the contract set of {system.name}", "")}
    if record.published:
        files = f"{len(record.published.files)} published files, as they were found"
        found[record.published.id] = _sight(record.published.id, files, "")
    for one in (*record.exchanges, *record.asked_again):
        found[one.id] = _sight(one.id, _exchange(one), request_id_of(system, one))
    for one in record.mails:
        said = f"{one.edge} mail to {', '.join(one.recipients)} → {one.reply or 'no reply'}"
        found[one.id] = _sight(one.id, said, header(one.headers, mail_header.lower()) or "")
    for one in record.faults:
        found[one.id] = _sight(one.id, _fault(record, one), "")
    for one in record.pacts:
        word = "matches" if one.matched else "does not match"
        said = f"pact {one.consumer}→{one.provider}, {one.interaction}: {one.side} {word}"
        found[one.id] = _sight(one.id, said, one.request_id)
    for one in record.log_lines:
        found[one.id] = _sight(one.id, f"log of {one.box}: {one.text}", "")
    return found


def _sight(id_: str, what: str, request_id: str) -> Evidence:
    return Evidence(id=id_, what=what[:_LONGEST], requestId=request_id)


def _exchange(one: Exchange) -> str:
    asked = f"{one.request.method} {one.request.target}" if one.request else "(no request)"
    came = str(one.response.status) if one.response else (one.failure or "no answer")
    return f"{one.edge} {asked} → {came}"


def _fault(record: Record, one: FaultSpan) -> str:
    laid = one.laid_s - record.head.zero_s
    if one.lifted_s is None:
        return f"{one.edge} {one.fault} from {laid:.3f} s on"
    return f"{one.edge} {one.fault} from {laid:.3f} s to {one.lifted_s - record.head.zero_s:.3f} s"
