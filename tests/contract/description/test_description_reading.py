"""Operations of all dialects are read alike; what is malformed is noted, never fatal."""

from __future__ import annotations

import json

import pytest

from seamwright.contract.description.document import (
    Body,
    Content,
    Operation,
    Parameter,
    Response,
    Scheme,
)
from seamwright.contract.description.problem import DescriptionProblem
from seamwright.contract.description.read import describe, read
from tests.contract.description.documents import EMPTY, INFO, NONE, only, openapi3, said, swagger2

STRING: dict[str, object] = {"type": "string"}
OK = {"200": {"description": "OK"}}


def test_an_operation_of_openapi_3() -> None:
    """Every part of it arrives in our words."""
    operation = only(
        openapi3(
            {
                "operationId": "listPets",
                "summary": "List",
                "description": "All of them",
                "tags": ["pets"],
                "deprecated": True,
                "x-own": 1,
                "parameters": [
                    {"name": "Limit", "in": "header", "schema": STRING, "example": "a"},
                    {"name": "tag", "in": "query", "schema": STRING, "explode": False},
                    {"name": "filter", "in": "query", "content": {"application/json": EMPTY}},
                    {"name": "c", "in": "cookie", "required": True, "schema": STRING},
                ],
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": STRING}, "text/plain": EMPTY},
                },
                "responses": {
                    "200": {
                        "description": "OK",
                        "headers": {"X-Next": {"schema": STRING}, "Content-Type": EMPTY},
                        "content": {"application/json": {"schema": STRING}},
                    },
                    "4xx": {"$ref": "#/components/responses/Bad"},
                    "Default": {"description": "else"},
                },
            },
            components={"responses": {"Bad": {"description": "bad"}}},
        )
    )
    assert operation == Operation(
        method="GET",
        path="/pets",
        pointer="/paths/~1pets/get",
        name="listPets",
        summary="List",
        description="All of them",
        tags=("pets",),
        parameters=(
            Parameter(
                "header",
                "limit",
                required=False,
                schema={"examples": ["a"], **STRING},
                style="simple",
            ),
            Parameter("query", "tag", required=False, schema=STRING, style="form"),
            Parameter(
                "query",
                "filter",
                required=False,
                schema={},
                style="form",
                explode=True,
                media="application/json",
            ),
            Parameter("cookie", "c", required=True, schema=STRING, style="form", explode=True),
        ),
        body=Body(
            (Content("application/json", STRING), Content("text/plain", None)), required=True
        ),
        responses=(
            Response(
                "200",
                "OK",
                (Content("application/json", STRING),),
                (Parameter("header", "x-next", required=False, schema=STRING, style="simple"),),
            ),
            Response("4XX", "bad"),
            Response("default", "else"),
        ),
        deprecated=True,
        extensions={"x-own": 1},
    )
    assert "GET /pets" == operation.id


def test_an_operation_of_swagger_2() -> None:
    """Bodies, media types and list styles are said in the words of 3."""
    operation = only(
        swagger2(
            {
                "consumes": ["application/json"],
                "parameters": [
                    {
                        "name": "tags",
                        "in": "query",
                        "type": "array",
                        "collectionFormat": "multi",
                        "items": {"type": "string"},
                    },
                    {
                        "name": "ids",
                        "in": "query",
                        "type": "array",
                        "collectionFormat": "pipes",
                        "items": {"type": "string"},
                    },
                    {"name": "one", "in": "query", "type": "string", "x-nullable": True},
                    {"name": "pet", "in": "body", "required": True, "schema": STRING},
                ],
                "responses": {
                    "200": {
                        "description": "OK",
                        "schema": {"type": "file"},
                        "headers": {"X-Next": {"type": "string"}, "Content-Type": EMPTY},
                    },
                },
            },
            produces=["application/octet-stream"],
        )
    )
    array: dict[str, object] = {"type": "array", "items": STRING}
    assert operation.parameters == (
        Parameter("query", "tags", required=False, schema=array, style="form", explode=True),
        Parameter("query", "ids", required=False, schema=array, style="pipeDelimited"),
        Parameter(
            "query",
            "one",
            required=False,
            schema={"type": ["string", "null"]},
            style="form",
            explode=True,
        ),
    )
    assert Body((Content("application/json", STRING),), required=True) == operation.body
    file: dict[str, object] = {"type": "string", "format": "binary"}
    header = Parameter("header", "x-next", required=False, schema=STRING, style="simple")
    assert operation.responses == (
        Response("200", "OK", (Content("application/octet-stream", file),), (header,)),
    )


