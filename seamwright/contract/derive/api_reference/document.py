"""The whole page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.derive.api_reference import system_sections as sections
from seamwright.contract.derive.api_reference.endpoint_section import endpoint_section
from seamwright.contract.derive.api_reference.markdown import Anchors, heading, sentence, text
from seamwright.contract.derive.topology import topology

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seamwright.contract.service import Service
    from seamwright.contract.system import System

_GENERATED = (
    "<!-- Generated from the contract set by `seamwright contracts generate`. Change the contract "
    "set, not this page. -->"
)


def api_reference(system: System) -> str:
    """The API reference of all services of a system, as Markdown (GitHub's dialect)."""
    title = f"{system.name}: API reference"
    parts = _parts(system)
    lines = [
        _GENERATED,
        "",
        *heading(1, title),
        *_contents(system, title, [one for one, _ in parts]),
        *(line for one in system.services for line in _service(system, one)),
        *(line for one, body in parts for line in (*heading(2, one), *body)),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _title(service: Service) -> str:
    return f"{service.title or service.name} API"


def _contents(system: System, title: str, parts: Sequence[str]) -> list[str]:
    anchors = Anchors()
    anchors.add(title)
    lines: list[str] = []
    for service in system.services:
        lines.append(_link(0, _title(service), anchors))
        lines += [_link(1, one.id, anchors) for one in service.endpoints]
    return [*lines, *(_link(0, one, anchors) for one in parts), ""]


def _link(depth: int, said: str, anchors: Anchors) -> str:
    return f"{'  ' * depth}- [{text(said)}](#{anchors.add(said)})"


def _service(system: System, service: Service) -> list[str]:
    return [
        *heading(2, _title(service)),
        *([sentence(service.responsibility), ""] if service.responsibility else []),
        *([f"Base URL: {text(service.base_url)}", ""] if service.base_url else []),
        *_credentials(system, service),
        *_health(service),
        *(
            line
            for endpoint in service.endpoints
            for line in endpoint_section(system, service, endpoint)
        ),
    ]


def _credentials(system: System, service: Service) -> list[str]:
    used = {name for one in service.endpoints for name in one.credentials}
    told = [
        f"- {text(one.name)}: in the header {text(one.header)}"
        + (f", after {text(one.scheme)} and a space" if one.scheme else "")
        for one in system.credentials
        if one.name in used
    ]
    return ["Callers show who they are:", "", *told, ""] if told else []


def _health(service: Service) -> list[str]:
    health = service.health
    if health is None:
        return []
    statuses = ", ".join(text(one) for one in health.statuses)
    depends = ", ".join(text(one) for one in health.dependencies) or "nothing"
    return [
        (
            f"Health: GET {text(health.path)} answers {statuses}; it depends on {depends}; "
            f"the worst is answered {health.unhealthy_status}."
        ),
        "",
    ]


def _parts(system: System) -> list[tuple[str, list[str]]]:
    return [
        ("Topology", ["```mermaid", *topology(system).splitlines(), "```", ""]),
        ("Calls between boxes", sections.edges_section(system)),
        ("Envelope", sections.envelope_section(system)),
        ("Error codes", sections.codes_section(system)),
        ("Rate limits", sections.limits_section(system)),
        ("Versions", sections.versions_section(system)),
        ("Request ID", sections.request_id_section(system)),
        ("Sync and async", sections.modes_section(system)),
        ("Ownership matrix", sections.ownership_section(system)),
        ("Recovery", sections.recovery_section(system.recovery)),
        ("Failure modes", sections.recovery_section(system.failure_modes)),
    ]
