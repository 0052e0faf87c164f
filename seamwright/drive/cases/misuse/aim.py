"""At whom misuse is aimed: a service, and the well-formed requests that are spoilt for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from seamwright.contract.derive.json_schema import message_schema
from seamwright.drive.cases.case import Case, step_case
from seamwright.drive.cases.wellformed import derived_step
from seamwright.record.observation import CaseLabel, Purpose

if TYPE_CHECKING:
    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.service import Service
    from seamwright.contract.system import System

NOWHERE = "/no-such-route-of-misuse"
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Aim:
    """A service that is misused.

    Attributes:
        system: the contract set.
        service: one of its services.
        hung: service and endpoint of those that hang when they are asked well: they would tell
            nothing of misuse, and keep waiting.
    """

    system: System
    service: Service
    hung: frozenset[tuple[str, str]] = frozenset()

    @property
    def reads(self) -> tuple[Endpoint, ...]:
        """Its GET endpoints that are in the envelope, the simplest to ask first."""
        read = [one for one in self._enveloped if one.method == "GET"]
        return tuple(sorted(read, key=lambda one: (len(one.parameters), _demands(one))))

    @property
    def takers(self) -> tuple[Endpoint, ...]:
        """Its endpoints that take a JSON body and are in the envelope."""
        return tuple(
            one
            for one in self._enveloped
            if one.request is not None and one.request_media == JSON and one.method != "GET"
        )

    @property
    def _enveloped(self) -> list[Endpoint]:
        envelope = self.system.envelope
        return [
            one
            for one in self.service.endpoints
            if (self.service.name, one.id) not in self.hung
            and (envelope is None or envelope.exemption(self.service.name, one.id) is None)
        ]

    def well(self, endpoint: Endpoint, reason: str) -> Case:
        """The endpoint's well-formed request, without a request ID, meant to be spoilt."""
        step = derived_step(self.service.name, endpoint)
        case = step_case(self.system, step, {}, "", Purpose.MISUSE, reason)
        headers = tuple(one for one in case.headers if one[0] == "content-type")
        label = replace(case.label, request_id=None, valid=False)
        return replace(case, label=label, headers=headers)

    def nowhere(self, method: str, target: str, reason: str) -> Case:
        """A request to what no contract has, by someone who is let in elsewhere."""
        label = CaseLabel(
            "", self.service.name, None, Purpose.MISUSE, reason, request_id=None, valid=False
        )
        return Case(label, method, target, credential=self.credential)

    @property
    def credential(self) -> str | None:
        """One that some endpoint lets in."""
        known = (one.credentials for one in self.service.endpoints if one.credentials)
        return next((names[0] for names in known), None)


def unowed(case: Case) -> Case:
    """The same, where a server may refuse by itself, or close without an answer."""
    return replace(case, label=replace(case.label, due=False))


def _demands(endpoint: Endpoint) -> int:
    """How many query parameters may not be left out."""
    schema = message_schema(endpoint.query) if endpoint.query else {}
    required = schema.get("required", ())
    return len(required) if isinstance(required, list) else 0  # pyright: ignore[reportUnknownArgumentType] - only its length
