"""A request's body: bounded, JSON, exactly as the contract's message.

headers ─▶ size ─▶ media type ─▶ UTF-8 ─▶ JSON ─▶ message
413        415          400      400      422
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn

from pydantic import ValidationError

from reference_impl.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import BaseModel
    from starlette.types import Receive


_EXACT = 2**53


class Gone(Exception):
    """The caller hung up before its request was whole."""


async def read(headers: Iterable[tuple[bytes, bytes]], receive: Receive, max_bytes: int) -> bytes:
    """The whole body.

    Raises:
        Refusal: 413 once it is, or says that it will be, longer than `max_bytes`.
        Gone: when the caller hung up.
    """
    for name, value in headers:
        if name == b"content-length" and value.isdigit() and int(value) > max_bytes:
            raise _too_large(max_bytes)
    parts: list[bytes] = []
    size = 0
    more = True
    while more:
        event = await receive()
        if event["type"] == "http.disconnect":
            raise Gone
        part: bytes = event.get("body", b"")
        size += len(part)
        if size > max_bytes:
            raise _too_large(max_bytes)
        parts.append(part)
        more = bool(event.get("more_body", False))
    return b"".join(parts)


def demand_json(headers: Iterable[tuple[bytes, bytes]]) -> None:
    """Refuse a body that does not say it is plain JSON in UTF-8 (415)."""
    named = [(name, value) for name, value in headers if name.startswith(b"content-")]
    types = [value for name, value in named if name == b"content-type"]
    if len(types) != 1 or not _is_json(types[0].decode("latin-1")):
        raise Refusal("UNSUPPORTED_MEDIA_TYPE", "The body must be application/json in UTF-8.")
    if any(name == b"content-encoding" and value != b"identity" for name, value in named):
        raise Refusal("UNSUPPORTED_MEDIA_TYPE", "The body must not be compressed.")


def parse(body: bytes, model: type[BaseModel]) -> BaseModel:
    """The body as the endpoint's message.

    Raises:
        Refusal: 400 for what is no JSON (RFC 8259), 422 for what is another message.
    """
    try:
        value: object = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_no_number,
            parse_float=_number,
        )
    # A UnicodeDecodeError and a JSONDecodeError are ValueErrors; so is a number of 5,000 digits.
    except (ValueError, RecursionError) as error:
        raise Refusal("MALFORMED_REQUEST", "The body cannot be read as JSON.") from error
    return fit(value, model, strict=True)


def fit(value: object, model: type[BaseModel], *, strict: bool) -> BaseModel:
    """The value as a message, or a refusal (422) that names the places which do not fit."""
    try:
        return model.model_validate(value, strict=strict)
    except ValidationError as error:
        raise Refusal("VALIDATION_FAILED", _sentence(error)) from error


def _sentence(error: ValidationError) -> str:
    places = {
        ".".join(str(step)[:80] for step in one["loc"]) or "the whole"
        for one in error.errors(include_url=False, include_context=False, include_input=False)
    }
    shown = ", ".join(sorted(places)[:5])
    return f"Not as documented: {_printable(shown)}."


def _printable(text: str) -> str:
    """Names come from the caller and may hold what is no text (a lone surrogate)."""
    return "".join(one if one.isprintable() else "?" for one in text)


def _is_json(value: str) -> bool:
    media_type, *parameters = (part.strip().lower() for part in value.split(";"))
    charsets = {
        text.strip().strip('"')
        for name, _, text in (parameter.partition("=") for parameter in parameters)
        if name.strip() == "charset"
    }
    return media_type == "application/json" and charsets <= {"utf-8", "utf8"}


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) != len(pairs):
        message = "a name occurs twice"
        raise ValueError(message)
    return made


def _no_number(name: str) -> NoReturn:
    message = f"{name} is no JSON"
    raise ValueError(message)


def _number(text: str) -> float:
    """JSON Schema calls 5.0 an integer, so it becomes one."""
    number = float(text)
    return int(number) if number.is_integer() and abs(number) <= _EXACT else number


def _too_large(max_bytes: int) -> Refusal:
    return Refusal("PAYLOAD_TOO_LARGE", f"The body may have {max_bytes} bytes at most.")
