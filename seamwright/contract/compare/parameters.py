"""What stands in the path, the query, the headers and the cookies of a request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seamwright.contract.compare.change import Change, ChangeClass
from seamwright.contract.compare.direction import Direction
from seamwright.contract.compare.matching import common, only
from seamwright.contract.compare.wording import became, bounded, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.compare.value import Surfaces
    from seamwright.contract.description.document import Operation, Parameter

PARAMETER_REQUIRED_ADDED = ChangeClass(
    "PAR-ADDED-REQUIRED",
    "a required parameter came",
    consumers=True,
    providers=True,
    reason="requests without it are refused, and providers must understand it",
    cure="let it be left out, with a default that means what was meant before",
)
PARAMETER_OPTIONAL_ADDED = ChangeClass(
    "PAR-ADDED-OPTIONAL",
    "an optional parameter came",
    consumers=False,
    providers=True,
    reason="nobody needs to send it, but every provider must understand it",
    cure="announce it to providers first",
)
PARAMETER_REMOVED = ChangeClass(
    "PAR-REMOVED",
    "a parameter is gone",
    consumers=True,
    providers=False,
    reason="requests with it are refused, or it is passed over in silence",
    cure="go on taking it, and say that it is deprecated",
)
PARAMETER_BECAME_REQUIRED = ChangeClass(
    "PAR-BECAME-REQUIRED",
    "a parameter must be there",
    consumers=True,
    providers=False,
    reason="requests without it were right and are now refused",
    cure="let it be left out, with a default that means what was meant before",
)
PARAMETER_BECAME_OPTIONAL = ChangeClass(
    "PAR-BECAME-OPTIONAL",
    "a parameter may be left out",
    consumers=False,
    providers=True,
    reason="providers must now answer requests without it",
    cure="announce to providers that it may be missing",
)
PARAMETER_STYLE_CHANGED = ChangeClass(
    "PAR-STYLE-CHANGED",
    "a parameter is written in another way",
    consumers=True,
    providers=True,
    reason="what one writes is not what the other reads",
    cure="keep the style, or add a parameter with the new one",
)
PARAMETER_DEPRECATED = ChangeClass(
    "PAR-DEPRECATED",
    "a parameter is about to go",
    consumers=False,
    providers=False,
    reason="it is still there",
)
PARAMETER_REINSTATED = ChangeClass(
    "PAR-REINSTATED",
    "a parameter is no longer about to go",
    consumers=False,
    providers=False,
    reason="it stays as it was",
)
PATH_PARAMETER_RENAMED = ChangeClass(
    "PAR-RENAMED-IN-PATH",
    "a parameter of the path has another name",
    consumers=False,
    providers=False,
    reason="the name is not on the wire; only generated code knows it",
)
CLASSES = (
    PARAMETER_REQUIRED_ADDED,
    PARAMETER_OPTIONAL_ADDED,
    PARAMETER_REMOVED,
    PARAMETER_BECAME_REQUIRED,
    PARAMETER_BECAME_OPTIONAL,
    PARAMETER_STYLE_CHANGED,
    PARAMETER_DEPRECATED,
    PARAMETER_REINSTATED,
    PATH_PARAMETER_RENAMED,
)

_NAMED = re.compile(r"\{([^{}]*)\}")
_STYLES = {"query": "form", "cookie": "form"}
_HIDDEN = frozenset({"accept", "content-type", "authorization"})
"""Headers that OpenAPI passes over as parameters: content and security say them."""


def changes(old: Operation, new: Operation, surfaces: Surfaces) -> Iterator[Change]:
    """Every change of the parameters of one operation."""
    before, after = _NAMED.findall(old.path), _NAMED.findall(new.path)
    if before != after:
        said = f"{printable(old.path)} → {printable(new.path)}"
        yield Change(PATH_PARAMETER_RENAMED, f"{printable(new.id)} path", said)
    left, right = _keyed(old, before), _keyed(new, after)
    for _, one in only(left, right):
        yield Change(PARAMETER_REMOVED, _where(new, one), _need(one))
    for _, one in only(right, left):
        kind = PARAMETER_REQUIRED_ADDED if one.required else PARAMETER_OPTIONAL_ADDED
        yield Change(kind, _where(new, one), _need(one))
    for _, one, two in common(left, right):
        yield from _changed(one, two, _where(new, two), surfaces)


def _where(operation: Operation, parameter: Parameter) -> str:
    return f"{printable(operation.id)} {printable(parameter.place)} {bounded(parameter.name)}"


def _keyed(operation: Operation, path: list[str]) -> dict[tuple[str, str], Parameter]:
    """By place and name; those of the path by their position, since only that is on the wire."""
    keyed: dict[tuple[str, str], Parameter] = {}
    for one in operation.parameters:
        if one.place == "path":
            if one.name in path:
                keyed[one.place, f"{path.index(one.name):03}"] = one
        elif one.place != "header" or one.name.lower() not in _HIDDEN:
            keyed[one.place, one.name.lower() if one.place == "header" else one.name] = one
    return keyed


def _changed(old: Parameter, new: Parameter, where: str, surfaces: Surfaces) -> Iterator[Change]:
    if old.required != new.required and old.place != "path":
        kind = PARAMETER_BECAME_REQUIRED if new.required else PARAMETER_BECAME_OPTIONAL
        yield Change(kind, where, f"{_need(old)} → {_need(new)}")
    written = _style(old), _style(new)
    if written[0] != written[1] and _structured(old, new, surfaces):
        yield Change(PARAMETER_STYLE_CHANGED, where, became(*written))
    if old.deprecated != new.deprecated:
        kind = PARAMETER_DEPRECATED if new.deprecated else PARAMETER_REINSTATED
        gone = ("kept", "deprecated")
        yield Change(kind, where, became(gone[old.deprecated], gone[new.deprecated]))
    yield from surfaces.changes(
        old.schema,
        new.schema,
        direction=Direction.REQUEST,
        where=where,
        textual=not (old.media or new.media),
    )


def _need(parameter: Parameter) -> str:
    return "required" if parameter.required else "optional"


def _structured(old: Parameter, new: Parameter, surfaces: Surfaces) -> bool:
    """Whether it is written in a way that matters: of a single value, the style says nothing."""
    if old.media or new.media:
        return True
    before = surfaces.before.forms.shape(old.schema).types
    after = surfaces.after.forms.shape(new.schema).types
    return bool(before & after & {"array", "object"})


def _style(parameter: Parameter) -> str:
    """How it is written, with what goes without saying."""
    style = parameter.style or _STYLES.get(parameter.place, "simple")
    return parameter.media or f"{style}{' exploded' if parameter.explode else ''}"
