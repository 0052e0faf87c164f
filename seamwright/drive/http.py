"""Sends cases and writes every exchange into the record: bounded in number, time and size."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from seamwright.drive.attempt import attempt, session
from seamwright.record.observation import GIVEN_UP, HUNG, Exchange, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from seamwright.contract.system import System
    from seamwright.drive.attempt import Came
    from seamwright.drive.cases.case import Case
    from seamwright.record.journal import Lines
    from seamwright.record.observation import CaseLabel, Headers

_DEADLINE_S = 15.0
"""How long an answer is waited for."""

_IN_VAIN = 2
"""Waits for an endpoint after which it is not waited for that long again."""

_SHORT_S = 2.0
AT_ONCE = 8
"""Requests under way to one service."""

_OWN = {"accept": "*/*", "accept-encoding": "gzip, deflate", "user-agent": "seamwright"}


class Driver:
    """The harness as a caller: its edges are named `driver→service`.

    An answer that does not come on a kept-alive connection is asked for once more on a fresh one:
    a server may close a connection at any moment between two requests (RFC 9112, 9.3.1).

    An endpoint that has hung is soon not waited for as long as others: a service with one that
    always hangs would keep everybody for minutes. What is given up then proves nothing.
    """

    def __init__(
        self,
        system: System,
        addresses: Mapping[str, str],
        credentials: Mapping[str, str],
        journal: Lines,
        clock: Callable[[], float],
        headers: Headers = (),
    ) -> None:
        """Know where the services are and how to show who asks.

        Args:
            system: the contract set.
            addresses: service → `host:port`.
            credentials: credential → its value.
            journal: where exchanges go.
            clock: monotonic seconds.
            headers: sent with every request that does not say them itself, names in lower case.
        """
        self._system = system
        self._addresses = addresses
        self._credentials = credentials
        self._journal = journal
        self._clock = clock
        self._headers = headers
        self._in_vain: Counter[tuple[str, str]] = Counter()
        self._turns = {name: asyncio.Semaphore(AT_ONCE) for name in addresses}
        self._count = 0
        self.sent: Counter[tuple[str, str]] = Counter()
        """How many requests each service and endpoint got, those of other senders too."""
        self.hung: set[tuple[str, str]] = set()
        """Service and endpoint of those that did not answer a well-formed request in time."""

    async def __aenter__(self) -> Self:
        """Hold the connections."""
        self._kept = session(keep=True)
        self._fresh = session(keep=False)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close all connections."""
        await self._kept.close()
        await self._fresh.close()

    def reaches(self, service: str) -> bool:
        """Whether the subject has this service."""
        return service in self._addresses

    def count(self, label: CaseLabel) -> None:
        """One more request was sent, here or by another sender."""
        self.sent[label.service, label.endpoint or ""] += 1

    async def send_all(self, cases: Iterable[Case]) -> list[Exchange]:
        """Send cases, some at a time; the exchanges in the order of the cases."""
        reached = [one for one in cases if self.reaches(one.label.service)]
        return list(await asyncio.gather(*map(self.send, reached)))

    async def send(self, case: Case, *, patient: bool = False) -> Exchange:
        """Send a case, record the exchange, and return it; `patient` waits whatever was before."""
        service = case.label.service
        base_url = f"http://{self._addresses[service]}"
        own = (*case.headers, *self._credential(case))
        told = {name.lower() for name, _ in own}
        headers = (
            *own,
            *(one for one in self._headers if one[0] not in told),
            *((name, value) for name, value in _OWN.items() if name not in told),
        )
        self._count += 1
        self.count(case.label)
        id_ = f"d{self._count}"
        place = service, case.label.endpoint or ""
        async with self._turns[service]:
            began_s = self._clock()
            in_vain = 0 if patient else self._in_vain[place]
            within_s = _SHORT_S if in_vain >= _IN_VAIN else _DEADLINE_S
            came = await attempt(self._kept, case, base_url, headers, within_s)
            tries = 2 if came.closed else 1
            if came.closed:
                came = await attempt(self._fresh, case, base_url, headers, within_s)
            exchange = Exchange(
                id_,
                f"driver→{service}",
                began_s,
                self._clock(),
                Request(case.method, case.target, came.headers, case.body),
                came.response,
                self._why(came, place, within_s),
                replace(case.label, credential=case.credential),
                base_url,
                tries,
            )
        self._journal.append(exchange)
        if exchange.hung and case.label.valid:
            self.hung.add(place)
        return exchange

    def _why(self, came: Came, place: tuple[str, str], within_s: float) -> str:
        """Why there is no answer; a wait that was cut short is not told as one in vain."""
        if not came.hung:
            return came.failure
        if within_s < _DEADLINE_S:
            before = f"{_DEADLINE_S:g} s were waited before, {_IN_VAIN} times and more"
            return f"{GIVEN_UP}: {came.failure}; {before}"
        self._in_vain[place] += 1
        return f"{HUNG}: {came.failure}"

    def _credential(self, case: Case) -> Headers:
        kind = self._system.credential(case.credential) if case.credential else None
        if kind is None or kind.name not in self._credentials:
            return ()
        return ((kind.header, kind.value(self._credentials[kind.name])),)
