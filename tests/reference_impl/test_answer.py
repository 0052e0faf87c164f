"""The envelope of successes and failures."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import pytest

from contracts import SYSTEM
from contracts.worker_messages import EnrichmentResponse
from reference_impl import answer
from reference_impl.refusal import Refusal

if TYPE_CHECKING:
    from starlette.types import Message

DATA = EnrichmentResponse(prospectId="00000000-0000-4000-8000-000000000000", status="failed")


def test_a_success_has_data_and_no_error() -> None:
    """What is absent from the data is left out, not null."""
    made = answer.success(DATA, 201, "req_1", 1.5)
    expected = {
        "success": True,
        "data": {"prospectId": DATA.prospectId, "status": "failed"},
        "meta": {"requestId": "req_1", "duration": 1.5},
    }
    assert (201, expected) == (made.status, json.loads(made.body))


def test_a_failure_has_an_error_and_no_data() -> None:
    """Status and retryable are the catalogue's."""
    refusal = Refusal("RATE_LIMITED", "Too many.", {"retry-after": "3"})
    made = answer.failure(refusal, "req_1", 0.25)
    expected = {
        "success": False,
        "error": {"code": "RATE_LIMITED", "message": "Too many.", "retryable": True},
        "meta": {"requestId": "req_1", "duration": 0.25},
    }
    seen = (made.status, made.headers, json.loads(made.body))
    assert (429, (("retry-after", "3"),), expected) == seen


@pytest.mark.parametrize("code", [one.code for one in SYSTEM.errors])
def test_a_refusal_never_contradicts_the_catalogue(code: str) -> None:
    """Each code of the contract."""
    refusal, entry = Refusal(code, "Because."), SYSTEM.error(code)
    assert entry is not None
    assert (entry.status, entry.retryable) == (refusal.status, refusal.retryable)


def test_a_code_that_nobody_declared_is_a_mistake_of_ours() -> None:
    """It cannot be raised."""
    with pytest.raises(KeyError):
        Refusal("MADE_UP", "Because.")


def test_a_clock_that_went_back_makes_no_negative_duration() -> None:
    """Zero is the least."""
    made = answer.success(DATA, 200, "req_1", -1.0)
    assert json.loads(made.body)["meta"]["duration"] == 0


def test_an_answer_is_sent_whole_with_its_headers() -> None:
    """Type and length come first, then what all answers have, then its own."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    one = answer.Answer(405, b"{}", headers=(("allow", "GET"),))
    asyncio.run(answer.give(one, send, [(b"x-request-id", b"req_1")]))
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", b"2"),
        (b"x-request-id", b"req_1"),
        (b"allow", b"GET"),
    ]
    assert [
        {"type": "http.response.start", "status": 405, "headers": headers},
        {"type": "http.response.body", "body": b"{}"},
    ] == sent
