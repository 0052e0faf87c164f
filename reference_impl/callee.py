"""The far end of one of the service's HTTP edges: address, secret, deadline, breaker.

work ──▶ retry ──▶ breaker ──▶ deadline ──▶ connection
(only what is safe)
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reference_impl import request_id as ids
from reference_impl.http_connection import Broken, Reply
from reference_impl.retry import Backoff, persist
from reference_impl.unreachable import Unreachable

if TYPE_CHECKING:
    from reference_impl.circuit_breaker import CircuitBreaker
    from reference_impl.http_client import HttpClient

_OVERLOADED = 429
_BROKEN = 500
_SHORTEST_S = 0.001
_JSON = (("content-type", "application/json"),)


@dataclass(frozen=True, slots=True)
class Callee:
    """A box that is called over HTTP.

    Attributes:
        name: of the box.
        client: its connections.
        deadline_s: for one attempt, and for all attempts at one thing together.
        headers: sent with every call: who we are, and that we may.
        breaker: stops the calls while the box fails, or None.
        backoff: how attempts are repeated, where they may be.
    """

    name: str
    client: HttpClient
    deadline_s: float
    headers: tuple[tuple[str, str], ...] = ()
    breaker: CircuitBreaker | None = None
    backoff: Backoff = field(default_factory=Backoff)

    async def call(
        self,
        method: str,
        target: str,
        request_id: str,
        body: bytes = b"",
        *,
        headers: tuple[tuple[str, str], ...] = (),
        repeat: bool = False,
    ) -> Reply:
        """The answer, whatever it says short of "overloaded" (429) and "broken" (5xx).

        Raises:
            Unreachable: when there is none within the deadline.
        """
        until = self.backoff.clock() + self.deadline_s

        async def attempt() -> Reply:
            left_s = max(_SHORTEST_S, until - self.backoff.clock())
            reply = await self.once(
                method, target, request_id, body, headers=headers, within_s=left_s
            )
            return self._sound(reply)

        async def guarded() -> Reply:
            return await (self.breaker.call(attempt) if self.breaker else attempt())

        return await (persist(guarded, self.backoff, self.deadline_s) if repeat else guarded())

    async def once(
        self,
        method: str,
        target: str,
        request_id: str,
        body: bytes = b"",
        *,
        headers: tuple[tuple[str, str], ...] = (),
        within_s: float | None = None,
    ) -> Reply:
        """One attempt past the breaker, and the answer whatever its status.

        Raises:
            Unreachable: when there is none within the deadline.
        """
        sent = (*self.headers, (ids.HEADER, request_id), *(_JSON if body else ()), *headers)
        deadline_s = self.deadline_s if within_s is None else min(within_s, self.deadline_s)
        try:
            async with asyncio.timeout(deadline_s):
                return await self.client.call(method, target, sent, body)
        except TimeoutError as error:
            raise Unreachable(self.name, f"no answer within {deadline_s:g} s") from error
        except (Broken, OSError) as error:
            raise Unreachable(self.name, str(error)) from error

    def _sound(self, reply: Reply) -> Reply:
        if reply.status != _OVERLOADED and reply.status < _BROKEN:
            return reply
        wait = reply.headers.get("retry-after", "")
        raise Unreachable(
            self.name,
            f"answered {reply.status}",
            retry_after_s=float(wait) if wait.isascii() and wait.isdigit() else None,
        )
