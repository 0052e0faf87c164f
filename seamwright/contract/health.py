"""The bare answer to the question how a service does."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Health:
    """A health endpoint (seed, "Add Health Check Endpoints").

    Attributes:
        path: where it is asked, with GET.
        statuses: what the service and each dependency may be, best first.
        dependencies: the keys under `dependencies` that must be reported.
        unhealthy_status: the HTTP status of the worst answer.
    """

    path: str
    dependencies: tuple[str, ...]
    statuses: tuple[str, ...] = ("healthy", "degraded", "unhealthy")
    unhealthy_status: int = 503
