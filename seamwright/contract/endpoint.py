"""One method on one path, and everything that is promised of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from seamwright.contract.edge import Mode

if TYPE_CHECKING:
    from seamwright.contract.message import Message
    from seamwright.contract.rate_limit import RateLimit

_PARAMETER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")


@dataclass(frozen=True)
class Endpoint:
    """One method on one path.

    Attributes:
        method: in upper case.
        path: template with `{parameters}`.
        summary: one sentence.
        response: the body of a success (inside of the envelope, unless exempt); None for a page.
        request: the body it takes, or None.
        query: its query parameters, or None.
        path_formats: parameter → JSON Schema format, `uuid` for instance; a plain string otherwise.
        path_choices: parameter → the only values that it may have.
        status: of a success.
        errors: the codes it may answer, beyond those that every endpoint of its system may.
        rate_limit: how often it may be called, or None where it is not limited.
        mode: whether its answer means done, or accepted.
        mode_reason: why so.
        reads: entities it reads.
        writes: entities it writes.
        calls: the services and dependencies that a success calls.
        credentials: the names of the credentials that are let in; empty where anyone is.
    """

    method: str
    path: str
    summary: str
    response: type[Message] | None
    mode_reason: str
    request: type[Message] | None = None
    query: type[Message] | None = None
    path_formats: tuple[tuple[str, str], ...] = ()
    path_choices: tuple[tuple[str, tuple[str, ...]], ...] = ()
    status: int = 200
    errors: tuple[str, ...] = ()
    rate_limit: RateLimit | None = None
    mode: Mode = Mode.SYNC
    reads: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()
    calls: frozenset[str] = frozenset()
    credentials: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """`METHOD /path/template`, unique in a service."""
        return f"{self.method} {self.path}"

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the path's parameters, in order."""
        return tuple(_PARAMETER.findall(self.path))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = _PARAMETER.split(self.path)
        return re.compile("[^/]+".join(re.escape(part) for part in parts[::2]))

    def matches(self, method: str, path: str) -> bool:
        """Whether a request (its path without the query) goes to this endpoint."""
        return method == self.method and self._pattern.fullmatch(path) is not None
