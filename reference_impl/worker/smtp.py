"""The mail server that mail goes out by."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)

from reference_impl import errand
from reference_impl.unreachable import Unreachable

if TYPE_CHECKING:
    from reference_impl.circuit_breaker import CircuitBreaker
    from reference_impl.health import Status

_PERMANENT = 500
_LEAVING = 421
_FAREWELL_S = 0.5
# A dialogue with less than this part of its deadline would only be broken off half-way.
_LEAST_PART = 0.05
_NAME = "localhost"


class Refused(Exception):
    """The server will never take this mail; the text says why."""


class Deferred(Exception):
    """The server does not take this mail now, though it takes others; the text says why."""


class Hurried(Exception):
    """Our own caller's time was up before the server's was; the mail may have gone, or may later.

    It says nothing about the server, so that the breaker does not count it.
    """


@dataclass(frozen=True, slots=True)
class Smtp:
    """A server, one connection a mail.

    Attributes:
        host, port: where it is.
        password: of every mailbox.
        deadline_s: for the whole dialogue.
        breaker: counts what is the server's trouble, not what is a mail's.
        farewell_s: how long a goodbye may take, once the mail's fate is known.
    """

    host: str
    port: int
    password: str
    deadline_s: float
    breaker: CircuitBreaker
    farewell_s: float = _FAREWELL_S

    async def send(self, sender: str, recipient: str, message: bytes) -> None:
        """Hand the mail over.

        Raises:
            Refused: when the server says that it will never take it (5xx on this mail).
            Deferred: when it says that it may later (4xx on this mail).
            Hurried: when whoever ordered the mail waits no longer.
            Unreachable: in any other case; the mail may go later, or has gone already.
        """
        refused = await self.breaker.call(lambda: self._dialogue(sender, recipient, message))
        if refused is not None:
            raise refused

    async def probe(self, _request_id: str) -> Status:
        """Greets the server and leaves. SMTP has no place for the ID of a request.

        Raises:
            Unreachable: when it does not greet back in time.
        """
        client = self._client()
        try:
            async with asyncio.timeout(self.deadline_s):
                await client.connect()
            await self._leave(client)
        except (SMTPException, OSError) as error:
            raise Unreachable("smtp", str(error)) from error
        finally:
            client.close()
        return "healthy"

    async def _dialogue(
        self, sender: str, recipient: str, message: bytes
    ) -> Refused | Deferred | None:
        left_s = errand.left_s()
        within_s = min(self.deadline_s, left_s)
        if within_s < self.deadline_s * _LEAST_PART:
            raise Hurried(f"not begun: our caller has {left_s:.3g} s left")
        client = self._client()
        came: Refused | Deferred | None = None
        try:
            try:
                async with asyncio.timeout(within_s):
                    await self._hand_over(client, sender, recipient, message)
            except (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError) as error:
                came = _meant(error)
            await self._leave(client)
        except TimeoutError as error:
            if within_s < self.deadline_s:
                raise Hurried(f"broken off: our caller had {left_s:.3g} s left") from error
            raise Unreachable("smtp", f"no answer within {within_s:.3g} s") from error
        # Also a 5xx on the greeting or on AUTH: that is about the server or our password.
        except (SMTPException, OSError) as error:
            raise Unreachable("smtp", f"{type(error).__name__} {error}") from error
        finally:
            client.close()
        return came

    async def _hand_over(self, client: SMTP, sender: str, recipient: str, message: bytes) -> None:
        await client.connect()
        await client.ehlo()
        if client.supports_extension("auth"):
            await client.login(sender, self.password)
        await client.sendmail(sender, [recipient], message)

    async def _leave(self, client: SMTP) -> None:
        """Say goodbye, whatever comes of it: the mail's fate is known."""
        with contextlib.suppress(SMTPException, OSError):
            async with asyncio.timeout(min(self.farewell_s, errand.left_s())):
                await client.quit()

    def _client(self) -> SMTP:
        return SMTP(
            hostname=self.host,
            port=self.port,
            # Else the client asks the resolver for its own name, which takes as long as it takes.
            local_hostname=_NAME,
            timeout=self.deadline_s,
        )


def _meant(error: SMTPRecipientsRefused | SMTPSenderRefused | SMTPDataError) -> Refused | Deferred:
    """What the server says of this mail.

    Raises:
        Unreachable: when it says something of itself.
    """
    code = _code(error)
    if code >= _PERMANENT:
        return Refused(str(error))
    # 421 is what a server says that is about to leave, whatever it was asked.
    if code != _LEAVING and code > 0:
        return Deferred(str(error))
    raise Unreachable("smtp", str(error)) from error


def _code(error: SMTPRecipientsRefused | SMTPSenderRefused | SMTPDataError) -> int:
    """The reply's code; we send to one recipient at a time."""
    if isinstance(error, SMTPRecipientsRefused):
        return max(one.code for one in error.recipients)
    return error.code
