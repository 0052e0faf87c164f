"""A document becomes a contract set that says the same; what it cannot say is noted."""

from __future__ import annotations

import ast
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate

from contracts import SYSTEM as SEED
from seamwright.contract import Credential, Mode, RequestId, System
from seamwright.contract.adopt import adopt
from seamwright.contract.compare.comparison import compare
from seamwright.contract.compare.snapshot import snapshot_of_document
from seamwright.contract.derive.openapi import openapi
from seamwright.contract.description.read import describe
from tests.contract.adopt.adopted import Document, document, load
from tests.contract.derive.typescript.systems import SYSTEMS

STRING: Document = {"type": "string"}


def _document(operation: Document, path: str = "/pets", **rest: Any) -> Document:
    return {
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": "1"},
        "paths": {path: {"post": {"operationId": "postPets", "responses": {}, **operation}}},
        **rest,
    }


def _endpoint(written: Document) -> tuple[Any, list[str]]:
    made = adopt(describe(written), "it", "api")
    (endpoint,) = load(made).services[0].endpoints
    return endpoint, [one.said for one in made.notes]


@pytest.mark.parametrize("service", SEED.services, ids=lambda one: one.name)
def test_our_own_document_comes_back_as_it_was(service: Any) -> None:
    """The set made of it has the very same document, word for word."""
    before = openapi(SEED, service, service.endpoints)
    made = adopt(describe(before), SEED.name, service.name)
    assert () == made.notes
    system = load(made)
    after = document(system)
    assert before == after
    assert SEED.request_id == system.request_id
    assert SEED.version == system.version
    declared = system.services[0]
    assert service.health == declared.health
    assert [one.id for one in service.endpoints] == [one.id for one in declared.endpoints]
    for old, new in zip(service.endpoints, declared.endpoints, strict=True):
        assert set(SEED.codes(old)) == set(system.codes(new))
        assert (old.rate_limit, old.mode, old.mode_reason, old.credentials) == (
            new.rate_limit,
            new.mode,
            new.mode_reason,
            new.credentials,
        )


# `beside` has unions with members beside them, which come back as unions of whole objects.
@pytest.mark.parametrize("name", sorted(SYSTEMS.keys() - {"beside"}))
def test_documents_of_odd_systems_come_back_without_a_change(name: str) -> None:
    """Other envelopes, none, odd names, answers beside: nothing that breaks anybody."""
    system, service_name = SYSTEMS[name]
    service = system.service(service_name)
    assert service is not None
    before = describe(openapi(system, service, service.endpoints))
    made = adopt(before, system.name, service.name)
    after = document(load(made))
    validate(after)
    changes = compare(snapshot_of_document(before), snapshot_of_document(describe(after))).changes
    told = [(one.code, one.where, one.said) for one in changes]
    noted = " ".join(one.said for one in made.notes)
    unclear = re.findall(r"the member '([^']*)' of the envelope", noted)
    headers = re.findall(r"the header '([^']*)' of", noted)
    assert [] == [
        (code, where, said)
        for code, where, said in told
        if not any(where.endswith(f" {one}") for one in unclear)
        and not any(where.endswith(f" header {one}") for one in headers)
    ]


def test_parameters_keep_their_places() -> None:
    """Path, query and headers; cookies and other ways of writing are noted."""
    parameters = [
        {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}},
        {"name": "kind", "in": "path", "required": True, "schema": STRING},
        {"name": "q", "in": "query", "schema": {"type": "array", "items": STRING}},
        {"name": "f", "in": "query", "style": "deepObject", "schema": {"type": "object"}},
        {"name": "j", "in": "query", "content": {"application/json": {"schema": STRING}}},
        {
            "name": "X-Depth",
            "in": "header",
            "schema": STRING,
            "description": "how deep",
            "deprecated": True,
        },
        {"name": "c", "in": "cookie", "schema": STRING},
    ]
    endpoint, notes = _endpoint(_document({"parameters": parameters}, "/{kind}/{id}"))
    assert ["id", "kind"] == list(endpoint.path_values.model_fields)
    assert ["q", "f", "j"] == list(endpoint.query.model_fields)
    header = endpoint.headers.model_fields["x_depth"]
    assert ("x-depth", "how deep", True) == (header.alias, _words(header), header.deprecated)
    assert notes == [
        "'f' is written as deepObject: taken for the usual way",
        "'j' is written as application/json: taken as a value",
        "the cookie 'c': left out",
    ]


