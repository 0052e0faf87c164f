"""The findings in D1, and those that are to be asked again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from contracts.worker_messages import EnrichmentResponse, EnrichmentType
from reference_impl import moment
from reference_impl.column import sql_select
from reference_impl.foreign import Foreign
from reference_impl.worker.d1 import Statement, given

if TYPE_CHECKING:
    from datetime import datetime

    from reference_impl.worker.d1 import D1
    from reference_impl.worker.enrichment import Finding

_AT_ONCE = 50


class Queued(Foreign):
    """Whom to ask about again, and what."""

    prospectId: str  # noqa: N815 - as the contract names it
    type: EnrichmentType


# What was found earlier stays, unless something newer takes its place.
_UPSERT = """
INSERT INTO enrichments (prospect_id, type, website, email, status, queued, updated_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (prospect_id) DO UPDATE SET
    type = excluded.type,
    website = coalesce(excluded.website, website),
    email = coalesce(excluded.email, email),
    status = excluded.status,
    queued = excluded.queued,
    claimed_until = NULL,
    updated_at = excluded.updated_at
"""
_READ = f"SELECT {sql_select(EnrichmentResponse)} FROM enrichments WHERE prospect_id = ?1"  # noqa: S608 - made of our own constants
_CLAIM = f"""
UPDATE enrichments SET claimed_until = ?2
WHERE prospect_id IN (
    SELECT prospect_id FROM enrichments
    WHERE queued = 1 AND (claimed_until IS NULL OR claimed_until <= ?1)
    ORDER BY updated_at LIMIT {_AT_ONCE}
)
RETURNING {sql_select(Queued)}
"""  # noqa: S608 - made of our own constants
_DROP = "UPDATE enrichments SET queued = ?2, claimed_until = NULL WHERE prospect_id = ?1"


def storing(finding: Finding) -> Statement:
    """Writes a finding down."""
    return Statement(
        _UPSERT,
        (
            finding.prospect_id,
            finding.type,
            finding.website,
            finding.email,
            finding.status,
            int(finding.queued),
            moment.now(),
        ),
    )


def dropping(prospect_id: str, *, for_good: bool) -> Statement:
    """Gives a claim back; for good where there is no such prospect any more."""
    return Statement(_DROP, (prospect_id, int(not for_good)))


async def read(d1: D1, prospect_id: str, request_id: str) -> EnrichmentResponse | None:
    """What is known of a prospect."""
    (rows,) = await d1.run(request_id, Statement(_READ, (prospect_id,)))
    return EnrichmentResponse.model_validate(given(rows[0])) if rows else None


async def claim(d1: D1, now: datetime, claim_s: float, request_id: str) -> list[Queued]:
    """Who is to be asked about again, ours alone for so long."""
    until = now + timedelta(seconds=claim_s)
    statement = Statement(_CLAIM, (moment.text(now), moment.text(until)))
    (rows,) = await d1.run(request_id, statement)
    return [Queued.model_validate(given(row)) for row in rows]
