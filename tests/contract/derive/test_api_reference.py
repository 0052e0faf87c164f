"""The API reference says all of a contract, in the seed's layout, and nothing in it is markup."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field

from contracts import SYSTEM as SEED
from seamwright.contract import (
    Answer,
    Edge,
    Endpoint,
    Message,
    Mode,
    Nullable,
    Protocol,
    Root,
    Service,
    System,
)
from seamwright.contract.derive.api_reference import api_reference
from seamwright.contract.derive.api_reference.fields import fields, schema_fields
from seamwright.contract.derive.api_reference.markdown import (
    Anchors,
    duration,
    json_block,
    sentence,
    slug,
    table,
    text,
)
from seamwright.contract.derive.topology import topology
from tests.contract.derive.typescript.systems import SYSTEMS
from tests.miniatures.contract import SYSTEM as NOTES

PAGE = api_reference(SEED)


def _section(page: str, title: str) -> str:
    """What stands under a heading, up to the next of its level."""
    level = title.split(" ", maxsplit=1)[0]
    _, _, rest = page.partition(f"\n{title}\n")
    assert rest, f"there is no {title}"
    return re.split(rf"\n#{{1,{len(level)}}} ", rest)[0]


def test_an_endpoint_is_told_in_the_seeds_layout() -> None:
    """Request, response and error codes are tables, with the seed's own words in them."""
    section = _section(PAGE, "### POST /api/send-email")
    assert "Send an email to a prospect." in section
    assert "| prospectId | string (UUID) | Yes | UUID of prospect. |" in section
    assert "| campaignId | string (UUID) | Yes | UUID of campaign. |" in section
    assert "| emailId | string (UUID) | UUID of email. |" in section
    assert "'sent', 'queued', or 'failed'" in section
    assert "| PROSPECT_NOT_FOUND | 404 | Invalid prospectId. | No |" in section
    assert "| MAILBOX_UNAVAILABLE | 503 | No healthy mailbox. | Yes |" in section
    order = [section.index(f"**{one}:**") for one in ("Request", "Response", "Error Codes")]
    assert sorted(order) == order
    assert "**Rate limit**: 60 requests in 10 s, per caller." in section


@pytest.mark.parametrize("service", SEED.services, ids=lambda one: one.name)
def test_everything_of_the_contract_is_there(service: Service) -> None:
    """Every endpoint with every field, code, limit and mode; every edge, entity and row."""
    for endpoint in service.endpoints:
        section = _section(PAGE.partition(f"## {service.title}")[2], f"### {endpoint.id}")
        for model in endpoint.messages:
            for one in fields(model):
                assert f"| {one.path} | {one.type} |" in section
        for code in endpoint.errors:
            assert f"| {code} |" in section
        assert f"| {service.name} | {endpoint.id} | {endpoint.mode.value} |" in PAGE
    for edge in SEED.edges:
        assert f"| {edge.caller} | {edge.callee} | {edge.protocol.value} |" in PAGE
    for entity in SEED.entities:
        assert f"| {entity.name} | {entity.owner} |" in PAGE
    for row in (*SEED.recovery, *SEED.failure_modes):
        assert f"| {row.scenario} |" in PAGE
    for error in SEED.errors:
        assert f"| {error.code} | {error.status} |" in _section(PAGE, "## Error codes")


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_link_of_the_page_leads_somewhere(name: str) -> None:
    """The contents name each heading once, as GitHub numbers them."""
    page = PAGE if name == "worker" else api_reference(SYSTEMS[name][0])
    anchors, made = Anchors(), set[str]()
    fenced = False
    for line in page.splitlines():
        fenced ^= line.startswith("```")
        if not fenced and re.match(r"#{1,3} ", line):
            shown = re.sub(r"\\(.)", r"\1", line.lstrip("# "))
            made.add(anchors.add(shown.replace("&lt;", "<").replace("&amp;", "&")))
    links = re.findall(r"\]\(#([^)]*)\)", page)
    assert links
    assert set() == set(links) - made
    assert page.endswith("\n")
    assert not page.endswith("\n\n")


