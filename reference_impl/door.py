"""One path of a service: who may come in, how often, with what; then its endpoint does the work.

method ─▶ credentials ─▶ rate limit ─▶ path · query · body ─▶ endpoint ─▶ envelope
405       401  403         429          422  400  413  415
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, get_args, get_origin

from contracts import SYSTEM
from reference_impl import answer, body, errand, idempotency, query
from reference_impl.answer import Answer
from reference_impl.call import Call
from reference_impl.reception import ANSWER, REQUEST_ID, ROUTE, STARTED, elapsed_ms
from reference_impl.refusal import Refusal
from seamwright.contract import Endpoint, Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel
    from starlette.types import Receive, Scope, Send

    from reference_impl.credential import Credentials
    from reference_impl.rate_limit import RateLimiter

Work = Callable[[Call], Awaitable[Message | Answer]]


@dataclass(frozen=True, slots=True)
class Gate:
    """What all doors of a service share.

    Attributes:
        credentials: who is known.
        limiter: how often they may come.
        max_body_bytes: how much they may bring.
        patience_s: how long we may take, by caller; as long as it takes for the others.
    """

    credentials: Credentials
    limiter: RateLimiter
    max_body_bytes: int
    patience_s: Mapping[str, float] = field(default_factory=dict[str, float])


class Door:
    """The ASGI application behind one path."""

    def __init__(self, gate: Gate, works: Mapping[Endpoint, Work]) -> None:
        """`works` holds the endpoints of this path, one a method."""
        self._gate = gate
        self._works = {endpoint.method: (endpoint, work) for endpoint, work in works.items()}
        # A HEAD is a GET whose body the server leaves out.
        if "GET" in self._works:
            self._works["HEAD"] = self._works["GET"]
        self._allow = ", ".join(sorted(self._works))
        self._codes = {endpoint: {one.code for one in SYSTEM.codes(endpoint)} for endpoint in works}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Leave the answer in the scope, or raise what the reception makes one of."""
        # The router's patterns end with `$`, which a newline may follow.
        if scope["path"].endswith("\n"):
            raise no_route()
        path: Mapping[str, str] = scope["path_params"]
        endpoint, work = self._find(scope["method"], path)
        scope[ROUTE] = endpoint.path
        call = await self._admit(endpoint, path, scope, receive)
        try:
            made = await work(call)
        except Refusal as refusal:
            if refusal.code not in self._codes[endpoint]:
                message = f"{endpoint.id} may not answer {refusal.code}"
                raise LookupError(message) from refusal
            raise
        if isinstance(made, Message):
            duration_ms = elapsed_ms(scope[STARTED])
            made = answer.success(made, endpoint.status, call.request_id, duration_ms)
        scope[ANSWER] = replace(made, headers=(*made.headers, *errand.current().headers()))

    def _find(self, method: str, path: Mapping[str, str]) -> tuple[Endpoint, Work]:
        for endpoint, _ in self._works.values():
            if any(path[name] not in allowed for name, allowed in _choices(endpoint)):
                raise no_route()
        if method not in self._works:
            message = f"This path knows {self._allow} only."
            raise Refusal("METHOD_NOT_ALLOWED", message, {"allow": self._allow})
        return self._works[method]

    async def _admit(
        self, endpoint: Endpoint, path: Mapping[str, str], scope: Scope, receive: Receive
    ) -> Call:
        gate, headers = self._gate, scope["headers"]
        caller = ""
        if endpoint.credentials:
            caller = gate.credentials.caller(headers, endpoint.credentials)
        errand.begin(gate.patience_s.get(caller, float("inf")))
        gate.limiter.admit(caller, endpoint.id, endpoint.rate_limit)
        places = _places(endpoint, path)
        asked: BaseModel | None = None
        if endpoint.query is not None:
            asked = query.parse(scope["query_string"], endpoint.query)
        text = await body.read(headers, receive, gate.max_body_bytes)
        if endpoint.request is not None:
            body.demand_json(headers)
            asked = body.parse(text, endpoint.request)
        call = Call(endpoint, scope[REQUEST_ID], places, asked)
        return idempotency.keyed(call, headers)


def no_route() -> Refusal:
    """What is answered where there is nothing."""
    return Refusal("NOT_FOUND", "There is no such route.")


def _choices(endpoint: Endpoint) -> Iterator[tuple[str, tuple[object, ...]]]:
    """The path's parameters that have a few values only: another value is another route."""
    fields = endpoint.path_values.model_fields if endpoint.path_values else {}
    for name, one in fields.items():
        if get_origin(one.annotation) is Literal:
            yield name, get_args(one.annotation)


def _places(endpoint: Endpoint, path: Mapping[str, str]) -> dict[str, str]:
    if endpoint.path_values is not None:
        body.fit(dict(path), endpoint.path_values, strict=True)
    return dict(path)
