"""For each class of change of an interface: how it was, how it shows the change, and a twin."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from seamwright.contract.description.document import (
    Body,
    Content,
    Description,
    Parameter,
    Response,
    Scheme,
)
from tests.contract.compare.interfaces import JSON, SCHEMES, described, operation

TEXT: dict[str, Any] = {"type": "string"}
LIST: dict[str, Any] = {"type": "array", "items": TEXT}


class Case(NamedTuple):
    """Three documents: as it was, with the change, and the twin."""

    old: Description
    new: Description
    twin: Description


def _one(**parts: Any) -> Description:
    return described(operation(**parts))


def _kind(**parts: Any) -> Parameter:
    given: dict[str, Any] = {
        "place": "query",
        "name": "kind",
        "required": False,
        "schema": TEXT,
        **parts,
    }
    return Parameter(**given)


def _asked(*parameters: Parameter) -> Description:
    return _one(parameters=parameters)


def _body(*media: str, required: bool = True) -> Description:
    return _one(body=Body(tuple(Content(one, TEXT) for one in media), required))


def _answers(*statuses: str) -> Description:
    return _one(responses=tuple(Response(one, "Said") for one in statuses))


def _media(*media: str) -> Description:
    contents = tuple(Content(one, TEXT) for one in media)
    return _one(responses=(Response("200", "Pets", contents),))


def _header(*, required: bool, description: str = "") -> Description:
    count = Parameter("header", "x-count", required, TEXT, description)
    return _one(responses=(Response("200", "Pets", headers=(count,)),))


def _secured(*alternatives: tuple[str, ...], schemes: tuple[Scheme, ...] = SCHEMES) -> Description:
    return described(operation(security=alternatives), schemes=schemes)


_PLAIN = _one()
_NO_HEADER = _one(responses=(Response("200", "Pets"),))
_GET, _POST = operation("GET"), operation("POST")
_OLD = replace(_POST, deprecated=True)
_SAID = replace(_POST, summary="Keep a pet", description="As it is")
_DIGEST = Scheme("token", "http", scheme="digest")
_BEARER = Scheme("token", "http", scheme="Bearer", description="said")


def _path(name: str, said: str = "") -> Description:
    parameter = Parameter("path", name, required=True, schema=TEXT, description=said)
    return described(operation("GET", f"/pets/{{{name}}}", parameters=(parameter,)))


CASES: dict[str, Case] = {
    "OP-ADDED": Case(described(_POST), described(_POST, _GET), described(_SAID)),
    "OP-REMOVED": Case(described(_POST, _GET), described(_POST), described(_GET, _POST)),
    "OP-REMOVED-DEPRECATED": Case(described(_OLD, _GET), described(_GET), described(_GET, _OLD)),
    "OP-DEPRECATED": Case(described(_POST), described(_OLD), described(_SAID)),
    "OP-REINSTATED": Case(described(_OLD), described(_POST), described(_OLD)),
    "OP-RENAMED": Case(_PLAIN, _one(name="keepPet"), _one(name="POST /pets")),
    "OP-TAGGED": Case(_one(tags=("a", "b")), _one(tags=("a",)), _one(tags=("b", "a"))),
    "PAR-ADDED-REQUIRED": Case(
        _PLAIN,
        _asked(_kind(required=True)),
        _asked(_kind(place="header", name="Accept", required=True)),
    ),
    "PAR-ADDED-OPTIONAL": Case(_PLAIN, _asked(_kind()), _asked(_kind(place="path"))),
    "PAR-REMOVED": Case(_asked(_kind()), _PLAIN, _asked(_kind(description="said"))),
    "PAR-BECAME-REQUIRED": Case(
        _asked(_kind()), _asked(_kind(required=True)), _asked(_kind(description="said"))
    ),
    "PAR-BECAME-OPTIONAL": Case(
        _asked(_kind(place="header", name="X-Kind", required=True)),
        _asked(_kind(place="header", name="x-kind")),
        _asked(_kind(place="header", name="x-kind", required=True)),
    ),
    "PAR-STYLE-CHANGED": Case(
        _asked(_kind(schema=LIST)),
        _asked(_kind(schema=LIST, style="pipeDelimited")),
        _asked(_kind(schema=LIST, style="form")),
    ),
    "PAR-DEPRECATED": Case(
        _asked(_kind()), _asked(_kind(deprecated=True)), _asked(_kind(style="pipeDelimited"))
    ),
    "PAR-REINSTATED": Case(
        _asked(_kind(deprecated=True)),
        _asked(_kind()),
        _asked(_kind(deprecated=True, description="said")),
    ),
    "PAR-RENAMED-IN-PATH": Case(_path("id"), _path("petId"), _path("id", "said")),
    "REQ-BODY-ADDED-REQUIRED": Case(_PLAIN, _body(JSON), described(_SAID)),
    "REQ-BODY-ADDED-OPTIONAL": Case(_PLAIN, _body(JSON, required=False), described(_SAID)),
    "REQ-BODY-REMOVED": Case(_body(JSON), _PLAIN, _body("Application/JSON")),
    "REQ-BODY-BECAME-REQUIRED": Case(
        _body(JSON, required=False), _body(JSON), _body(JSON, required=False)
    ),
    "REQ-BODY-BECAME-OPTIONAL": Case(_body(JSON), _body(JSON, required=False), _body(JSON)),
    "REQ-MEDIA-ADDED": Case(
        _body(JSON), _body(JSON, "text/csv"), _body("application/json; charset=utf-8")
    ),
    "REQ-MEDIA-REMOVED": Case(_body(JSON, "text/csv"), _body(JSON), _body("text/csv", JSON)),
    "RES-MEDIA-ADDED": Case(_media(JSON), _media(JSON, "text/csv"), _media("Application/json")),
    "RES-MEDIA-REMOVED": Case(_media(JSON, "text/csv"), _media(JSON), _media("text/csv", JSON)),
    "RES-SUCCESS-ADDED": Case(_answers("200"), _answers("200", "202"), _answers("200", "503")),
    "RES-SUCCESS-REMOVED": Case(_answers("200", "202"), _answers("200"), _answers("202", "200")),
    "RES-ERROR-ADDED": Case(_answers("200"), _answers("200", "404"), _answers("200")),
    "RES-ERROR-REMOVED": Case(_answers("200", "404"), _answers("200"), _answers("200", "4XX")),
    "HDR-ADDED-REQUIRED": Case(_NO_HEADER, _header(required=True), _header(required=False)),
    "HDR-ADDED-OPTIONAL": Case(_NO_HEADER, _header(required=False), _NO_HEADER),
    "HDR-REMOVED-REQUIRED": Case(
        _header(required=True), _NO_HEADER, _header(required=True, description="said")
    ),
    "HDR-REMOVED-OPTIONAL": Case(
        _header(required=False), _NO_HEADER, _header(required=False, description="said")
    ),
    "HDR-BECAME-REQUIRED": Case(
        _header(required=False), _header(required=True), _header(required=False, description="x")
    ),
    "HDR-BECAME-OPTIONAL": Case(
        _header(required=True), _header(required=False), _header(required=True, description="x")
    ),
    "SEC-ADDED": Case(_secured(), _secured(("token",)), _secured((), ("token",))),
    "SEC-REMOVED": Case(_secured(("token",)), _secured(), _secured(("token",), ("token", "key"))),
    "SEC-ALTERNATIVE-ADDED": Case(
        _secured(("token",)), _secured(("token",), ("key",)), _secured(("token",), ("token",))
    ),
    "SEC-ALTERNATIVE-REMOVED": Case(
        _secured(("token",), ("key",)), _secured(("token",)), _secured(("key",), ("token",))
    ),
    "SEC-SCHEME-CHANGED": Case(
        _secured(("token",)),
        _secured(("token",), schemes=(_DIGEST,)),
        _secured(("token",), schemes=(_BEARER,)),
    ),
}
