"""Requests that Schemathesis makes of a document: the same for the same document and seed."""

from __future__ import annotations

import json
import re
import warnings
from itertools import chain, islice
from typing import TYPE_CHECKING, Protocol, cast
from urllib.parse import urlencode

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis.strategies import composite
from schemathesis.core import NotSet
from schemathesis.generation import GenerationMode

from seamwright.drive.cases.generated import FUZZING, GeneratedRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from hypothesis.strategies import DrawFn, SearchStrategy
    from schemathesis.generation.meta import CaseMetadata

    from seamwright.drive.cases.generated import Amount

_NOT_SENDABLE = re.compile(r"[\x00-\x20\x7f-\uffff]")
_NOT_IN_HEADERS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_MOST = 400
"""Coverage cases of one endpoint that are looked at."""

_IN_VAIN = 40
"""Draws after which nothing is expected of more: hypothesis itself would try some hundreds."""


class _NothingToDraw(Exception):
    """What is to be drawn does not exist: no text is malformed where any is well-formed."""


class _Made(Protocol):
    """What we read of a case of Schemathesis, whose own class is generic and unbound."""

    method: str
    body: object
    media_type: str | None
    meta: CaseMetadata | None

    @property
    def formatted_path(self) -> str: ...
    @property
    def query(self) -> Mapping[str, object] | None: ...
    @property
    def headers(self) -> Mapping[str, object] | None: ...


class _Operation(Protocol):
    def as_strategy(self, *, generation_mode: GenerationMode) -> SearchStrategy[_Made]: ...


class Generator:
    """Makes the requests of one document."""

    def __init__(self, document: dict[str, object]) -> None:
        """Know the document, an OpenAPI one."""
        self._document = document

    def requests(self, method: str, path: str, amount: Amount) -> Iterator[GeneratedRequest]:
        """Those of one operation: each scenario at each place, then random ones."""
        # What was made of one operation must not hang on which were made before: read anew, it
        # remembers none.
        schema = schemathesis.openapi.from_dict(self._document)
        operation = schema[path][method]  # pyright: ignore[reportUnknownVariableType] - generic
        modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
        made = schema.iter_coverage_cases(  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - generic
            operation=operation,
            generation_modes=modes,
            generation_config=schema.config.generation,
        )
        most = _MOST if amount.scenarios else 0
        scenarios = [_request(one) for one in islice(cast("Iterable[_Made]", made), most)]
        yield from chain.from_iterable(scenarios)
        enough = amount.enough is not None and len(scenarios) >= amount.enough
        for mode in modes if amount.random and not enough else []:
            for one in _drawn(cast("_Operation", operation), mode, amount):
                yield from _request(one)


def _drawn(operation: _Operation, mode: GenerationMode, amount: Amount) -> list[_Made]:
    """Random cases; none where the document leaves nothing to draw."""
    drawn: list[_Made] = []
    tried = 0
    cases = operation.as_strategy(generation_mode=mode)

    @composite
    def bounded(draw: DrawFn) -> _Made:
        nonlocal tried
        tried += 1
        if tried > _IN_VAIN and not drawn:
            raise _NothingToDraw
        return draw(cases)

    def keep(case: _Made) -> None:
        drawn.append(case)

    run = settings(
        max_examples=amount.random,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=cast("tuple[HealthCheck, ...]", tuple(HealthCheck)),
    )(given(case=bounded())(keep))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            cast("Callable[[], None]", seeded(amount.seed)(run))()
        # Whatever a document makes the generator stumble over: the other cases are made all the
        # same.
        except Exception:  # noqa: BLE001
            return drawn
    return drawn


def _request(one: _Made) -> tuple[GeneratedRequest, ...]:
    """The request as we send it; what needs a raw socket to be sent is left out."""
    target = one.formatted_path
    query = [(name, _text(value)) for name, value in (one.query or {}).items()]
    if query:
        target += "?" + urlencode(query, errors="replace")
    headers = tuple((name.lower(), _text(value)) for name, value in (one.headers or {}).items())
    if _NOT_SENDABLE.search(target) or any(_NOT_IN_HEADERS.search(value) for _, value in headers):
        return ()
    body = b""
    if not isinstance(one.body, NotSet) and one.media_type is not None:
        body = one.body if isinstance(one.body, bytes) else json.dumps(one.body).encode()
        if not any(name == "content-type" for name, _ in headers):
            headers = (*headers, ("content-type", one.media_type))
    scenario, place = FUZZING, ""
    if one.meta is not None:
        told = one.meta.phase.data
        scenario = str(getattr(told, "scenario", None) or FUZZING)
        said = (getattr(told, "parameter_location", None), getattr(told, "parameter", None))
        place = " ".join(str(getattr(part, "value", part)) for part in said if part)
        place += str(getattr(told, "location", None) or "")
    positive = one.meta is not None and one.meta.generation.mode is GenerationMode.POSITIVE
    return (GeneratedRequest(positive, scenario, place, one.method, target, headers, body),)


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
