"""The branches of a schema, and which of them a value shows."""

from __future__ import annotations

from typing import Any

from seamwright.judge.branch import branches

THING: dict[str, Any] = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"},
        "state": {"enum": ["OPEN", "SHUT", 3]},
        "owner": {"anyOf": [{"$ref": "#/$defs/Owner"}, {"type": "null"}, {"minLength": 3}]},
        "parts": {"type": "array", "items": {"$ref": "#/$defs/Part"}},
        "tags": {"type": "object", "additionalProperties": {"enum": ["a", "b"]}},
        "kind": {"enum": ["one"]},
    },
    "required": ["id", "state"],
    "$defs": {
        "Owner": {"type": "object", "properties": {"name": {}}, "required": ["name"]},
        "Part": {
            "allOf": [{"type": "object", "properties": {"n": {}}, "required": ["n"]}],
            "type": "object",
            "properties": {"part": {"$ref": "#/$defs/Part"}},
        },
    },
}


def test_every_branch_is_named_by_its_place() -> None:
    """Fields, those that may be left out, values, alternatives; itself within itself once."""
    assert [
        "/id",
        "/state",
        '/state: "OPEN"',
        '/state: "SHUT"',
        "/state: 3",
        "/owner",
        "/owner left out",
        "/owner: Owner",
        "/owner/name",
        "/owner: null",
        "/owner: alternative 3",
        "/parts",
        "/parts left out",
        "/parts/*/part",
        "/parts/*/part left out",
        "/parts/*/n",
        "/tags",
        "/tags left out",
        '/tags/*: "a"',
        '/tags/*: "b"',
        "/kind",
        "/kind left out",
    ] == list(branches(THING).all())


def test_a_value_shows_some_of_them() -> None:
    """Only what it has; what it has and the schema has not is none."""
    tree = branches(THING)
    whole = {
        "id": 1,
        "state": "OPEN",
        "owner": {"name": "Ann"},
        "parts": [{"n": 1, "part": {"n": 2}}, {"n": 1}],
        "tags": {"x": "b", "y": "c"},
        "kind": "one",
        "more": 1,
    }
    assert {
        *("/id", "/state", '/state: "OPEN"', "/owner", "/owner: Owner", "/owner/name"),
        *("/owner: alternative 3", "/parts", "/parts/*/part", "/parts/*/part left out"),
        *("/parts/*/n", "/tags", '/tags/*: "b"', "/kind"),
    } == set(tree.reached(whole))
    few = {"id": 1, "state": "ODD", "owner": None, "parts": 7}
    shown = {"/id", "/state", "/owner", "/owner: null", "/owner: alternative 3", "/parts"}
    assert shown | {"/tags left out", "/kind left out"} == set(tree.reached(few))
    assert set(tree.reached(whole)) | set(tree.reached(few)) <= set(tree.all())


def test_odd_values_show_nothing() -> None:
    """A list of a schema that says nothing of lists, a closed set of objects, a name unknown."""
    assert [] == list(branches({"type": "object"}).reached([1]))
    assert [] == list(branches({"enum": [{}, []]}).reached({}))
    assert [] == list(branches({"$ref": "#/$defs/None", "items": True}).all())
    many: dict[str, object] = {"enum": list(range(100))}
    assert [] == list(branches(many).all())


def test_what_is_deep_is_cut_off() -> None:
    """A schema of any depth has an end."""
    deep: dict[str, Any] = {"enum": [1, 2]}
    for _ in range(20):
        deep = {"properties": {"a": deep}, "required": ["a"]}
    assert 6 == len(list(branches(deep).all()))
