"""A shop that is not the seed's system: another envelope, another header, its own rows."""

from __future__ import annotations

from seamwright.contract import (
    Dependency,
    Edge,
    Endpoint,
    Entity,
    Envelope,
    ErrorCode,
    Exemption,
    Form,
    Health,
    Member,
    Message,
    Mode,
    Protocol,
    RateLimit,
    RequestId,
    Role,
    Service,
    System,
    Version,
)


class Price(Message):
    """What an article costs."""

    article: str
    cents: int


class Order(Message):
    """What is ordered."""

    article: str
    count: int


class Ordered(Message):
    """An order that was taken."""

    number: int


class HealthReport(Message):
    """How the shop does."""

    status: str
    dependencies: dict[str, str]


_WHY = "the customer waits"
_LIMIT = RateLimit(limit=60, window_s=1)
_SHOP = frozenset({"shop"})

SYSTEM = System(
    name="shop",
    services=(
        Service(
            "shop",
            "Shop",
            "Sells.",
            (
                Endpoint(
                    "GET",
                    "/prices/{article}",
                    "Say what an article costs.",
                    Price,
                    _WHY,
                    errors=("no_such_article", "stock_unreachable"),
                    rate_limit=_LIMIT,
                    reads=frozenset({"prices"}),
                    calls=frozenset({"stock"}),
                ),
                Endpoint(
                    "POST",
                    "/orders",
                    "Take an order.",
                    Ordered,
                    _WHY,
                    request=Order,
                    status=201,
                    errors=("not_an_order",),
                    rate_limit=_LIMIT,
                    writes=frozenset({"orders"}),
                ),
                Endpoint("GET", "/status", "Say how the shop does.", HealthReport, _WHY),
            ),
            Health("/status", ("stock",)),
        ),
    ),
    dependencies=(Dependency("stock", "Stock keeper"),),
    edges=(Edge("shop", "stock", Protocol.HTTP, Mode.SYNC, _WHY, 1_000),),
    envelope=Envelope(
        success=Form((Member("", Role.DATA),)),
        failure=Form(
            (
                Member("/type", Role.CODE),
                Member("/title", Role.MESSAGE),
                Member("/status", Role.STATUS),
            ),
            content_type="application/problem+json",
            extra=True,
        ),
        exempt=(Exemption("shop", "GET /status", "application/json", "health is bare"),),
    ),
    errors=(
        ErrorCode("unreadable", 400, retryable=False, meaning="This cannot be read"),
        ErrorCode("no_such_page", 404, retryable=False, meaning="No such page"),
        ErrorCode("no_such_method", 405, retryable=False, meaning="No such method"),
        ErrorCode("no_such_version", 400, retryable=False, meaning="No such version"),
        ErrorCode("too_often", 429, retryable=True, meaning="Asked too often"),
        ErrorCode("no_such_article", 404, retryable=False, meaning="No such article"),
        ErrorCode("not_an_order", 400, retryable=False, meaning="The body is no order"),
        ErrorCode("stock_unreachable", 503, retryable=True, meaning="The stock is silent"),
    ),
    everywhere=("unreadable", "no_such_page", "no_such_method", "no_such_version", "too_often"),
    request_id=RequestId(headers=("x-correlation-id",), log_field="correlation"),
    version=Version("x-shop-version", "7", "no_such_version"),
    entities=(
        Entity("prices", "stock", readers=_SHOP, writers=frozenset()),
        Entity("orders", "shop", readers=_SHOP, writers=_SHOP),
    ),
)
