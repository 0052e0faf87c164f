"""Sees that a service has the endpoints of a document at all, before thousands of requests go out.

A document's paths may begin below a path that it does not tell. Then every request is answered as
one to a route that does not exist is, and whatever would be found out is worth nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from seamwright.drive.cases.smaller import case_again
from seamwright.problem import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seamwright.drive.http import Driver
    from seamwright.record.observation import Exchange

_NOT_FOUND = 404
_FEWEST = 2
"""Endpoints that must have been asked."""

_PREFIXES = ("/api", "/v1", "/api/v1", "/v2", "/api/v2", "/rest")
"""Paths below which documents are often served."""


class NowhereProblem(UsageProblem):
    """A service has none of the endpoints that its document describes."""


async def demand_endpoints(driver: Driver, exchanges: Sequence[Exchange]) -> None:
    """See that some endpoint of each service was found.

    Only where at least two were asked whose paths name no thing: others may be 404 by right.

    Args:
        driver: looks for the path that is missing.
        exchanges: what came of the first requests.

    Raises:
        NowhereProblem: when all of a service's endpoints are answered with 404.
    """
    services: dict[str, list[Exchange]] = {}
    for one in exchanges:
        if one.case and one.case.endpoint and one.response:
            services.setdefault(one.case.service, []).append(one)
    for seen in services.values():
        plain = [one for one in seen if one.case and "{" not in (one.case.endpoint or "")]
        asked = list(dict.fromkeys(one.case.endpoint for one in plain if one.case))
        if len(asked) < _FEWEST or any(_status(one) != _NOT_FOUND for one in seen):
            continue
        below = await _below(driver, plain)
        raise NowhereProblem(
            expected="a service that has the endpoints of its document",
            seen=f"404 to every request, to {asked[0]} and {asked[1]} too",
            where=f"--url {plain[0].base_url}",
            mend=f"give the path too: something answers below {plain[0].base_url}{below}"
            if below
            else "give --url with the path below which it has the document's paths",
        )


def _status(one: Exchange) -> int:
    return one.response.status if one.response else 0


async def _below(driver: Driver, exchanges: Sequence[Exchange]) -> str:
    """The path below which one of the requests is no longer answered with 404, or ""."""
    for prefix in _PREFIXES:
        for one in exchanges[:_FEWEST]:
            case = case_again(one, f"below-{prefix}-{one.id}")
            if case is None:
                continue
            sent = await driver.send(replace(case, target=prefix + case.target))
            if 0 < _status(sent) < _NOT_FOUND:
                return prefix
    return ""
