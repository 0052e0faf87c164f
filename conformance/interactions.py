"""What the web needs of the worker, as pacts."""

from __future__ import annotations

from seamwright.drive.cases.interaction import Interaction
from seamwright.drive.cases.step import Step

SEND_EMAIL = Interaction(
    consumer="web",
    provider="worker",
    description="an email of a campaign to a prospect",
    state="a prospect with an address, a campaign and a healthy mailbox",
    trigger=Step(
        "web",
        "POST /api/prospects/{id}/send-email",
        path={"id": "{prospect}"},
        body={"campaignId": "{campaign}"},
    ),
    endpoint="POST /api/send-email",
    path={},
    request={"prospectId": "{prospect}", "campaignId": "{campaign}"},
    status=200,
    data={"emailId": "{prospect}", "status": "sent", "sentAt": "2026-01-31T12:00:00.000Z"},
)

INTERACTIONS: tuple[Interaction, ...] = (SEND_EMAIL,)
