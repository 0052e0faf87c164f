"""A case: one request, whole, and the reason it is sent."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from seamwright.drive.cases.template import TemplateProblem, fill_json, fill_text
from seamwright.record.observation import CaseLabel, Purpose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.system import System
    from seamwright.drive.cases.step import Step

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One request to one service; `credential` names who asks, None for nobody."""

    label: CaseLabel
    method: str
    target: str
    headers: Headers = ()
    body: bytes = b""
    credential: str | None = None


def step_case(
    system: System, step: Step, kept: Mapping[str, str], id_: str, purpose: Purpose, reason: str
) -> Case:
    """The case that a step means, once earlier steps have kept their values.

    Raises:
        TemplateProblem: when the contract has no such endpoint, or a value was not kept.
    """
    service = system.service(step.service)
    endpoint = service.endpoint(step.endpoint) if service else None
    where = f"step {step.service} {step.endpoint}"
    if endpoint is None:
        raise TemplateProblem(
            expected="a service and an endpoint of the contract set",
            seen=f"{step.service} {step.endpoint}",
            where=where,
            mend="write METHOD /path/template as the contract does",
        )
    target = fill_path(endpoint, step.path, kept, where)
    if step.query:
        pairs = {name: fill_text(value, kept, where) for name, value in step.query.items()}
        target += "?" + urlencode(pairs)
    request_id = f"case-{id_}"
    own = ((name.lower(), fill_text(value, kept, where)) for name, value in step.headers.items())
    headers = (*_request_id(system, request_id), *own)
    body = b""
    if endpoint.request is not None:
        body = json.dumps(fill_json(step.body, kept, where)).encode()
        headers = (*headers, ("content-type", "application/json"))
    credential = step.credential or next(iter(endpoint.credentials), None)
    label = CaseLabel(id_, step.service, endpoint.id, purpose, reason, request_id, valid=True)
    return Case(label, endpoint.method, target, headers, body, credential)


def fill_path(
    endpoint: Endpoint, path: Mapping[str, str], kept: Mapping[str, str], where: str
) -> str:
    """The path with its parameters filled and quoted.

    Raises:
        TemplateProblem: when a parameter has no value.
    """
    filled = endpoint.path
    for name in endpoint.parameters:
        if name not in path:
            raise TemplateProblem(
                expected=f"a value for {{{name}}}",
                seen=f"only {', '.join(path) or 'nothing'}",
                where=where,
                mend=f'add path={{"{name}": …}} to the step',
            )
        value = quote(fill_text(path[name], kept, where), safe="")
        filled = filled.replace("{" + name + "}", value)
    return filled


def _request_id(system: System, value: str) -> Headers:
    if system.request_id is None:
        return ()
    return ((system.request_id.headers[0], value),)
