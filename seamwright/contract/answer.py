"""An answer that is neither the success of an endpoint nor a code of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Answer:
    """One more answer that an endpoint may give, outside of any envelope.

    Attributes:
        status: three digits, a class of them (`4XX`), or `default` (OpenAPI 3.1, "Responses").
        meaning: one sentence for the API reference.
        body: its body, whole; None where it has none, or one that no schema describes.
        media: the media type of its body; "" where it has none.
    """

    status: str
    meaning: str
    body: type[BaseModel] | None = None
    media: str = "application/json"

    @property
    def breadth(self) -> int:
        """How many statuses it is for: one, a class of them, or whatever is not said otherwise."""
        return 0 if self.status.isdigit() else 1 if self.status != "default" else 2

    def covers(self, status: int) -> bool:
        """Whether an answer with this status is this one."""
        if self.status == "default":
            return True
        told = str(status)
        return self.status == told or self.status.upper() == f"{told[0]}XX"