@pytest.mark.parametrize(
    ("fields", "media"),
    [
        ([{"name": "a", "in": "formData", "type": "string"}], "application/x-www-form-urlencoded"),
        (
            [{"name": "a", "in": "formData", "type": "file", "required": True}],
            "multipart/form-data",
        ),
    ],
)
def test_a_form_of_swagger_2_is_a_body(fields: list[dict[str, object]], media: str) -> None:
    """Its fields are the properties of an object."""
    body = only(swagger2({"parameters": fields, "responses": OK})).body
    assert body is not None
    ((told, schema),) = ((one.media, one.schema) for one in body.contents)
    assert media == told
    assert schema is not None
    assert ["a"] == list(schema["properties"])  # pyright: ignore[reportArgumentType] - an object
    assert (["a"] if body.required else None) == schema.get("required")


def test_a_form_keeps_the_media_type_that_it_names() -> None:
    """Where an operation names one that a form can have."""
    field = {"name": "a", "in": "formData", "type": "string"}
    operation = {"consumes": ["multipart/form-data"], "parameters": [field], "responses": OK}
    body = only(swagger2(operation)).body
    assert body is not None
    assert ["multipart/form-data"] == [one.media for one in body.contents]


def test_parameters_of_a_path_hold_for_its_operations() -> None:
    """An operation's own goes first; header names are the same in any case."""
    shared = [
        {"$ref": "#/components/parameters/Id"},
        {"name": "X-A", "in": "header", "schema": STRING},
    ]
    own = [{"name": "x-a", "in": "header", "required": True, "schema": STRING}]
    description = describe(
        {
            "openapi": "3.0.0",
            "info": INFO,
            "paths": {
                "/pets/{id}": {"parameters": shared, "get": {"parameters": own, "responses": OK}}
            },
            "components": {
                "parameters": {
                    "Id": {"name": "id", "in": "path", "required": True, "schema": STRING}
                }
            },
        }
    )
    parameters = only(description).parameters
    assert [("x-a", True), ("id", True)] == [(one.name, one.required) for one in parameters]
    assert [] == said(description)


def test_security_of_openapi_3() -> None:
    """Alternatives, each of schemes together; an operation's own instead of the document's."""
    schemes = {
        "key": {"type": "apiKey", "in": "header", "name": "X-Key", "description": "a key"},
        "token": {"type": "http", "scheme": "Bearer"},
        "odd": {"type": "magic"},
    }
    components = {"securitySchemes": schemes}
    description = openapi3(
        security=[{"key": NONE}, {"key": NONE, "token": NONE}], components=components
    )
    assert (("key",), ("key", "token")) == only(description).security
    assert description.schemes == (
        Scheme("key", "apiKey", place="header", header="X-Key", description="a key"),
        Scheme("token", "http", scheme="bearer"),
    )
    assert ["'magic' is no kind of security: left out"] == [one for _, one in said(description)]
    free = {"security": NONE, "responses": OK}
    assert () == only(openapi3(free, security=[{"key": NONE}], components=components)).security
    anyone = {"security": [EMPTY, {"no": NONE}, 7], "responses": OK}
    noted = openapi3(anyone, components={"securitySchemes": {"key": schemes["key"]}})
    assert ((),) == only(noted).security
    assert 2 == len(noted.notes)


