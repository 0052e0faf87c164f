"""Finds out more about a prospect: Grok knows both, DuckDuckGo is the second source of the website.

asked for ──▶ Grok ∥ DuckDuckGo ──▶ all found: complete · some: partial · none: failed
└─ one did not answer, and something is missing ─▶ queued
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from contracts.values import Address, Website
from contracts.worker_messages import EnrichmentResponse, EnrichmentStatus, EnrichmentType
from reference_impl.foreign import Foreign
from reference_impl.unreachable import Unreachable

if TYPE_CHECKING:
    from contracts.web_messages import Prospect
    from reference_impl.box.log import Log
    from reference_impl.ddg import Ddg
    from reference_impl.grok import Grok


class _Said(Foreign):
    """Somebody else's words: whether they are an address is for us to find out."""

    website: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one prospect.

    Attributes:
        prospect_id: about whom.
        type: what was asked for.
        website: if it was asked for and found.
        email: if it was asked for and found.
        queued: whether it is worth to ask again.
    """

    prospect_id: str
    type: EnrichmentType
    website: str | None
    email: str | None
    queued: bool

    @property
    def status(self) -> EnrichmentStatus:
        """How much of what was asked for was found."""
        asked = [self.website] if self.type == "website" else [self.email]
        if self.type == "both":
            asked = [self.website, self.email]
        if all(asked):
            return "complete"
        return "partial" if any(asked) else "failed"

    def response(self) -> EnrichmentResponse:
        """As the endpoint answers it."""
        found = {"website": self.website, "email": self.email}
        fields = {name: value for name, value in found.items() if value is not None}
        return EnrichmentResponse(prospectId=self.prospect_id, status=self.status, **fields)


@dataclass(frozen=True, slots=True)
class Enricher:
    """The two sources."""

    grok: Grok
    ddg: Ddg
    log: Log

    async def find(self, prospect: Prospect, type_: EnrichmentType, request_id: str) -> Finding:
        """Ask both at once; what one of them cannot say is not an error."""
        said, searched = await asyncio.gather(
            self._ask(prospect, type_, request_id), self._search(prospect, type_, request_id)
        )
        unheard = said is None or searched is None
        website = _website(said.website if said else None) or _website(searched)
        finding = Finding(
            prospect_id=prospect.id,
            type=type_,
            website=website if type_ != "email" else None,
            email=_address(said.email if said else None) if type_ != "website" else None,
            queued=False,
        )
        if not unheard or finding.status == "complete":
            return finding
        return Finding(prospect.id, type_, finding.website, finding.email, queued=True)

    async def _ask(
        self, prospect: Prospect, type_: EnrichmentType, request_id: str
    ) -> _Said | None:
        question = {
            "task": "enrich",
            "name": prospect.name,
            "company": prospect.company,
            "type": type_,
        }
        try:
            return await self.grok.ask(question, _Said, request_id)
        except Unreachable as error:
            self._skipped(error, request_id)
            return None

    async def _search(
        self, prospect: Prospect, type_: EnrichmentType, request_id: str
    ) -> str | None:
        """The first hit's address, "" where there is none, None where nobody answered."""
        if type_ == "email":
            return ""
        try:
            words = f"{prospect.company or prospect.name} official website"
            found = await self.ddg.search(words, request_id)
        except Unreachable as error:
            self._skipped(error, request_id)
            return None
        return found[0].url if found else ""

    def _skipped(self, error: Unreachable, request_id: str) -> None:
        self.log.line("warning", f"enrichment without {error}", request_id, dependency=error.box)


def _website(text: str | None) -> str | None:
    return _if_fits(_website_form(), text)


def _address(text: str | None) -> str | None:
    return _if_fits(_address_form(), text)


def _if_fits(form: TypeAdapter[str], text: str | None) -> str | None:
    try:
        return form.validate_python(text) if text else None
    except ValidationError:
        return None


# Made at first use, not on import.
@cache
def _website_form() -> TypeAdapter[str]:
    return TypeAdapter(Website)


@cache
def _address_form() -> TypeAdapter[str]:
    return TypeAdapter(Address)
