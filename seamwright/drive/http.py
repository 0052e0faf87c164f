"""Sends cases and writes every exchange into the record: bounded in time and size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import httpx

from seamwright.record.observation import Exchange, Request, Response

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from seamwright.contract.system import System
    from seamwright.drive.cases.case import Case
    from seamwright.record.journal import Journal
    from seamwright.record.observation import Headers

_DEADLINE_S = 15.0
_LARGEST = 1 << 20
"""Bytes of an answer that are read; a hostile subject may send more."""


class Driver:
    """The harness as a caller: its edges are named `driver→service`."""

    def __init__(
        self,
        system: System,
        addresses: Mapping[str, str],
        credentials: Mapping[str, str],
        journal: Journal,
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
        # No proxy of the environment: what is driven is on this machine, or was named.
        self._client = httpx.AsyncClient(timeout=_DEADLINE_S, trust_env=False)
        self._count = 0

    async def __aenter__(self) -> Self:
        """Hold the connections."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close all connections."""
        await self._client.aclose()

    def reaches(self, service: str) -> bool:
        """Whether the subject has this service."""
        return service in self._addresses

    async def send(self, case: Case) -> Exchange:
        """Send a case, record the exchange, and return it."""
        base_url = f"http://{self._addresses[case.label.service]}"
        own = (*case.headers, *self._credential(case))
        told = {name.lower() for name, _ in own}
        headers = (*own, *(one for one in self._headers if one[0] not in told))
        request = self._client.build_request(
            case.method, base_url + case.target, headers=list(headers), content=case.body or None
        )
        began_s = self._clock()
        response, failure = await self._answer(request)
        self._count += 1
        sent = Request(case.method, case.target, _headers(request.headers), case.body)
        exchange = Exchange(
            f"d{self._count}",
            f"driver→{case.label.service}",
            began_s,
            self._clock(),
            sent,
            response,
            failure,
            case.label,
            base_url,
        )
        self._journal.append(exchange)
        return exchange

    async def _answer(self, request: httpx.Request) -> tuple[Response | None, str]:
        try:
            answer = await self._client.send(request, stream=True)
        except httpx.HTTPError as error:
            return None, f"{type(error).__name__}: {error}"
        # Each case stands for itself: what one answer sets, the next request does not bring.
        self._client.cookies.clear()
        body = b""
        try:
            async for data in answer.aiter_bytes():
                body += data[: _LARGEST - len(body)]
                if len(body) >= _LARGEST:
                    break
        except httpx.HTTPError as error:
            return None, f"{type(error).__name__}: {error}"
        finally:
            await answer.aclose()
        cut = len(body) >= _LARGEST
        return Response(answer.status_code, _headers(answer.headers), body, cut), ""

    def _credential(self, case: Case) -> Headers:
        kind = self._system.credential(case.credential) if case.credential else None
        if kind is None or kind.name not in self._credentials:
            return ()
        return ((kind.header, kind.value(self._credentials[kind.name])),)


def _headers(headers: httpx.Headers) -> Headers:
    return tuple((name.lower(), value) for name, value in headers.multi_items())