def test_security_of_swagger_2() -> None:
    """`basic` is a scheme of HTTP; the document's own holds everywhere."""
    description = swagger2(
        security=[{"login": NONE}, {"unknown": NONE}],
        securityDefinitions={
            "login": {"type": "basic"},
            "flow": {"type": "oauth2"},
            "odd": {"type": "http"},
        },
    )
    assert (("login",),) == only(description).security
    assert description.schemes == (
        Scheme("login", "http", scheme="basic"),
        Scheme("flow", "oauth2"),
    )
    assert 1 == len(description.notes)


def test_servers_are_told_as_they_are() -> None:
    """Of 3 as given; of 2.0 scheme, host and base path together."""
    assert ("/v1",) == openapi3(servers=[{"url": "/v1"}, EMPTY]).servers
    told = swagger2(host="pets.example", basePath="/v1", schemes=["https", "http"]).servers
    assert ("https://pets.example/v1", "http://pets.example/v1") == told
    assert ("https://pets.example",) == swagger2(host="pets.example", basePath="/").servers
    assert ("/v1",) == swagger2(basePath="/v1").servers
    assert () == swagger2().servers


NOTED3: dict[str, tuple[dict[str, object], str]] = {
    "a parameter that is none": ({"parameters": [{"in": "body"}]}, "no parameter: '' in 'body'"),
    "a parameter that is no object": ({"parameters": [7]}, "an object was expected and a number"),
    "parameters that are no list": ({"parameters": EMPTY}, "a list was expected and an object"),
    "a parameter twice": (
        {"parameters": [{"name": "a", "in": "query", "schema": EMPTY}] * 2},
        "query parameter 'a' twice",
    ),
    "a header said elsewhere": (
        {"parameters": [{"name": "Accept", "in": "header", "schema": EMPTY}]},
        "the header Accept is said elsewhere",
    ),
    "no schema": ({"parameters": [{"name": "a", "in": "query"}]}, "'a' has no schema"),
    "a parameter of no path": (
        {"parameters": [{"name": "a", "in": "path", "required": True, "schema": EMPTY}]},
        "path parameter 'a' is not in the path",
    ),
    "callbacks": ({"callbacks": EMPTY}, "'callbacks' of an operation"),
    "a status": ({"responses": {"6": {"description": ""}}}, "'6' is no status"),
    "links": (
        {"responses": {"200": {"description": "", "links": EMPTY}}},
        "links between operations",
    ),
    "encoding": (
        {"requestBody": {"content": {"multipart/form-data": {"encoding": EMPTY}}}},
        "how parts are encoded",
    ),
    "no answers": ({"responses": 7}, "an object was expected and a number is there"),
    "tags": ({"tags": [7]}, "a text was expected and a number is there"),
    "a summary": ({"summary": ["a"]}, "a text was expected and a list is there"),
    "a flag": ({"deprecated": "yes"}, "true or false was expected and a text is there"),
    "an answer elsewhere": (
        {"responses": {"200": {"$ref": "other.yaml"}}},
        "the reference 'other.yaml' leads nowhere in here",
    ),
}


@pytest.mark.parametrize("name", NOTED3)
def test_what_is_malformed_is_noted(name: str) -> None:
    """The rest of the operation is read."""
    written, sentence = NOTED3[name]
    description = openapi3({"operationId": "it", **written})
    assert "it" == only(description).name
    ((pointer, told),) = said(description)
    assert sentence in told
    assert pointer.startswith("/paths/~1pets/get/")


NOTED2: dict[str, tuple[dict[str, object], str]] = {
    "a parameter that is none": ({"parameters": [{"in": "cookie", "name": "a"}]}, "no parameter"),
    "a header said elsewhere": (
        {"parameters": [{"name": "Authorization", "in": "header", "type": "string"}]},
        "said elsewhere",
    ),
    "a list style": (
        {"parameters": [{"name": "a", "in": "query", "type": "array", "collectionFormat": "tsv"}]},
        "lists are written as 'tsv'",
    ),
    "two bodies": (
        {"parameters": [{"name": "a", "in": "body"}, {"name": "b", "in": "body"}]},
        "several bodies",
    ),
}


