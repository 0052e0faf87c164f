"""The section of one endpoint, in the layout of the seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.derive.api_reference.fields import fields
from seamwright.contract.derive.api_reference.markdown import (
    NO,
    NOTHING,
    YES,
    heading,
    json_block,
    sentence,
    table,
    text,
)
from seamwright.contract.derive.example import NO_EXAMPLE, example
from seamwright.contract.derive.json_schema import message_schema, success_schema

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import BaseModel

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.service import Service
    from seamwright.contract.system import System

_INPUT = ("Field", "Type", "Required", "Description")
_OUTPUT = ("Field", "Type", "Description")
_CODES = ("Code", "Status", "Description", "Retryable")


def endpoint_section(system: System, service: Service, endpoint: Endpoint) -> list[str]:
    """The lines of the section."""
    return [
        *heading(3, endpoint.id),
        *([sentence(endpoint.summary), ""] if endpoint.summary else []),
        *_facts(endpoint),
        *_inputs("Path", endpoint.path_values, endpoint.parameters),
        *_inputs("Query", endpoint.query),
        *_inputs("Headers", endpoint.headers),
        *_request(endpoint),
        *_response(system, service, endpoint),
        *_answers(endpoint),
        *_codes(system, endpoint),
    ]


def _facts(endpoint: Endpoint) -> list[str]:
    told = [f"**{endpoint.mode.value.capitalize()}**: {sentence(endpoint.mode_reason)}"]
    if endpoint.deprecated:
        told.append("**Deprecated**: it is about to go.")
    if endpoint.rate_limit:
        limit = endpoint.rate_limit
        told.append(
            f"**Rate limit**: {limit.limit:,} requests in {limit.window_s:,} s, per caller."
        )
    if endpoint.credentials:
        told.append(f"**Credentials**: {_listed(endpoint.credentials, ' or ')}.")
    for word, names in (
        ("Reads", endpoint.reads),
        ("Writes", endpoint.writes),
        ("Calls", endpoint.calls),
    ):
        if names:
            told.append(f"**{word}**: {_listed(sorted(names), ', ')}.")
    return [*(f"- {one}" for one in told), ""]


def _inputs(title: str, model: type[BaseModel] | None, plain: tuple[str, ...] = ()) -> list[str]:
    told = fields(model)
    known = {one.path for one in told}
    rows = [(one.path, one.type, one.required, one.description) for one in told]
    rows += [(text(one), "string", YES, NOTHING) for one in plain if text(one) not in known]
    return [f"**{title}:**", "", *table(_INPUT, rows)] if rows else []


def _request(endpoint: Endpoint) -> list[str]:
    if endpoint.request is None:
        return []
    media = (
        "" if endpoint.request_media == "application/json" else f" ({text(endpoint.request_media)})"
    )
    optional = "" if endpoint.request_required else " It may be left out."
    rows = [(one.path, one.type, one.required, one.description) for one in fields(endpoint.request)]
    made = example(message_schema(endpoint.request))
    return [
        f"**Request:**{media}{optional}",
        "",
        *(table(_INPUT, rows) or ["An object without fields of its own.", ""]),
        *([] if made is NO_EXAMPLE else json_block(made)),
    ]


def _response(system: System, service: Service, endpoint: Endpoint) -> list[str]:
    if endpoint.response is None:
        media = endpoint.response_media
        envelope = system.envelope
        exemption = envelope.exemption(service.name, endpoint.id) if envelope else None
        kind = text(exemption.content_type if exemption else media)
        said = f"{endpoint.status}, {kind}" if kind else f"{endpoint.status}, without a body"
        return [f"**Response:** {said}", ""]
    rows = [
        (one.path, one.type, _output(one.description, one.required))
        for one in fields(endpoint.response)
    ]
    said = success_schema(system, service.name, endpoint)
    made = NO_EXAMPLE if said is None else example(said)
    return [
        f"**Response:** {endpoint.status}",
        "",
        *(table(_OUTPUT, rows) or ["An object without fields of its own.", ""]),
        *([] if made is NO_EXAMPLE else json_block(made)),
    ]


def _output(description: str, required: str) -> str:
    if required == YES:
        return description
    return "May be missing." if description == NOTHING else f"{description} May be missing."


def _answers(endpoint: Endpoint) -> list[str]:
    rows = [
        (text(one.status), text(one.media) or NOTHING, sentence(one.meaning))
        for one in endpoint.answers
    ]
    told = table(("Status", "Content type", "Description"), rows)
    return ["**Other answers:**", "", *told] if told else []


def _codes(system: System, endpoint: Endpoint) -> list[str]:
    own = [one for one in system.codes(endpoint) if one.code in endpoint.errors]
    rows = [
        (text(one.code), str(one.status), sentence(one.meaning), YES if one.retryable else NO)
        for one in own
    ]
    others = len(system.codes(endpoint)) - len(rows)
    more = [f"And {others} that any endpoint may answer: [Error codes](#error-codes).", ""]
    told = [*table(_CODES, rows), *(more if others else [])]
    return ["**Error Codes:**", "", *told] if told else []


def _listed(names: Iterable[str], between: str) -> str:
    return between.join(text(one) for one in names)
