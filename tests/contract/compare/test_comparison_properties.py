"""What holds of any two contracts: of itself, and of there and back."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import validator_for

from seamwright.contract.compare.classes import FACETS
from seamwright.contract.compare.comparison import compare
from seamwright.contract.compare.snapshot import snapshot_of_document
from tests.contract.compare.interfaces import answered, asked, described, sent

Schema = dict[str, Any]


def _record(must: dict[str, Any], may: dict[str, Any]) -> st.SearchStrategy[Schema]:
    """A schema with some keywords that are always there, and some that may be."""
    return st.fixed_dictionaries(must, optional=may)


_NAMES = st.sampled_from(["a", "b", "c"])
_SMALL = st.integers(0, 4)
_REFERENCE = st.sampled_from(["A", "B", "Nobody"]).map(lambda name: {"$ref": f"#/$defs/{name}"})
_LEAF = st.one_of(
    st.just({}),
    st.just({"not": {}}),
    _REFERENCE,
    _record(
        {"type": st.just("string")},
        {
            "minLength": _SMALL,
            "maxLength": _SMALL,
            "pattern": st.sampled_from(["^a", "b$", ".*"]),
            "format": st.sampled_from(["date", "uuid"]),
            "enum": st.lists(st.sampled_from(["a", "bb", None]), min_size=1, unique=True),
            "default": st.sampled_from(["a", "bb"]),
        },
    ),
    _record(
        {"type": st.sampled_from(["integer", "number"])},
        {
            "minimum": _SMALL,
            "exclusiveMaximum": _SMALL,
            "multipleOf": st.sampled_from([1, 2, 3, 4]),
            "const": _SMALL,
        },
    ),
    st.lists(
        st.sampled_from(["string", "integer", "null", "boolean"]), min_size=1, unique=True
    ).map(lambda types: {"type": types}),
)


def _inner(schemas: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    several = st.lists(schemas, min_size=1, max_size=3)
    return st.one_of(
        _record(
            {"type": st.just("object"), "properties": st.dictionaries(_NAMES, schemas, max_size=3)},
            {
                "required": st.lists(_NAMES, max_size=3, unique=True),
                "additionalProperties": st.booleans() | schemas,
                "maxProperties": _SMALL,
                "not": schemas,
            },
        ),
        _record(
            {"type": st.just("array"), "items": schemas},
            {"prefixItems": several, "uniqueItems": st.booleans(), "minItems": _SMALL},
        ),
        several.map(lambda members: {"oneOf": members}),
        several.map(lambda members: {"anyOf": members}),
        several.map(lambda members: {"allOf": members}),
    )


_SCHEMAS: st.SearchStrategy[Schema] = st.recursive(_LEAF, _inner, max_leaves=8)
_DEFINITIONS = _record({"A": _SCHEMAS, "B": _SCHEMAS}, {})
_MADE = st.sampled_from([sent, answered, asked])


@given(_SCHEMAS, _DEFINITIONS, _MADE)
def test_nothing_differs_from_itself(schema: Schema, definitions: Any, made: Any) -> None:
    """Whatever the schema, in whichever place, circles included."""
    taken = snapshot_of_document(described(made(schema), definitions=definitions))
    assert () == compare(taken, taken).changes


def _narrows(code: str) -> int:
    """1 where it narrows, -1 where it widens, 0 where it does both or neither."""
    for facet in FACETS:
        if facet.request.code == code:
            return facet.request.consumers - facet.request.providers
    return 0


@given(_SCHEMAS, _SCHEMAS, _DEFINITIONS, st.sampled_from([sent, asked]))
def test_there_and_back_are_opposite(one: Schema, two: Schema, definitions: Any, made: Any) -> None:
    """As often as a value narrows on the way there, it widens on the way back."""
    old, new = (
        snapshot_of_document(described(made(schema), definitions=definitions))
        for schema in (one, two)
    )
    there, back = (
        sorted(_narrows(change.code) for change in compare(*pair).changes)
        for pair in ((old, new), (new, old))
    )
    assert there == sorted(-one for one in back)


@given(_SCHEMAS, _SCHEMAS, _DEFINITIONS)
def test_request_and_response_are_opposite(one: Schema, two: Schema, definitions: Any) -> None:
    """The same change of a value has the same name in both directions."""

    def told(made: Any) -> list[str]:
        old, new = (
            snapshot_of_document(described(made(schema), definitions=definitions))
            for schema in (one, two)
        )
        return [f"{change.code[3:]} {change.said}" for change in compare(old, new).changes]

    assert told(sent) == told(answered)


@given(_SCHEMAS, _DEFINITIONS)
def test_one_member_and_all_of_are_the_schema(schema: Schema, definitions: Any) -> None:
    """A union of one and a meeting of one say what is in them."""
    bare = snapshot_of_document(described(sent(schema), definitions=definitions))
    for word in ("oneOf", "anyOf", "allOf"):
        wrapped = snapshot_of_document(described(sent({word: [schema]}), definitions=definitions))
        assert () == compare(bare, wrapped).changes


_VALUES = st.recursive(
    st.sampled_from([None, True, 0, 1, 2, 3, 4, 5, 1.5, "", "a", "b", "bb", "ab", "abbbb"]),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(_NAMES, one, max_size=3),
    max_leaves=5,
)
_FLAT = _record({"A": _LEAF, "B": _LEAF}, {}).filter(lambda one: "$ref" not in str(one))
_NARROWS = frozenset(
    one.request.code
    for one in FACETS
    if one.request.consumers or "PROPERTY-ADDED" in one.request.code
)
"""What may refuse a value: also a property that came to an object which was open for any."""


@given(_SCHEMAS, _SCHEMAS, _FLAT, st.lists(_VALUES, min_size=1, max_size=20))
def test_what_is_refused_now_was_told(
    one: Schema, two: Schema, definitions: Any, values: list[Any]
) -> None:
    """No value that was right is wrong without a change that says so, by a validator's word."""
    if "oneOf" in str((one, two)):
        return
    known: Schema = {**definitions, "Nobody": {}}
    old, new = (validator_for({"allOf": [schema], "$defs": known}) for schema in (one, two))
    refused = [value for value in values if old.is_valid(value) and not new.is_valid(value)]
    found = compare(
        snapshot_of_document(described(sent(one), definitions=definitions)),
        snapshot_of_document(described(sent(two), definitions=definitions)),
    ).changes
    assert not refused or {change.code for change in found} & _NARROWS, refused
