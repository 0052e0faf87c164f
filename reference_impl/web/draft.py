"""`POST /api/prospects/{id}/draft`: Grok writes what a person may send."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from contracts.web_messages import Campaign, Draft, DraftRequest, Prospect
from reference_impl.foreign import Foreign
from reference_impl.unreachable import Unreachable
from reference_impl.web.external import unavailable

if TYPE_CHECKING:
    from reference_impl.call import Call
    from reference_impl.grok import Grok
    from reference_impl.web.records import Records

_SUBJECT = 200
_BODY = 20_000


class _Written(Foreign):
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Drafting:
    """The endpoint."""

    grok: Grok
    prospects: Records[Prospect]
    campaigns: Records[Campaign]

    async def draft(self, call: Call) -> Draft:
        """What Grok makes of the prospect and the campaign, within the bounds of a draft."""
        id_ = call.take(DraftRequest).campaignId
        prospect, campaign = await asyncio.gather(
            self.prospects.find(call.path["id"], call.request_id),
            self.campaigns.find(id_, call.request_id),
        )
        question = {
            "task": "draft",
            "name": prospect.name,
            "company": prospect.company,
            "campaign": campaign.name,
            "subject": campaign.subject,
        }
        try:
            written = await self.grok.ask(question, _Written, call.request_id)
            subject = " ".join(written.subject.split())[:_SUBJECT]
            return Draft(subject=subject, body=written.body[:_BODY])
        except (Unreachable, ValidationError) as error:
            raise unavailable(error) from error
