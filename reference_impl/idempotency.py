"""The `Idempotency-Key` of a request, where its endpoint takes one.

The header is the one of draft-ietf-httpapi-idempotency-key-header: a key that is used again for
something else is unprocessable (422), one that cannot be read is malformed (400).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from contracts.worker_messages import OrderHeaders
from reference_impl.call import Call
from reference_impl.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

HEADER = "idempotency-key"


@dataclass(frozen=True, slots=True)
class KeyedCall(Call):
    """A call of an endpoint that takes a key.

    Attributes:
        key: the caller's; None where it sent none.
    """

    key: str | None = None


def key_of(call: Call) -> str | None:
    """The call's key, or None where it has none."""
    return call.key if isinstance(call, KeyedCall) else None


def keyed(call: Call, headers: Iterable[tuple[bytes, bytes]]) -> Call:
    """The call with its key, where its endpoint takes one.

    Raises:
        Refusal: 400 when there are several, or one that is not as documented.
    """
    if call.endpoint.headers is not OrderHeaders:
        return call
    return with_key(call, _read(headers))


def with_key(call: Call, key: str | None) -> KeyedCall:
    """The same call, with that key."""
    return KeyedCall(call.endpoint, call.request_id, call.path, call.asked, key)


def _read(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    values = [value.decode("latin-1") for name, value in headers if name == HEADER.encode()]
    if not values:
        return None
    try:
        (value,) = values
        fit = OrderHeaders.model_validate({HEADER: value})
    except (ValueError, ValidationError) as error:
        message = "An Idempotency-Key is 1 to 200 visible ASCII characters, and sent once."
        raise Refusal("MALFORMED_REQUEST", message) from error
    return fit.key
