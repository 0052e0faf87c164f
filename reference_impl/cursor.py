"""Where the next page of a list begins: the last row's moment and id, opaque to the caller."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from contracts.values import Timestamp, Uuid
from reference_impl.refusal import Refusal

_SEPARATOR = "|"
# Stores answer in UTC, and take no other offset that a calendar may have.
_UTC = ("Z", "+00:00")


@dataclass(frozen=True, slots=True)
class Cursor:
    """The key of the last row that was shown."""

    moment: str
    id: str

    def encode(self) -> str:
        """As it stands in a query."""
        text = f"{self.moment}{_SEPARATOR}{self.id}"
        return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(text: str) -> Cursor:
    """The cursor that was encoded so; refused (422) when it was not made here."""
    padded = text + "=" * (-len(text) % 4)
    try:
        moment, _, id_ = urlsafe_b64decode(padded).decode().partition(_SEPARATOR)
        TypeAdapter(Timestamp).validate_python(moment, strict=True)
        TypeAdapter(Uuid).validate_python(id_, strict=True)
        if not moment.endswith(_UTC):
            raise _refusal()
    # What decodes to no text is a ValueError; so is a pydantic ValidationError.
    except (binascii.Error, ValueError, ValidationError) as error:
        raise _refusal() from error
    return Cursor(moment, id_)


def _refusal() -> Refusal:
    return Refusal("VALIDATION_FAILED", "Not as documented: cursor.")
