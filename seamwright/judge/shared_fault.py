"""The parts of a service, each judged: a fault that all of them have is one finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.judge.verdict import CONTRACT, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from seamwright.judge.rule import Bench
    from seamwright.judge.verdict import Verdict


def by_part(
    bench: Bench, service: str, kind: str, parts: Sequence[tuple[Place, str]]
) -> Iterator[Verdict]:
    """A verdict on each part, or a single one on the service where all have the same fault.

    Args:
        bench: of the rule.
        service: whose parts they are.
        kind: what a part is, in the singular.
        parts: place of each part, and what is wrong there (`has no limit`), or "".
    """
    faults = {fault for _, fault in parts}
    if len(parts) > 1 and len(faults) == 1 and "" not in faults:
        (fault,) = faults
        said = f"each of its {len(parts)} {kind}s {fault}"
        yield bench.failed(Place(service), said, [CONTRACT], fault)
        return
    for place, fault in parts:
        if fault:
            name = place.aspect or place.endpoint
            yield bench.failed(place, f"the {kind} {name} {fault}", [CONTRACT], fault)
        else:
            yield bench.passed(place, [CONTRACT])