def _words(field: Any) -> str | None:
    told = re.search(r"description='([^']*)'", str(field))
    return told.group(1) if told else None


def test_plain_path_parameters_need_no_message() -> None:
    """Texts are what they are anyway."""
    parameters = [{"name": "id", "in": "path", "required": True, "schema": STRING}]
    endpoint, notes = _endpoint(_document({"parameters": parameters}, "/{id}"))
    assert (None, []) == (endpoint.path_values, notes)


def test_bodies_keep_one_form() -> None:
    """JSON where there is one, else the first; the others are noted."""
    content = {"text/csv": {}, "application/json": {"schema": STRING}}
    endpoint, notes = _endpoint(_document({"requestBody": {"content": content}}))
    assert ("application/json", False) == (endpoint.request_media, endpoint.request_required)
    assert ["its other forms (text/csv): left out"] == notes
    endpoint, notes = _endpoint(
        _document({"requestBody": {"content": {"text/csv": {}}, "required": True}})
    )
    assert ("text/csv", True, []) == (endpoint.request_media, endpoint.request_required, notes)


def test_answers_are_the_success_the_codes_and_the_rest() -> None:
    """The lowest 2xx is the success; what has no code is an answer of its own."""
    json = {"application/json": {"schema": STRING}}
    responses: Document = {
        "202": {"description": "later", "content": json},
        "201": {
            "description": "made",
            "content": json,
            "headers": {"Location": {"schema": STRING}},
        },
        "4XX": {"description": "wrong", "content": {"text/plain": {}, "text/html": {}}},
        "500": {"description": ""},
        "default": {"description": "else", "content": json},
    }
    endpoint, notes = _endpoint(_document({"responses": responses}))
    assert 201 == endpoint.status
    assert [("202", "later"), ("4XX", "wrong"), ("500", "500"), ("default", "else")] == [
        (one.status, one.meaning) for one in endpoint.answers
    ]
    assert ["application/json", "text/plain", "", "application/json"] == [
        one.media for one in endpoint.answers
    ]
    assert Mode.QUEUED is endpoint.mode
    assert notes == [
        "its other forms (text/html): left out",
        "the header 'location' of 1 answers: left out",
    ]


@pytest.mark.parametrize(
    ("responses", "status", "media", "answers"),
    [
        (
            {"default": {"content": {"application/json": {"schema": STRING}}}},
            200,
            "application/json",
            0,
        ),
        ({"2XX": {"description": "fine"}, "default": {"description": "else"}}, 200, "", 1),
        ({"404": {"description": "gone"}}, 200, "", 1),
        ({"200": {"content": {"text/html": {}}}}, 200, "text/html", 0),
        ({"200": {"content": {"text/csv": {"schema": STRING}}}}, 200, "text/csv", 0),
        (
            {"200": {"content": {"text/csv": {}, "application/json": {}}}},
            200,
            "application/json",
            0,
        ),
        ({"204": {"description": "done"}}, 204, "", 0),
        ({}, 200, "", 0),
    ],
)
def test_successes_that_are_not_plain(
    responses: Document, status: int, media: str, answers: int
) -> None:
    """A default alone, a class of statuses, none at all, a page."""
    endpoint, _ = _endpoint(_document({"responses": responses}))
    assert (status, media, answers) == (
        endpoint.status,
        endpoint.response_media,
        len(endpoint.answers),
    )


def test_callers_are_told_by_their_schemes() -> None:
    """What no credential says is noted."""
    schemes: Document = {
        "token": {"type": "http", "scheme": "bearer"},
        "login": {"type": "http", "scheme": "basic"},
        "digest": {"type": "http", "scheme": "digest"},
        "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
        "query": {"type": "apiKey", "in": "query", "name": "key"},
        "flow": {"type": "oauth2", "flows": {}},
        "mine": {"type": "mutualTLS"},
    }
    security: list[Document] = [{"token": [], "key": []}, {"login": []}, {"query": []}]
    written = _document({"security": security}, components={"securitySchemes": schemes})
    made = adopt(describe(written), "it", "api")
    system = load(made)
    assert system.credentials == (
        Credential("token"),
        Credential("login", scheme="Basic"),
        Credential("key", "x-key", ""),
        Credential("flow"),
    )
    assert ("token", "login") == system.services[0].endpoints[0].credentials
    assert [one.said for one in made.notes] == [
        "http digest: left out",
        "a key in the query: left out",
        "oauth2: taken for a bearer token, without flows and scopes",
        "mutualTLS: left out",
        "'token' and 'key' are demanded together: the first alone",
    ]
    free = _document({"security": [{"token": []}, {}]}, components={"securitySchemes": schemes})
    assert () == _endpoint(free)[0].credentials


