"""The mail server that replies arrive at.

The standard library's client in a thread, not aioimaplib: that one waits under a lock for the
server's capabilities, and no timeout gets it out of there when the server greets and then falls
silent. Here each step is bounded by the socket itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import imaplib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from reference_impl.unreachable import Unreachable

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterator, Sequence

    from reference_impl.health import Status

_OK = "OK"
_HEADER = "(UID BODY.PEEK[HEADER.FIELDS (IN-REPLY-TO REFERENCES)])"
_UID = re.compile(rb"\bUID (\d+)")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Unseen:
    """A message that nobody has read; `references` is the text of the headers that name another."""

    uid: str
    references: str


@dataclass(frozen=True, slots=True)
class Inbox:
    """The open inbox of one mailbox."""

    client: imaplib.IMAP4

    async def unseen(self) -> list[Unseen]:
        """The messages that nobody has read; reading these headers leaves them so.

        Raises:
            Unreachable: when the server does not say.
        """
        return await _aside(lambda: list(_unseen(self.client)))

    async def mark_seen(self, uids: Sequence[str]) -> None:
        """They have been dealt with.

        Raises:
            Unreachable: when the server does not take it.
        """
        if uids:
            client, texts = self.client, ",".join(uids)
            await _aside(lambda: _demand(client.uid("STORE", texts, "+FLAGS", r"(\Seen)")))


@dataclass(frozen=True, slots=True)
class Imap:
    """A server.

    Attributes:
        host, port: where it is.
        password: of every mailbox.
        deadline_s: for each step of the dialogue.
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
        client = await _aside(lambda: self._open(address))
        try:
            yield Inbox(client)
        finally:
            await asyncio.to_thread(_leave, client)

    async def probe(self, within_s: float) -> Status:
        """Waits for the server's greeting and leaves.

        Raises:
            Unreachable: when it does not come in time.
        """

        def greet() -> None:
            _leave(imaplib.IMAP4(self.host, self.port, timeout=within_s))

        await _aside(greet)
        return "healthy"

    def _open(self, address: str) -> imaplib.IMAP4:
        client = imaplib.IMAP4(self.host, self.port, timeout=self.deadline_s)
        try:
            client.login(address, self.password)
            _demand(client.select("INBOX"))
        except BaseException:
            _leave(client)
            raise
        return client


async def _aside(work: Callable[[], _Result]) -> _Result:
    """Done in a thread, its trouble told in our words."""
    try:
        return await asyncio.to_thread(work)
    except (imaplib.IMAP4.error, OSError) as error:
        raise Unreachable("imap", f"{type(error).__name__} {error}") from error


def _leave(client: imaplib.IMAP4) -> None:
    """Say goodbye; whatever comes of it, the socket is closed."""
    with contextlib.suppress(imaplib.IMAP4.error, OSError):
        client.logout()


def _demand(response: tuple[str, Sequence[object]]) -> Sequence[object]:
    """What a command brought, if it went well."""
    result, found = response
    if result != _OK:
        raise Unreachable("imap", f"{result} {found}", retryable=False)
    return found


def _unseen(client: imaplib.IMAP4) -> Iterator[Unseen]:
    (found, *_) = _demand(client.uid("SEARCH", "UNSEEN"))
    uids = found.decode().split() if isinstance(found, bytes) else []
    if uids:
        yield from _messages(_demand(client.uid("FETCH", ",".join(uids), _HEADER)))


def _messages(parts: Sequence[object]) -> Iterator[Unseen]:
    """`(1 (BODY[…] {42}`, the 42 bytes`)`, then ` UID 7)`; the UID may also come first."""
    uid = references = None
    for part in parts:
        match part:
            case (bytes() as text, bytes() as headers):
                references = headers.decode("latin-1")
            case bytes() as text:
                pass
            case _:
                continue
        if (found := _UID.search(text)) is not None:
            uid = found[1].decode()
        if uid is not None and references is not None:
            yield Unseen(uid, references)
            uid = references = None
