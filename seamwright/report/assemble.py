"""The audit out of a contract, a record and what the rules said of it."""

from __future__ import annotations

from collections import Counter
from importlib.metadata import version
from typing import TYPE_CHECKING

from seamwright.contract.recovery import Recovery
from seamwright.judge.census import census
from seamwright.judge.finding import findings
from seamwright.judge.reproduce import curl_line, request_id_of
from seamwright.judge.requirements import row_of
from seamwright.judge.verdict import Outcome
from seamwright.report.audit import (
    Audit,
    Census,
    Evidence,
    Finding,
    Format,
    JudgedBy,
    MadeBy,
    Note,
    NotSeen,
    Row,
    Summary,
    Verdicts,
    WaivedFinding,
    Waiver,
)
from seamwright.report.covered import covered
from seamwright.report.sight import sights

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from seamwright.contract.requirement import Requirement
    from seamwright.contract.system import System
    from seamwright.judge.census import Census as Counts
    from seamwright.judge.census import Counted
    from seamwright.judge.finding import Finding as Found
    from seamwright.judge.judgement import Judgement
    from seamwright.judge.verdict import Verdict
    from seamwright.judge.waived import LaidWaiver
    from seamwright.record.load import Record
    from seamwright.record.observation import Again, Exchange
    from seamwright.report.audit import Of

_TOLD_FIRST = (Outcome.FAIL, Outcome.WAIVED, Outcome.PASS, Outcome.UNPROVEN)
_SHOWN = 8
"""Pieces of evidence that a row or a finding shows; the record has them all."""


def assemble(
    system: System,
    record: Record,
    judgement: Judgement,
    only: frozenset[str] = frozenset(),
    waivers: Sequence[LaidWaiver] = (),
    envelope: str = "",
) -> Audit:
    """The audit; with `only`, the rows with these ids and the rules that they name.

    `waivers` are those that were laid over the judgement; `envelope` says where it is from, where
    the contract set was made of a document.
    """
    seen = sights(system, record)
    rules = _named(system, only) if only else None
    verdicts = [one for one in judgement.verdicts if rules is None or one.code in rules]
    titles = {rule.code: rule.title for rule in judgement.rules}
    exchanges = {one.id: one for one in (*record.exchanges, *record.asked_again)}
    again = {one.finding: one for one in record.again}
    laid = {
        one.waiver: _waiver(one) for one in waivers if rules is None or one.waiver.rule in rules
    }
    found: list[Finding] = []
    waived: list[WaivedFinding] = []
    for one in findings(verdicts):
        made = _finding(system, one, titles, seen, exchanges, again)
        if one.waiver is None:
            found.append(made)
        else:
            waived.append(WaivedFinding(**made.model_dump(), waiver=laid[one.waiver]))
    tables = [
        [_row(row, judgement, seen) for row in rows if not only or row.id in only]
        for rows in (system.checklist, system.recovery, system.failure_modes)
    ]
    rows = [row for table in tables for row in table]
    return Audit(
        format=1,
        tool=MadeBy(name="seamwright", version=version("seamwright")),
        subject=record.head.subject,
        system=system.name,
        contractDigest=record.head.contract_digest,
        started=record.head.started,
        duration=round(record.duration_s, 3),
        complete=record.complete,
        summary=Summary.of(rows, found, waived, tuple(laid.values())),
        requirements=tuple(tables[0]),
        recovery=tuple(tables[1]),
        failureModes=tuple(tables[2]),
        findings=tuple(found),
        coverage=covered(system, record, verdicts),
        notes=tuple(_note(system, one, seen, exchanges) for one in verdicts if one.is_note),
        envelope=envelope,
        census=tuple(_census(one, seen) for one in census(system, record)),
        rules=tuple(
            JudgedBy(code=one.code, title=one.title, why=one.why, source=one.source)
            for one in judgement.rules
            if rules is None or one.code in rules
        ),
        unseen=tuple(NotSeen(what=one.what, reason=one.reason) for one in record.unseen),
        waived=tuple(waived),
        waivers=tuple(laid.values()),
    )


