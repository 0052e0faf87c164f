"""What the contract has against a request, and what may well be read in two ways."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Annotated

import pytest
from pydantic import Field

from seamwright.contract import Endpoint, Message, Root
from seamwright.judge.request_fault import RequestFault, fits, request_fault
from seamwright.record.observation import Request

ID = "00000000-0000-4000-8000-000000000000"


class _Body(Message):
    name: Annotated[str, Field(min_length=2)]
    born: Annotated[str, Field(json_schema_extra={"format": "date"})] | None = None
    tags: tuple[int, ...] = ()


class _Query(Message):
    size: Annotated[int, Field(ge=1)]
    wide: bool | None = None
    either: int | str = 1
    one_of: Annotated[str, Field(alias="oneOf", json_schema_extra={"enum": ["a", "b"]})] = "a"


class _Path(Message):
    id: Annotated[str, Field(json_schema_extra={"format": "uuid"})]
    number: Annotated[int, Field(ge=1)]


class _Headers(Message):
    key: Annotated[str, Field(alias="X-Key")]


POST = Endpoint("POST", "/a", "s", None, "m", request=_Body)
FIND = Endpoint("GET", "/a", "s", None, "m", query=_Query)
READ = Endpoint("GET", "/a/{id}/{number}", "s", None, "m", path_values=_Path)
JSON = (("content-type", "application/json; charset=utf-8"),)


def _post(body: object, headers: tuple[tuple[str, str], ...] = JSON) -> Request:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Request("POST", "/a", headers, raw)


def _get(target: str) -> Request:
    return Request("GET", target, (), b"")


@pytest.mark.parametrize(
    ("body", "at", "keyword"),
    [
        ({}, "/", "required"),
        ({"name": 5}, "/name", "type"),
        ({"name": "x"}, "/name", "minLength"),
        ({"name": "xy", "born": None}, "/born", "type"),
        ({"name": "xy", "tags": [1, "2"]}, "/tags/*", "type"),
        ({"name": "xy", "more": 1}, "/", "additionalProperties"),
        ([], "/", "type"),
        (b"{", "/", "JSON"),
        (b"[" * 100_000, "/", "JSON"),
        (b"", "/", ""),
    ],
)
def test_a_body_that_breaks_its_schema(body: object, at: str, keyword: str) -> None:
    """The place nearest to the top is told, with its keyword."""
    assert RequestFault("body", at, keyword) == request_fault(POST, _post(body))
    assert not fits(POST, _post(body))


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ({"name": "xy", "born": "yesterday"}, JSON),
        (b'{"name": NaN}', JSON),
        (b'{"name": ' + b"9" * 5_000 + b"}", JSON),
        (b'{"name": "\xff"}', JSON),
        (b'{"name": "\\ud800\\ud800"}', JSON),
        (b"name=x", (("content-type", "application/x-www-form-urlencoded"),)),
    ],
)
def test_what_some_take_is_no_fault(body: object, headers: tuple[tuple[str, str], ...]) -> None:
    """Nor is it surely well-formed."""
    assert None is request_fault(POST, _post(body, headers))
    assert not fits(POST, _post(body, headers))


def test_a_body_that_fits() -> None:
    """Also one that may be left out, or that comes without a content type."""
    assert fits(POST, _post({"name": "xy", "born": "2026-01-02"}))
    assert fits(POST, _post({"name": "xy"}, ()))
    optional = replace(POST, request_required=False)
    assert None is request_fault(optional, _post(b""))
    assert fits(optional, _post(b""))
    assert not fits(replace(POST, request=None), _post({}))
    form = replace(POST, request_media="multipart/form-data")
    assert (None, False) == (request_fault(form, _post({})), fits(form, _post({"name": "xy"})))
    assert RequestFault("body", "/", "type") == request_fault(
        replace(POST, request=Root[list[int]]), _post({})
    )


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("", RequestFault("query", "/size", "required")),
        ("size=x", RequestFault("query", "/size", "type")),
        ("size=0", RequestFault("query", "/size", "minimum")),
        ("size=1&oneOf=c", RequestFault("query", "/oneOf", "enum")),
        ("size=1", None),
        ("size=1&wide=x", RequestFault("query", "/wide", "type")),
        ("size=1&wide=yes", None),
        ("size=1&either=x", None),
        ("size=&size=2", None),
        ("size=", None),
        ("size[a]=1", None),
        ("size=1&other=2", None),
    ],
)
def test_a_query_that_breaks_its_schema(query: str, fault: RequestFault | None) -> None:
    """What is doubtful, unknown or there twice is no fault."""
    assert fault == request_fault(FIND, _get(f"/a?{query}"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("size=1", True),
        ("size=1&oneOf=b", True),
        ("size=1&wide=true", True),
        ("size=1&wide=yes", False),
        ("size=1&either=1", False),
        ("size=1&other=2", False),
        ("size=1.0", False),
        ("size=1&size=1", False),
    ],
)
def test_a_query_that_fits_has_nothing_doubtful(query: str, expected: bool) -> None:
    """Each parameter is known, is there once, and is read in one way."""
    assert expected == fits(FIND, _get(f"/a?{query}"))


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        (f"/a/{ID}/1", None),
        ("/a/not-a-uuid/1", RequestFault("path", "/id", "format")),
        (f"/a/{ID}/0", RequestFault("path", "/number", "minimum")),
        (f"/a/{ID}/x", RequestFault("path", "/number", "type")),
        (f"/a/{ID}", None),
    ],
)
def test_a_path_that_breaks_its_schema(path: str, fault: RequestFault | None) -> None:
    """A UUID in a path is what it is, or not."""
    assert fault == request_fault(READ, _get(path))
    assert (fault is None) == fits(READ, _get(path))
    assert None is request_fault(replace(READ, path_values=None), _get(path))


def test_headers_that_are_demanded_must_be_there() -> None:
    """In whatever case they were declared."""
    endpoint = Endpoint("GET", "/a", "s", None, "m", headers=_Headers)
    assert not fits(endpoint, _get("/a"))
    assert fits(endpoint, Request("GET", "/a", (("x-key", "1"),), b""))
    assert not fits(endpoint, _get("/a?x=1"))
