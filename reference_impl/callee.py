"""The far end of one of the service's HTTP edges: address, secret, deadlines, breaker.

work ──▶ caller's time ──▶ retry ──▶ quiet time ──▶ breaker ──▶ deadline ──▶ connection
                           (only what is safe)
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reference_impl import errand
from reference_impl import request_id as ids
from reference_impl.http_client import NoConnection
from reference_impl.http_connection import Broken, Reply
from reference_impl.quiet import Quiet, retry_after_s
from reference_impl.retry import Backoff, persist
from reference_impl.unreachable import Unreachable

if TYPE_CHECKING:
    from reference_impl.box.log import Log
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
        deadline_s: for all attempts at one thing together, so for each of them too.
        quiet: how long the box asked to be left alone.
        headers: sent with every call: who we are, and that we may.
        breaker: stops the calls while the box fails, or None.
        backoff: how attempts are repeated, where they may be.
        log: where failed attempts are written down, or None.
        speaks_for_itself: whether its 429 and 5xx are answers to be read like any other.
    """

    name: str
    client: HttpClient
    deadline_s: float
    quiet: Quiet
    headers: tuple[tuple[str, str], ...] = ()
    breaker: CircuitBreaker | None = None
    backoff: Backoff = field(default_factory=Backoff)
    log: Log | None = None
    speaks_for_itself: bool = False

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
        """The answer; one that says "overloaded" (429) or "broken" (5xx) counts as none.

        What must not be done twice is attempted again only where it was never sent.

        Args:
            method: in capitals.
            target: below the box's address, percent-encoded.
            request_id: goes along.
            body: JSON, or nothing.
            headers: beside those that every call has.
            repeat: whether it may be done twice.

        Raises:
            Unreachable: when there is none within the deadline, or within the time that the
                caller of our own request has left. Only the former is the box's failure.
        """
        deadline_s = self.deadline_s
        until = self.backoff.clock() + deadline_s

        async def attempt() -> Reply:
            left_s = max(_SHORTEST_S, until - self.backoff.clock())
            reply = await self.once(
                method, target, request_id, body, headers=headers, within_s=left_s
            )
            return reply if self.speaks_for_itself else self._sound(reply)

        async def guarded() -> Reply:
            if (quiet_s := self.quiet.left_s) > 0:
                reason = f"asked to be left alone, for {quiet_s:.3g} s more"
                raise Unreachable(self.name, reason, retry_after_s=quiet_s, unsent=True)
            return await (self.breaker.call(attempt) if self.breaker else attempt())

        def tell(error: Unreachable, wait_s: float) -> None:
            self.warn(f"{error}; again in {wait_s:.3g} s", request_id)

        left_s = errand.left_s()
        try:
            async with asyncio.timeout(left_s if left_s < deadline_s else None):
                return await persist(
                    guarded,
                    self.backoff,
                    min(deadline_s, left_s),
                    worth=lambda error: repeat or error.unsent,
                    tell=tell,
                )
        except TimeoutError as error:
            reason = f"no answer within the {left_s:.3g} s that our caller has left"
            raise Unreachable(self.name, reason, retryable=False) from error

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
            raise Unreachable(self.name, f"no answer within {deadline_s:.3g} s") from error
        except NoConnection as error:
            raise Unreachable(self.name, str(error), unsent=True) from error
        except (Broken, OSError) as error:
            raise Unreachable(self.name, str(error)) from error

    def warn(self, message: str, request_id: str) -> None:
        """Write down what the box did to a request that is not lost yet."""
        if self.log is not None:
            self.log.line("warning", message, request_id, dependency=self.name)

    def _sound(self, reply: Reply) -> Reply:
        if reply.status != _OVERLOADED and reply.status < _BROKEN:
            return reply
        wait_s = retry_after_s(reply.headers, datetime.now(UTC))
        if wait_s is not None:
            self.quiet.ask(wait_s)
        raise Unreachable(self.name, f"answered {reply.status}", retry_after_s=wait_s)