def test_a_bare_system_says_what_it_does_not_declare() -> None:
    """No envelope, version, request ID, limit, entity, edge, code or recovery row."""
    endpoint = Endpoint("DELETE", "/{id}", "", None, "short", status=204, response_media="")
    bare = System("bare", (Service("one", "", "", (endpoint,)),), request_id=None)
    page = api_reference(bare)
    assert "# bare: API reference" in page
    assert "## one API" in page
    for said in (
        "No envelope is declared",
        "No version is declared.",
        "No request ID is declared.",
        "No endpoint has a rate limit.",
        "No entity is declared.",
        "No service calls another box.",
        "None is declared.",
        "**Response:** 204, without a body",
        "| id | string | Yes | - |",
    ):
        assert said in page


class Inner(Message):
    """A part."""

    deep: Annotated[int, Field(gt=1, lt=9, multiple_of=2)]


class Tree(Message):
    """A thing that has itself."""

    children: list[Tree]
    parent: Tree | None = None


class Odd(Message, extra="allow"):
    """All kinds of fields."""

    odd_name: str = Field(alias="a|b", description="<b>bold</b> `code`\n# no heading")
    union: Inner | bool
    nothing: Nullable[int]
    choice: Literal["x", "y"]
    constant: Literal[1]
    mixed: Annotated[Any, Field(json_schema_extra={"enum": ["a", 1, None, True]})]
    many: Annotated[list[Annotated[str, Field(max_length=5)]], Field(min_length=1)]
    map: dict[str, Inner]
    anything: Any
    short: Annotated[str, Field(pattern="^a|b$", min_length=2)]
    long: Annotated[str, Field(pattern="^" + "a" * 80 + "$")]
    told: Annotated[str, Field(pattern="^a$", description="an a")]
    old: Annotated[str, Field(deprecated=True, json_schema_extra={"format": "colour"})]
    none: bool = False


def test_fields_are_told_in_words() -> None:
    """Types, choices, bounds, defaults and what lies within, each in its own row."""
    rows = {one.path: one for one in fields(Odd)}
    assert "&lt;b&gt;bold&lt;/b&gt; \\`code\\` # no heading." == rows["a\\|b"].description
    assert "Inner or boolean" == rows["union"].type
    assert ("Yes", "Above 1; below 9; a multiple of 2.") == (
        rows["union.deep"].required,
        rows["union.deep"].description,
    )
    assert "integer or null" == rows["nothing"].type
    assert "'x' or 'y'." == rows["choice"].description
    assert "Always 1." == rows["constant"].description
    assert "string or integer or null or boolean" == rows["mixed"].type
    assert "'a', 1, null, or true." == rows["mixed"].description
    assert "list of string" == rows["many"].type
    assert "At least 1 items; each at most 5 characters." == rows["many"].description
    assert "Inner" == rows["map.\\*"].type
    assert "integer" == rows["map.\\*.deep"].type
    assert "anything" == rows["anything"].type
    assert "Matches ^a\\|b$; at least 2 characters." == rows["short"].description
    assert "Of a form that its schema gives." == rows["long"].description
    assert "An a." == rows["told"].description
    assert ("string (colour)", "Deprecated.") == (rows["old"].type, rows["old"].description)
    assert ("No", "False where it is missing.") == (
        rows["none"].required,
        rows["none"].description,
    )


def test_a_message_within_itself_is_told_once() -> None:
    """Its fields are not told again and again."""
    assert ["children", "parent"] == [one.path for one in fields(Tree)]
    assert "list of Tree" == fields(Tree)[0].type


def test_a_body_that_is_no_object_is_one_row() -> None:
    """And the fields of its items are told below it."""
    rows = fields(Root[list[Inner]])
    assert ["(body)", "(body)[].deep"] == [one.path for one in rows]
    assert "list of Inner" == rows[0].type
    assert [] == fields(None)


def test_schemas_of_strangers_are_told() -> None:
    """Types in a list, unions without a type, items that are no schema, references to nothing."""
    rows = schema_fields(
        {
            "type": "object",
            "properties": {
                "a": {"type": ["string", "null"], "enum": ["x", None]},
                "b": {"type": "array"},
                "c": {"$ref": "#/$defs/No"},
                "d": {"enum": [1.5, {}, []]},
                "e": {"type": "object", "maxProperties": 3, "minProperties": 1},
                "f": {"type": "array", "uniqueItems": True, "maxItems": 3},
                "g": {"$ref": "#/$defs/Loop"},
                "h": {"type": "string", "minLength": 0},
            },
            "$defs": {"Loop": {"$ref": "#/$defs/Loop"}},
        }
    )
    told = {one.path: (one.type, one.description) for one in rows}
    assert ("string or null", "'x' or null.") == told["a"]
    assert ("list of anything", "-") == told["b"]
    assert ("anything", "-") == told["c"]
    assert "number or object or list" == told["d"][0]
    assert ("object", "1 to 3 members.") == told["e"]
    assert "At most 3 items; each once." == told["f"][1]
    assert "-" == told["h"][1]


