"""The whole file: messages, envelope, error codes, endpoints, client."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from seamwright.contract.derive.typescript.client import CLIENT_NAMES, client
from seamwright.contract.derive.typescript.declarations import declare
from seamwright.contract.derive.typescript.endpoints import ENDPOINT_NAMES, catalogue, endpoints
from seamwright.contract.derive.typescript.forms import FORM_NAMES, forms

if TYPE_CHECKING:
    from seamwright.contract.service import Service
    from seamwright.contract.system import System

_OURS = (
    *FORM_NAMES,
    *ENDPOINT_NAMES,
    *CLIENT_NAMES,
    *("Answered", "Unanswered", "Needed", "Route", "Input"),
)


def typescript(system: System, service: Service) -> str:
    """TypeScript that a caller of this service imports; the same bytes for the same contract.

    It needs no other module, and nothing at runtime but `fetch` and what comes with it: Node 20,
    a browser or a worker. It compiles under `strict` and its stricter companions.
    """
    envelope = forms(system.envelope)
    named = declare(service, _OURS)
    parts = (
        _head(system, service),
        envelope.text,
        named.text,
        catalogue(system),
        endpoints(system, service, named, envelope),
        client(system, service, envelope),
    )
    return "\n\n".join(one for one in parts if one) + "\n"


def _head(system: System, service: Service) -> str:
    version = f", version {json.dumps(system.version.current)}" if system.version else ""
    return "\n".join(
        (
            f"// What {json.dumps(service.name)} of {json.dumps(system.name)} promises{version}.",
            "// Derived from the contract: change that, then run `seamwright contracts generate`.",
        )
    )
