"""A request's query: each parameter once, none that the contract does not name."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from reference_impl import body
from reference_impl.refusal import Refusal

if TYPE_CHECKING:
    from pydantic import BaseModel

    from seamwright.contract import Message


def parse(text: bytes, model: type[Message]) -> BaseModel:
    """The query as the endpoint's message.

    Raises:
        Refusal: 400 for what is not UTF-8, 422 for a wrong, unknown or repeated parameter.
    """
    try:
        pairs = parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict")
    # A UnicodeDecodeError is a ValueError; so is a query of too many fields.
    except ValueError as error:
        raise Refusal("MALFORMED_REQUEST", "The query cannot be read.") from error
    values: dict[str, str | int] = {}
    for name, value in pairs:
        if name in values:
            raise Refusal("VALIDATION_FAILED", "A query parameter is given twice.")
        values[name] = value
    return body.fit(values, model, strict=False)
