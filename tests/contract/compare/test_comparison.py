"""Whole contracts held against each other: statuses, media types, services, versions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from seamwright.contract import RateLimit
from seamwright.contract.compare.comparison import Reader, compare
from seamwright.contract.compare.snapshot import snapshot_of_document
from seamwright.contract.description.document import Body, Content, Parameter, Response
from tests.contract.compare.interfaces import JSON, codes, described, operation, sent
from tests.contract.compare.promise_cases import BASE, contract

TEXT: dict[str, Any] = {"type": "string"}
SHORT: dict[str, Any] = {"type": "string", "maxLength": 9}


def _answers(**statuses: dict[str, Any]) -> Any:
    responses = tuple(
        Response(status.removeprefix("s"), "", (Content(JSON, schema),))
        for status, schema in statuses.items()
    )
    return described(operation(responses=responses))


def _takes(*media: str) -> Any:
    return described(operation(body=Body(tuple(Content(one, TEXT) for one in media), True)))


def _gives(*media: str) -> Any:
    contents = tuple(Content(one, TEXT) for one in media)
    return described(operation(responses=(Response("200", "", contents),)))


def test_a_range_covers_its_statuses() -> None:
    """A status that was in a range is compared with it, and is no new one."""
    old = _answers(s200=TEXT, s4XX=TEXT)
    assert ["RES-LENGTH-SET"] == codes(old, _answers(s200=TEXT, s4XX=TEXT, s404=SHORT))
    assert ["RES-LENGTH-UNSET"] == codes(
        _answers(s200=TEXT, s404=SHORT, default=TEXT), _answers(s200=TEXT, default=TEXT)
    )
    assert ["RES-SUCCESS-ADDED"] == codes(_answers(default=TEXT), _answers(default=TEXT, s201=TEXT))
    assert [] == codes(_answers(s2XX=TEXT), _answers(s2xx=TEXT, s201=TEXT))


def test_a_media_range_covers_its_types() -> None:
    """Whoever takes any text takes CSV; whoever answers any text may answer something else."""
    assert ["REQ-MEDIA-ADDED"] == codes(_takes("text/csv"), _takes("text/*"))
    assert [] == codes(_takes("*/*"), _takes("*/*", "text/csv"))
    assert ["RES-MEDIA-REMOVED", "RES-MEDIA-ADDED"] == codes(_gives("text/csv"), _gives("text/*"))
    assert ["RES-MEDIA-REMOVED", "RES-MEDIA-ADDED"] == codes(_gives(JSON), _gives("text/csv"))
    assert ["REQ-MEDIA-REMOVED", "REQ-MEDIA-ADDED"] == codes(
        _takes("application/x;v=1"), _takes("application/x;v=2")
    )


def test_a_parameter_in_a_document_of_its_own_has_a_media_type() -> None:
    """What was written as text and is now JSON is written in another way."""
    old, new = (
        described(operation(parameters=(Parameter("query", "q", False, TEXT, media=media),)))
        for media in ("", JSON)
    )
    assert ["PAR-STYLE-CHANGED"] == codes(old, new)


def test_fewer_demands_are_no_new_way_in() -> None:
    """Who shows token and key is let in where the token alone is asked for."""
    both = described(operation(security=(("token", "key"),)))
    one = described(operation(security=(("token",),)))
    assert ["SEC-ALTERNATIVE-ADDED"] == codes(both, one)
    assert ["SEC-ALTERNATIVE-REMOVED"] == codes(one, both)


def test_names_of_two_single_services_do_not_matter() -> None:
    """A document and its successor with another title are one interface."""
    old = snapshot_of_document(described(sent(TEXT)))
    new = snapshot_of_document(replace(described(sent(TEXT)), title="Animals"))
    assert () == compare(old, new).changes


def test_an_endpoint_that_is_new_is_told_once() -> None:
    """Its error codes, limits and envelope are no changes of their own."""
    terms = replace(BASE.terms[0], endpoint="GET /pets", rate_limit=RateLimit(1, 1))
    health = {"pets": BASE.health["pets"], "shop": BASE.health["pets"]}
    more = replace(BASE, terms=(*BASE.terms, terms), health=health)
    assert () == compare(contract(BASE), contract(more)).changes
    bare = replace(BASE, envelope=None, request_id=None, version=None, health={})
    assert () == compare(contract(bare), contract(bare)).changes
    odd = replace(BASE, terms=(replace(BASE.terms[0], rate_limit=RateLimit(1, 0)),))
    assert ["LIM-CHANGED"] == [one.code for one in compare(contract(odd), contract(BASE)).changes]


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ("1.2.3", "2.0.0", True),
        ("1.2.3", "1.3.0", False),
        ("0.2.3", "0.3.0", True),
        ("0.2.3", "0.2.4", False),
        ("0.9", "1", True),
        ("v1", "v2", True),
        ("2.0.0", "1.0.0", False),
        ("beta", "gamma", False),
        ("beta", "1.0.0", True),
        ("", "", False),
        ("9" * 5_000, "1", False),
    ],
)
def test_a_document_moves_by_its_major_version(old: str, new: str, moved: bool) -> None:
    """Of a version that begins with 0, the second number counts."""
    before, after = (snapshot_of_document(described(version=one)) for one in (old, new))
    assert moved == compare(before, after).moved


def test_a_set_moves_by_its_current_version() -> None:
    """Any other current version will do."""
    version = BASE.version
    assert version
    moved = replace(BASE, version=replace(version, current="next"))
    assert compare(contract(BASE), contract(moved)).moved
    assert not compare(contract(BASE), contract(BASE)).moved


def test_a_document_and_a_set_are_compared_as_a_whole() -> None:
    """A document knows no promises beyond its interface, so none of them is gone."""
    document = snapshot_of_document(described(operation(path="/pets/{id}")))
    assert () == compare(document, contract(BASE)).changes
    assert () == compare(contract(BASE), document).changes


def test_each_reader_is_broken_by_its_own_changes() -> None:
    """Consumers by what is gone, providers by what came, both by either."""
    old = snapshot_of_document(described(operation("GET"), operation("PUT")))
    new = snapshot_of_document(described(operation("GET"), operation("POST")))
    compared = compare(old, new)
    broken = {one: [change.code for change in compared.broken(one)] for one in Reader}
    assert {
        Reader.CONSUMERS: ["OP-REMOVED"],
        Reader.PROVIDERS: ["OP-ADDED"],
        Reader.BOTH: ["OP-REMOVED", "OP-ADDED"],
    } == broken
