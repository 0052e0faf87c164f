"""A small typed client of a service, on nothing but `fetch`.

It sends the caller's request ID on, or a new one; it pins the version; and it never throws: an
answer that is none of the promised ones, and no answer at all, have their own kinds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seamwright.contract.derive.typescript.client_text import CALLING, READING, TYPES
from seamwright.contract.derive.typescript.endpoints import (
    is_bare,
    is_json,
    media_of,
    other_answers,
)
from seamwright.contract.derive.typescript.spelling import key, literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from seamwright.contract.derive.typescript.forms import Forms
    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.request_id import RequestId
    from seamwright.contract.service import Service
    from seamwright.contract.system import System

CLIENT_NAMES = ("ApiAnswer", "ApiCall", "ApiClient", "ApiClientOptions", "createClient")
_HEX = "0123456789abcdef0123456789abcdef"
# Ways to make a request ID, each with an ID as it makes them. `randomUUID` comes second: browsers
# have it only on pages that came over TLS.
_MAKERS = (
    (_HEX, "@HEX@"),
    ("01234567-89ab-4def-8123-456789abcdef", "crypto.randomUUID()"),
    (f"req_{_HEX}", "`req_${@HEX@}`"),
    (f"req-{_HEX}", "`req-${@HEX@}`"),
)
_RANDOM_HEX = (
    "Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>"
    '\n    byte.toString(16).padStart(2, "0"),\n  ).join("")'
)


def client(system: System, service: Service, envelope: Forms) -> str:
    """The types of a client, and the function that makes one."""
    request_id = system.request_id
    maker = _maker(request_id) if request_id else ""
    credentials = _credentials(system, service)
    failure = envelope.failure('Endpoints[E]["error"]')
    values = {
        "FAILURE": failure,
        "SUCCESS_PATHS": _paths(envelope.success_paths),
        "FAILURE_PATHS": _paths(envelope.failure_paths),
        "ROUTES": _routes(system, service),
        "FLAG": literal(list(envelope.flag)),
        "CODE": literal(list(envelope.code)),
        "PATTERN": literal(f"^(?:{request_id.pattern})$") if request_id else "",
        "REQUEST_ID": literal(request_id.headers[0]) if request_id else "",
        "MAKER": maker,
        "VERSION": literal(system.version.header) if system.version else "",
        "CURRENT": literal(system.version.current) if system.version else "",
        "TOKENS": "; ".join(f"{key(name)}?: string | undefined" for name in credentials),
        "CREDENTIALS": ", ".join(
            f"{key(name)}: {literal(list(one))}" for name, one in credentials.items()
        ),
    }
    there = {
        "request id": request_id is not None,
        "maker": bool(maker),
        "no maker": request_id is not None and not maker,
        "no request id": request_id is None,
        "version": system.version is not None,
        "credentials": bool(credentials),
        "flag": bool(envelope.flag),
        "code": bool(envelope.code and system.errors),
    }
    return "\n\n".join(_filled(one, values, there) for one in (TYPES, READING, CALLING))


def _filled(text: str, values: Mapping[str, str], there: Mapping[str, bool]) -> str:
    """The text with its values, and without the lines of what is not there (`//? what`)."""
    kept: list[str] = []
    for line in text.strip().splitlines():
        said, _, condition = line.partition(" //? ")
        if not condition or there[condition]:
            kept.append(said)
    return re.sub(r"@([A-Z_]+)@", lambda one: values[one[1]], "\n".join(kept))


def _maker(request_id: RequestId) -> str:
    """The expression that makes a well-formed request ID; "" where none of ours is one."""
    fits = (text for sample, text in _MAKERS if request_id.well_formed(sample))
    return next(fits, "").replace("@HEX@", _RANDOM_HEX)


def _credentials(system: System, service: Service) -> dict[str, tuple[str, str]]:
    """Option → header and what stands before its value; `token` where all share one header."""
    names = {name for one in service.endpoints for name in one.credentials}
    used = [one for one in system.credentials if one.name in names]
    ways = {(one.header, f"{one.scheme} " if one.scheme else "") for one in used}
    if len(ways) == 1:
        return {"token": ways.pop()}
    return {one.name: (one.header, f"{one.scheme} " if one.scheme else "") for one in used}


def _paths(paths: Sequence[Sequence[str]]) -> str:
    lines = "".join(f"  {literal(list(one))},\n" for one in paths if one)
    return f"[\n{lines}]" if lines else "[]"


def _routes(system: System, service: Service) -> str:
    """Endpoint → what it does otherwise than the others; only those that do something so."""
    lines = ["{"]
    for one in service.endpoints:
        own = _route(system, service, one)
        if own:
            text = ", ".join(f"{name}: {value}" for name, value in own.items())
            lines.append(f"  {literal(one.id)}: {{ {text} }},")
    return "\n".join((*lines, "}")) if len(lines) > 1 else "{}"


def _route(system: System, service: Service, endpoint: Endpoint) -> dict[str, str]:
    own: dict[str, str] = {}
    if endpoint.response is None or is_bare(system, service, endpoint):
        own["bare"] = "true"
    if not is_json(media_of(system, service, endpoint)):
        own["text"] = "true"
    if endpoint.request and endpoint.request_media != "application/json":
        own["sends"] = literal(endpoint.request_media)
    others = [status.upper() for status, _, _ in other_answers(service, endpoint)]
    if others:
        own["status"] = str(endpoint.status)
        own["others"] = literal(others)
    return own
