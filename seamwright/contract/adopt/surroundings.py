"""What the endpoints of a document share while they are written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from seamwright.contract.description.document import Note

if TYPE_CHECKING:
    from seamwright.contract.adopt.envelope_inference import Inferred
    from seamwright.contract.adopt.error_codes import Catalogue
    from seamwright.contract.adopt.messages import Messages
    from seamwright.contract.description.document import Description
    from seamwright.contract.envelope import Envelope


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the endpoints of a document share.

    Attributes:
        description: of the document.
        service: whose endpoints they are.
        messages: where their bodies get classes.
        inferred: the envelope, inferred or named, or none.
        catalogue: of error codes.
        credentials: names of those that callers can show.
        own_headers: header parameters that the system says once: request ID and version.
        notes: what an endpoint cannot say.
    """

    description: Description
    service: str
    messages: Messages
    inferred: Inferred
    catalogue: Catalogue
    credentials: frozenset[str]
    own_headers: frozenset[str]
    notes: list[Note] = field(default_factory=list[Note])

    @property
    def envelope(self) -> Envelope | None:
        """The envelope itself."""
        return self.inferred.envelope
