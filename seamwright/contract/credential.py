"""How a caller shows who it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Credential:
    """A kind of caller, and the header that proves it.

    Attributes:
        name: who holds it; a subject file gives its value under this name.
        header: HTTP header in lower case.
        scheme: what stands before the value, for instance `Bearer`.
    """

    name: str
    header: str = "authorization"
    scheme: str = "Bearer"

    def value(self, secret: str) -> str:
        """The header's value."""
        return f"{self.scheme} {secret}" if self.scheme else secret
