"""One request, read and found to be as the contract says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from seamwright.contract import Endpoint

_Model = TypeVar("_Model", bound="BaseModel")


@dataclass(frozen=True, slots=True)
class Call:
    """What an endpoint is given.

    Attributes:
        endpoint: the promise that is to be kept.
        request_id: goes with every call, mail and log line that this request causes.
        path: the values of the path's parameters.
        asked: the query or the body, as the endpoint's own message; None where it takes neither.
    """

    endpoint: Endpoint
    request_id: str
    path: Mapping[str, str]
    asked: BaseModel | None = None

    def take(self, model: type[_Model]) -> _Model:
        """The query or the body, for the reader and the type checker to see which."""
        if not isinstance(self.asked, model):
            message = f"{self.endpoint.id} takes no {model.__name__}"
            raise TypeError(message)
        return self.asked
