"""A request that is answered with an error of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contracts import SYSTEM

if TYPE_CHECKING:
    from collections.abc import Mapping

_CATALOGUE = {one.code: one for one in SYSTEM.errors}


class Refusal(Exception):
    """Raised anywhere behind the door, and answered there.

    Attributes:
        code: of the catalogue.
        message: one sentence for the caller, without internals.
        status: HTTP status, as the catalogue has it.
        retryable: as the catalogue has it.
        headers: of the answer, in lower case.
    """

    def __init__(self, code: str, message: str, headers: Mapping[str, str] | None = None) -> None:
        """Look the code up; one that the catalogue does not have is a `KeyError`."""
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = _CATALOGUE[code].status
        self.retryable = _CATALOGUE[code].retryable
        self.headers: Mapping[str, str] = headers or {}
