"""`GET /api/analytics`: counted when asked, so that it cannot disagree with what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from contracts.worker_messages import Analytics
from reference_impl.worker.d1 import Statement

if TYPE_CHECKING:
    from reference_impl.call import Call
    from reference_impl.worker.d1 import D1

_COUNT = Statement(
    """
    SELECT
        count(*) FILTER (WHERE status = 'sent') AS sent,
        count(*) FILTER (WHERE status = 'queued') AS queued,
        count(*) FILTER (WHERE status = 'failed') AS failed,
        count(replied_at) AS replied,
        (SELECT count(*) FROM enrichments WHERE status <> 'failed') AS enriched
    FROM emails
    """
)


@dataclass(frozen=True, slots=True)
class Counting:
    """The endpoint."""

    d1: D1

    async def count(self, call: Call) -> Analytics:
        """All emails by status, those that were answered, and the prospects that were enriched."""
        (rows,) = await self.d1.run(call.request_id, _COUNT)
        return Analytics.model_validate(rows[0])
