"""Whether one exchange by itself shows a finding: so it can be looked for, and be made small."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.judge.verdict import Outcome
from seamwright.record.load import Record
from seamwright.record.observation import Purpose

if TYPE_CHECKING:
    from seamwright.contract.system import System
    from seamwright.judge.finding import Finding
    from seamwright.judge.rule import Rule
    from seamwright.judge.verdict import Verdict
    from seamwright.record.encoding import Head
    from seamwright.record.observation import Exchange

_PLAIN = frozenset({Purpose.WELL, Purpose.BAD, Purpose.MISUSE, Purpose.GENERATED})
_TRIED = 50
"""Pieces of evidence among which the smallest is looked for."""


def shown_by(
    rule: Rule,
    system: System,
    head: Head,
    wanted: Finding,
    exchange: Exchange,
    like: Exchange | None = None,
) -> str:
    """What the rule says of the exchange by itself, where that is the finding; "" where it is not.

    One fault at one endpoint may take in others that are faults of their own where they are seen at
    several: what is found to be like one of these is no sign of the first.

    Args:
        rule: of the finding.
        system: the contract set.
        head: of the record in which it was found.
        wanted: the finding.
        exchange: an exchange of the driver, with the purpose that its case had.
        like: one that shows the finding; None where whatever shows it will do.
    """
    told = _shapes(rule, system, head, wanted, exchange)
    meant = _shapes(rule, system, head, wanted, like) if like else told
    return next((said for shape, said in told.items() if shape in meant), "")


def _shapes(
    rule: Rule, system: System, head: Head, wanted: Finding, exchange: Exchange
) -> dict[str, str]:
    """What the rule says of the exchange by itself that is the finding, by its shape."""
    told = rule.judge(system, Record(head, (exchange,)))
    return {one.shape: one.said for one in told if _is_same(one, wanted)}


def smallest_alone(rule: Rule, system: System, record: Record, wanted: Finding) -> Exchange | None:
    """The smallest exchange that shows the finding by itself, of those that can be sent again.

    What a fault, a state or a burst has brought about is not brought about by a request alone.
    """
    known = {one.id: one for one in record.driven()}
    shown = [known[id_] for id_ in wanted.evidence[:_TRIED] if id_ in known]
    plain = [one for one in shown if one.case and one.case.purpose in _PLAIN]
    for one in sorted(plain, key=_size):
        if shown_by(rule, system, record.head, wanted, one):
            return one
    return None


def _size(one: Exchange) -> tuple[int, str]:
    return one.asked_size, one.id


def _is_same(one: Verdict, wanted: Finding) -> bool:
    at = one.place.endpoint in wanted.endpoints or not wanted.endpoints
    return (
        one.outcome is Outcome.FAIL
        and at
        and wanted.shape in (one.shape, one.narrow, *(shape for _, shape in one.yields))
        and (one.place.service, one.place.aspect) == (wanted.place.service, wanted.place.aspect)
    )
