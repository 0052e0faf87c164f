"""The values that messages are made of, exact on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field

_LABEL = "[A-Za-z0-9-]{1,63}"


def _real_moment(text: str) -> str:
    """Refuse a moment that no calendar has (a 31st of February)."""
    datetime.fromisoformat(text)
    return text


Uuid = Annotated[
    str,
    Field(
        pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        json_schema_extra={"format": "uuid"},
    ),
]
Timestamp = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})$",
        json_schema_extra={"format": "date-time"},
    ),
    AfterValidator(_real_moment),
]
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
Text = Annotated[str, Field(min_length=1, max_length=20_000, pattern=r"^[^\x00]*$")]
Address = Annotated[
    str,
    Field(
        max_length=254,
        pattern=rf"^[A-Za-z0-9._%+-]{{1,64}}@{_LABEL}(\.{_LABEL})+$",
    ),
]
Website = Annotated[str, Field(max_length=500, pattern=r"^https?://[^\s\x00]+$")]
Count = Annotated[int, Field(ge=0)]
Limit = Annotated[int, Field(ge=1, le=100)]
Cursor = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[A-Za-z0-9_-]+$")]

# What values of several messages are for; the API reference prints it.
ProspectId = Annotated[Uuid, Field(description="UUID of prospect")]
CampaignId = Annotated[Uuid, Field(description="UUID of campaign")]
EmailId = Annotated[Uuid, Field(description="UUID of email")]
MailboxId = Annotated[Uuid, Field(description="UUID of the mailbox it is sent from")]
Scheduled = Annotated[Timestamp, Field(description="When to send it; at once where it is missing")]
Sent = Annotated[Timestamp, Field(description="When the mail server took it")]
Created = Annotated[Timestamp, Field(description="When it came into being")]
Updated = Annotated[Timestamp, Field(description="When it last changed")]
Subject = Annotated[Name, Field(description="Subject line of the email")]
Body = Annotated[Text, Field(description="Plain text of the email")]
NextCursor = Annotated[
    Cursor, Field(description="Where the next page begins; none on the last one")
]
From = Annotated[Cursor, Field(description="`nextCursor` of the page before")]
PageSize = Annotated[Limit, Field(description="Most items of a page")]
