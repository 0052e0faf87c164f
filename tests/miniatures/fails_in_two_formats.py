"""FMT001: nobody declared an envelope, and the validator has a format of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import create_model

from seamwright.contract import Message
from tests.miniatures import contract
from tests.miniatures.answers_errors_in_two_forms import TwoForms
from tests.miniatures.keeps_its_promises import serve

if TYPE_CHECKING:
    from seamwright.contract import Endpoint, System


def _whole(endpoint: Endpoint) -> Endpoint:
    """The endpoint, its success told with everything that is around its data."""
    if endpoint.path == "/health" or endpoint.response is None:
        return endpoint
    model: type[Message] = create_model(
        f"Whole{endpoint.response.__name__}",
        __base__=Message,
        ok=(bool, ...),
        data=(endpoint.response, ...),
        meta=(dict[str, str | float], ...),
    )
    return replace(endpoint, response=model)


def _bare(system: System) -> System:
    (service,) = system.services
    endpoints = tuple(_whole(one) for one in service.endpoints)
    return replace(system, services=(replace(service, endpoints=endpoints),), envelope=None)


SYSTEM = _bare(contract.SYSTEM)


if __name__ == "__main__":
    serve(TwoForms)
