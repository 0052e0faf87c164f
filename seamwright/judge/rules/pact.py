"""PCT001: consumer and provider agree on every interaction, the request ID included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.judge.rule import Bench, Reach, Rule
from seamwright.judge.verdict import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record
    from seamwright.record.observation import PactOutcome

_BENCH = Bench("PCT001")
_SIDES = frozenset({"consumer", "provider"})


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """An interaction passes when both its sides were run and matched.

    A pair of services without any interaction is unproven, once for each.
    """
    found: dict[tuple[str, str, str], list[PactOutcome]] = {}
    for one in record.pacts:
        found.setdefault((one.consumer, one.provider, one.interaction), []).append(one)
    services = {one.name for one in system.services}
    for edge in system.edges:
        if edge.callee in services and not any(
            (consumer, provider) == (edge.caller, edge.callee) for consumer, provider, _ in found
        ):
            reason = record.why_unseen(edge.name) or f"no interaction was tried on {edge.name}"
            yield _BENCH.unproven(Place(edge.caller, aspect=edge.name), reason)
    for (consumer, provider, interaction), outcomes in found.items():
        yield _interaction(f"{consumer}→{provider}", interaction, outcomes)


def _interaction(edge: str, interaction: str, outcomes: list[PactOutcome]) -> Verdict:
    consumer, _, provider = edge.partition("→")
    for one in outcomes:
        if not one.matched:
            blamed = consumer if one.side == "consumer" else provider
            said = f"{one.side} does not match {interaction!r}: {one.mismatch[:400]}"
            shape = f"{one.side} does not match {interaction!r}"
            return _BENCH.failed(Place(blamed, aspect=edge), said, [one.id], shape)
    place = Place(consumer, aspect=f"{edge}: {interaction}")
    missing = _SIDES - {one.side for one in outcomes}
    if missing:
        reason = f"the {' and the '.join(sorted(missing))} side was not run"
        return _BENCH.unproven(place, reason, [one.id for one in outcomes])
    return _BENCH.passed(place, [one.id for one in outcomes])


RULE = Rule(
    code="PCT001",
    title="Consumer and provider agree on every interaction",
    why="Each side alone can be right by its own tests and still not fit the other.",
    source="Seed, shared types between caller and callee; Pact specification 4",
    judge=judge,
    reach=Reach.WHOLE,
)
