"""The properties of an object: there or not, required or not, closed or open for others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from seamwright.contract.compare.change import ChangeClass
from seamwright.contract.compare.direction import (
    Direction,
    Facet,
    Shift,
    harmless,
    narrowing,
    widening,
)
from seamwright.contract.compare.shape import ANY, NONE
from seamwright.contract.compare.wording import bounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.compare.normal_form import Forms
    from seamwright.contract.compare.shape import Schema, Shape

PROPERTY_REQUIRED_ADDED = Facet(
    ChangeClass(
        "REQ-PROPERTY-ADDED-REQUIRED",
        "a required property came to a request",
        consumers=True,
        providers=True,
        reason="requests without it are refused, and providers must understand it",
        cure="let it be left out, with a default that means what was meant before",
    ),
    ChangeClass(
        "RES-PROPERTY-ADDED-REQUIRED",
        "a required property came to a response",
        consumers=False,
        providers=True,
        reason="consumers pass over what they do not know, but every provider must answer it",
        cure="let it be left out until every provider answers it",
    ),
)
PROPERTY_OPTIONAL_ADDED = Facet(
    ChangeClass(
        "REQ-PROPERTY-ADDED-OPTIONAL",
        "an optional property came to a request",
        consumers=False,
        providers=True,
        reason="nobody needs to send it, but every provider must understand it",
        cure="announce it to providers first",
    ),
    ChangeClass(
        "RES-PROPERTY-ADDED-OPTIONAL",
        "an optional property came to a response",
        consumers=False,
        providers=False,
        reason="consumers pass over what they do not know, and no provider must answer it",
    ),
)
PROPERTY_REQUIRED_REMOVED = Facet(
    ChangeClass(
        "REQ-PROPERTY-REMOVED-REQUIRED",
        "a required property is gone from a request",
        consumers=True,
        providers=True,
        reason="consumers send it and may be refused, and providers miss what they build on",
        cure="go on taking it, and say that it is deprecated",
    ),
    ChangeClass(
        "RES-PROPERTY-REMOVED-REQUIRED",
        "a required property is gone from a response",
        consumers=True,
        providers=True,
        reason="consumers count on it, and a provider that answers it says too much",
        cure="go on answering it, and say that it is deprecated",
    ),
)
PROPERTY_OPTIONAL_REMOVED = Facet(
    ChangeClass(
        "REQ-PROPERTY-REMOVED-OPTIONAL",
        "an optional property is gone from a request",
        consumers=True,
        providers=False,
        reason="consumers that send it are refused, or it is passed over in silence",
        cure="go on taking it, and say that it is deprecated",
    ),
    ChangeClass(
        "RES-PROPERTY-REMOVED-OPTIONAL",
        "an optional property is gone from a response",
        consumers=False,
        providers=True,
        reason="consumers can do without it, but a provider that answers it says too much",
        cure="go on letting it be answered",
    ),
)
PROPERTY_BECAME_REQUIRED = narrowing(
    "PROPERTY-BECAME-REQUIRED",
    "a property must be there",
    "let it be left out, with a default that means what was meant before",
    "let it be left out until every provider answers it",
)
PROPERTY_BECAME_OPTIONAL = widening(
    "PROPERTY-BECAME-OPTIONAL",
    "a property may be left out",
    "go on demanding it, or announce to providers that it may be missing",
    "go on answering it always",
)
PROPERTY_DEPRECATED = harmless(
    "PROPERTY-DEPRECATED", "a property is about to go", "it is still there"
)
PROPERTY_REINSTATED = harmless(
    "PROPERTY-REINSTATED", "a property is no longer about to go", "it stays as it was"
)
ADDITIONAL_CLOSED = narrowing(
    "ADDITIONAL-CLOSED",
    "an object may no longer have any other properties",
    "go on taking properties that are not named",
    "go on letting properties be answered that are not named",
)
ADDITIONAL_OPENED = Facet(
    widening(
        "ADDITIONAL-OPENED",
        "an object may have other properties",
        "go on refusing them, or announce it to providers first",
        "",
    ).request,
    ChangeClass(
        "RES-ADDITIONAL-OPENED",
        "an object may have other properties in a response",
        consumers=False,
        providers=False,
        reason="consumers pass over what they do not know, and no provider must answer it",
    ),
)
FACETS = (
    PROPERTY_REQUIRED_ADDED,
    PROPERTY_OPTIONAL_ADDED,
    PROPERTY_REQUIRED_REMOVED,
    PROPERTY_OPTIONAL_REMOVED,
    PROPERTY_BECAME_REQUIRED,
    PROPERTY_BECAME_OPTIONAL,
    PROPERTY_DEPRECATED,
    PROPERTY_REINSTATED,
    ADDITIONAL_CLOSED,
    ADDITIONAL_OPENED,
)


def travelling(shape: Shape, forms: Forms, direction: Direction) -> Shape:
    """The shape with those properties only that go this way: none that is forbidden or hidden."""

    def goes(schema: Schema) -> bool:
        made = forms.shape(schema)
        hidden = made.read_only if direction is Direction.REQUEST else made.write_only
        return not hidden and bool(made.types or made.nullable)

    named = {**dict.fromkeys(shape.required, ANY), **shape.properties}
    kept = {name: one for name, one in named.items() if goes(one)}
    return replace(shape, properties=kept, required=shape.required & kept.keys())


def shifts(old: Shape, new: Shape) -> Iterator[Shift]:
    """Changes of which properties there are; what is in them is somebody else's."""
    for name in sorted(old.properties.keys() | new.properties.keys()):
        facet = _facet(old, new, name)
        if facet is not None:
            yield Shift(facet, step(name), f"property {bounded(name)}")
    if old.closed != new.closed and {"object"} <= old.types & new.types:
        facet = ADDITIONAL_CLOSED if new.closed else ADDITIONAL_OPENED
        yield Shift(facet, "", "open → closed" if new.closed else "closed → open")


def deprecation(old: Shape, new: Shape) -> Iterator[Shift]:
    """Whether the value itself is about to go."""
    if old.deprecated != new.deprecated:
        facet = PROPERTY_DEPRECATED if new.deprecated else PROPERTY_REINSTATED
        yield Shift(facet, "", "kept → deprecated" if new.deprecated else "deprecated → kept")


def step(name: str) -> str:
    """One step of a pointer."""
    return "/" + bounded(name.replace("~", "~0").replace("/", "~1"))


def _facet(old: Shape, new: Shape, name: str) -> Facet | None:
    was, will = name in old.required, name in new.required
    if name not in old.properties:
        return PROPERTY_REQUIRED_ADDED if will else PROPERTY_OPTIONAL_ADDED
    if name not in new.properties:
        return PROPERTY_REQUIRED_REMOVED if was else PROPERTY_OPTIONAL_REMOVED
    if was == will:
        return None
    return PROPERTY_BECAME_REQUIRED if will else PROPERTY_BECAME_OPTIONAL


def common(old: Shape, new: Shape) -> Iterator[tuple[str, Schema, Schema]]:
    """The steps to what both have: each property, and the rest where both say what it is."""
    for name in sorted(old.properties.keys() & new.properties.keys()):
        yield step(name), old.properties[name], new.properties[name]
    if NONE not in (old.additional, new.additional):
        yield "/*", old.additional, new.additional
