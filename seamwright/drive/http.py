"""Sends cases and writes every exchange into the record: bounded in number, time and size."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

import aiohttp
from yarl import URL

from seamwright.record.observation import Exchange, Request, Response

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from seamwright.contract.system import System
    from seamwright.drive.cases.case import Case
    from seamwright.record.journal import Lines
    from seamwright.record.observation import CaseLabel, Headers

_DEADLINE_S = 15.0
_LARGEST = 1 << 20
"""Bytes of an answer that are read; a hostile subject may send more."""

_LONGEST_HEADER = 1 << 16
AT_ONCE = 8
"""Requests under way to one service."""

_OWN = {"accept": "*/*", "accept-encoding": "gzip, deflate", "user-agent": "seamwright"}
# A case says its content type itself; a case without one is a case of its own.
_NOT_ADDED = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")


@dataclass(frozen=True, slots=True)
class _Came:
    """What came of a request: the headers that went out, an answer or why there is none."""

    headers: Headers
    response: Response | None = None
    failure: str = ""
    closed: bool = False


class Driver:
    """The harness as a caller: its edges are named `driver→service`.

    An answer that does not come on a kept-alive connection is asked for once more on a fresh one:
    a server may close a connection at any moment between two requests (RFC 9112, 9.3.1).
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
        self._turns = {name: asyncio.Semaphore(AT_ONCE) for name in addresses}
        self._count = 0
        self.sent: Counter[tuple[str, str]] = Counter()
        """How many requests each service and endpoint got, those of other senders too."""

    async def __aenter__(self) -> Self:
        """Hold the connections."""
        self._kept = _session(keep=True)
        self._fresh = _session(keep=False)
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

    async def send(self, case: Case) -> Exchange:
        """Send a case, record the exchange, and return it."""
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
        async with self._turns[service]:
            began_s = self._clock()
            came = await _ask(self._kept, case, base_url, headers)
            tries = 2 if came.closed else 1
            if came.closed:
                came = await _ask(self._fresh, case, base_url, headers)
            exchange = Exchange(
                id_,
                f"driver→{service}",
                began_s,
                self._clock(),
                Request(case.method, case.target, came.headers, case.body),
                came.response,
                came.failure,
                replace(case.label, credential=case.credential),
                base_url,
                tries,
            )
        self._journal.append(exchange)
        return exchange

    def _credential(self, case: Case) -> Headers:
        kind = self._system.credential(case.credential) if case.credential else None
        if kind is None or kind.name not in self._credentials:
            return ()
        return ((kind.header, kind.value(self._credentials[kind.name])),)


def _session(*, keep: bool) -> aiohttp.ClientSession:
    # No proxy of the environment: what is driven is on this machine, or was named. No cookies:
    # each case stands for itself.
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0, force_close=not keep),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=_DEADLINE_S),
        trust_env=False,
        skip_auto_headers=_NOT_ADDED,
        max_line_size=_LONGEST_HEADER,
        max_field_size=_LONGEST_HEADER,
    )


async def _ask(
    session: aiohttp.ClientSession, case: Case, base_url: str, headers: Headers
) -> _Came:
    sent = tuple((name.lower(), value) for name, value in headers)
    try:
        async with session.request(
            case.method,
            URL(base_url + case.target, encoded=True),
            headers=headers,
            data=case.body or None,
            allow_redirects=False,
        ) as answer:
            sent = _pairs(answer.request_info.headers)
            body = await _read(answer)
    except aiohttp.ServerDisconnectedError as error:
        return _Came(sent, failure=_told(error), closed=True)
    except TimeoutError:
        return _Came(sent, failure=f"TimeoutError: no answer within {_DEADLINE_S:g} s")
    except aiohttp.ClientConnectorError as error:
        return _Came(sent, failure=_told(error.os_error))
    except aiohttp.ClientOSError as error:
        return _Came(sent, failure=_told(error), closed=True)
    except (aiohttp.ClientError, ValueError) as error:
        return _Came(sent, failure=_told(error))
    cut = len(body) >= _LARGEST
    return _Came(sent, Response(answer.status, _pairs(answer.headers), body, cut))


async def _read(answer: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for data in answer.content.iter_any():
        body += data[: _LARGEST - len(body)]
        if len(body) >= _LARGEST:
            # What is left unread is not waited for: the connection is given up.
            answer.close()
            break
    return bytes(body)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _pairs(headers: Mapping[str, str]) -> Headers:
    return tuple((name.lower(), value) for name, value in headers.items())
