"""The mail server that replies arrive at."""

from __future__ import annotations

import asyncio
import contextlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from aioimaplib import (  # pyright: ignore[reportMissingTypeStubs] - it has none
    IMAP4,
    AioImapException,
)

from reference_impl.unreachable import Unreachable

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator, Sequence

    from reference_impl.health import Status

_OK = "OK"
_HEADER = "(BODY.PEEK[HEADER.FIELDS (IN-REPLY-TO REFERENCES)])"
_UID = re.compile(r"\bUID (\d+)")
_FAREWELL_S = 0.5
# The library wraps what goes wrong in its own exceptions, not all of which are of one family.
_TROUBLES = (AioImapException, OSError, TimeoutError)


@dataclass(frozen=True, slots=True)
class Unseen:
    """A message that nobody has read; `references` is the text of the headers that name another."""

    uid: str
    references: str


@dataclass(frozen=True, slots=True)
class Inbox:
    """The open inbox of one mailbox."""

    client: IMAP4

    async def unseen(self) -> list[Unseen]:
        """The messages that nobody has read; reading these headers leaves them so."""
        found = _demand(await self.client.uid_search("UNSEEN"))
        uids = " ".join(_texts(found[:1])).split()
        if not uids:
            return []
        fetched = _demand(await self.client.uid("fetch", ",".join(uids), _HEADER))
        return list(_messages(fetched))

    async def mark_seen(self, uids: Sequence[str]) -> None:
        """They have been dealt with."""
        if uids:
            _demand(await self.client.uid("store", ",".join(uids), "+FLAGS", r"(\Seen)"))


@dataclass(frozen=True, slots=True)
class Imap:
    """A server.

    Attributes:
        host, port: where it is.
        password: of every mailbox.
        deadline_s: for the work on one mailbox.
    """

    host: str
    port: int
    password: str
    deadline_s: float

    @contextlib.asynccontextmanager
    async def inbox(self, address: str) -> AsyncGenerator[Inbox, None]:
        """The inbox of one mailbox, open.

        Raises:
            Unreachable: when the server is not there in time, or does not let us in.
        """
        client = IMAP4(self.host, self.port, timeout=self.deadline_s)
        try:
            async with asyncio.timeout(self.deadline_s):
                await client.wait_hello_from_server()
                _demand(await client.login(address, self.password))
                _demand(await client.select("INBOX"))
                yield Inbox(client)
        except _TROUBLES as error:
            raise Unreachable("imap", f"{type(error).__name__} {error}") from error
        finally:
            await _leave(client)

    async def probe(self, _request_id: str) -> Status:
        """Waits for the server's greeting. IMAP has no place for the ID of a request.

        Raises:
            Unreachable: when it does not come in time.
        """
        client = IMAP4(self.host, self.port, timeout=self.deadline_s)
        try:
            await client.wait_hello_from_server()
        except _TROUBLES as error:
            raise Unreachable("imap", f"{type(error).__name__} {error}") from error
        finally:
            await _leave(client)
        return "healthy"


async def _leave(client: IMAP4) -> None:
    with contextlib.suppress(*_TROUBLES):
        async with asyncio.timeout(_FAREWELL_S):
            await client.logout()
    transport: object = getattr(client.protocol, "transport", None)
    if isinstance(transport, asyncio.BaseTransport):
        transport.close()


def _demand(response: object) -> Sequence[bytes]:
    """The lines of a response, if it is a good one."""
    result, lines = cast("tuple[str, Sequence[bytes]]", response)
    if result != _OK:
        said = " ".join(_texts(lines))
        raise Unreachable("imap", f"{result} {said}", retryable=False)
    return lines


def _texts(lines: Sequence[bytes]) -> list[str]:
    return [bytes(line).decode("latin-1") for line in lines]


def _messages(lines: Sequence[bytes]) -> Iterator[Unseen]:
    """`1 FETCH (BODY[…] {42}`, the 42 bytes themselves, ` UID 7)`; the UID may also come first."""
    uid = references = None
    for line in lines:
        text = bytes(line).decode("latin-1")
        if isinstance(line, bytearray):
            references = text
        elif (found := _UID.search(text)) is not None:
            uid = found[1]
        if uid is not None and references is not None:
            yield Unseen(uid, references)
            uid = references = None
