"""Bodies that are no JSON, or JSON that nobody should read, and what is said of them in headers."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from seamwright.drive.cases.misuse.aim import JSON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.endpoint import Endpoint
    from seamwright.drive.cases.case import Case, Headers
    from seamwright.drive.cases.misuse.aim import Aim

_MEGABYTE = 1 << 20
_DEEP = 20_000
_MEMBERS = 20_000
_DIGITS = 5_000
_MANY = json.dumps({f"n{one}": one for one in range(_MEMBERS)}).encode()
_ROUNDS = 2
"""How many endpoints each body is sent to, where there are as many."""


@dataclass(frozen=True, slots=True)
class _Spoilt:
    """A body and its headers; `large` where a server may refuse it by itself."""

    reason: str
    body: bytes
    headers: Headers = (("content-type", JSON),)
    large: bool = False


def body_cases(aim: Aim) -> Iterator[Case]:
    """Each bad body and each bad content type, one endpoint after the other."""
    made = [_cases(aim, one) for one in aim.takers]
    for round_ in range(min(_ROUNDS, len(made))):
        for number in range(len(made[0])):
            yield made[(number + round_) % len(made)][number]


def _cases(aim: Aim, endpoint: Endpoint) -> list[Case]:
    """All bad bodies of one endpoint."""
    case = aim.well(endpoint, "")
    made: list[Case] = []
    for one in _spoilt(case.body):
        label = replace(case.label, reason=one.reason, due=not one.large)
        # A connection of its own: a body that nobody reads would be taken for the next request.
        headers = (*one.headers, ("connection", "close"))
        made.append(replace(case, label=label, headers=headers, body=one.body))
    return made


def _spoilt(good: bytes) -> tuple[_Spoilt, ...]:
    return (*_texts(good), *_numbers(), *_sizes(), *_types(good))


def _texts(good: bytes) -> Iterator[_Spoilt]:
    """What is no JSON text, or one that two readers understand in two ways."""
    yield _Spoilt("a body that ends too early", good[:-1] or b"{")
    yield _Spoilt("no body at all", b"")
    yield _Spoilt("a body of spaces", b" \r\n\t")
    yield _Spoilt("two bodies in one", good + good)
    yield _Spoilt("NUL in the body", b'{"a":"\x00"}')
    yield _Spoilt("only NUL", b"\x00")
    yield _Spoilt("NUL, escaped", _with(good, '"\\u0000"'))
    yield _Spoilt("bytes that are no UTF-8", b'{"a":"\xff\xfe"}')
    yield _Spoilt("UTF-8 that is longer than need be", b'{"a":"\xc0\xaf"}')
    yield _Spoilt("half of a surrogate pair, escaped", _with(good, '"\\ud800"'))
    yield _Spoilt("half of a surrogate pair as a name", b'{"\\udfff":1}')
    yield _Spoilt("a byte order mark", b"\xef\xbb\xbf" + good)
    yield _Spoilt("UTF-16", good.decode(errors="replace").encode("utf-16"))
    yield _Spoilt("a comma too many", good[:-1] + b",}")
    yield _Spoilt("a comment", b"/* */" + good)
    yield _Spoilt("a name twice", _twice(good))
    yield _Spoilt("names that scripts know", b'{"__proto__":{"a":1},"constructor":{"prototype":1}}')


def _numbers() -> Iterator[_Spoilt]:
    yield _Spoilt("a number beyond all floats", b'{"a":1e999}')
    yield _Spoilt("a number of 5,000 digits", b'{"a":' + b"9" * _DIGITS + b"}")
    yield _Spoilt("no number", b'{"a":NaN,"b":-Infinity}')


def _sizes() -> Iterator[_Spoilt]:
    yield _Spoilt("lists 20,000 deep", b"[" * _DEEP + b"]" * _DEEP)
    yield _Spoilt("lists 20,000 deep that do not end", b"[" * _DEEP)
    yield _Spoilt("objects 20,000 deep", b'{"a":' * _DEEP + b"1" + b"}" * _DEEP, large=True)
    yield _Spoilt("a text of a mebibyte", b'{"a":"' + b"a" * _MEGABYTE + b'"}', large=True)
    yield _Spoilt("20,000 members", _MANY, large=True)


def _types(good: bytes) -> Iterator[_Spoilt]:
    """What is said of a body that may be a good one."""
    for told in (
        "text/plain",
        "application/xml",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/jsonx",
        "application/json; charset=utf-16",
        "application/json, text/plain",
        ";",
        "application/" + "a" * 1_000,
    ):
        yield _Spoilt(f"the content type {told[:40]}", good, (("content-type", told),))
    yield _Spoilt("no content type", good, ())
    twice = (("content-type", JSON), ("content-type", "text/plain"))
    yield _Spoilt("two content types", good, twice)
    for coding in ("gzip", "no-such-coding"):
        headers = (("content-type", JSON), ("content-encoding", coding))
        yield _Spoilt(f"the content encoding {coding}, which it has not", good, headers)


def _with(good: bytes, text: str) -> bytes:
    """A JSON object in which every text member is this JSON text instead."""
    value = _object(good)
    members = {name: text if isinstance(one, str) else json.dumps(one) for name, one in value}
    told = members or {"a": text}
    return (
        "{" + ",".join(f"{json.dumps(name)}:{one}" for name, one in told.items()) + "}"
    ).encode()


def _twice(good: bytes) -> bytes:
    """A JSON object that says all its members twice, the second time as null."""
    names = [name for name, _ in _object(good)] or ["a"]
    nulls = ",".join(f"{json.dumps(name)}:null" for name in names)
    first = good.rstrip().removesuffix(b"}") if _object(good) else b'{"a":1'
    return first + b"," + nulls.encode() + b"}"


def _object(good: bytes) -> list[tuple[str, object]]:
    value: object = json.loads(good) if good else None
    return list(cast("dict[str, object]", value).items()) if isinstance(value, dict) else []