def test_error_codes_are_told_where_the_document_names_them() -> None:
    """A closed set of codes at a status; `retryable` by the body, else by the status."""

    def failure(*codes: str, **more: Document) -> Document:
        error = {"code": {"enum": list(codes)}, "message": STRING, **more}
        schema = {"type": "object", "properties": error, "required": list(error)}
        return {"description": "Why.", "content": {"application/json": {"schema": schema}}}

    no, yes = {"const": False}, {"const": True}
    responses = {
        "404": failure("NO_PET", "NO_OWNER", retryable=no),
        "503": failure("BUSY", retryable={"type": "boolean"}),
        "409": failure("TAKEN", retryable=yes),
        "4XX": failure("WILD", retryable=no),
    }
    written = _document({"responses": responses})
    busy = failure("BUSY", retryable={"type": "boolean"})
    written["paths"]["/other"] = {"get": {"responses": {"503": busy}}}
    system = load(adopt(describe(written), "it", "api"))
    told = {one.code: (one.status, one.retryable, one.meaning) for one in system.errors}
    assert told == {
        "NO_PET": (404, False, "Why."),
        "NO_OWNER": (404, False, "Why."),
        "BUSY": (503, True, "Why."),
        "TAKEN": (409, True, "Why."),
    }
    assert ("BUSY",) == system.everywhere
    first, second = system.services[0].endpoints
    assert ({"NO_PET", "NO_OWNER", "TAKEN"}, ()) == (set(first.errors), second.errors)
    assert ["4XX"] == [one.status for one in first.answers]


def test_a_code_with_two_statuses_is_no_code() -> None:
    """The catalogue is closed: what contradicts it is an answer of its own."""
    schema = {"type": "object", "properties": {"code": {"const": "A"}}, "required": ["code"]}
    content = {"application/json": {"schema": schema}}
    responses = {"404": {"content": content}, "410": {"content": content}}
    made = adopt(describe(_document({"responses": responses})), "it", "api")
    system = load(made)
    assert [("A", 404)] == [(one.code, one.status) for one in system.errors]
    assert ["410"] == [one.status for one in system.services[0].endpoints[0].answers]


def test_extensions_that_make_no_sense_are_not_taken_over() -> None:
    """Whoever writes them: a foreign document may have members of the same names."""
    odd: Document = {
        "x-request-id": {"headers": ["X-Id", 7], "pattern": "("},
        "x-version": {"header": "v", "current": "1", "unsupported": "NO_SUCH"},
        "x-health": {"path": "/nowhere", "statuses": ["up"], "unhealthyStatus": 503},
    }
    operation = {"x-mode": {"mode": "often"}, "x-rate-limit": {"limit": "many", "windowS": 0}}
    system = load(adopt(describe(_document(operation, "/pets", **odd)), "it", "api"))
    assert (None, None) == (system.request_id, system.version)
    service = system.services[0]
    assert (None, None, Mode.SYNC) == (
        service.health,
        service.endpoints[0].rate_limit,
        service.endpoints[0].mode,
    )
    wrongs: tuple[Any, ...] = (
        7,
        {"headers": [], "pattern": "a"},
        {"headers": ["a"], "pattern": "("},
    )
    for wrong in wrongs:
        assert None is _with_extension(wrong).request_id
    right = {"headers": ["X-Id"], "pattern": "[a-z]+", "mailHeader": 7, "logField": 7}
    assert RequestId(("x-id",), "[a-z]+") == _with_extension(right).request_id


def _with_extension(said: object) -> System:
    """The set of a document that says this of its request ID."""
    rest: Document = {"x-request-id": said}
    return load(adopt(describe(_document({}, "/pets", **rest)), "it", "api"))


