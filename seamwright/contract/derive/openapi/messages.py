"""The messages of a service as schemas that name each other under `components`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pydantic.json_schema import models_json_schema

from seamwright.contract.derive.json_schema import Untitled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import BaseModel

    from seamwright.contract.derive.json_schema import Schema
    from seamwright.contract.endpoint import Endpoint

FOLDER = "#/components/schemas/"


class Messages:
    """The schemas of all messages of some endpoints; two of one name are told apart."""

    def __init__(self, endpoints: Iterable[Endpoint]) -> None:
        """Derive them."""
        models = list(dict.fromkeys(model for one in endpoints for model in one.messages))
        places, definitions = models_json_schema(
            [(model, "validation") for model in models],
            by_alias=True,
            ref_template=FOLDER + "{model}",
            schema_generator=Untitled,
        )
        self._places = {model: cast("Schema", places[model, "validation"]) for model in models}
        self._definitions = cast("dict[str, Schema]", definitions.get("$defs", {}))

    def schema(self, model: type[BaseModel]) -> Schema:
        """The schema of a message: a reference, where it can be one."""
        return self._places[model]

    def definition(self, model: type[BaseModel]) -> Schema:
        """The schema of a message itself, and no reference to it."""
        place = self._places[model]
        reference = place.get("$ref")
        return self._definitions[str(reference).removeprefix(FOLDER)] if reference else place

    def properties(self, model: type[BaseModel] | None) -> tuple[dict[str, Schema], set[str]]:
        """The fields of a message that is no body, and which of them are required."""
        if model is None:
            return {}, set()
        found = self.definition(model)
        required = cast("list[str]", found.get("required", []))
        return cast("dict[str, Schema]", found.get("properties", {})), set(required)

    def named(self, used: object) -> dict[str, Schema]:
        """The schemas that something names, and those that these name, in order of name."""
        met: set[str] = set()
        waiting = [used]
        while waiting:
            for name in references(waiting.pop()):
                if name in self._definitions and name not in met:
                    met.add(name)
                    waiting.append(self._definitions[name])
        return {name: self._definitions[name] for name in sorted(met)}


def references(value: object) -> Iterator[str]:
    """The names of the components' schemas that a JSON value names."""
    waiting = [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            fields = cast("Schema", here)
            reference = fields.get("$ref")
            if isinstance(reference, str) and reference.startswith(FOLDER):
                yield reference.removeprefix(FOLDER)
            waiting.extend(fields.values())
        elif isinstance(here, list):
            waiting.extend(cast("list[object]", here))
