"""A far end in memory: it says what the script has next, and remembers what it was asked."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from reference_impl.callee import Callee
from reference_impl.http_client import HttpClient, origin
from reference_impl.http_connection import Reply
from reference_impl.quiet import Quiet
from reference_impl.retry import Backoff

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reference_impl.circuit_breaker import CircuitBreaker
    from tests.reference_impl.clock import Clock

HANGS = "hangs"


class Scripted(HttpClient):
    """Answers with statuses or replies, raises errors, or hangs; 200 when the script is over."""

    def __init__(self, *script: int | Reply | Exception | str) -> None:
        """Nothing was asked yet."""
        super().__init__(origin("http://scripted.test"))
        self.script = list(script)
        self.bodies: list[bytes] = []

    async def call(
        self,
        method: str,
        target: str,
        headers: Iterable[tuple[str, str]],
        body: bytes = b"",
    ) -> Reply:
        """The next of the script."""
        self.bodies.append(body)
        await asyncio.sleep(0)
        said = self.script.pop(0) if self.script else 200
        if isinstance(said, Exception):
            raise said
        if isinstance(said, str):
            await asyncio.get_running_loop().create_future()
        return said if isinstance(said, Reply) else Reply(int(said), {}, b"")


def callee(
    client: Scripted, clock: Clock, breaker: CircuitBreaker | None = None, deadline_s: float = 2.0
) -> Callee:
    """A box that is called by this client; nobody really waits between attempts."""
    return Callee(
        name="box",
        client=client,
        deadline_s=deadline_s,
        quiet=Quiet(60.0, clock),
        breaker=breaker,
        backoff=Backoff(clock=clock, sleep=clock.sleep),
    )
