"""What came to an endpoint with a rate limit before it first refused: the rule counts it.

As many as the limit are enough to say that it did not refuse too early; where fewer had come, these
are all.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from seamwright.judge.http_answer import is_misuse, is_too_much
from seamwright.record.observation import Purpose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.system import System
    from seamwright.judge.excerpt.limits import Limits
    from seamwright.judge.excerpt.member import Member


class BeforeRefusals:
    """The endpoints of a system that have a limit."""

    def __init__(self, system: System, limits: Limits) -> None:
        """Begin with nothing that came."""
        self._of = {
            service.name: [
                _BeforeRefusal(one, min(one.rate_limit.limit, limits.together))
                for one in service.endpoints
                if one.rate_limit is not None
            ]
            for service in system.services
        }

    def add(self, one: Member) -> None:
        """One more exchange, about in the order in which they ended."""
        case = one.exchange.case
        if case is not None:
            for endpoint in self._of.get(case.service, ()):
                endpoint.drive(one)
            return
        caller, _, callee = one.exchange.edge.partition("→")
        if is_too_much(one.exchange):
            for endpoint in self._of.get(caller, ()):
                endpoint.refuse(one)
        for endpoint in self._of.get(callee, ()):
            endpoint.call(one)

    def kept(self) -> Iterator[Member]:
        """What is kept of all endpoints."""
        for endpoints in self._of.values():
            for one in endpoints:
                yield from one.kept


class _BeforeRefusal:
    """One endpoint: what came last, until the first refusal is known."""

    def __init__(self, endpoint: Endpoint, limit: int) -> None:
        self._endpoint = endpoint
        self._came: deque[Member] = deque(maxlen=max(limit, 1))
        self._firsts: dict[tuple[bool, bool, bool], Member] = {}
        self._window_s = endpoint.rate_limit.counts_s if endpoint.rate_limit else 0.0
        self._misused_s = float("-inf")
        self._callee: Member | None = None
        self._limit = limit
        self.kept: list[Member] = []

    def drive(self, one: Member) -> None:
        """A driven exchange with the service."""
        exchange = one.exchange
        astray = exchange.case is None or exchange.case.endpoint is None
        if not astray and exchange.case and exchange.case.endpoint != self._endpoint.id:
            return
        if is_misuse(exchange):
            self._misused_s = max(self._misused_s, exchange.began_s)
        # A refusal soon after misuse may not count: the first one after that is another.
        burst = exchange.case is not None and exchange.case.purpose is Purpose.BURST
        which = astray, burst, self._misused_s < exchange.began_s - self._window_s
        first = self._firsts.get(which)
        if is_too_much(exchange) and (first is None or one.began < first.began):
            self._firsts[which] = one
            self.kept += [*self._came, one, *([self._callee] if self._callee else [])]
        else:
            self._while_refusing(one)
        self._came.append(one)

    def refuse(self, one: Member) -> None:
        """A call of the service that was itself refused."""
        self._callee = one
        self._while_refusing(one)

    def call(self, one: Member) -> None:
        """A call of another service to this one."""
        asked = one.exchange.request
        if asked and self._endpoint.matches(asked.method, asked.path):
            self._while_refusing(one)
            # Who was let in while a burst waited has used what the burst was told to wait for.
            if any(burst for _, burst, _ in self._firsts) and len(self.kept) < 8 * self._limit:
                self.kept.append(one)
            self._came.append(one)

    def _while_refusing(self, one: Member) -> None:
        """Keep what began before the first refusal had ended, and ended later."""
        for first in self._firsts.values():
            if one.exchange.began_s <= first.exchange.ended_s and len(self.kept) < 8 * self._limit:
                self.kept.append(one)
