"""What arrived, counted where it arrives: in each recipient's inbox, over IMAP."""

from __future__ import annotations

import imaplib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_WITHIN_S = 10.0


def arrived(port: int, password: str, addresses: Iterable[str]) -> dict[str, int]:
    """Address → how many messages lie in its inbox.

    Raises:
        OSError, imaplib.IMAP4.error: when the server does not let us look.
    """
    found: dict[str, int] = {}
    for address in addresses:
        client = imaplib.IMAP4("127.0.0.1", port, timeout=_WITHIN_S)
        try:
            client.login(address, password)
            _, (count,) = client.select("INBOX", readonly=True)
            found[address] = int(count or b"0")
        finally:
            client.logout()
    return found
