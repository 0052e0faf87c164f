"""The parameters of a request, as the contract's types read their texts."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qsl, unquote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seamwright.contract.endpoint import Endpoint
    from seamwright.record.observation import Request

_WHOLE = re.compile(r"[+-]?[0-9]{1,15}", re.ASCII)
_FLAGS = {"true": True, "false": False}
_LIKE_FLAGS = frozenset({"1", "0", "yes", "no", "on", "off", "t", "f", "y", "n", "true", "false"})
DOUBTFUL = object()
"""In place of a text that some read as the type and some do not: `1.0`, `yes`, nothing."""


def query_texts(request: Request) -> dict[str, str]:
    """Name → text of the query parameters that are there once."""
    pairs = parse_qsl(request.target.partition("?")[2], keep_blank_values=True)
    times = Counter(name for name, _ in pairs)
    return {name: text for name, text in pairs if times[name] == 1}


def query_names(request: Request) -> frozenset[str]:
    """All names in the query; of `filter[name]` and `ids[]` also what is before the bracket."""
    pairs = parse_qsl(request.target.partition("?")[2], keep_blank_values=True)
    names = {name for name, _ in pairs}
    return frozenset(names | {name.partition("[")[0] for name in names})


def path_texts(endpoint: Endpoint, request: Request) -> dict[str, str]:
    """Name → text of the path parameters that have a whole segment to themselves."""
    template, path = endpoint.path.split("/"), request.path.split("/")
    if len(template) != len(path):
        return {}
    return {
        part[1:-1]: unquote(text)
        for part, text in zip(template, path, strict=True)
        if part.startswith("{") and part.endswith("}") and part.count("{") == 1
    }


def read_as(schema: Mapping[str, object], text: str) -> object:
    """The value that a text means by a schema; the text where it means none of its type.

    `DOUBTFUL` where services may well differ, and where the schema names no plain type.
    """
    kind = schema.get("type")
    if not text:
        return DOUBTFUL
    match kind:
        case "string":
            return text
        case "integer" | "number":
            return _number(text, whole=kind == "integer")
        case "boolean":
            if text in _FLAGS:
                return _FLAGS[text]
            return DOUBTFUL if text.lower() in _LIKE_FLAGS else text
        case _:
            return DOUBTFUL


def properties(schema: Mapping[str, object]) -> Mapping[str, Mapping[str, object]]:
    """Name → schema of the members of an object."""
    return cast("Mapping[str, Mapping[str, object]]", schema.get("properties", {}))


def _number(text: str, *, whole: bool) -> object:
    if _WHOLE.fullmatch(text):
        return DOUBTFUL if text[0] == "+" else int(text)
    try:
        value = float(text)
    except ValueError:
        return text
    return DOUBTFUL if whole or not math.isfinite(value) else value
