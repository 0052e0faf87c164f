"""What the contract has against a request: proven by its schemas, whatever it was meant as.

What services may well read in two ways is no fault: formats, empty parameters, parameters that
the contract does not name, another content type than JSON.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from jsonschema_rs import validator_for

from seamwright.contract.derive.json_schema import message_schema
from seamwright.judge.body import demand_characters, is_json
from seamwright.judge.parameters import (
    DOUBTFUL,
    path_texts,
    properties,
    query_names,
    query_texts,
    read_as,
)
from seamwright.record.observation import media_type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jsonschema_rs import ValidationError, Validator
    from pydantic import BaseModel

    from seamwright.contract.endpoint import Endpoint
    from seamwright.record.observation import Request

_UUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class RequestFault:
    """One thing that is wrong with a request.

    Attributes:
        part: `body`, `query` or `path`.
        at: the member or parameter, as a JSON Pointer.
        keyword: of JSON Schema, which it breaks; `JSON` of a body that is none, "" of one that is
            missing.
    """

    part: str
    at: str
    keyword: str

    @property
    def told(self) -> str:
        """What is wrong, and where."""
        match self.keyword:
            case "":
                return f"it has no {self.part}"
            case "JSON":
                return f"its {self.part} is no JSON"
            case _:
                return f"{self.keyword} of {self.at} in the {self.part}"

    @property
    def shape(self) -> str:
        """What it is that was taken, wherever it is wrong."""
        broken = f"that breaks {self.keyword}" if self.keyword else "that is missing"
        return f"a {self.part} is taken {broken}"


class _Unreadable(ValueError):
    """A body of which nobody can tell what it is."""


def request_fault(endpoint: Endpoint, request: Request) -> RequestFault | None:
    """The first thing that the contract has against a request; None where nothing is proven."""
    return (
        _fault_of_path(endpoint, request)
        or _fault_of_query(endpoint, request)
        or _fault_of_body(endpoint, request)
    )


def fits(endpoint: Endpoint, request: Request) -> bool:
    """Whether a request is all that the contract demands: nothing is wrong or doubtful."""
    if request_fault(endpoint, request) is not None or not _fits_query(endpoint, request):
        return False
    told = {name for name, _ in request.headers}
    if endpoint.headers and not {one.lower() for one in _required(endpoint.headers)} <= told:
        return False
    if endpoint.request is None:
        return not request.body
    if not request.body:
        return not endpoint.request_required
    media = media_type(request.headers)
    if not (is_json(media) and is_json(endpoint.request_media)):
        return False
    try:
        return _validator(endpoint.request, formats=True).is_valid(_value(request.body))
    except (ValueError, RecursionError):
        return False


def _fits_query(endpoint: Endpoint, request: Request) -> bool:
    if endpoint.query is None:
        return not query_names(request)
    known = properties(message_schema(endpoint.query))
    texts = query_texts(request)
    if query_names(request) != texts.keys() or not texts.keys() <= known.keys():
        return False
    values = {name: read_as(known[name], text) for name, text in texts.items()}
    if DOUBTFUL in values.values():
        return False
    return _validator(endpoint.query, formats=True).is_valid(values)


def _fault_of_path(endpoint: Endpoint, request: Request) -> RequestFault | None:
    if endpoint.path_values is None:
        return None
    texts = path_texts(endpoint, request)
    known = properties(message_schema(endpoint.path_values))
    for name, text in texts.items():
        if known.get(name, {}).get("format") == "uuid" and not _UUID.fullmatch(text):
            return RequestFault("path", f"/{name}", "format")
    return _of_parameters("path", endpoint.path_values, texts, frozenset(endpoint.parameters))


def _fault_of_query(endpoint: Endpoint, request: Request) -> RequestFault | None:
    if endpoint.query is None:
        return None
    return _of_parameters("query", endpoint.query, query_texts(request), query_names(request))


def _of_parameters(
    part: str, model: type[BaseModel], texts: Mapping[str, str], there: frozenset[str]
) -> RequestFault | None:
    """The first fault of parameters; `there` are those that the request has, in whatever form."""
    known = properties(message_schema(model))
    read = {name: read_as(known[name], text) for name, text in texts.items() if name in known}
    values = {name: value for name, value in read.items() if value is not DOUBTFUL}
    missing = sorted(_required(model) - there)
    if missing:
        return RequestFault(part, f"/{missing[0]}", "required")
    faults = [
        one
        for one in _validator(model, formats=False).iter_errors(values)
        if one.instance_path and str(one.instance_path[0]) in values
    ]
    return _first(part, faults)


def _fault_of_body(endpoint: Endpoint, request: Request) -> RequestFault | None:
    if endpoint.request is None or not is_json(endpoint.request_media):
        return None
    if not request.body:
        return RequestFault("body", "/", "") if endpoint.request_required else None
    if not is_json(media_type(request.headers)):
        return None
    try:
        value = _value(request.body)
    except _Unreadable:
        return None
    except (ValueError, RecursionError):
        return RequestFault("body", "/", "JSON")
    try:
        return _first("body", list(_validator(endpoint.request, formats=False).iter_errors(value)))
    except ValueError:
        return None


def _value(body: bytes) -> object:
    """The JSON value of a body.

    Raises:
        ValueError: where it is none; _Unreadable where some take it for JSON.
    """
    try:
        value = json.loads(body.decode(), parse_int=_whole, parse_constant=_doubtful)
        # Some refuse half of a surrogate pair, some keep it.
        demand_characters(body, value)
    except UnicodeError as error:
        raise _Unreadable from error
    return value


def _whole(digits: str) -> int:
    try:
        return int(digits)
    except ValueError as error:  # more than 4,300 digits, which Python itself refuses
        raise _Unreadable from error


def _doubtful(constant: str) -> object:
    raise _Unreadable(constant)


def _first(part: str, faults: list[ValidationError]) -> RequestFault | None:
    told = sorted((_pointer(one), _keyword(one)) for one in faults)
    told.sort(key=lambda one: one[0].count("/"))
    return RequestFault(part, *told[0]) if told else None


def _pointer(error: ValidationError) -> str:
    steps = ("*" if isinstance(one, int) else str(one) for one in error.instance_path)
    return ("/" + "/".join(steps))[:_LONGEST]


def _keyword(error: ValidationError) -> str:
    return str(error.schema_path[-1]) if error.schema_path else "schema"


def _required(model: type[BaseModel]) -> frozenset[str]:
    required = message_schema(model).get("required", [])
    return frozenset(str(one) for one in required) if isinstance(required, list) else frozenset()  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - names, as pydantic makes them


@cache
def _validator(model: type[BaseModel], *, formats: bool) -> Validator:
    return validator_for(message_schema(model), validate_formats=formats)
