"""The sections that are about the whole system: envelope, codes, limits, ownership, recovery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.derive.api_reference.markdown import (
    NO,
    NOTHING,
    YES,
    duration,
    json_block,
    sentence,
    table,
    text,
)
from seamwright.contract.derive.example import NO_EXAMPLE, example
from seamwright.contract.derive.json_schema import enveloped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from seamwright.contract.envelope import Form
    from seamwright.contract.recovery import Recovery
    from seamwright.contract.system import System


def envelope_section(system: System) -> list[str]:
    """How every answer is wrapped."""
    envelope = system.envelope
    if envelope is None:
        return ["No envelope is declared: each answer is as its endpoint says.", ""]
    lines: list[str] = []
    for title, form, failed in (
        ("A success", envelope.success, False),
        ("A failure", envelope.failure, True),
    ):
        codes = system.errors[:1] if failed else ()
        made = example(enveloped(system, form, data={"type": "object"}, codes=codes, failed=failed))
        lines += [f"**{title}** ({text(form.content_type)}):", "", *_form(form)]
        lines += [] if made is NO_EXAMPLE else json_block(made)
    rows = [
        (text(f"{one.service} {one.endpoint}"), text(one.content_type), sentence(one.reason))
        for one in envelope.exempt
    ]
    exempt = table(("Outside of it", "Content type", "Why"), rows)
    return [*lines, *exempt]


def _form(form: Form) -> list[str]:
    rows = [
        (text(one.at) or "(the body)", text(one.role.value), YES if one.required else NO)
        for one in form.members
    ]
    return table(("Member", "Means", "Required"), rows)


def codes_section(system: System) -> list[str]:
    """The catalogue of error codes."""
    everywhere = set(system.everywhere)
    rows = [
        (
            text(one.code),
            str(one.status),
            sentence(one.meaning),
            YES if one.retryable else NO,
            "any" if one.code in everywhere else "where it is listed",
        )
        for one in system.errors
    ]
    told = table(("Code", "Status", "Description", "Retryable", "Endpoints"), rows)
    return told or ["None is declared.", ""]


def limits_section(system: System) -> list[str]:
    """How often each endpoint may be called."""
    rows = [
        (
            text(service.name),
            text(one.id),
            f"{one.rate_limit.limit:,} in {one.rate_limit.window_s:,} s"
            if one.rate_limit
            else "none",
        )
        for service in system.services
        for one in service.endpoints
    ]
    told = table(("Service", "Endpoint", "Requests of one caller"), rows)
    limited = any(one.rate_limit for service in system.services for one in service.endpoints)
    return told if limited else ["No endpoint has a rate limit.", ""]


def versions_section(system: System) -> list[str]:
    """How the version is told and pinned."""
    version = system.version
    if version is None:
        return ["No version is declared.", ""]
    return [
        (
            f"The current version is **{text(version.current)}**. Every answer tells it in the "
            f"header {text(version.header)}. A request may pin it with the same header; a version "
            f"that does not exist is answered {text(version.unsupported)}."
        ),
        "",
    ]


def request_id_section(system: System) -> list[str]:
    """The header that ties things together."""
    ids = system.request_id
    if ids is None:
        return ["No request ID is declared.", ""]
    names = " or ".join(text(one) for one in ids.headers)
    lines = [
        (
            f"A request may bring its ID in the header {names}; it matches {text(ids.pattern)} as "
            "a whole. Where it is missing or ill formed, the service makes one. Every answer tells "
            "it."
        ),
        "",
    ]
    if ids.mail_header:
        lines += [f"Mail carries it in the header {text(ids.mail_header)}.", ""]
    return lines


def modes_section(system: System) -> list[str]:
    """Which answers mean done, and which accepted."""
    rows = [
        (text(service.name), text(one.id), one.mode.value, sentence(one.mode_reason))
        for service in system.services
        for one in service.endpoints
    ]
    return table(("Service", "Endpoint", "Mode", "Why"), rows)


def edges_section(system: System) -> list[str]:
    """Who calls whom; nobody calls anybody else."""
    rows = [
        (
            text(one.caller),
            text(one.callee),
            one.protocol.value,
            one.mode.value,
            duration(one.deadline_ms),
            sentence(one.reason),
        )
        for one in system.edges
    ]
    told = table(("Caller", "Callee", "Protocol", "Mode", "Deadline", "Why"), rows)
    return told or ["No service calls another box.", ""]


def ownership_section(system: System) -> list[str]:
    """Who stores, reads and writes each entity."""
    rows = [
        (
            text(one.name),
            text(one.owner),
            _listed(sorted(one.readers)),
            _listed(sorted(one.writers)),
            "; ".join(text(f"{reader} asks {service}") for reader, service in one.through)
            or NOTHING,
        )
        for one in system.entities
    ]
    told = table(("Entity", "Owner", "Readers", "Writers", "Through"), rows)
    return told or ["No entity is declared.", ""]


def recovery_section(rows: Iterable[Recovery]) -> list[str]:
    """What happens when a part fails."""
    listed = list(rows)
    impact = any(one.impact for one in listed)
    head = (
        "Scenario",
        *(("Impact",) if impact else ()),
        "Detection",
        "Recovery",
        "Edges",
        "Within",
    )
    told = table(
        head,
        (
            (
                text(one.scenario),
                *((text(one.impact) or NOTHING,) if impact else ()),
                text(one.detection),
                text(one.recovery),
                _listed(one.edges),
                f"{duration(one.detect_within_ms)}, {duration(one.recover_within_ms)}",
            )
            for one in listed
        ),
    )
    note = "*Within*: from the fault to its detection, and from its end to the steady state."
    return [*told, note, ""] if told else ["None is declared.", ""]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(text(one) for one in names) or NOTHING
