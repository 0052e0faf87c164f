"""A raw case: bytes for a connection of their own, and the requests that are in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seamwright.record.observation import CaseLabel

HOST = b"@@host@@"
HEADERS = b"@@headers@@"
"""Stand in the bytes for `host:port`, and for the lines of the credential and of the headers that
are sent with every request."""


@dataclass(frozen=True, slots=True)
class RawRequest:
    """One request within the bytes, as far as it can be read as one."""

    label: CaseLabel
    method: str
    target: str


@dataclass(frozen=True, slots=True)
class RawCase:
    """Bytes that a client library would not send.

    Attributes:
        requests: in the order in which they are to be answered; one at least.
        bytes_: as they are sent, but for `HOST` and `HEADERS`.
        credential: who asks, or None.
        leaves: whether the caller hangs up once the bytes are sent.
        ends: whether the caller says that no more will come, and waits for what is answered.
    """

    requests: tuple[RawRequest, ...]
    bytes_: bytes
    credential: str | None = None
    leaves: bool = False
    ends: bool = False
