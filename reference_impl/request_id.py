"""The ID that ties together what belongs to one request.

caller's header ──well-formed──▶ taken over ┐
└─anything else─▶ fresh ────┴─▶ answer · body · log lines · calls · mail
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from contracts import SYSTEM
from seamwright.contract import RequestId

if TYPE_CHECKING:
    from collections.abc import Iterable

_TERM = SYSTEM.request_id or RequestId()
_NAMES = frozenset(name.encode() for name in _TERM.headers)
_FRESH_BYTES = 12

HEADER = _TERM.headers[0]
MAIL_HEADER = _TERM.mail_header or "X-Request-ID"


def fresh() -> str:
    """`req_` and 24 hexadecimal digits."""
    return f"req_{secrets.token_hex(_FRESH_BYTES)}"


def read(headers: Iterable[tuple[bytes, bytes]]) -> str:
    """The caller's ID if it sent exactly one and that is well-formed, else a fresh one.

    Two IDs are as good as none: to choose one would tie the request to a stranger's half the time.
    """
    values = [value for name, value in headers if name in _NAMES]
    if len(values) == 1:
        value = values[0].decode("latin-1")
        if _TERM.well_formed(value):
            return value
    return fresh()
