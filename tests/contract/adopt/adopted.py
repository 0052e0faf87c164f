"""Contract sets made of documents, written into a folder and loaded from there."""

from __future__ import annotations

import importlib.util
import itertools
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from seamwright.contract.adopt import Adoption, adopt
from seamwright.contract.derive.openapi import openapi
from seamwright.contract.description.read import describe

if TYPE_CHECKING:
    from seamwright.contract.description.document import Description
    from seamwright.contract.system import System

Document = dict[str, Any]
_NUMBERS = itertools.count(1)


def load(adoption: Adoption) -> System:
    """The set, as Python has it."""
    name = f"adopted_for_a_test_{next(_NUMBERS)}"
    with tempfile.TemporaryDirectory() as folder:
        for file, text in adoption.files.items():
            (Path(folder) / file).write_text(text, encoding="utf-8")
        spec = importlib.util.spec_from_file_location(
            name, Path(folder) / "__init__.py", submodule_search_locations=[folder]
        )
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        for one in module.SYSTEM.services[0].endpoints:
            for model in one.messages:
                model.model_rebuild()
    return cast("System", module.SYSTEM)


def document(system: System) -> Document:
    """The OpenAPI document of its one service."""
    (service,) = system.services
    return openapi(system, service, service.endpoints)


def again(description: Description, name: str = "it", service: str = "api") -> Document:
    """The OpenAPI document of the set that is made of a description."""
    return document(load(adopt(description, name, service)))


def request_document(schema: object, **definitions: object) -> Document:
    """A document with one operation whose request has this schema."""
    body = {"content": {"application/json": {"schema": schema}}, "required": True}
    operation: Document = {"operationId": "postPets", "requestBody": body, "responses": {"204": {}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Pets", "version": "1"},
        "paths": {"/pets": {"post": operation}},
        "components": {"schemas": definitions},
    }


def of_schema(schema: object, **definitions: object) -> tuple[Document, Adoption]:
    """What a schema of a request becomes, and the adoption; definitions are named beside it."""
    made = adopt(describe(request_document(schema, **definitions)), "it", "api")
    return document(load(made)), made
