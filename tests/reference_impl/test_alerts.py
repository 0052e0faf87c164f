"""The alert webhook keeps what it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.reference_impl.running import Box, StartBox

TOKEN = "alerts-token"


@pytest.fixture
def webhook(start_box: StartBox) -> Iterator[tuple[Box, httpx.Client]]:
    """A webhook without alerts, and a client that knows its token."""
    port = free_port()
    environment = {"PORT": str(port), "ALERTS_TOKEN": TOKEN}
    box = start_box(["python", "-m", "reference_impl.alerts"], environment, [port])
    headers = {"authorization": f"Bearer {TOKEN}"}
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers) as client:
        yield box, client


def test_an_alert_is_kept_with_its_request_id(webhook: tuple[Box, httpx.Client]) -> None:
    """What was posted is shown with the request ID that it came with."""
    box, client = webhook
    sent = client.post("/", json={"what": "d1 down"}, headers={"x-request-id": "req_1"})
    (alert,) = client.get("/").json()["alerts"]
    assert (204, {"what": "d1 down"}, "req_1") == (
        sent.status_code,
        alert["body"],
        alert["requestId"],
    )
    assert box.line("requestId", "req_1")["service"] == "alerts"


def test_only_the_newest_thousand_are_kept(webhook: tuple[Box, httpx.Client]) -> None:
    """The oldest alert makes room for the thousand and first."""
    _, client = webhook
    for number in range(1001):
        client.post("/", json=number)
    kept = [alert["body"] for alert in client.get("/").json()["alerts"]]
    assert list(range(1, 1001)) == kept


def test_the_token_is_needed(webhook: tuple[Box, httpx.Client]) -> None:
    """Neither sending nor reading is allowed with a wrong token."""
    _, client = webhook
    wrong = {"authorization": "Bearer wrong"}
    statuses = [
        client.get("/", headers=wrong).status_code,
        client.post("/", json={}, headers=wrong).status_code,
    ]
    assert [401, 401] == statuses


@pytest.mark.parametrize(
    ("content", "status"), [(b"{", 400), (b'"' + b"a" * 65_536 + b'"', 413), (b"[" * 60_000, 400)]
)
def test_a_body_that_cannot_be_kept_is_refused(
    webhook: tuple[Box, httpx.Client], content: bytes, status: int
) -> None:
    """A body that is not JSON, or too long, is refused and not kept."""
    _, client = webhook
    answer = client.post("/", content=content)
    assert (status, []) == (answer.status_code, client.get("/").json()["alerts"])


def test_other_methods_and_paths_are_refused(webhook: tuple[Box, httpx.Client]) -> None:
    """The webhook has one path and two methods."""
    _, client = webhook
    assert [405, 404] == [client.put("/").status_code, client.get("/other").status_code]


def test_it_ends_well_on_sigterm(webhook: tuple[Box, httpx.Client]) -> None:
    """SIGTERM ends the box with exit code 0, also while a client stays connected."""
    box, client = webhook
    client.get("/")
    assert box.stop() == 0