def _waiver(one: LaidWaiver) -> Waiver:
    return Waiver(
        rule=one.waiver.rule,
        endpoint=one.waiver.endpoint,
        owner=one.waiver.owner,
        reason=one.waiver.reason,
        expires=one.waiver.expires.isoformat(),
        standing=one.standing.value,
        findings=one.findings,
        note=one.note,
    )


def _note(
    system: System,
    one: Verdict,
    seen: Mapping[str, Evidence],
    exchanges: Mapping[str, Exchange],
) -> Note:
    first = next((exchanges[id_] for id_ in one.evidence if id_ in exchanges), None)
    return Note(
        code=one.code,
        service=one.place.service,
        message=one.said,
        curl=curl_line(system, first) if first else "",
        evidence=_evidence(one.evidence, seen),
    )


def _census(one: Counts, seen: Mapping[str, Evidence]) -> Census:
    formats: tuple[tuple[Of, tuple[Counted, ...]], ...] = (
        ("failures", one.failures),
        ("successes", one.successes),
    )
    return Census(
        service=one.service,
        formats=tuple(
            Format(
                format=counted.format.words,
                of=of,
                declared=counted.declared,
                count=counted.count,
                endpoints=counted.operations,
                causes=counted.causes,
                evidence=_evidence(counted.evidence, seen),
            )
            for of, several in formats
            for counted in several
        ),
    )


def _named(system: System, only: frozenset[str]) -> set[str]:
    rows = (*system.checklist, *system.recovery, *system.failure_modes)
    return {code for row in rows if row.id in only for code in row.rules}


def _row(row: Requirement | Recovery, judgement: Judgement, seen: Mapping[str, Evidence]) -> Row:
    rolled = row_of(row, judgement)
    counts = Counter[Outcome]()
    for one in rolled.verdicts:
        counts[one.outcome] += one.times
    return Row(
        id=row.id,
        text=row.scenario if isinstance(row, Recovery) else row.text,
        status=rolled.outcome.value,
        verdicts=Verdicts(
            pass_=counts[Outcome.PASS],
            fail=counts[Outcome.FAIL],
            waived=counts[Outcome.WAIVED],
            unproven=counts[Outcome.UNPROVEN],
        ),
        evidence=_evidence(_told_first(rolled.verdicts), seen),
        reasons=rolled.reasons,
        rules=row.rules,
        detection=row.detection if isinstance(row, Recovery) else "",
        recovery=row.recovery if isinstance(row, Recovery) else "",
        impact=row.impact if isinstance(row, Recovery) else "",
        open=rolled.is_open,
    )


def _told_first(verdicts: Iterable[Verdict]) -> list[str]:
    """One piece of evidence of each verdict, fails first, then what is waived; then the rest."""
    ordered = sorted(verdicts, key=lambda one: _TOLD_FIRST.index(one.outcome))
    first = [id_ for one in ordered for id_ in one.evidence[:1]]
    return first + [id_ for one in ordered for id_ in one.evidence[1:]]


def _evidence(ids: Iterable[str], seen: Mapping[str, Evidence]) -> tuple[Evidence, ...]:
    known = [seen[id_] for id_ in dict.fromkeys(ids) if id_ in seen]
    return tuple(known[:_SHOWN])


def _finding(
    system: System,
    one: Found,
    titles: Mapping[str, str],
    seen: Mapping[str, Evidence],
    exchanges: Mapping[str, Exchange],
    again: Mapping[str, Again],
) -> Finding:
    looked = again.get(one.name)
    ids = [looked.exchange, *one.evidence] if looked and looked.shown else one.evidence
    first = next((exchanges[id_] for id_ in ids if id_ in exchanges), None)
    others = f"; and {one.others} more of the kind" if one.others else ""
    return Finding(
        id=one.name,
        code=one.code,
        rule=titles.get(one.code, one.code),
        service=one.place.service,
        endpoint=one.place.endpoint,
        endpoints=one.endpoints,
        message=((looked and looked.said) or one.message) + others,
        requestId=request_id_of(system, first) if first else "",
        curl=curl_line(system, first) if first else "",
        evidence=_evidence(ids, seen),
        count=one.count,
        again="not tried" if looked is None else "shown" if looked.shown else "not shown",
    )
