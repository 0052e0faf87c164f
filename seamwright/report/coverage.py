"""What a run has reached of a service, as `audit.json` says it.

Coverage ┬ MissingCode        declared error codes that nobody was answered with
         ├ SeenCode           codes that were answered and that nobody had declared
         └ EndpointCoverage ─ RuleSaid      which rule said what of which endpoint
"""

# ruff: noqa: N815 - the fields are named as in the published file

from __future__ import annotations

from typing import Literal

from pydantic import Field

from seamwright.report.part import Count, Part, Text

_ANY = '`METHOD /path/template`; "" of what any endpoint may answer.'


class MissingCode(Part):
    """A declared error code that was not provoked."""

    endpoint: Text = Field(description=_ANY)
    code: Text
    why: Text


class SeenCode(Part):
    """An error code that was answered where nobody had declared it."""

    endpoint: Text = Field(description='`METHOD /path/template`; "" of a route that there is not.')
    code: Text
    count: Count


class RuleSaid(Part):
    """What one rule said of one endpoint, all in all."""

    code: Text = Field(description="Of the rule.")
    status: Literal["pass", "fail", "waived", "unproven"]


class EndpointCoverage(Part):
    """What was reached of one endpoint."""

    endpoint: Text = Field(
        description='`METHOD /path/template`; "" of what is said of the service beside them.'
    )
    rules: tuple[RuleSaid, ...] = Field(description="In the order of the rules.")
    branches: Count = Field(
        description="Of what it may answer: each declared status, and what the schema of its body "
        "names: fields that are there, and that are left out; values of closed sets; alternatives."
    )
    branchesReached: Count = Field(description="Those that an answer showed.")
    missing: tuple[Text, ...] = Field(description="The others, as far as there are not very many.")

    @property
    def said(self) -> dict[str, str]:
        """Code of a rule → what it said."""
        return {one.code: one.status for one in self.rules}


class Coverage(Part):
    """What was reached of one service."""

    service: Text
    codes: Count = Field(description="Error codes that it declares, each at each endpoint.")
    codesProvoked: Count
    codesMissing: tuple[MissingCode, ...]
    codesUndeclared: tuple[SeenCode, ...]
    endpoints: tuple[EndpointCoverage, ...]

    @property
    def rules(self) -> tuple[str, ...]:
        """The codes of all rules that said something of it, in their order."""
        order = [one.code for each in self.endpoints for one in each.rules]
        return tuple(sorted(dict.fromkeys(order)))

    @property
    def branches(self) -> int:
        """How many there are, of all endpoints."""
        return sum(one.branches for one in self.endpoints)

    @property
    def branches_reached(self) -> int:
        """How many of them were reached."""
        return sum(one.branchesReached for one in self.endpoints)