def test_nesting_is_told_up_to_a_depth() -> None:
    """Objects in objects, without names of their own."""
    schema: dict[str, object] = {"type": "string"}
    for _ in range(30):
        schema = {"type": "object", "properties": {"a": schema}}
    assert 5 < len(schema_fields(schema)) < 15


HOSTILE = "</td> | ```\n# x [a](javascript:b) *c* _d_ \x1b[31m \u202e &lt; <script>"


def test_texts_of_the_contract_are_no_markup() -> None:
    """Not in paragraphs, tables, headings or lists."""
    shown = text(HOSTILE)
    assert "\n" not in shown
    assert not re.search(r"[<>\x1b\u202e]|(?<!\\)[|`*\[]", shown)
    assert ["\\# a", "\\- a", "\\1. a", "a # b", "a_b", "\\_a\\_"] == [
        text(one) for one in ("# a", "- a", "1. a", "a # b", "a_b", "_a_")
    ]
    service = replace(
        NOTES.services[0],
        title=HOSTILE,
        responsibility=HOSTILE,
        base_url=HOSTILE,
        endpoints=(
            Endpoint(
                "GET", "/x", HOSTILE, None, HOSTILE, deprecated=True,
                answers=(Answer("404", HOSTILE, None, ""),),
            ),
        ),
    )  # fmt: skip
    envelope = NOTES.envelope and replace(NOTES.envelope, exempt=())
    page = api_reference(replace(NOTES, name=HOSTILE, services=(service,), envelope=envelope))
    outside = "".join(page.split("```")[0::2]).replace("<!-- Generated", "").replace("-->", "")
    assert "<" not in outside
    assert "(javascript:b)" not in re.sub(r"\\\]\(javascript", "", outside)
    assert "| Deprecated" not in outside
    assert "**Deprecated**" in outside


def test_json_cannot_end_its_fence() -> None:
    """Whatever a value holds, no line of it is a fence."""
    lines = json_block({"a": "```\n# x \u202e"})
    assert ["```json", "```", ""] == [lines[0], lines[-2], lines[-1]]
    assert [] == [one for one in lines[1:-2] if one.lstrip().startswith("`")]
    assert "\u202e" not in "".join(lines)


def test_small_words() -> None:
    """Durations, sentences, anchors and tables without rows."""
    assert ["0 ms", "1 s", "1,500 ms", "90 s"] == [duration(one) for one in (0, 1000, 1500, 90000)]
    assert ["A thing.", "prospectId is it.", "", "So?"] == [
        sentence(one) for one in ("a thing", "prospectId is it", "", "so?")
    ]
    assert "get-apiemailsemailid" == slug("GET /api/emails/{emailId}")
    anchors = Anchors()
    assert ["a", "a-1", "b"] == [anchors.add(one) for one in ("A", "a", "b")]
    assert [] == table(("A",), [])


def test_the_topology_is_a_picture_of_boxes_and_edges() -> None:
    """Stores are cylinders, queued calls are dashed, and labels cannot end themselves."""
    queued = Edge("notes", "disk", Protocol.TCP, Mode.QUEUED, "why", 100)
    service = replace(NOTES.services[0], title='A "quoted" [name]; end\n%%')
    drawn = topology(replace(NOTES, services=(service,), edges=(queued,)))
    assert drawn == (
        "flowchart LR\n"
        '    s1["A #34;quoted#34; #91;name#93;#59; end #37;#37;"]\n'
        '    d1[("Disk")]\n'
        '    s1 -.->|"tcp"| d1\n'
    )
    assert f"```mermaid\n{topology(SEED)}```" in PAGE


def test_the_page_is_the_same_in_every_process() -> None:
    """Sets do not show in it."""
    program = (
        "from contracts import SYSTEM;"
        "from seamwright.contract.derive.api_reference import api_reference;"
        "print(api_reference(SYSTEM), end='')"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            check=True,
            capture_output=True,
            encoding="utf-8",
        ).stdout
        for seed in ("1", "2")
    }
    assert {PAGE} == outputs
