"""Source is laid out as people write it, and nothing of a document becomes code."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seamwright.contract.adopt.code import (
    WIDTH,
    Code,
    Text,
    call,
    choice,
    flat,
    keyword,
    laid_out,
    literal,
    quoted,
    row,
    subscript,
)
from seamwright.contract.adopt.docstring import docstring
from seamwright.contract.adopt.names import Names, class_name, field_name

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_a_value_is_read_back_as_it_was(value: object) -> None:
    """Whatever it holds, on one line or on many."""
    assert value == ast.literal_eval(flat(literal(value)))
    assert value == ast.literal_eval("\n".join(laid_out(literal(value), 0, before="(", after=")")))


@given(TEXTS)
def test_a_docstring_holds_whatever_text(said: str) -> None:
    """It is one string, and nothing after it."""
    source = "\n".join(["class A:", *docstring(f"{said}.")])
    (made,) = ast.parse(source).body
    assert isinstance(made, ast.ClassDef)
    (only,) = made.body
    assert isinstance(only, ast.Expr)
    assert isinstance(only.value, ast.Constant)


def test_short_source_stays_on_one_line_and_long_source_has_an_item_a_line() -> None:
    """With a comma after each, as formatters write it."""
    short = call("Field", [keyword("ge", "1"), keyword("description", literal("a"))])
    assert ['x = Field(ge=1, description="a")'] == laid_out(short, 0, before="x = ")
    long = call("Field", [keyword("ge", "1"), keyword("description", literal("word " * 30))])
    lines = laid_out(long, 1, before="x: ")
    assert "    x: Field(" == lines[0]
    assert "        ge=1," == lines[1]
    assert "    )" == lines[-1]
    assert [] == [one for one in lines if len(one) > WIDTH]
    assert ["f()"] == laid_out(call("f", []), 0)
    assert "(1,)" == flat(row(["1"]))
    assert "()" == flat(row([]))


def test_choices_break_at_their_bars() -> None:
    """None comes last, each type once, and a lone one is itself."""
    assert "int | str | None" == flat(choice("int", "None", choice("str", "int")))
    assert "None" == flat(choice("None", "None"))
    names = [f"AClassWithALongName{number}" for number in range(8)]
    lines = laid_out(choice(*names), 1, before="it: ", after=" = None")
    assert "    it: (" == lines[0]
    assert f"        {names[0]}" == lines[1]
    assert f"        | {names[1]}" == lines[2]
    assert "    ) = None" == lines[-1]


def test_what_cannot_be_broken_stays_long() -> None:
    """A name, or a short text, after much else."""
    name: Code = "a" * 120
    assert [f"x = {name}"] == laid_out(name, 0, before="x = ")
    assert 1 == len(laid_out(Text("short"), 30))
    assert [] != laid_out(subscript("list", name), 0)


def test_numbers_that_json_has_not_are_refused() -> None:
    """They would not be read back."""
    with pytest.raises(ValueError, match="no JSON value"):
        literal(float("inf"))


def test_texts_are_escaped() -> None:
    """What is invisible is written out."""
    assert '"a\\n\\t\\"\\\\\\x00\\u202e\\U000e0001"' == quoted('a\n\t"\\\0\u202e\U000e0001')


def test_names_say_what_the_documents_say() -> None:
    """Words are kept, what means something is avoided."""
    assert ["Pet", "PetStore2", "APIKey", "Value3D", "AnyValue", "Value"] == [
        class_name(one) for one in ("pet", "pet-store.2", "APIKey", "3d", "any", "»«")
    ]
    told = {
        "name": "name",
        "petName": "petName",
        "id": "id",
        "type": "type",
        "class": "class_",
        "None": "none",
        "from": "from_",
        "x-depth": "x_depth",
        "3d": "value_3_d",
        "_links": "links",
        "model_id": "model_id_",
        "copy": "copy_",
        "str": "str_",
        "Pet": "pet",
        "": "value",
        "ключ": "value",
        "a" * 99: "a" * 60,
        "__class__": "class_",
    }
    assert told == {one: field_name(one) for one in told}
    names = Names()
    assert ["a", "a2", "a3", "b1", "b1_2"] == [
        names.free(one) for one in ("a", "a", "a", "b1", "b1")
    ]
    names.give_back("a")
    assert "a" == names.free("a")


def test_a_hundred_thousand_names_that_collide_are_told_apart() -> None:
    """In time that grows with their number."""
    names = Names()
    assert 100_000 == len({names.free("pet") for _ in range(100_000)})
