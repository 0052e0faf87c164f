"""What bursts ask, and how long a refused caller waits."""

from __future__ import annotations

import pytest

from conformance import CONFORMANCE
from contracts import SYSTEM
from seamwright.drive.burst import bursts
from seamwright.drive.retry_after import retry_after_s
from seamwright.record.observation import Purpose, Response


def test_every_limited_endpoint_gets_a_burst() -> None:
    """With its own limit, and no request ID, so that the service makes one for each."""
    made = list(bursts(SYSTEM, CONFORMANCE, {}))
    limited = {
        (service.name, one.id): one.rate_limit
        for service in SYSTEM.services
        for one in service.endpoints
        if one.rate_limit
    }
    assert limited == {(one.case.label.service, one.case.label.endpoint): one.limit for one in made}
    assert {(Purpose.BURST, None)} == {
        (one.case.label.purpose, one.case.label.request_id) for one in made
    }


def test_a_burst_asks_for_what_is_refused_where_it_can() -> None:
    """So that a thousand requests change nothing."""
    made = {one.case.label.endpoint: one.case for one in bursts(SYSTEM, CONFORMANCE, {})}
    assert b"{}" == made["POST /api/prospects"].body
    assert made["DELETE /api/prospects/{id}"].target.endswith("/not-a-uuid")
    assert "/api/sync" == made["GET /api/sync"].target


@pytest.mark.parametrize(
    ("status", "text", "seconds"),
    [(429, "7", 7.0), (429, "soon", None), (429, "²", None), (429, None, None), (503, "7", None)],
)
def test_retry_after_is_read_of_a_429(status: int, text: str | None, seconds: float | None) -> None:
    """Seconds in digits; a moment is left to whoever wants to reckon."""
    headers = (("retry-after", text),) if text is not None else ()
    assert seconds == retry_after_s(Response(status, headers, b""))
    assert retry_after_s(None) is None
