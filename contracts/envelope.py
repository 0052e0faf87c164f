"""The seed's envelope ("Implement Standard Error Handling"), and the answers outside of it.

The seed contradicts itself on a failure's duration: its interface demands it, its example and its
handler leave it out. So a failure may leave it out.
"""

from __future__ import annotations

from seamwright.contract import Envelope, Exemption, Form, Member, Role

_HEALTH = "the seed prints the health answer bare"

ENVELOPE = Envelope(
    success=Form(
        (
            Member("/success", Role.SUCCESS_FLAG),
            Member("/data", Role.DATA),
            Member("/meta/requestId", Role.REQUEST_ID),
            Member("/meta/duration", Role.DURATION),
        )
    ),
    failure=Form(
        (
            Member("/success", Role.SUCCESS_FLAG),
            Member("/error/code", Role.CODE),
            Member("/error/message", Role.MESSAGE),
            Member("/error/retryable", Role.RETRYABLE),
            Member("/meta/requestId", Role.REQUEST_ID),
            Member("/meta/duration", Role.DURATION, required=False),
        )
    ),
    exempt=(
        Exemption("worker", "GET /health", "application/json", _HEALTH),
        Exemption("web", "GET /health", "application/json", _HEALTH),
        Exemption("web", "GET /", "text/html", "a page for people"),
    ),
)
