"""An envelope that a team names counts, whatever the document shows."""

from __future__ import annotations

from typing import Any

from seamwright.contract import Exemption, Form, Member, Role
from seamwright.contract.adopt import adopt
from seamwright.contract.adopt.envelope_named import (
    BARE,
    Exempted,
    NamedEnvelope,
    unknown_operation,
)
from seamwright.contract.description.read import describe
from tests.contract.adopt.adopted import Document, load

FAILURE = Form((Member("/error/code", Role.CODE), Member("/error/hint", Role.OTHER, False)))
WRAPPED = Form((Member("/data", Role.DATA),), extra=True)


def _json(schema: Document) -> Document:
    return {"description": "", "content": {"application/json": {"schema": schema}}}


def _object(**properties: Document) -> Document:
    return {"type": "object", "properties": properties, "required": list(properties)}


CODE = _object(error=_object(code={"type": "string", "enum": ["NO_PET"]}))


def _document(responses: Document, path: str = "/pets") -> Any:
    operation = {"operationId": "pets", "responses": responses}
    info = {"title": "Pets", "version": "1"}
    return describe({"openapi": "3.1.0", "info": info, "paths": {path: {"get": operation}}})


def test_one_failure_is_enough_when_its_form_is_named() -> None:
    """Too few to infer from; its codes are read where the name says that they lie."""
    description = _document({"200": _json({"type": "array"}), "404": _json(CODE)})
    made = adopt(description, "it", "api", NamedEnvelope(FAILURE, source="it.toml"))
    system = load(made)
    assert system.envelope is not None
    assert (FAILURE, BARE) == (system.envelope.failure, system.envelope.success)
    assert ["NO_PET"] == [one.code for one in system.errors]
    said = "named in it.toml, not inferred: failures are {/error/code, /error/hint?}"
    assert f"{said}; successes are bare" == made.envelope
    assert () == made.notes
    assert "as its team names it" in made.files["envelope.py"]


def test_a_failure_that_is_described_otherwise_has_the_envelope_all_the_same() -> None:
    """It is no answer beside it; that the document says another thing is noted, once each."""
    anything: Document = {"description": "", "content": {"application/json": {}}}
    responses: Document = {
        "200": _json(_object(data={"type": "string"})),
        "400": _json(_object(detail={"type": "string"})),
        "401": _json({"type": "object"}),
        "402": anything,
        "403": {"description": "none"},
        "default": _json({"oneOf": [CODE, _object(error={"type": "string"})]}),
        "302": {"description": "elsewhere"},
    }
    made = adopt(_document(responses), "it", "api", NamedEnvelope(FAILURE, WRAPPED, (), "it"))
    (endpoint,) = load(made).services[0].endpoints
    assert ["302"] == [one.status for one in endpoint.answers]
    assert endpoint.response is not None
    notes = {one.pointer.rpartition("/")[2]: one.said for one in made.notes}
    assert {
        "400": "a failure is described without '/error/code', which the envelope demands"
    } == notes
    assert made.envelope.endswith("successes are {/data}")


def test_a_success_without_its_data_is_noted() -> None:
    """Where the document's success lacks what the envelope names, no schema is made up."""
    named = NamedEnvelope(FAILURE, WRAPPED, (), "it")
    made = adopt(_document({"200": _json(_object(items={"type": "array"}))}), "it", "api", named)
    (endpoint,) = load(made).services[0].endpoints
    assert endpoint.response is None
    assert ["its success is described without '/data', where the envelope has its data"] == [
        one.said for one in made.notes
    ]


def test_what_is_exempt_keeps_its_own_answers() -> None:
    """With the team's reason, and the content type of the document unless the team says one."""
    page = {"description": "", "content": {"text/html": {"schema": {"type": "string"}}}}
    for responses, told, media in (
        ({"200": page}, "", "text/html"),
        ({"200": _json(_object(ok={"type": "boolean"}))}, "", "application/json"),
        ({"204": {"description": ""}}, "", "application/json"),
        ({"200": page}, "text/plain", "text/plain"),
    ):
        exempt = (Exempted("GET /pets", "it is a page", told),)
        named = NamedEnvelope(FAILURE, WRAPPED, exempt, "it")
        made = adopt(_document({**responses, "400": _json(_object(a={}))}), "it", "api", named)
        system = load(made)
        assert system.envelope is not None
        assert (Exemption("api", "GET /pets", media, "it is a page"),) == system.envelope.exempt
        assert ["400"] == [one.status for one in system.services[0].endpoints[0].answers]
        assert made.envelope.endswith("; 1 operation is exempt")


def test_what_is_no_json_is_exempt_unasked() -> None:
    """As where the envelope is inferred."""
    page = {"description": "", "content": {"text/html": {"schema": {"type": "string"}}}}
    system = load(adopt(_document({"200": page}), "it", "api", NamedEnvelope(FAILURE)))
    assert system.envelope is not None
    assert ["the document describes its success so"] == [x.reason for x in system.envelope.exempt]


def test_an_exempt_operation_must_exist() -> None:
    """The first that the document lacks is told, and what is near it; paths move with the base."""
    exempt = (Exempted("GET /pets", "so"), Exempted("GET /pests", "so"))
    named = NamedEnvelope(FAILURE, exempt=exempt)
    assert ("GET /pests", "GET /pets") == unknown_operation(named, ["GET /pets", "PUT /x"])
    assert ("GET /pets", "") == unknown_operation(named, [])
    based = named.based("/v1")
    assert ["GET /v1/pets", "GET /v1/pests"] == [one.operation for one in based.exempt]
    assert unknown_operation(based, ["GET /v1/pets", "GET /v1/pests"]) is None
