"""`GET /api/search`: what DuckDuckGo finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from contracts.web_messages import SearchQuery, SearchResult, SearchResults
from reference_impl.unreachable import Unreachable
from reference_impl.web.external import unavailable

if TYPE_CHECKING:
    from reference_impl.call import Call
    from reference_impl.ddg import Ddg, Found

_TITLE = 200


@dataclass(frozen=True, slots=True)
class Search:
    """The endpoint."""

    ddg: Ddg

    async def search(self, call: Call) -> SearchResults:
        """The hits that have a title and a web address."""
        try:
            found = await self.ddg.search(call.take(SearchQuery).q, call.request_id)
        except Unreachable as error:
            raise unavailable(error) from error
        results = [made for one in found if (made := _result(one)) is not None]
        return SearchResults(results=results)


def _result(found: Found) -> SearchResult | None:
    """The hit, or None: the page is somebody else's, and may link to what is no address of ours."""
    try:
        return SearchResult(title=found.title[:_TITLE], url=found.url, snippet=found.snippet)
    except ValidationError:
        return None
