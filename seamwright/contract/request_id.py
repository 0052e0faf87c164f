"""The header that ties the answers, calls and log lines of one request together."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RequestId:
    """The names and the form of the request ID.

    Attributes:
        headers: HTTP header names in lower case; the first is sent, each is read.
        pattern: what a well-formed ID matches as a whole (ECMA 262 and Python agree on it).
        mail_header: the header that mail carries it in, or None.
        log_field: the key of a JSON log line that holds it.
    """

    headers: tuple[str, ...] = ("x-request-id",)
    pattern: str = "[A-Za-z0-9._-]{1,128}"
    mail_header: str | None = None
    log_field: str = "requestId"

    @property
    def of_mail(self) -> str:
        """The header that mail carries it in, in lower case; the one of HTTP where none is told."""
        return (self.mail_header or self.headers[0]).lower()

    def well_formed(self, value: str | None) -> bool:
        """Whether a service must take this value over rather than replace it."""
        return value is not None and re.fullmatch(self.pattern, value) is not None
