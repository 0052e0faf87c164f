"""Tells the people on call, without holding up what it is about.

One alert when a trouble begins, one when it is over. What could not be delivered is told at the
next sign of the same trouble, or of its end.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pydantic_core import to_json

from reference_impl import errand, moment, request_id
from reference_impl.outage import Outage
from reference_impl.unreachable import Unreachable

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from reference_impl.box.log import Log
    from reference_impl.callee import Callee

_OVER = "It is over."


@dataclass(frozen=True, slots=True)
class _Alert:
    """One alert; `id` is the same however often it is sent, so that the webhook keeps it once."""

    id: str
    code: str
    state: Literal["begun", "over"]
    message: str
    request_id: str
    at: str = field(default_factory=moment.now)


@dataclass(slots=True)
class _Trouble:
    """An outage, and what of it is still to be told, oldest first."""

    outage: Outage = field(default_factory=Outage)
    untold: list[_Alert] = field(default_factory=list[_Alert])
    telling: asyncio.Task[None] | None = None


class Alerts:
    """The alert webhook of one service."""

    def __init__(
        self,
        service: str,
        webhook: Callee,
        log: Log,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Alerts carry the service's name; what cannot be delivered is logged.

        `clock` gives seconds and never goes back.
        """
        self._service = service
        self._webhook = webhook
        self._log = log
        self._clock = clock
        self._troubles: dict[str, _Trouble] = {}
        # Ours alone: another process of this service has other outages.
        self._source = secrets.token_hex(6)

    def begin(self, code: str, message: str, request_id: str, since: float | None = None) -> None:
        """There is trouble; send an alert in the background, unless it is known already.

        Args:
            code: which trouble.
            message: one sentence for people.
            request_id: of the request that met it.
            since: when the call began that failed, on the monotonic clock; now if it is not known.
        """
        now = self._clock()
        trouble = self._troubles.setdefault(code, _Trouble())
        if trouble.outage.failed(now if since is None else since, now):
            self._add(trouble, code, "begun", message, request_id)
        self._tell(trouble)

    def end(self, code: str, request_id: str | None = None, since: float | None = None) -> None:
        """The trouble is over, or there was none.

        Args:
            code: which trouble.
            request_id: of the request that went well.
            since: when it began; now if it is not known.
        """
        trouble = self._troubles.get(code)
        if trouble is None:
            return
        now = self._clock()
        if trouble.outage.succeeded(now if since is None else since, now):
            self._add(trouble, code, "over", _OVER, request_id)
        self._tell(trouble)

    def _add(
        self,
        trouble: _Trouble,
        code: str,
        state: Literal["begun", "over"],
        message: str,
        id_: str | None,
    ) -> None:
        alert_id = f"{self._source}.{code}.{trouble.outage.count}.{state}"
        alert = _Alert(alert_id, code, state, message, id_ or request_id.fresh())
        trouble.untold.append(alert)

    def _tell(self, trouble: _Trouble) -> None:
        if trouble.untold and trouble.telling is None:
            trouble.telling = errand.aside(self._send_all(trouble))

    async def _send_all(self, trouble: _Trouble) -> None:
        try:
            while trouble.untold:
                alert = trouble.untold[0]
                body = self._body(alert)
                await self._webhook.call("POST", "/", alert.request_id, body, repeat=True)
                trouble.untold.pop(0)
        except Unreachable as error:
            alert = trouble.untold[0]
            message = f"alert not delivered: {error}"
            self._log.line("error", message, alert.request_id, code=alert.code)
        finally:
            trouble.telling = None

    def _body(self, alert: _Alert) -> bytes:
        return to_json(
            {
                "id": alert.id,
                "service": self._service,
                "code": alert.code,
                "state": alert.state,
                "message": alert.message,
                "requestId": alert.request_id,
                "at": alert.at,
            }
        )
