"""`POST /api/cron/{job}`: what the cron trigger runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from contracts.worker_messages import CronReport
    from reference_impl.call import Call


@dataclass(frozen=True, slots=True)
class Cron:
    """The endpoint; the door lets in the names of jobs only."""

    jobs: Mapping[str, Callable[[Call], Awaitable[CronReport]]]

    async def run(self, call: Call) -> CronReport:
        """Run one job once."""
        return await self.jobs[call.path["job"]](call)
