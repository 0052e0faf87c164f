"""A request in a team's own words, and the values that it leaves for later ones.

Step("shop", "POST /orders", body={"item": "Tea"}, keep={"order": "/id"})
Step("shop", "GET /orders/{id}", path={"id": "{order}"})
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Json = bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"] | None
"""What JSON can say; strings are sequences too, and are looked at first."""


@dataclass(frozen=True, slots=True)
class Step:
    """One well-formed request to one endpoint.

    Attributes:
        service: who is asked.
        endpoint: `METHOD /path/template`.
        path: the values of the path's parameters; `{name}` is a value that was kept.
        query: query parameters, likewise.
        body: likewise, at any depth.
        keep: name → JSON Pointer into the data of the answer; kept for later steps.
        credential: who asks; None for the first that the endpoint lets in.
        headers: beside those that the contract demands of every request, likewise.
    """

    service: str
    endpoint: str
    path: Mapping[str, str] = field(default_factory=dict[str, str])
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    body: Json = None
    keep: Mapping[str, str] = field(default_factory=dict[str, str])
    credential: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
