"""ERR002: every declared error code was brought about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.judge.code_coverage import code_coverage
from seamwright.judge.rule import Bench, Reach, Rule
from seamwright.judge.verdict import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record

_BENCH = Bench("ERR002")
_SHOWN = 3
"""Exchanges that are evidence of one code; the record has them all."""


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """A declared code passes when it was answered with its status, and is unproven else.

    It never fails: what is answered and not declared is the business of ERR001.
    """
    for one in code_coverage(system, record).declared:
        place = Place(one.service, one.endpoint, one.code)
        if one.provoked_by:
            yield _BENCH.passed(place, one.provoked_by[:_SHOWN])
        else:
            yield _BENCH.unproven(place, one.why, one.tried[:_SHOWN])


RULE = Rule(
    code="ERR002",
    title="Every declared error code was brought about",
    why="An error that nobody has ever seen is handled by code that nobody has ever run.",
    source='Seed, "Document All Endpoints": error codes of every endpoint',
    judge=judge,
    reach=Reach.WHOLE,
)
