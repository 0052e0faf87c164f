"""One attempt at a request over HTTP: an answer, or why there is none; bounded in time and size.

request ─▶ head ─▶ body ─ all of it ─────────────────▶ an answer
   │                ├─ more than is read, a stream ──▶ an answer, cut
   │                └─ less than was promised ───────▶ none: it hung, or broke off
   └─ nothing ──────────────────────────────────────▶ none: it hung, or was closed
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp
from yarl import URL

from seamwright.record.observation import BROKEN_OFF, Response, media_type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seamwright.drive.cases.case import Case
    from seamwright.record.observation import Headers

_LARGEST = 1 << 20
"""Bytes of an answer that are read; a hostile subject may send more."""

_LONGEST_HEADER = 1 << 16
_EVENTS = "text/event-stream"
_OF_EVENTS_S = 1.0
"""How long is listened to events, which have no end by design (HTML, 9.2)."""

# A case says its content type itself; a case without one is a case of its own.
_NOT_ADDED = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a request.

    Attributes:
        headers: that went out.
        response: the answer, None where none came.
        failure: why none came, or "".
        closed: whether the connection was closed instead.
        hung: whether the wait for it was over.
    """

    headers: Headers
    response: Response | None = None
    failure: str = ""
    closed: bool = False
    hung: bool = False


def session(*, keep: bool) -> aiohttp.ClientSession:
    """Connections, kept alive or a fresh one for each request."""
    # No proxy of the environment: what is driven is on this machine, or was named. No cookies:
    # each case stands for itself.
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0, force_close=not keep),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(),
        trust_env=False,
        skip_auto_headers=_NOT_ADDED,
        max_line_size=_LONGEST_HEADER,
        max_field_size=_LONGEST_HEADER,
    )


async def attempt(
    among: aiohttp.ClientSession, case: Case, base_url: str, headers: Headers, within_s: float
) -> Came:
    """Send it and take in what comes; a stream that has begun is an answer, as far as it came."""
    sent = tuple((name.lower(), value) for name, value in headers)
    answer: aiohttp.ClientResponse | None = None
    head: Headers = ()
    body = bytearray()
    try:
        async with (
            asyncio.timeout(within_s) as limit,
            among.request(
                case.method,
                URL(base_url + case.target, encoded=True),
                headers=headers,
                data=case.body or None,
                allow_redirects=False,
            ) as answer,
        ):
            sent, head = _pairs(answer.request_info.headers), _pairs(answer.headers)
            if media_type(head) == _EVENTS:
                limit.reschedule(asyncio.get_running_loop().time() + min(_OF_EVENTS_S, within_s))
            await _read(answer, body)
    except TimeoutError:
        if answer is None:
            return Came(sent, failure=f"no answer within {within_s:g} s", hung=True)
        if answer.content_length is not None:
            told = f"{len(body)} of {answer.content_length} bytes within {within_s:g} s"
            return Came(sent, failure=told, hung=True)
        return Came(sent, Response(answer.status, head, bytes(body), truncated=True))
    except aiohttp.ServerDisconnectedError as error:
        return Came(sent, failure=_told(error), closed=True)
    except aiohttp.ClientConnectorError as error:
        return Came(sent, failure=_told(error.os_error))
    except aiohttp.ClientOSError as error:
        return Came(sent, failure=_told(error), closed=True)
    except aiohttp.ClientPayloadError as error:
        return Came(sent, failure=f"{BROKEN_OFF}: {error}")
    except (aiohttp.ClientError, ValueError) as error:
        return Came(sent, failure=_told(error))
    return Came(sent, Response(answer.status, head, bytes(body), len(body) >= _LARGEST))


async def _read(answer: aiohttp.ClientResponse, into: bytearray) -> None:
    async for data in answer.content.iter_any():
        into += data[: _LARGEST - len(into)]
        if len(into) >= _LARGEST:
            # What is left unread is not waited for: the connection is given up.
            answer.close()
            return


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _pairs(headers: Mapping[str, str]) -> Headers:
    return tuple((name.lower(), value) for name, value in headers.items())
