"""One agreed exchange between a consumer and a provider, as Pact has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from seamwright.drive.cases.step import Json, Step


@dataclass(frozen=True, slots=True)
class Interaction:
    """What the consumer sends when it is triggered, and what it must be able to read.

    Attributes:
        consumer: a service.
        provider: a service that it calls.
        description: unique for the pair.
        state: what must be true of the provider before it.
        trigger: the request to the consumer that makes it call the provider.
        endpoint: the provider's endpoint, `METHOD /path/template`.
        path: values of its path parameters; `{name}` is a value that was kept.
        request: the body that the consumer must send, or None.
        status: of the answer.
        data: an example of the answer's data; its shape is what counts.
    """

    consumer: str
    provider: str
    description: str
    state: str
    trigger: Step
    endpoint: str
    path: dict[str, str]
    request: Json
    status: int
    data: Json
