"""A shop in three envelopes: its own, RFC 9457 problem details, and `{detail}`."""

from __future__ import annotations

from dataclasses import replace

from seamwright.contract import Envelope, Form, Member, Role
from tests.judge.records import SYSTEM

PROBLEM_DETAILS = Envelope(
    success=Form((Member("", Role.DATA),)),
    failure=Form(
        (
            Member("/type", Role.OTHER, required=False),
            Member("/title", Role.MESSAGE),
            Member("/status", Role.STATUS),
            Member("/detail", Role.OTHER, required=False),
        ),
        content_type="application/problem+json",
        extra=True,
    ),
)
DETAIL = Envelope(
    success=Form((Member("", Role.DATA),)), failure=Form((Member("/detail", Role.MESSAGE),))
)

PROBLEM_SYSTEM = replace(SYSTEM, envelope=PROBLEM_DETAILS)
DETAIL_SYSTEM = replace(SYSTEM, envelope=DETAIL)
