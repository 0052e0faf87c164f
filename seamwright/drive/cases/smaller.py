"""Requests that are a step smaller than another: what is left out of it may not matter."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from seamwright.drive.cases.case import Case
from seamwright.record.observation import CLIENT_HEADERS, Purpose
from seamwright.record.redaction import is_hidden

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.record.observation import Exchange

_NOT_AGAIN = CLIENT_HEADERS | {"transfer-encoding"}
"""The harness's client puts them there again; how it frames a body is its own."""

_SHORT = 16
_FEW = 3


def case_again(exchange: Exchange, id_: str) -> Case | None:
    """The case of an exchange, to be sent again; None where the driver did not send it.

    A credential is not in a record; whose it was is.
    """
    request, label = exchange.request, exchange.case
    if request is None or label is None:
        return None
    headers = tuple(
        (name, value)
        for name, value in request.headers
        if name not in _NOT_AGAIN and not is_hidden(value)
    )
    again = replace(label, id=id_, purpose=Purpose.AGAIN)
    return Case(again, request.method, request.target, headers, request.body, label.credential)


def smaller(case: Case) -> Iterator[Case]:
    """Each step that leaves something out, the largest steps first.

    What is left of a well-formed request may be none: it counts as malformed.
    """
    case = replace(case, label=replace(case.label, valid=False))
    path, mark, query = case.target.partition("?")
    if mark:
        yield replace(case, target=path)
        pairs = query.split("&")
        half = len(pairs) // 2 if len(pairs) > _FEW else 0
        for some in (pairs[:half], pairs[half:]) if half else ():
            yield replace(case, target=f"{path}?{'&'.join(some)}")
        for at in range(len(pairs) if len(pairs) > 1 else 0):
            rest = "&".join(pairs[:at] + pairs[at + 1 :])
            yield replace(case, target=f"{path}?{rest}")
    for at in range(len(case.headers)):
        yield replace(case, headers=case.headers[:at] + case.headers[at + 1 :])
    if case.body:
        yield replace(case, body=b"")
        yield from (replace(case, body=one) for one in _bodies(case.body))


def size(case: Case) -> tuple[int, int]:
    """What is to become small: bytes of the request, then of its headers."""
    named = sum(len(name) + len(value) for name, value in case.headers)
    return len(case.target) + len(case.body), named


def _bodies(body: bytes) -> Iterator[bytes]:
    try:
        value: object = json.loads(body)
    except (ValueError, RecursionError):
        half = len(body) // 2
        yield from (one for one in (body[:half], body[half:]) if 0 < len(one) < len(body))
        return
    for one in _values(value):
        made = json.dumps(one).encode()
        if len(made) < len(body):
            yield made


def _values(value: object) -> Iterator[object]:
    """The value with one part of it left out, or made short."""
    match value:
        case dict():
            pairs = cast("dict[str, object]", value)
            if len(pairs) > 1:
                yield {}
            for name in pairs:
                yield {key: one for key, one in pairs.items() if key != name}
            for name, inner in pairs.items():
                yield from ({**pairs, name: one} for one in _values(inner))
        case list():
            items = cast("list[object]", value)
            if len(items) > 1:
                yield []
            yield from ([*items[:at], *items[at + 1 :]] for at in range(len(items)))
            for at, inner in enumerate(items):
                yield from ([*items[:at], one, *items[at + 1 :]] for one in _values(inner))
        case str() if len(value) > _SHORT:
            yield value[: len(value) // 2]
        case _:
            return
