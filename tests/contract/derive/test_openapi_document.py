"""The OpenAPI document of a service says all of its contract, and says it validly."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, cast

import pytest
import schemathesis
from jsonschema_rs import validator_for
from openapi_spec_validator import validate
from pydantic import Field, create_model

from contracts import SYSTEM as SEED
from seamwright.contract import Answer, Credential, Endpoint, ErrorCode, Health, Message
from seamwright.contract.derive.openapi import openapi
from seamwright.contract.derive.openapi.parameters import scheme
from seamwright.contract.description.read import describe
from tests.contract.derive.typescript.systems import SYSTEMS, Record
from tests.miniatures.contract import SYSTEM as NOTES
from tests.miniatures.contract import HealthReport

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract import System

Document = dict[str, Any]


def _document(system: System, name: str) -> Document:
    service = system.service(name)
    assert service is not None
    return openapi(system, service, service.endpoints)


def _of(endpoint: Endpoint, **more: Any) -> Document:
    """The one operation of a document of the notes, with another endpoint."""
    service = replace(NOTES.services[0], endpoints=(endpoint,), **more)
    envelope = NOTES.envelope and replace(NOTES.envelope, exempt=())
    document: Document = openapi(
        replace(NOTES, services=(service,), envelope=envelope), service, [endpoint]
    )
    validate(document)
    ((method, operation),) = document["paths"][endpoint.path].items()
    assert endpoint.method.lower() == method
    return {**operation, "document": document}


WORKER = _document(SEED, "worker")
SEND = WORKER["paths"]["/api/send-email"]["post"]


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_document_is_valid_and_loads_without_a_warning(name: str) -> None:
    """The standard's validator takes it, and so do the generator of cases and our reader."""
    system, service = SYSTEMS[name]
    document = _document(system, service)
    validate(document)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        loaded = schemathesis.openapi.from_dict(document)
        results = list(loaded.get_all_operations())  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType, reportUnknownArgumentType] - generic
    operations = [cast("Any", one).ok().label for one in results]  # pyright: ignore[reportUnknownVariableType]
    declared = system.service(service)
    assert declared is not None
    assert sorted(one.id for one in declared.endpoints) == sorted(operations)
    description = describe(document)
    assert () == description.notes


@pytest.mark.parametrize("service", SEED.services, ids=lambda one: one.name)
def test_every_code_is_a_named_response_at_its_status(service: Any) -> None:
    """What an operation answers with a status is the codes that have it, each once."""
    document = _document(SEED, service.name)
    named = document["components"]["responses"]
    for endpoint in service.endpoints:
        responses = document["paths"][endpoint.path][endpoint.method.lower()]["responses"]
        for code in SEED.codes(endpoint):
            name = responses[str(code.status)]["$ref"].removeprefix("#/components/responses/")
            assert code.code in name.split(".")
            assert f"`{code.code}`: {code.meaning}" in named[name]["description"]
            assert code.code in named[name]["content"]["application/json"]["examples"]
            schema = document["components"]["schemas"][f"Failure.{code.code}"]
            error = schema["properties"]["error"]["properties"]
            assert [code.code] == error["code"]["enum"]
            assert {"const": code.retryable} == error["retryable"]
        told = {name for one in responses.values() for name in one.get("$ref", "").split("/")[-1:]}
        codes = {name for one in told if one for name in one.split(".")}
        assert codes == {one.code for one in SEED.codes(endpoint)}


def test_every_example_is_an_instance_of_its_schema() -> None:
    """With everything that the schema names, and formats asserted."""
    met = 0
    for document in (_document(system, service) for system, service in SYSTEMS.values()):
        for schema, value in _examples(document):
            whole = {"allOf": [schema], "components": document.get("components", {})}
            assert validator_for(whole, validate_formats=True).is_valid(value), (schema, value)
            met += 1
    assert met > 100


