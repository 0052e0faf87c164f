"""How a team's system is brought into a state and driven: the content of its `conformance/`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from seamwright.problem import UsageProblem

if TYPE_CHECKING:
    from seamwright.contract.system import System
    from seamwright.drive.cases.interaction import Interaction
    from seamwright.drive.cases.provocation import Provocation, Unprovoked
    from seamwright.drive.cases.step import Step
    from seamwright.drive.cases.walk import Walk


class ConformanceProblem(UsageProblem):
    """A team's words do not fit its contract set."""


@dataclass(frozen=True, slots=True)
class Conformance:
    """What the drives of a gate and an audit use.

    Attributes:
        journey: requests in order, each endpoint at least once; later ones use what earlier kept.
        interactions: what pacts are made of.
        provocations: how the error codes that are this system's own are brought about.
        unprovoked: the codes that nothing may bring about, and why.
        walks: things that are created, read, changed and deleted, beside those that can be derived.
    """

    journey: tuple[Step, ...] = ()
    interactions: tuple[Interaction, ...] = ()
    provocations: tuple[Provocation, ...] = ()
    unprovoked: tuple[Unprovoked, ...] = ()
    walks: tuple[Walk, ...] = ()


def check_conformance(system: System, conformance: Conformance) -> None:
    """Check that what is to be provoked is declared, and that what is to be broken is an edge.

    Raises:
        ConformanceProblem: the first that is not.
    """
    for one in conformance.provocations:
        where = f"provocation of {one.code}: {one.request.service} {one.request.endpoint}"
        _check_code(system, one.request.service, one.request.endpoint, one.code, where)
        if one.edge and system.edge(one.edge) is None:
            known = ", ".join(edge.name for edge in system.edges) or "(none)"
            raise _problem(f"one of the edges {known}", repr(one.edge), where)
        if bool(one.edge) != bool(one.fault or one.leads_to) or (one.fault and one.leads_to):
            seen = f"edge={one.edge!r}, fault={one.fault!r}, leads_to={one.leads_to!r}"
            raise _problem("an edge with one fault, or neither", seen, where)
    for one in conformance.unprovoked:
        where = f"unprovoked {one.code}: {one.service} {one.endpoint}".rstrip()
        _check_code(system, one.service, one.endpoint, one.code, where)
        if not one.reason:
            raise _problem("a reason", "none", where)


def _check_code(system: System, service: str, endpoint: str, code: str, where: str) -> None:
    found = system.service(service)
    if found is None:
        known = ", ".join(one.name for one in system.services)
        raise _problem(f"one of the services {known}", repr(service), where)
    asked = found.endpoint(endpoint)
    if asked is None and endpoint:
        raise _problem("an endpoint, METHOD /path/template", repr(endpoint), where)
    codes = [one.code for one in system.codes(asked)]
    if code not in codes:
        raise _problem(f"one of its codes: {', '.join(codes) or '(none)'}", repr(code), where)


def _problem(expected: str, seen: str, where: str) -> ConformanceProblem:
    return ConformanceProblem(
        expected=expected, seen=seen, where=where, mend="write it as the contract set does"
    )