def test_paths_that_clash_are_noted() -> None:
    """Two that differ in the names of their parameters are one to a router."""
    written = _document({}, "/{a}")
    written["paths"]["/{b}"] = {"post": {"responses": {}}}
    endpoint, notes = _endpoint(written)
    assert "POST /{a}" == endpoint.id
    assert ["the same path with other names: left out"] == [
        one for one in notes if "path" in one and "other" in one
    ]


def test_base_url_title_and_purpose_are_taken_over() -> None:
    """An address that is none, or a template, is not."""
    info = {"title": "Pets", "version": "1", "description": "Keeps\npets.\n\nAnd more."}
    servers = [{"url": "/v1"}, {"url": "https://{host}/v1"}, {"url": "https://pets.example/v1"}]
    system = load(adopt(describe(_document({}, info=info, servers=servers)), "it", "api"))
    service = system.services[0]
    assert ("Pets", "Keeps pets.", "https://pets.example/v1") == (
        service.title,
        service.responsibility,
        service.base_url,
    )


def test_an_empty_document_is_an_empty_set() -> None:
    """No operation, no message."""
    written: Document = {"openapi": "3.1.0", "info": {}, "paths": {}}
    made = adopt(describe(written), "it", "api")
    system = load(made)
    assert (0, 0, "api", "") == (
        made.endpoints,
        made.messages,
        system.services[0].title,
        system.services[0].responsibility,
    )


HOSTILE = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    [
        '"""\nimport os\nos.abort()',
        "'''",
        "\\",
        '\\"',
        "{x}",
        "%s",
        "class",
        "None",
        "__import__",
        "Message",
        "Field",
        "message",
        "ENDPOINTS",
        "\u202e\u2066",
        "#",
        "a b",
        "1",
        "\n",
        "\x00",
        "$ref",
        "🦀",
    ]
)


@settings(max_examples=60, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_texts_of_a_document_are_never_code(one: str, two: str, three: str, four: str) -> None:
    """Names, descriptions, choices, defaults, titles and paths may hold anything."""
    schema: Document = {
        "type": "object",
        "title": one,
        "description": two,
        "properties": {
            one: {"enum": [two, three], "description": four, "default": two},
            two: {"type": "object", "properties": {three: STRING}, "title": four},
            f"{three}x": {"$ref": "#/components/schemas/Named"},
            f"{four}y": {"anyOf": [{"type": "object", "title": one, "required": [two]}, STRING]},
        },
        "required": [one],
    }
    body = {"content": {"application/json": {"schema": schema}}}
    operation = {
        "operationId": one,
        "summary": two,
        "description": three,
        "requestBody": body,
        "parameters": [
            {"name": one or "q", "in": "query", "schema": STRING, "description": two},
            {"name": two or "h", "in": "header", "schema": {"enum": [three]}},
        ],
        "responses": {"400": {"description": four}},
        "x-mode": {"mode": "sync", "reason": four},
    }
    written = {
        "openapi": "3.1.0",
        "info": {"title": one, "version": two, "description": three},
        "servers": [{"url": four}],
        "paths": {"/a": {"post": operation}},
        "components": {
            "schemas": {"Named": {**schema, "title": three}, one or "A": {"enum": [four]}},
            "securitySchemes": {two: {"type": "apiKey", "in": "header", "name": three or "x"}},
        },
    }
    made = adopt(describe(written), one, "api")
    for name, text in made.files.items():
        tree = ast.parse(text)
        allowed = ast.Import | ast.ImportFrom | ast.ClassDef | ast.Assign | ast.AnnAssign | ast.Expr
        assert all(isinstance(node, allowed) for node in tree.body), name
        calls = {
            node.func.id if isinstance(node.func, ast.Name) else type(node.func).__name__
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
        }
        assert calls <= {
            *("Field", "Endpoint", "Answer", "System", "Service", "Credential", "Envelope"),
            *("Form", "Member", "Exemption", "RateLimit", "ErrorCode"),
        }
    system = load(made)
    assert one == system.name
    assert (schema["properties"].keys() | {one}) - {""} == {
        field.alias or name
        for name, field in system.services[0].endpoints[0].request.model_fields.items()  # pyright: ignore[reportOptionalMemberAccess] - there is one
    }
