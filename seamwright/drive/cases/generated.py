"""Requests that were made of the contract by a generator, as cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from seamwright.drive.cases.case import Case
from seamwright.record.observation import CaseLabel, Purpose

if TYPE_CHECKING:
    from seamwright.contract.service import Service

FUZZING = "fuzzing"
"""The scenario of random requests."""


@dataclass(frozen=True, slots=True)
class GeneratedRequest:
    """A request, and why it was made.

    Attributes:
        positive: whether the document says that it is well-formed.
        scenario: what is done, for instance `missing_parameter`; or `FUZZING`.
        place: where it is done: location, parameter and keyword.
        method: of the request.
        target: path and query.
        headers: names in lower case.
        body: as it is sent.
    """

    positive: bool
    scenario: str
    place: str
    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Amount:
    """How much is made of one endpoint.

    Attributes:
        random: random cases of each mode.
        seed: what they are drawn by.
        scenarios: whether each scenario at each place is made too, which no seed changes.
        enough: with so many scenarios no random cases are made: they are sent last, and it is never
            their turn. None where all are sent. Random ones take most of the time.
    """

    random: int = 10
    seed: int = 0
    scenarios: bool = True
    enough: int | None = None


def generated_case(service: Service, endpoint_id: str, made: GeneratedRequest, number: int) -> Case:
    """The case of a request: who is asked, as whom, and what is expected of it."""
    endpoint = service.endpoint(endpoint_id)
    ours = endpoint is not None and made.method == endpoint.method
    # Another method on the same path may be another endpoint, and is judged as that.
    found = endpoint if ours else service.find(made.method, made.target.partition("?")[0])
    label = CaseLabel(
        f"generated-{service.name}-{endpoint_id}-{number}",
        service.name,
        found.id if found else None,
        Purpose.GENERATED,
        f"{'valid' if made.positive else 'invalid'}: {made.scenario} {made.place}".strip(),
        request_id=None,
        valid=made.positive and ours,
    )
    credential = next(iter(endpoint.credentials), None) if endpoint else None
    return Case(label, made.method, made.target, made.headers, made.body, credential)
