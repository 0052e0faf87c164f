"""A shop that asks a bank and posts mail, and records of what was seen of them.

make_record(answered("o1", failure("NO_SUCH_ORDER"), status=404), spoken("l1", "shop", "…"))
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from seamwright.contract import (
    Credential,
    Dependency,
    Edge,
    Endpoint,
    Envelope,
    ErrorCode,
    Exemption,
    Form,
    Health,
    Member,
    Message,
    Mode,
    Protocol,
    RequestId,
    Role,
    Service,
    System,
    Version,
)
from seamwright.judge.verdict import Outcome
from seamwright.record.encoding import Head
from seamwright.record.load import Record
from seamwright.record.observation import (
    CaseLabel,
    Exchange,
    FaultSpan,
    LogLine,
    Mail,
    PactOutcome,
    Purpose,
    Request,
    Response,
    Unseen,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from seamwright.judge.verdict import Verdict
    from seamwright.record.observation import Headers, Observation

READ = "GET /orders/{id}"
PLACE = "POST /orders"
HEALTH = "GET /health"
ID = "req-1"
JSON: Headers = (("content-type", "application/json"),)


class Order(Message):
    """What was ordered."""

    id: str
    total: int
    note: str | None = None


class HealthReport(Message):
    """How the shop does."""

    status: str
    dependencies: dict[str, str]


ENVELOPE = Envelope(
    success=Form(
        (
            Member("/ok", Role.SUCCESS_FLAG),
            Member("/result", Role.DATA),
            Member("/trace", Role.REQUEST_ID),
        )
    ),
    failure=Form(
        (
            Member("/ok", Role.SUCCESS_FLAG),
            Member("/problem/code", Role.CODE),
            Member("/problem/again", Role.RETRYABLE),
            Member("/trace", Role.REQUEST_ID),
        )
    ),
    exempt=(Exemption("shop", HEALTH, "application/json", "it is bare"),),
)

SYSTEM = System(
    name="trade",
    services=(
        Service(
            "shop",
            "The shop",
            "Takes orders.",
            (
                Endpoint("GET", "/orders/{id}", "Read.", Order, "short", errors=("NO_SUCH_ORDER",)),
                Endpoint(
                    "POST",
                    "/orders",
                    "Place.",
                    Order,
                    "short",
                    request=Order,
                    status=201,
                    errors=("BANK_DOWN", "OUT_OF_STOCK"),
                    calls=frozenset({"bank", "post"}),
                    credentials=("buyer",),
                ),
                Endpoint("GET", "/health", "Say how it does.", HealthReport, "short"),
            ),
            Health("/health", ("bank", "post")),
        ),
        Service("bank", "The bank", "Pays.", (Endpoint("POST", "/pay", "Pay.", Order, "short"),)),
    ),
    dependencies=(Dependency("post", "Mail server"),),
    edges=(
        Edge("shop", "bank", Protocol.HTTP, Mode.SYNC, "it pays", 2_000),
        Edge("shop", "post", Protocol.SMTP, Mode.QUEUED, "it confirms", 2_000),
    ),
    envelope=ENVELOPE,
    errors=(
        ErrorCode("NO_SUCH_ROUTE", 404, retryable=False, meaning="no such route"),
        ErrorCode("NO_SUCH_VERSION", 400, retryable=False, meaning="no such version"),
        ErrorCode("NO_SUCH_ORDER", 404, retryable=False, meaning="no such order"),
        ErrorCode("OUT_OF_STOCK", 409, retryable=False, meaning="none left"),
        ErrorCode("BANK_DOWN", 503, retryable=True, meaning="try later"),
    ),
    everywhere=("NO_SUCH_ROUTE", "NO_SUCH_VERSION"),
    request_id=RequestId(headers=("x-trace",), mail_header="X-Trace", log_field="trace"),
    version=Version("x-version", "2", "NO_SUCH_VERSION"),
    credentials=(Credential("buyer"),),
)


def success(data: object = None, trace: object = ID) -> dict[str, object]:
    """The body of a success, an order unless told otherwise."""
    order = {"id": "o1", "total": 3} if data is None else data
    return {"ok": True, "result": order, "trace": trace}


def failure(code: object, *, again: object = False, trace: object = ID) -> dict[str, object]:
    """The body of a failure."""
    return {"ok": False, "problem": {"code": code, "again": again}, "trace": trace}


def answered(
    id_: str,
    body: object,
    *,
    endpoint: str | None = READ,
    service: str = "shop",
    status: int = 200,
    headers: Headers = (("x-trace", ID), ("x-version", "2")),
    kind: Headers = JSON,
    sent: str | None = ID,
    asked: Headers = (),
    method: str | None = None,
    target: str = "",
    payload: bytes = b"",
    truncated: bool = False,
    span_s: tuple[float, float] = (1.0, 1.1),
) -> Exchange:
    """A driven request and its answer; `body` is JSON, unless it is bytes already."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    given = endpoint or "GET /no/such/route"
    request = Request(method or given.split(" ")[0], target or given.split(" ")[1], asked, payload)
    return Exchange(
        id_,
        f"driver→{service}",
        *span_s,
        request,
        Response(status, (*kind, *headers), raw, truncated),
        case=CaseLabel(id_, service, endpoint, Purpose.WELL, "a reason", sent, valid=True),
        base_url="http://127.0.0.1:8080",
    )