@pytest.mark.parametrize("name", NOTED2)
def test_what_is_malformed_in_swagger_is_noted(name: str) -> None:
    """The rest of the operation is read."""
    written, sentence = NOTED2[name]
    description = swagger2({"operationId": "it", **written})
    assert "it" == only(description).name
    assert [True] == [sentence in told for _, told in said(description)]


def test_what_says_nothing_is_nothing() -> None:
    """A body without content is none, and an extension is no answer."""
    operation = only(openapi3({"requestBody": {"content": EMPTY}, "responses": {"x-a": 1, **OK}}))
    assert None is operation.body
    assert ["200"] == [one.status for one in operation.responses]


def test_paths_that_are_none_are_noted() -> None:
    """No slash, other members, unknown parameters of the template; extensions are let be."""
    document = {
        "openapi": "3.1.0",
        "info": INFO,
        "webhooks": EMPTY,
        "paths": {
            "x-own": 1,
            "pets": EMPTY,
            "/a/{id}": {
                "summary": "of the path",
                "servers": NONE,
                "x-a": 1,
                "get": {"responses": OK},
            },
            "/b": {"get": 7},
            "/c/{id}": {
                "get": {
                    "parameters": [{"name": "id", "in": "path", "schema": EMPTY}],
                    "responses": OK,
                }
            },
        },
    }
    description = describe(document)
    assert ["GET /a/{id}", "GET /c/{id}"] == [one.id for one in description.operations]
    assert "of the path" == description.operations[0].summary
    told = [one for _, one in said(description)]
    assert ["'webhooks' of the document: left out"] == told[:1]
    assert 6 == len(told)


def test_references_in_a_circle_are_left_out() -> None:
    """Two answers that are each other are none."""
    circle = {"A": {"$ref": "#/components/responses/B"}, "B": {"$ref": "#/components/responses/A"}}
    description = openapi3(
        {"responses": {"200": {"$ref": "#/components/responses/A"}}},
        components={"responses": circle},
    )
    assert (Response("200", ""),) == only(description).responses
    assert ["references that lead in a circle: left out"] == [one for _, one in said(description)]


def test_a_path_may_be_a_reference() -> None:
    """Its operations are read where they lie."""
    description = describe(
        {
            "openapi": "3.1.0",
            "info": INFO,
            "paths": {"/a": {"$ref": "#/components/pathItems/A"}},
            "components": {"pathItems": {"A": {"get": {"responses": OK}}}},
        }
    )
    assert "/components/pathItems/A/get" == only(description).pointer


def test_extensions_of_the_document_are_kept() -> None:
    """Whoever knows them may read them."""
    assert {"x-own": [1]} == openapi3(**{"x-own": [1]}).extensions


@pytest.mark.parametrize(
    ("document", "seen"),
    [
        (EMPTY, "says neither"),
        ({"openapi": "4.0.0"}, "openapi: '4.0.0'"),
        ({"openapi": "2.0"}, "openapi: '2.0'"),
        ({"swagger": "1.2"}, "swagger: '1.2'"),
        ({"swagger": ["2.0"]}, "says neither"),
        (NONE, "no object"),
    ],
)
def test_other_documents_are_a_clear_problem(document: object, seen: str) -> None:
    """What is no OpenAPI document is not read as one."""
    with pytest.raises(DescriptionProblem) as raised:
        read(json.dumps(document).encode(), "pets.json")
    assert seen in raised.value.seen
    assert "pets.json" == raised.value.where


def test_a_version_without_quotes_is_a_version() -> None:
    """YAML makes numbers of `swagger: 2.0` and `version: 1.0`."""
    description = read(b"swagger: 2.0\ninfo: {title: A, version: 1.0}\npaths: EMPTY\n", "a.yaml")
    assert ("2.0", "1.0") == (description.dialect, description.version)
