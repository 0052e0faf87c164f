"""The well-formed request of an endpoint: in the team's words, else from the contract alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from seamwright.contract.derive.example import NO_EXAMPLE, example
from seamwright.contract.derive.json_schema import message_schema, path_schemas
from seamwright.drive.cases.case import step_case
from seamwright.drive.cases.step import Step
from seamwright.drive.cases.template import TemplateProblem
from seamwright.record.observation import Purpose

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.system import System
    from seamwright.drive.cases.step import Json

UNKNOWN_UUID = "00000000-0000-4000-8000-000000000000"
_UNKNOWN_NAME = "no-such-thing"


def well_step(
    system: System,
    journey: Sequence[Step],
    kept: Mapping[str, str],
    service: str,
    endpoint: Endpoint,
) -> Step:
    """The journey's step for an endpoint if its values were kept, else one made of examples."""
    for step in journey:
        if (step.service, step.endpoint) == (service, endpoint.id):
            try:
                step_case(system, step, kept, "", Purpose.STATE, "")
            except TemplateProblem:
                continue
            return step
    return derived_step(service, endpoint)


def derived_step(service: str, endpoint: Endpoint) -> Step:
    """A step of the contract's examples; a path parameter is one that nothing has."""
    return Step(service, endpoint.id, unknown_path(endpoint), _query(endpoint), _body(endpoint))


def unknown_path(endpoint: Endpoint) -> dict[str, str]:
    """Well-formed values of the path's parameters that nothing has, as far as can be told."""
    values: dict[str, str] = {}
    for name, schema in path_schemas(endpoint).items():
        choices = cast("list[object]", schema.get("enum", []))
        if schema.get("format") == "uuid":
            values[name] = UNKNOWN_UUID
        elif choices or "const" in schema:
            values[name] = str(schema.get("const", choices[0] if choices else ""))
        elif schema.get("type") in ("integer", "number"):
            values[name] = str(2**31 - 1)
        else:
            values[name] = _UNKNOWN_NAME
    return values


def _query(endpoint: Endpoint) -> dict[str, str]:
    """The query parameters that may not be left out."""
    if endpoint.query is None:
        return {}
    schema = message_schema(endpoint.query)
    required = cast("list[str]", schema.get("required", []))
    made = example(schema)
    values = cast("dict[str, object]", made) if isinstance(made, dict) else {}
    return {name: str(values[name]) for name in required if name in values}


def _body(endpoint: Endpoint) -> Json:
    if endpoint.request is None:
        return None
    made = example(message_schema(endpoint.request))
    return None if made is NO_EXAMPLE else cast("Json", made)
