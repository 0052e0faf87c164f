"""JSON Schema 2020-12 for others to use: a file for each message and each envelope.

    SERVICE/Pet.schema.json           a body, a query, the headers, a path's values
    SERVICE/POST-pets.success.schema.json    the whole body of a success
    SERVICE/POST-pets.failure.schema.json    the whole body of a failure

The files stand alone. Where the contract is closed they say `unevaluatedProperties: false`: an
`allOf` around them may then add members, which `additionalProperties` would refuse.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from seamwright.contract.derive.json_schema import failure_schema, message_schema, success_schema
from seamwright.contract.description.keyword import Form, form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.derive.json_schema import Schema
    from seamwright.contract.service import Service
    from seamwright.contract.system import System

SUFFIX = ".schema.json"
_UNFIT = re.compile(r"[^A-Za-z0-9._]+")


def published_schemas(system: System) -> dict[str, Schema]:
    """File name, with the folder of its service → schema; in order of name."""
    files: dict[str, Schema] = {}
    for service in system.services:
        for stem, title, schema in (*_messages(service), *_envelopes(system, service)):
            name = _free(f"{service.name}/{stem}", files)
            files[name] = {**_head(schema, title), **_exact(schema)}
    return dict(sorted(files.items()))


def _messages(service: Service) -> Iterator[tuple[str, str, Schema]]:
    models = dict.fromkeys(model for one in service.endpoints for model in one.messages)
    for model in models:
        yield model.__name__, model.__name__, message_schema(model)


def _envelopes(system: System, service: Service) -> Iterator[tuple[str, str, Schema]]:
    for one in service.endpoints:
        stem = _UNFIT.sub("-", one.id.replace("{", "").replace("}", "")).strip("-")
        success = success_schema(system, service.name, one)
        if success is not None:
            yield f"{stem}.success", f"{one.id}: success", success
        failure = failure_schema(system, one)
        if failure is not None:
            yield f"{stem}.failure", f"{one.id}: failure", failure


def _free(stem: str, taken: dict[str, Schema]) -> str:
    """A file name that none has yet, on file systems that ignore case too."""
    lower = {one.lower() for one in taken}
    number, name = 1, stem + SUFFIX
    while name.lower() in lower:
        number += 1
        name = f"{stem}-{number}{SUFFIX}"
    return name


def _head(schema: Schema, title: str) -> Schema:
    return {"$schema": schema["$schema"], "title": title}


def _exact(schema: Schema) -> Schema:
    """The schema, closed by `unevaluatedProperties` where it was by `additionalProperties`."""
    made: Schema = {}
    for key, value in schema.items():
        if key == "additionalProperties" and value is False:
            made["unevaluatedProperties"] = False
        elif key == "$defs" or form(key) is Form.NAMED:
            made[key] = {name: _within(one) for name, one in cast("Schema", value).items()}
        elif form(key) is Form.SCHEMA:
            made[key] = _within(value)
        elif form(key) is Form.SCHEMAS:
            made[key] = [_within(one) for one in cast("list[object]", value)]
        else:
            made[key] = value
    return made


def _within(value: object) -> object:
    """A schema within a schema; the booleans are schemas too."""
    return _exact(cast("Schema", value)) if isinstance(value, dict) else value
