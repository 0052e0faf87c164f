"""SCH002: every endpoint says what it takes and what it answers, and leaves no part open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.derive.json_schema import message_schema
from seamwright.judge.open_part import open_parts
from seamwright.judge.rule import Bench, Reach, Rule
from seamwright.judge.verdict import CONTRACT, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.service import Service
    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record

_BENCH = Bench("SCH002")
_NO_CONTENT = frozenset({204, 205})
_REDIRECTS = range(300, 400)


def judge(system: System, record: Record) -> Iterator[Verdict]:  # noqa: ARG001 - a rule's form
    """An endpoint passes when its success has a schema, and no part of its schemas is anything.

    A success without a body needs none, nor does one that is no JSON.
    """
    for service in system.services:
        for endpoint in service.endpoints:
            place = Place(service.name, endpoint.id)
            faults = list(_faults(system, service, endpoint))
            if faults:
                yield _BENCH.failed(place, "; ".join(faults), [CONTRACT])
            else:
                yield _BENCH.passed(place, [CONTRACT])


def _faults(system: System, service: Service, endpoint: Endpoint) -> Iterator[str]:
    if endpoint.response is None and _has_json(system, service, endpoint):
        yield "its success has no schema"
    for name, model in _messages(endpoint):
        parts = open_parts(message_schema(model))
        if parts:
            more = f" and {len(parts) - 1} more" if parts[1:] else ""
            where = f" at {parts[0]}" if parts[0] else ""
            yield f"its {name} may be anything{where}{more}"


def _has_json(system: System, service: Service, endpoint: Endpoint) -> bool:
    """Whether a success has a body, and it is JSON."""
    status = endpoint.status
    if endpoint.method == "HEAD" or status in _NO_CONTENT or status in _REDIRECTS:
        return False
    exempt = system.envelope and system.envelope.exemption(service.name, endpoint.id)
    media = exempt.content_type if exempt else endpoint.response_media
    kind = media.partition(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith("+json")


def _messages(endpoint: Endpoint) -> Iterator[tuple[str, type[BaseModel]]]:
    """The messages of an endpoint, each with what it is."""
    named = [
        ("request", endpoint.request),
        ("path", endpoint.path_values),
        ("query", endpoint.query),
        ("request header", endpoint.headers),
        ("response", endpoint.response),
    ]
    named += [(f"answer {one.status}", one.body) for one in endpoint.answers]
    for name, model in named:
        if model is not None:
            yield name, model


RULE = Rule(
    code="SCH002",
    title="Every endpoint has defined request and response schemas",
    why="What is not said cannot be held to, and breaks readers when it changes.",
    source='Seed, "API Contracts": every endpoint has defined request/response schemas',
    judge=judge,
    reach=Reach.WHOLE,
)
