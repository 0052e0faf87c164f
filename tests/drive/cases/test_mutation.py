"""Mutations: every one can be sent, and chance alone says which one it is."""

from __future__ import annotations

import json
import random
import re
from typing import Any

from seamwright.drive.cases.generated import GeneratedRequest
from seamwright.drive.cases.mutation import MUTATION, mutated, words_of

SENDABLE = re.compile(r"/[\x21-\x7e]*")
TEMPLATE = "/things/{id}/parts"


def _request(
    target: str = "/things/7/parts?limit=10&after=x", body: object = None
) -> GeneratedRequest:
    return GeneratedRequest(
        positive=True,
        scenario="",
        place="",
        method="POST",
        target=target,
        headers=(("content-type", "application/json"),),
        body=b"" if body is None else json.dumps(body).encode(),
    )


BODY = {"name": "Rex", "count": 3, "tags": ["a", "b"], "in": {"deep": [True, None]}}


def _many(
    request: GeneratedRequest, template: str = TEMPLATE, seed: int = 0
) -> list[GeneratedRequest]:
    chance = random.Random(seed)
    words: list[object] = ["BORROWED", 424242]
    return [mutated(request, template, words, chance.randrange) for _ in range(3_000)]


def test_every_mutation_can_be_sent() -> None:
    """The target stays a path of printable characters, below the same root; the body stays JSON."""
    for one in _many(_request(body=BODY)):
        assert SENDABLE.fullmatch(one.target), one.target
        assert ("POST", MUTATION, False) == (one.method, one.scenario, one.positive)
        json.loads(one.body)
        steps = one.target.partition("?")[0].split("/")
        assert ["", "things", "parts"] == [steps[0], steps[1], steps[3]]
        assert steps[2].strip(".")


def test_every_part_of_a_request_is_changed() -> None:
    """Edges of types, other types, what is left out, doubled or borrowed; never all at once."""
    made = _many(_request(body=BODY))
    bodies: list[Any] = [json.loads(one.body) for one in made]
    objects: list[dict[str, Any]] = [one for one in bodies if isinstance(one, dict)]
    assert len(objects) < len(bodies)
    counts = {repr(one.get("count")) for one in objects}
    assert {"2147483648", "4", "-3", "None", "424242", "True"} <= counts
    assert any("name" not in one for one in objects)
    assert any(one.get("name") == "BORROWED" for one in objects)
    assert 40 < max(len(one["tags"]) for one in objects if isinstance(one.get("tags"), list))
    assert any(one.get("in") == {"deep": [False, None]} for one in objects)
    targets = {one.target for one in made}
    assert "/things/7/parts?after=x" in targets
    assert any(one.count("limit=") > 1 for one in targets)
    assert any(not one.startswith("/things/7/") for one in targets)
    assert any(one.headers == () for one in made)


def test_a_request_without_parts_gets_a_query() -> None:
    """There is nothing else that could be another."""
    bare = GeneratedRequest(positive=True, scenario="", place="", method="GET", target="/things")
    targets = [one.target for one in _many(bare, "/things")]
    assert {"/things"} == {one.partition("?")[0] for one in targets}
    assert 100 < len({one for one in targets if "?" in one})


def test_a_body_that_is_no_json_stays_as_it_is() -> None:
    """And one that is nested without end is not walked through."""
    for body in (b"\xff", b"[" * 100_000):
        request = _request("/things/7/parts")
        request = GeneratedRequest(
            positive=True, scenario="", place="", method="POST", target=request.target, body=body
        )
        assert {body} == {one.body for one in _many(request)[:200]}


def test_the_path_of_another_endpoint_is_left_alone() -> None:
    """A target that does not have the template's steps keeps its path."""
    request = _request("/elsewhere?x=1")
    assert {"/elsewhere"} == {one.target.partition("?")[0] for one in _many(request)}


def test_the_same_chance_gives_the_same() -> None:
    """Another one gives others."""
    first, second = _many(_request(body=BODY)), _many(_request(body=BODY))
    assert first == second
    assert first != _many(_request(body=BODY), seed=1)


def test_words_are_what_others_may_borrow() -> None:
    """Leaves of the body and values of the query, unquoted."""
    words = words_of(_request("/t?a=x%20y&b", {"n": 1, "o": {"p": ["q"]}, "e": {}}))
    assert ["x y", "", 1, "q"] == words
    assert [] == words_of(_request("/t"))
