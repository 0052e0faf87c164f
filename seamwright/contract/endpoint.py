"""One method on one path, and everything that is promised of it.

Bodies are messages; a body that is no object is a `Root` of what it is. What an endpoint answers is
said in three places: `response` is its success, `errors` names codes of the catalogue, and
`answers` holds what is neither: a second success, or an error that has a form but no code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from seamwright.contract.edge import Mode

if TYPE_CHECKING:
    from pydantic import BaseModel

    from seamwright.contract.answer import Answer
    from seamwright.contract.message import Message
    from seamwright.contract.rate_limit import RateLimit

_PARAMETER = re.compile(r"\{([^{}/]+)\}")


@dataclass(frozen=True)
class Endpoint:
    """One method on one path.

    Attributes:
        method: in upper case.
        path: template with `{parameters}`.
        summary: one sentence.
        response: the body of a success (inside of the envelope, unless exempt); None where it has
            none, or one that no schema describes (a page).
        request: the body it takes, or None.
        path_values: its path's parameters, by name; those that it does not name are plain strings.
        query: its query parameters, or None.
        headers: header parameters beyond request ID, version and credentials, or None.
        request_required: whether the body may not be left out.
        request_media: the media type of the request body.
        response_media: the media type of a success, where no envelope or exemption says it.
        other_media: further media types of a success, of whose bodies nothing is said.
        status: of a success.
        errors: the codes it may answer, beyond those that every endpoint of its system may.
        answers: what it may answer beside its success and the codes.
        rate_limit: how often it may be called, or None where it is not limited.
        mode: whether its answer means done, or accepted.
        mode_reason: why so.
        reads: entities it reads.
        writes: entities it writes.
        calls: the services and dependencies that a success calls.
        credentials: the names of the credentials that are let in; empty where anyone is.
        deprecated: whether it is about to go.
    """

    method: str
    path: str
    summary: str
    response: type[BaseModel] | None
    mode_reason: str
    request: type[BaseModel] | None = None
    path_values: type[Message] | None = None
    query: type[Message] | None = None
    headers: type[Message] | None = None
    request_required: bool = True
    request_media: str = "application/json"
    response_media: str = "application/json"
    other_media: tuple[str, ...] = ()
    status: int = 200
    errors: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    rate_limit: RateLimit | None = None
    mode: Mode = Mode.SYNC
    reads: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()
    calls: frozenset[str] = frozenset()
    credentials: tuple[str, ...] = ()
    deprecated: bool = False

    @property
    def id(self) -> str:
        """`METHOD /path/template`, unique in a service."""
        return f"{self.method} {self.path}"

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the path's parameters, in order."""
        return tuple(_PARAMETER.findall(self.path))

    @property
    def messages(self) -> tuple[type[BaseModel], ...]:
        """Every message that it names, each once."""
        told = (
            *(self.request, self.response, self.path_values, self.query, self.headers),
            *(one.body for one in self.answers),
        )
        return tuple(dict.fromkeys(one for one in told if one is not None))

    def answer(self, status: int) -> Answer | None:
        """The answer beside success and codes that has this status, the most exact one first."""
        if status == self.status:
            return None
        covering = [one for one in self.answers if one.covers(status)]
        return min(covering, key=lambda one: one.breadth, default=None)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = _PARAMETER.split(self.path)
        return re.compile("[^/]+".join(re.escape(part) for part in parts[::2]))

    def matches(self, method: str, path: str) -> bool:
        """Whether a request (its path without the query) goes to this endpoint."""
        return method == self.method and self._pattern.fullmatch(path) is not None
