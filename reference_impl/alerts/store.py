"""The alerts that came in, the newest thousand of them, in memory."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

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
        """Keep the alert."""
        self._alerts.append(alert)

    def document(self) -> dict[str, object]:
        """All that are kept, oldest first."""
        return {"alerts": [alert.document() for alert in self._alerts]}
