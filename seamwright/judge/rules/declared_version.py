"""VER002: the contract set says how its version is told and pinned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seamwright.judge.rule import Bench, Reach, Rule
from seamwright.judge.verdict import CONTRACT, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.error import ErrorCode
    from seamwright.contract.service import Service
    from seamwright.contract.system import System
    from seamwright.contract.version import Version
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record

_BENCH = Bench("VER002")
_FIELD_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_IN_PATH = re.compile(r"/v\d+(?=[/.]|$)", re.IGNORECASE)
_CALLERS_FAULT = range(400, 500)


def judge(system: System, record: Record) -> Iterator[Verdict]:  # noqa: ARG001 - a rule's form
    """A system passes when it declares a version that can be told, pinned and refused.

    Where all paths have a version in them there is one, though nothing says how it is refused.
    """
    place = Place("")
    if not system.services:
        return
    if system.version is None:
        told = _versions_of_paths(system)
        if told:
            said = (
                f"the paths tell a version ({', '.join(told)}), and the contract set declares none"
            )
            yield _BENCH.unproven(place, said)
        else:
            yield _BENCH.failed(place, "the contract set declares no version", [CONTRACT])
        return
    faults = list(_faults(system, system.version))
    for fault in faults:
        yield _BENCH.failed(place, fault, [CONTRACT])
    if not faults:
        yield _BENCH.passed(place, [CONTRACT])


def _versions_of_paths(system: System) -> list[str]:
    """The versions in the paths of all endpoints but health and pages; empty where one has none."""
    found: list[str] = []
    for service in system.services:
        for endpoint in service.endpoints:
            if _is_aside(system, service, endpoint):
                continue
            told = _IN_PATH.search(endpoint.path)
            if told is None:
                return []
            found.append(told[0][1:])
    return sorted(set(found))


def _is_aside(system: System, service: Service, endpoint: Endpoint) -> bool:
    if service.health and endpoint.path == service.health.path:
        return True
    return bool(system.envelope and system.envelope.exemption(service.name, endpoint.id))


def _faults(system: System, version: Version) -> Iterator[str]:
    if not _FIELD_NAME.fullmatch(version.header):
        yield "the header of the version has no name that a header may have"
    if not version.current.strip():
        yield "the version is blank"
    for error in system.errors:
        if error.code == version.unsupported:
            yield from _faults_of_refusal(system, error)


def _faults_of_refusal(system: System, error: ErrorCode) -> Iterator[str]:
    """What is wrong with the error that refuses an unknown version."""
    if error.status not in _CALLERS_FAULT:
        yield f"{error.code} refuses an unknown version with {error.status}, not with a 4xx"
    if error.retryable:
        yield f"{error.code} refuses an unknown version, and says that trying again may help"
    lacking = [
        f"{service.name} {endpoint.id}"
        for service in system.services
        for endpoint in service.endpoints
        if not _is_aside(system, service, endpoint) and error not in system.codes(endpoint)
    ]
    if lacking:
        said = f"{error.code} refuses an unknown version, and not every endpoint may answer it"
        yield f"{said}: {lacking[0]} is the first of {len(lacking)}"


RULE = Rule(
    code="VER002",
    title="The contract set declares a version",
    why="Callers can only be moved to a new version when there is a name for the old one.",
    source='Seed, "API Contracts": versioning strategy exists (even if just v1)',
    judge=judge,
    reach=Reach.WHOLE,
)
