"""The published schemas are exact, stand alone, and mean the same to two implementations."""

from __future__ import annotations

import copy
import json
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema_rs import validator_for

from contracts import SYSTEM as SEED
from seamwright.contract.derive.example import NO_EXAMPLE, example
from seamwright.contract.derive.json_schema import message_schema
from seamwright.contract.derive.json_schema_files import published_schemas
from tests.contract.derive.typescript.systems import FIRST, SYSTEMS

PUBLISHED = published_schemas(SEED)
ALL: dict[str, dict[str, Any]] = {
    f"{system}: {name}": schema
    for system, (declared, _) in SYSTEMS.items()
    for name, schema in published_schemas(declared).items()
}
EXAMPLES = {name: example(schema) for name, schema in ALL.items()}
PAIRS = {
    name: (
        Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER),
        validator_for(schema, validate_formats=True),
    )
    for name, schema in ALL.items()
}


@pytest.mark.parametrize("name", ALL)
def test_every_file_is_a_schema_of_the_2020_12_dialect(name: str) -> None:
    """It says so, the metaschema takes it, and it has a title to be found by."""
    schema = ALL[name]
    assert "https://json-schema.org/draft/2020-12/schema" == schema["$schema"]
    Draft202012Validator.check_schema(schema)
    assert schema["title"]
    assert '"additionalProperties": false' not in json.dumps(schema)


def test_every_message_and_every_envelope_has_a_file() -> None:
    """Of each service; a page has no success."""
    for service in SEED.services:
        names = {one.split("/", 1)[1] for one in PUBLISHED if one.startswith(f"{service.name}/")}
        messages = {
            f"{model.__name__}.schema.json" for one in service.endpoints for model in one.messages
        }
        assert messages <= names
        assert len(service.endpoints) == sum(".failure." in one for one in names)
        pages = sum(one.response is None for one in service.endpoints)
        assert len(service.endpoints) - pages == sum(".success." in one for one in names)
    assert list(PUBLISHED) == sorted(PUBLISHED)


def test_the_contract_is_closed_by_what_was_not_evaluated() -> None:
    """`unevaluatedProperties` at every object, so that a schema around may add members."""
    request = PUBLISHED["worker/SendEmailRequest.schema.json"]
    assert False is request["unevaluatedProperties"]
    wider = {
        "allOf": [{key: one for key, one in request.items() if key != "unevaluatedProperties"}],
        "properties": {"more": True},
        "unevaluatedProperties": False,
    }
    made = EXAMPLES["worker: worker/SendEmailRequest.schema.json"]
    assert isinstance(made, dict)
    assert validator_for(wider).is_valid({**made, "more": 1})
    assert not validator_for(request).is_valid({**made, "more": 1})


def test_what_is_no_keyword_is_left_as_it_is() -> None:
    """A field that is called like the keyword stays a field."""
    odd = {name: one for name, one in ALL.items() if name.startswith("flagged: ")}
    twins = sorted(name for name in odd if "Twin" in name)
    assert ["flagged: odd/Twin-2.schema.json", "flagged: odd/Twin.schema.json"] == twins
    said = {one["title"] for name, one in odd.items() if "Twin" in name}
    assert {"Twin"} == said
    assert "first" in cast("dict[str, object]", message_schema(FIRST)["properties"])


ODD_VALUES = st.sampled_from(
    [
        *(None, True, False, 0, 1, -1, 1.0, 0.5, 1e300, 10**30, "", "a", [], {}, [None], {"a": 1}),
        *("3f2504e0-4f89-41d3-9a0c-0305e82c3301", "3F2504E0-4F89-41D3-9A0C-0305E82C3301"),
        *("3f2504e04f8941d39a0c0305e82c3301", "2026-02-30T00:00:00Z", "2026-01-31T12:00:00"),
        *("2026-01-31T12:00:00Z", "2026-01-31T12:00:00+25:00", "2026-01-31t12:00:00z"),
        *("2026-01-31T23:59:60Z", "2026-12-31T23:59:60Z", "2026-01-31T24:00:00Z", "2026-01-31"),
        *(
            "ada@example.com",
            "ada@",
            "@",
            "a b@example.com",
            "https://example.com",
            "http://",
            "\0",
        ),
        *("sent", "x" * 255, "x" * 20_001, "ä", "\ud7ff", "2026-01-31T12:00:00.1234567Z"),
    ]
)


def _keys(value: Any) -> list[Any]:
    return [*(cast("dict[str, Any]", value) if isinstance(value, dict) else range(len(value)))]


@st.composite
def _instances(draw: st.DrawFn) -> tuple[str, Any]:
    """An example of a schema, changed in up to three places."""
    name = draw(st.sampled_from([one for one in sorted(ALL) if EXAMPLES[one] is not NO_EXAMPLE]))
    value: Any = {"it": copy.deepcopy(EXAMPLES[name])}
    for _ in range(draw(st.integers(0, 3))):
        here, key = value, "it"
        while here[key] and isinstance(here[key], (dict, list)) and draw(st.booleans()):
            here = here[key]
            key = draw(st.sampled_from(_keys(here)))
        match draw(st.sampled_from(["other", "gone", "more"])):
            case "gone" if here is not value:
                del here[key]
            case "more" if isinstance(here, dict) and here is not value:
                here["more"] = copy.deepcopy(draw(ODD_VALUES))
            case _:
                here[key] = copy.deepcopy(draw(ODD_VALUES))
    return name, value["it"]


def _slow(name: str, value: Any) -> bool:
    return PAIRS[name][0].is_valid(value)  # pyright: ignore[reportUnknownMemberType] - overloaded


@settings(max_examples=400)
@given(_instances())
def test_two_implementations_say_the_same_of_any_instance(instance: tuple[str, Any]) -> None:
    """Jsonschema and jsonschema-rs, both with formats asserted."""
    name, value = instance
    assert _slow(name, value) == PAIRS[name][1].is_valid(value), name


def test_examples_are_taken_by_both() -> None:
    """And nearly every schema has one."""
    made = {name: one for name, one in EXAMPLES.items() if one is not NO_EXAMPLE}
    assert [] == [name for name, one in made.items() if not _slow(name, one)]
    assert len(made) > 0.9 * len(ALL)
