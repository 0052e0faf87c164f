"""A failure that is accepted for a while: by whom, why, and until when.

What a waiver covers is said in text, as in the file and on the command line:

    "shop GET /orders/{id}"   one endpoint of a service
    "shop *"                  whatever is found at a service: endpoints, edges, unknown routes
    "*"                       what is found at no single service, but at the system as a whole
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

ALL = "*"
ENDPOINT_FORM = "`service METHOD /path/template`, `service *`, or `*` for the system as a whole"
_ENDPOINT = re.compile(r"\*|[^\s*]\S* (?:\*|[A-Z]+ /\S*)")


@dataclass(frozen=True, slots=True)
class Waiver:
    """A waiver.

    Attributes:
        rule: code of the rule whose failures are accepted.
        endpoint: where, in one of the forms above.
        owner: who answers for it.
        reason: why it is accepted.
        expires: the last day on which it holds.
    """

    rule: str
    endpoint: str
    owner: str
    reason: str
    expires: date

    @property
    def service(self) -> str:
        """The service that it names; "" of one for the system as a whole."""
        name = self.endpoint.partition(" ")[0]
        return "" if name == ALL else name

    @property
    def of_service(self) -> str:
        """`METHOD /path/template`; "" where it names no endpoint."""
        rest = self.endpoint.partition(" ")[2]
        return "" if rest == ALL else rest

    @property
    def words(self) -> str:
        """`waived by OWNER until 2027-01-31: REASON`."""
        return f"waived by {self.owner} until {self.expires.isoformat()}: {self.reason}"

    def has_expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return today > self.expires

    def covers(self, rule: str, service: str, endpoint: str) -> bool:
        """Whether it is for what a rule says about a place.

        Args:
            rule: its code.
            service: "" where the system as a whole is meant.
            endpoint: `METHOD /path/template`, or "" where no endpoint is meant.
        """
        if (rule, service) != (self.rule, self.service):
            return False
        return self.of_service in ("", endpoint)


def is_endpoint(text: str) -> bool:
    """Whether a text says in one of the forms what a waiver covers."""
    return _ENDPOINT.fullmatch(text) is not None
