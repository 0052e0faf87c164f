"""The parts of a JSON Schema that may be anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ANNOTATIONS = frozenset(
    {"$schema", "$id", "$anchor", "$comment", "$defs", "title", "description", "default"}
    | {"examples", "deprecated", "readOnly", "writeOnly"}
)
"""Keywords that refuse nothing."""

_DEFINITIONS = "#/$defs/"
_Place = tuple[str, object]


def open_parts(schema: Mapping[str, object]) -> tuple[str, ...]:
    """Where a value that the schema describes may be anything: pointers, `*` for any key or index.

    Other members than the named ones are no part of it: an object may be open. A definition that
    is used at many places is told at the first.
    """
    definitions = cast("Mapping[str, object]", schema.get("$defs", {}))
    found: list[str] = []
    known: set[str] = set()
    waiting: list[_Place] = [("", schema)]
    for at, part in waiting:
        if _anything(part):
            found.append(at)
            continue
        if not isinstance(part, dict):
            continue
        keywords = cast("Mapping[str, object]", part)
        name = keywords.get("$ref")
        if isinstance(name, str) and name not in known:
            known.add(name)
            inner = definitions.get(name.removeprefix(_DEFINITIONS), False)
            waiting.append((at, inner))
        waiting += _inside(at, keywords)
    return tuple(dict.fromkeys(found))


def _anything(part: object) -> bool:
    """Whether a schema refuses nothing at all."""
    if not isinstance(part, dict):
        return part is True
    keywords = cast("Mapping[str, object]", part)
    said = keywords.keys() - _ANNOTATIONS
    return not said or (said == {"allOf"} and all(map(_anything, _list(keywords, "allOf"))))


def _inside(at: str, keywords: Mapping[str, object]) -> Iterator[_Place]:
    """The schemas in a schema, each with the place of its value."""
    for name, inner in _object(keywords, "properties").items():
        yield f"{at}/{name}", inner
    for inner in _object(keywords, "patternProperties").values():
        yield f"{at}/*", inner
    for number, inner in enumerate(_list(keywords, "prefixItems")):
        yield f"{at}/{number}", inner
    for inner in (*_list(keywords, "anyOf"), *_list(keywords, "oneOf")):
        yield at, inner
    # What allows anything here takes nothing back that the rest of the schema has said.
    yield from ((at, inner) for inner in _list(keywords, "allOf") if not _anything(inner))
    for name in ("additionalProperties", "unevaluatedProperties"):
        if name in keywords and not _anything(keywords[name]):
            yield f"{at}/*", keywords[name]
    if "items" in keywords or _untyped_items(keywords):
        yield f"{at}/*", keywords.get("items", True)


def _untyped_items(keywords: Mapping[str, object]) -> bool:
    told = keywords.keys() & {"prefixItems", "enum", "const"}
    return keywords.get("type") == "array" and not told


def _object(keywords: Mapping[str, object], name: str) -> Mapping[str, object]:
    return cast("Mapping[str, object]", keywords.get(name, {}))


def _list(keywords: Mapping[str, object], name: str) -> list[object]:
    return cast("list[object]", keywords.get(name, []))
