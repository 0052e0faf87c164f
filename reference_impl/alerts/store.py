"""The alerts that came in, the newest thousand of them, in memory.

An alert may have an `id`. Who sends one that was kept already, since the answer to it was lost, is
answered the same, and it is kept once.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import cast

_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert as it came in.

    Attributes:
        received_at: ISO 8601, UTC, to the millisecond.
        request_id: the `x-request-id` that it came with, if any.
        body: the JSON document that was sent.
    """

    received_at: str
    request_id: str | None
    body: object

    @property
    def id(self) -> str | None:
        """What its sender calls it, if anything."""
        body = self.body
        if not isinstance(body, dict):
            return None
        found = cast("dict[str, object]", body).get("id")
        return found if isinstance(found, str) else None

    def document(self) -> dict[str, object]:
        """The alert as the webhook shows it."""
        return {"receivedAt": self.received_at, "requestId": self.request_id, "body": self.body}


class Store:
    """Keeps alerts in the order in which they came; the oldest make room."""

    __slots__ = ("_alerts",)

    def __init__(self) -> None:
        """Start empty."""
        self._alerts: deque[Alert] = deque(maxlen=_MOST)

    def add(self, alert: Alert) -> None:
        """Keep the alert, unless it is kept already."""
        if alert.id is None or all(one.id != alert.id for one in self._alerts):
            self._alerts.append(alert)

    def document(self) -> dict[str, object]:
        """All that are kept, oldest first."""
        return {"alerts": [alert.document() for alert in self._alerts]}