def unanswered(
    id_: str,
    *,
    endpoint: str = READ,
    said: str = "ReadTimeout",
    span_s: tuple[float, float] = (1.0, 1.1),
) -> Exchange:
    """A driven request that got no answer."""
    method, target = endpoint.split(" ")
    case = CaseLabel(id_, "shop", endpoint, Purpose.WELL, "a reason", ID, valid=True)
    request = Request(method, target, (), b"")
    return Exchange(id_, "driver→shop", *span_s, request, None, said, case)


def called(
    id_: str,
    edge: str = "shop→bank",
    *,
    trace: str | None = ID,
    failed: str = "",
    at_s: float = 1.05,
    asked: bool = True,
) -> Exchange:
    """A call between services; `failed` says how it ended without an answer."""
    headers = (("x-trace", trace),) if trace is not None else ()
    request = Request("POST", "/pay", headers, b"{}") if asked else None
    response = None if failed else Response(200, JSON, b"{}")
    return Exchange(id_, edge, at_s, at_s + 0.01, request, response, failed)


def mailed(id_: str, *, trace: str | None = ID) -> Mail:
    """A mail that the shop sent."""
    headers = (("x-trace", trace),) if trace is not None else ()
    return Mail(id_, "shop→post", 1.06, "shop@a.test", ("b@a.test",), headers, "250 ok")


def spoken(id_: str, text: str, box: str = "shop") -> LogLine:
    """A line of a box's log."""
    return LogLine(id_, box, 1.07, text)


def agreed(id_: str, side: str, *, mismatch: str = "") -> PactOutcome:
    """One side of an interaction between shop and bank."""
    return PactOutcome(id_, "shop", "bank", "a payment", side, not mismatch, mismatch, ID)


def make_record(*seen: Observation, complete: bool = True) -> Record:
    """A record of what was seen in ten seconds."""
    return Record(
        Head(format=1, subject="trade", contract_digest="sha256:0", started="2026-01-02", zero_s=0),
        exchanges=tuple(one for one in seen if isinstance(one, Exchange)),
        faults=tuple(one for one in seen if isinstance(one, FaultSpan)),
        log_lines=tuple(one for one in seen if isinstance(one, LogLine)),
        mails=tuple(one for one in seen if isinstance(one, Mail)),
        pacts=tuple(one for one in seen if isinstance(one, PactOutcome)),
        unseen=tuple(one for one in seen if isinstance(one, Unseen)),
        complete=complete,
        duration_s=10.0,
    )


def at(verdicts: Iterable[Verdict], where: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Outcome, words and evidence of the verdicts on an endpoint or an aspect, or on a service."""
    return [
        (one.outcome.value, one.said, one.evidence)
        for one in verdicts
        if where in (one.place.endpoint, one.place.aspect)
        or (where == one.place.service and not one.place.endpoint and not one.place.aspect)
    ]


def fails(verdicts: Iterable[Verdict]) -> list[tuple[str, tuple[str, ...]]]:
    """Words and evidence of the failing verdicts."""
    return [(one.said, one.evidence) for one in verdicts if one.outcome is Outcome.FAIL]
