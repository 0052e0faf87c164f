"""What is published of a contract set: every file, and the sets and places that are refused."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Annotated

import pytest
from pydantic import Field

from seamwright.contract import Message, System
from seamwright.contract.derive.api_reference import api_reference
from seamwright.contract.derive.json_schema_files import published_schemas
from seamwright.contract.derive.manifest import listed, sha256
from seamwright.contract.derive.openapi import openapi
from seamwright.contract.derive.places import Places
from seamwright.contract.derive.published import PublishedProblem, published
from seamwright.contract.derive.typescript import typescript
from tests.judge.records import SYSTEM

SHOP, BANK = SYSTEM.services
EVERYWHERE = Places("out", "out", "docs/api.md", (("bank", "src/bank.ts"), ("shop", "shop.ts")))


def _with_response(model: type[Message]) -> System:
    endpoint = replace(BANK.endpoints[0], response=model)
    return replace(SYSTEM, services=(SHOP, replace(BANK, endpoints=(endpoint,))))


def test_every_output_is_a_file_of_its_own() -> None:
    """Schemas, documents, TypeScript, reference and list are what their makers make of the set."""
    files = published(SYSTEM, EVERYWHERE)
    assert sorted(files) == list(files)
    assert api_reference(SYSTEM) == files["docs/api.md"]
    assert typescript(SYSTEM, BANK) == files["src/bank.ts"]
    assert typescript(SYSTEM, SHOP) == files["shop.ts"]
    document = json.loads(files["out/shop.openapi.json"])
    assert openapi(SYSTEM, SHOP, SHOP.endpoints) == document
    schemas = published_schemas(SYSTEM)
    assert {f"out/{name}": schema for name, schema in schemas.items()} == {
        path: json.loads(text) for path, text in files.items() if path.endswith(".schema.json")
    }
    assert len(schemas) + 2 + 2 + 1 + 1 == len(files)


def test_the_list_has_the_digest_of_every_file_of_its_folder() -> None:
    """Files that have a place of their own are in no list; nor is the list itself."""
    files = published(SYSTEM, EVERYWHERE)
    within = {path for path in files if path.startswith("out/")} - {"out/generated.sha256"}
    assert {path.removeprefix("out/"): sha256(files[path].encode()) for path in within} == listed(
        files["out/generated.sha256"]
    )


def test_json_keeps_its_order_and_its_letters() -> None:
    """Members stand in the order of the schema, and no letter is escaped."""

    class Order(Message):
        """Größe und Preis."""

        zeta: str
        alpha: str

    text = published(_with_response(Order), Places(schemas="s"))["s/bank/Order.schema.json"]
    assert text.index('"zeta"') < text.index('"alpha"')
    assert '  "description": "Größe und Preis.",\n' in text
    assert text.endswith("}\n")


@pytest.mark.parametrize(
    ("places", "names"),
    [
        (Places(schemas="s"), frozenset({"s"})),
        (Places(openapi="o"), frozenset({"o"})),
        (Places("s", "o"), frozenset({"s", "o"})),
        (Places("s", "s/deep"), frozenset({"s"})),
        (Places(api_reference="a.md"), frozenset({"a.md"})),
        (Places(typescript=(("bank", "b.ts"),)), frozenset({"b.ts"})),
        (Places(), frozenset[str]()),
    ],
)
def test_only_what_has_a_place_is_published(places: Places, names: frozenset[str]) -> None:
    """A folder or a file that is not named gets nothing."""
    assert names == {path.split("/")[0] for path in published(SYSTEM, places)}


def test_a_folder_within_another_has_a_list_of_its_own() -> None:
    """Each file is listed once, by the nearest folder."""
    files = published(SYSTEM, Places("s", "s/deep"))
    assert {"bank.openapi.json", "shop.openapi.json"} == set(
        listed(files["s/deep/generated.sha256"])
    )
    assert all(".schema." in one for one in listed(files["s/generated.sha256"]))


@pytest.mark.parametrize(
    ("places", "seen"),
    [
        (Places("out", api_reference="out"), "'out'"),
        (Places("out", typescript=(("shop", "out/shop/Order.schema.json"),)), "Order.schema.json"),
        (Places("out", typescript=(("shop", "OUT/shop"),)), "'OUT/shop'"),
        (Places(typescript=(("shop", "a.ts"), ("bank", "a.ts"))), "'a.ts' and 'a.ts'"),
        (Places(typescript=(("shop", "a.ts"), ("bank", "A.ts"))), "'a.ts' and 'A.ts'"),
        (Places(typescript=(("shop", "\u00e9.ts"), ("bank", "e\u0301.ts"))), ".ts' and '"),
        (Places("out", api_reference="out/generated.sha256"), "generated.sha256"),
    ],
)
def test_places_that_clash_are_refused(places: Places, seen: str) -> None:
    """Two files of one path are told, also where only some file systems take them for one."""
    with pytest.raises(PublishedProblem) as caught:
        published(SYSTEM, places)
    assert seen in caught.value.seen
    assert 2 == caught.value.exit_code


def test_a_service_that_there_is_not_is_refused() -> None:
    """The services that there are, and the file that was to be of another, are named."""
    with pytest.raises(PublishedProblem) as caught:
        published(SYSTEM, Places(typescript=(("shoe", "shoe.ts"),)))
    told = (caught.value.expected, caught.value.seen, caught.value.where)
    assert ("one of bank, shop", "'shoe'", "the place 'shoe.ts'") == told
    with pytest.raises(PublishedProblem) as caught:
        published(System("nothing", ()), Places(typescript=(("shoe", "shoe.ts"),)))
    assert "one of no service at all" == caught.value.expected


@pytest.mark.parametrize("name", ["../up", "a\\b", "a\n", "."])
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    """A set whose names are no names of files is not published."""
    bank = replace(BANK, name=name)
    edges = tuple(
        replace(one, callee=name) if one.callee == "bank" else one for one in SYSTEM.edges
    )
    calls = frozenset({name, "post"})
    ends = tuple(replace(one, calls=calls) if one.calls else one for one in SHOP.endpoints)
    health = replace(SHOP.health, dependencies=("post",)) if SHOP.health else None
    shop = replace(SHOP, endpoints=ends, health=health)
    system = replace(SYSTEM, services=(shop, bank), edges=edges)
    with pytest.raises(PublishedProblem) as caught:
        published(system, Places(schemas="out"))
    assert "leads into the project" in caught.value.expected


def test_what_no_file_can_hold_is_refused() -> None:
    """Half of a surrogate pair, and a number that JSON does not have."""

    class Endless(Message):
        """A bound without an end."""

        size: Annotated[float, Field(json_schema_extra={"maximum": float("inf")})]

    with pytest.raises(PublishedProblem, match=r"s/bank/Endless\.schema\.json"):
        published(_with_response(Endless), Places(schemas="s"))
    half = replace(BANK, endpoints=(replace(BANK.endpoints[0], summary="\ud800"),))
    with pytest.raises(PublishedProblem, match=r"o/bank\.openapi\.json"):
        published(replace(SYSTEM, services=(SHOP, half)), Places(openapi="o"))


def test_a_path_belongs_to_its_own_place_or_the_nearest_folder() -> None:
    """What lies nowhere belongs nowhere."""
    places = Places("a", "a/b", "a/b/c.md")
    paths = ["a/x", "a/b/x", "a/b/c.md", "ab", "x"]
    assert ["a", "a/b", "a/b/c.md", "", ""] == [places.holding(one) for one in paths]
