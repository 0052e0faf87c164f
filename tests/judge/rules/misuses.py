"""Misuse of the shop of `records`, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from seamwright.record.observation import CaseLabel, Exchange, Purpose, Request, Response

if TYPE_CHECKING:
    from seamwright.record.observation import Headers


def misused(
    id_: str,
    asked: str,
    status: int = 0,
    *,
    endpoint: str | None = None,
    headers: Headers = (),
    body: bytes = b"",
    failure: str = "",
    purpose: Purpose = Purpose.RAW,
    sent: str | None = None,
    due: bool = True,
    at_s: float = 1.0,
) -> Exchange:
    """A request `METHOD /target` and its answer; without a status there is none."""
    method, target = asked.split(" ")
    label = CaseLabel(id_, "shop", endpoint, purpose, "a reason", sent, valid=False, due=due)
    return Exchange(
        id_,
        "driver→shop",
        at_s,
        at_s + 0.1,
        Request(method, target, (), b"all bytes"),
        Response(status, headers, body) if status else None,
        failure,
        label,
        "http://127.0.0.1:8080",
    )


def nothing_asked(one: Exchange) -> Exchange:
    """The same, of which not even a request can be read."""
    return replace(one, request=None)