def _examples(value: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(value, list):
        for one in value:  # pyright: ignore[reportUnknownVariableType] - JSON
            yield from _examples(one)
    if not isinstance(value, dict):
        return
    fields = cast("Document", value)
    if "example" in fields and "schema" in fields:
        yield fields["schema"], fields["example"]
    if "examples" in fields and "schema" in fields:
        yield from ((fields["schema"], one["value"]) for one in fields["examples"].values())
    for one in fields.values():
        yield from _examples(one)


def test_the_send_request_is_told_by_name_with_an_example() -> None:
    """Requests name their message; a field that may be left out has no `null` and no title."""
    content = SEND["requestBody"]["content"]["application/json"]
    assert {"$ref": "#/components/schemas/SendEmailRequest"} == content["schema"]
    assert {"prospectId", "campaignId", "scheduledFor"} == set(content["example"])
    message = WORKER["components"]["schemas"]["SendEmailRequest"]
    assert ["prospectId", "campaignId"] == message["required"]
    assert False is message["additionalProperties"]
    assert '"title"' not in json.dumps(WORKER["components"]["schemas"])
    assert "null" not in json.dumps(message)


def test_headers_are_told_of_requests_and_answers() -> None:
    """Request ID and version on all of them; when to come again, and which methods there are."""
    inputs = {one["name"]: one["schema"] for one in SEND["parameters"]}
    assert {"type": "string"} == inputs["x-request-id"]
    assert ["1"] == inputs["x-api-version"]["enum"]
    assert {"x-request-id", "x-api-version"} == set(SEND["responses"]["200"]["headers"])
    named, headers = WORKER["components"]["responses"], WORKER["components"]["headers"]
    assert "Retry-After" in named["RATE_LIMITED"]["headers"]
    assert "Allow" in named["METHOD_NOT_ALLOWED"]["headers"]
    assert "Retry-After" not in named["FORBIDDEN"]["headers"]
    assert {True} == {one["required"] for one in headers.values()}
    assert {"limit": 60, "windowS": 10} == SEND["x-rate-limit"]


def test_parameters_of_path_and_query_are_told() -> None:
    """Formats, choices, bounds and what is required."""
    (email,) = (
        one
        for one in WORKER["paths"]["/api/emails/{emailId}"]["get"]["parameters"]
        if one["in"] == "path"
    )
    assert ("uuid", True) == (email["schema"]["format"], email["required"])
    (job,) = (
        one
        for one in WORKER["paths"]["/api/cron/{job}"]["post"]["parameters"]
        if one["in"] == "path"
    )
    assert ["outbox", "inbox", "enrichment"] == job["schema"]["enum"]
    query = WORKER["paths"]["/api/emails"]["get"]["parameters"]
    limit = next(one for one in query if one["name"] == "limit")
    assert 100 == limit["schema"]["maximum"]
    assert "required" not in limit


def test_security_is_told_in_the_standards_words() -> None:
    """Bearer tokens are HTTP's; a header of one's own is an API key; health is open to anyone."""
    assert [{"web": []}] == SEND["security"]
    assert "security" not in WORKER["paths"]["/health"]["get"]
    assert "bearer" == WORKER["components"]["securitySchemes"]["web"]["scheme"]
    odd = _document(*SYSTEMS["flagged"])
    schemes = odd["components"]["securitySchemes"]
    assert ("apiKey", "x-key") == (schemes["key"]["type"], schemes["key"]["name"])
    assert "'Token'" in scheme(Credential("token", scheme="Token"))["description"]  # pyright: ignore[reportOperatorIssue] - a text
    assert [{"key": []}, {"pass": []}] == odd["paths"]["/job"]["post"]["security"]


def test_what_openapi_has_no_words_for_is_an_extension() -> None:
    """Request ID, version, health and mode are told to whoever knows them."""
    assert "x-request-id" == WORKER["x-request-id"]["headers"][0]
    assert "1" == WORKER["x-version"]["current"]
    assert "/health" == WORKER["x-health"]["path"]
    assert "sync" == SEND["x-mode"]["mode"]
    bank = _document(*SYSTEMS["bank"])
    assert not [key for key in bank if key.startswith("x-")]


def test_operation_names_are_words_and_differ() -> None:
    """Generators of clients make functions of them."""
    assert "postApiSendEmail" == SEND["operationId"]
    endpoints = (
        Endpoint("GET", "/", "Root.", None, "short"),
        Endpoint("GET", "/a-b", "One.", None, "short"),
        Endpoint("GET", "/a/b", "Two.", None, "short"),
    )
    service = replace(NOTES.services[0], endpoints=endpoints, health=None)
    document: Document = openapi(NOTES, service, endpoints)
    names = [one["get"]["operationId"] for one in document["paths"].values()]
    assert ["getRoot", "getAB", "getAB2"] == names


def test_a_message_is_told_once_and_twins_are_told_apart() -> None:
    """Two classes of one name have two schemas, and those of parameters have none."""
    odd = _document(*SYSTEMS["flagged"])
    twins = [name for name in odd["components"]["schemas"] if "Twin" in name]
    assert 2 == len(twins)
    assert "ByKind" not in odd["components"]["schemas"]
    path = odd["paths"]["/{kind}/{rest}"]["get"]["parameters"]
    assert {"$ref": "#/components/schemas/Colour"} == path[0]["schema"]
    assert {"type": "string", "minLength": 1} == path[1]["schema"]
    assert ["x-depth", "x-id"] == [one["name"] for one in path if one["in"] == "header"]
    assert True is odd["paths"]["/odd"]["post"]["deprecated"]


def test_a_header_of_ones_own_goes_before_the_systems() -> None:
    """An endpoint that says its request ID itself has it once."""
    model = create_model(
        "Own",
        __base__=Message,
        own=Annotated[str, Field(alias="x-request-id", description="Its ID.", deprecated=True)],
    )
    operation = _of(Endpoint("GET", "/a", "A.", None, "short", headers=model))
    told = [one["name"] for one in operation["parameters"]]
    assert 1 == told.count("x-request-id")
    (own,) = (one for one in operation["parameters"] if one["name"] == "x-request-id")
    assert ("Its ID.", True, True) == (own["description"], own["deprecated"], own["required"])
    assert {"type": "string"} == own["schema"]


def test_a_title_of_ones_own_stays() -> None:
    """Only those that repeat a name are left out."""
    model = create_model("Model", __base__=Message, __config__=None, text=str)
    model.model_config["title"] = "A thing"
    operation = _of(Endpoint("GET", "/a", "A.", model, "short"))
    assert "A thing" == operation["document"]["components"]["schemas"]["Model"]["title"]


def test_answers_beside_success_and_codes_are_told() -> None:
    """A class of statuses, `default`, and one that has no body."""
    responses = _document(*SYSTEMS["flagged"])["paths"]["/job"]["post"]["responses"]
    assert {"200", "202", "4XX", "default"} <= set(responses)
    assert "text/plain" in responses["4XX"]["content"]
    assert "content" not in responses["default"]
    assert "Later." == responses["202"]["description"]


def test_answers_of_one_status_are_one_response() -> None:
    """Media types stand beside each other; two bodies of one media type are either."""
    endpoint = Endpoint(
        "GET",
        "/a",
        "A.",
        HealthReport,
        "short",
        errors=("NOTE_NOT_FOUND",),
        answers=(
            Answer("404", "Not here.", Record),
            Answer("404", "No page.", None, "text/html"),
            Answer("200", "Another.", Record, "text/csv"),
        ),
    )
    responses = _of(endpoint, health=None)["responses"]
    gone = responses["404"]
    assert "Not here. No page." in gone["description"]
    assert {"application/json", "text/html"} == set(gone["content"])
    assert 2 == len(gone["content"]["application/json"]["schema"]["anyOf"])
    assert {"application/json", "text/csv"} == set(responses["200"]["content"])


def test_the_other_answer_of_a_health_endpoint_is_told() -> None:
    """With the same body, unless it is said among the answers."""
    endpoint = Endpoint("GET", "/health", "How.", HealthReport, "short")
    health = Health("/health", ("disk",))
    told = _of(endpoint, health=health)["responses"]["503"]
    assert "The service is unhealthy." in told["description"]
    own = replace(endpoint, answers=(Answer("503", "Ill.", HealthReport),))
    assert "Ill." == _of(own, health=health)["responses"]["503"]["description"]
    assert "503" in WORKER["paths"]["/health"]["get"]["responses"]
    page = Endpoint("GET", "/health", "How.", None, "short", status=204)
    responses = _of(page, health=health)["responses"]
    assert ["204"] == [one for one in responses if one in {"204", "503"}]
    assert "content" not in responses["204"]


def test_codes_without_an_envelope_are_told_without_a_body() -> None:
    """Their status and meaning are promised, their form is not."""
    document = _document(replace(NOTES, envelope=None), "notes")
    named = document["components"]["responses"]["NO_NOTE"]
    assert "content" not in named
    assert "`NO_NOTE`: This is no note" == named["description"]


def test_codes_that_no_example_can_have_are_told_without_one() -> None:
    """A request ID that no text of ours matches."""
    assert NOTES.request_id is not None
    odd = replace(NOTES, request_id=replace(NOTES.request_id, pattern="[q]{7}[0-4]{3}"))
    named = _document(odd, "notes")["components"]["responses"]["NO_NOTE"]
    assert "examples" not in named["content"]["application/json"]


def test_servers_and_title_are_told_where_they_are_known() -> None:
    """A service without an address has none."""
    service = replace(NOTES.services[0], base_url="https://notes.example", responsibility="")
    document: Document = openapi(NOTES, service, ())
    assert [{"url": "https://notes.example"}] == document["servers"]
    assert {"title": "Notes", "version": "1"} == document["info"]
    assert "servers" not in WORKER
    plain = openapi(replace(NOTES, version=None, request_id=None), service, ())
    assert "components" not in plain


def test_the_document_is_the_same_in_every_process() -> None:
    """Sets and dictionaries do not show in it."""
    program = (
        "import json; from contracts import SYSTEM;"
        "from seamwright.contract.derive.openapi import openapi;"
        "print(json.dumps([openapi(SYSTEM, one, one.endpoints) for one in SYSTEM.services]))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert 1 == len(outputs)


def test_a_problem_document_says_its_status() -> None:
    """RFC 9457: the status in the body is the answer's."""
    document = _document(*SYSTEMS["problem"])
    statuses = {
        one["properties"]["status"]["const"]
        for name, one in document["components"]["schemas"].items()
        if name.startswith("Failure.")
    }
    assert len(statuses) > 1


def test_two_codes_of_one_status_are_either() -> None:
    """Their response names both, and its schema is one of them."""
    other = ErrorCode("NOT_NOW", 503, retryable=True, meaning="Not now")
    system = replace(NOTES, errors=(*NOTES.errors, other), everywhere=("NOT_NOW", "BUSY"))
    named = _document(system, "notes")["components"]["responses"]["BUSY.NOT_NOW"]
    assert 2 == len(named["content"]["application/json"]["schema"]["oneOf"])
