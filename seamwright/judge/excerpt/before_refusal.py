"""What came to an endpoint with a rate limit before it first refused: the rule counts it.

As many as the limit are enough to say that it did not refuse too early; where fewer had come, these
are all.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.system import System
    from seamwright.judge.excerpt.limits import Limits
    from seamwright.judge.excerpt.member import Member
    from seamwright.record.observation import Exchange

_TOO_MANY = 429


class BeforeRefusals:
    """The endpoints of a system that have a limit."""

    def __init__(self, system: System, limits: Limits) -> None:
        """Begin with nothing that came."""
        self._of = {
            service.name: [
                _BeforeRefusal(service.name, one, min(one.rate_limit.limit, limits.together))
                for one in service.endpoints
                if one.rate_limit is not None
            ]
            for service in system.services
        }

    def add(self, one: Member) -> None:
        """One more exchange, about in the order in which they ended."""
        case = one.exchange.case
        names = [case.service] if case else one.exchange.edge.split("→")
        for name in names:
            for endpoint in self._of.get(name, ()):
                endpoint.add(one)

    def kept(self) -> Iterator[Member]:
        """What is kept of all endpoints."""
        for endpoints in self._of.values():
            for one in endpoints:
                yield from one.kept


class _BeforeRefusal:
    """One endpoint: what came last, until the first refusal is known."""

    def __init__(self, service: str, endpoint: Endpoint, limit: int) -> None:
        self._service = service
        self._endpoint = endpoint
        self._came: deque[Member] = deque(maxlen=max(limit, 1))
        self._firsts: dict[bool, Member] = {}
        self._callee: Member | None = None
        self._limit = limit
        self.kept: list[Member] = []

    def add(self, one: Member) -> None:
        exchange = one.exchange
        case = exchange.case
        if case is None:
            self._between(one)
        elif case.endpoint in (None, self._endpoint.id):
            astray = case.endpoint is None
            first = self._firsts.get(astray)
            if _is_refused(exchange) and (first is None or one.began < first.began):
                self._firsts[astray] = one
                self.kept += [*self._came, one, *([self._callee] if self._callee else [])]
            else:
                self._while_refusing(one)
            self._came.append(one)

    def _between(self, one: Member) -> None:
        """A call of another service to the endpoint, or one of the service that was refused."""
        exchange = one.exchange
        caller, _, callee = exchange.edge.partition("→")
        if caller == self._service and _is_refused(exchange):
            self._callee = one
            self._while_refusing(one)
        asked = exchange.request
        if callee == self._service and asked and self._endpoint.matches(asked.method, asked.path):
            self._while_refusing(one)
            self._came.append(one)

    def _while_refusing(self, one: Member) -> None:
        """Keep what began before the first refusal had ended, and ended later."""
        for first in self._firsts.values():
            if one.exchange.began_s <= first.exchange.ended_s and len(self.kept) < 8 * self._limit:
                self.kept.append(one)


def _is_refused(one: Exchange) -> bool:
    return one.response is not None and one.response.status == _TOO_MANY
