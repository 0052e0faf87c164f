"""The driven exchanges, sorted by the place that they say something about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.judge.http_answer import is_of_http
from seamwright.judge.verdict import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.service import Service
    from seamwright.contract.system import System
    from seamwright.judge.rule import Bench
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange

_SHOWN = 6


def by_endpoint(
    system: System, record: Record
) -> Iterator[tuple[Service, Endpoint | None, tuple[Exchange, ...]]]:
    """Every endpoint of every service with the exchanges that were driven against it.

    With None as the endpoint come the exchanges on routes that no contract has, if there are any.
    What misuse was answered with by HTTP alone is left out: no contract says anything of it.
    """
    found: dict[tuple[str, str], list[Exchange]] = {}
    for case, one in ((one.case, one) for one in record.driven() if one.case is not None):
        if is_of_http(one):
            continue
        found.setdefault((case.service, case.endpoint or ""), []).append(one)
    for service in system.services:
        for endpoint in service.endpoints:
            yield service, endpoint, tuple(found.get((service.name, endpoint.id), ()))
        rest = found.get((service.name, ""))
        if rest:
            yield service, None, tuple(rest)


def place_of(service: Service, endpoint: Endpoint | None) -> Place:
    """The place that verdicts on this endpoint are about."""
    return Place(service.name, endpoint.id if endpoint else "")


def settled(
    bench: Bench, place: Place, good: Sequence[str], *, wrong: bool, why: str
) -> Iterator[Verdict]:
    """The last word on a place: nothing more where something was wrong, a pass by what was good.

    Args:
        bench: of the rule.
        place: that it is about.
        good: ids of what shows that it holds; the first few are shown.
        wrong: whether a fail was told of it.
        why: it is unproven where nothing good was seen.
    """
    if good and not wrong:
        yield bench.passed(place, good[:_SHOWN])
    elif not wrong:
        yield bench.unproven(place, why)


def why_not_driven(record: Record, service: str) -> str:
    """Why an endpoint has no exchange."""
    return record.why_unseen(service) or "no request was sent to it"
