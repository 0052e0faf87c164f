"""The census counts formats: which, how often, by whom, and what brought them about."""

from __future__ import annotations

from dataclasses import replace

from seamwright.contract import Form, Member, Role
from seamwright.judge.census import census
from tests.judge.records import (
    HEALTH,
    PLACE,
    READ,
    SYSTEM,
    answered,
    failure,
    make_record,
    success,
    unanswered,
)

HTML = (("content-type", "text/html"),)


def test_the_declared_format_comes_first_and_the_others_by_their_spread() -> None:
    """With operations, causes and examples; what is exempt or has no body is left out."""
    record = make_record(
        answered("a", failure("NO_SUCH_ORDER"), status=404),
        answered("b", {"detail": "no"}, status=422, endpoint=PLACE, payload=b"{}"),
        answered("c", {"detail": "no"}, status=422, endpoint=READ),
        answered("d", {"detail": "no"}, status=400, endpoint=PLACE),
        answered("e", b"<h1>", status=404, endpoint=None, kind=HTML),
        answered("f", b"<h1>", status=502, endpoint=READ, kind=HTML),
        answered("g", {"status": "bad"}, status=503, endpoint=HEALTH),
        answered("h", b"", status=404, method="HEAD"),
        unanswered("i"),
        answered("j", b"<h1>", status=502, kind=HTML, truncated=True),
    )
    (found,) = census(SYSTEM, record)
    told = [
        (one.declared, one.count, one.operations, one.causes, one.evidence)
        for one in found.failures
    ]
    assert told == [
        (True, 1, (READ,), ("no such thing",), ("a",)),
        (False, 3, (READ, PLACE), ("body that is not valid", "malformed request"), ("d", "b", "c")),
        (
            False,
            2,
            (READ, "routes that do not exist"),
            ("fault of the service", "unknown route"),
            ("f", "e"),
        ),
    ]
    assert "shop" == found.service
    assert () == found.successes


def test_successes_are_counted_by_what_is_around_their_data() -> None:
    """The envelope where they have it, else the kind of body."""
    record = make_record(
        answered("a", success()),
        answered("b", success({"id": "o2", "total": 1, "note": "x"})),
        answered("c", {"id": "o1"}, endpoint=PLACE, status=201),
        answered("d", {"other": 1}, endpoint=PLACE, status=201),
        answered("e", [1], endpoint=PLACE, status=201),
    )
    (found,) = census(SYSTEM, record)
    assert [(True, 2), (False, 2), (False, 1)] == [
        (one.declared, one.count) for one in found.successes
    ]
    assert ("success",) == found.successes[0].causes
    assert [
        "application/json {ok: flag, result: data, trace: text}",
        "application/json {}",
        "application/json list",
    ] == [one.format.words for one in found.successes]


def test_a_success_that_is_all_data_is_told_by_its_kind() -> None:
    """An envelope whose data is the whole body adds nothing around it."""
    form = Form((Member("", Role.DATA),))
    assert SYSTEM.envelope is not None
    system = replace(SYSTEM, envelope=replace(SYSTEM.envelope, success=form))
    (found,) = census(system, make_record(answered("a", {"id": "o1"})))
    assert ["application/json {}"] == [one.format.words for one in found.successes]


def test_without_an_envelope_the_prevailing_format_comes_first() -> None:
    """The one that most operations and causes have, not the one that was asked for most often."""
    record = make_record(
        *(answered(f"a{n}", {"message": "no"}, status=404) for n in range(9)),
        answered("b", {"error": "no"}, status=404),
        answered("c", {"error": "no", "hint": "x"}, status=422, endpoint=PLACE),
        answered("d", {"error": "no"}, status=418, endpoint=PLACE),
    )
    (found,) = census(replace(SYSTEM, envelope=None), record)
    first, second = found.failures
    assert ("application/json {error: text, hint?: text}", 3) == (first.format.words, first.count)
    assert ("other refusal" in first.causes, 9) == (True, second.count)


def test_a_format_that_only_looks_declared_is_not() -> None:
    """Another content type, or no JSON at all."""
    text = (("content-type", "text/plain"),)
    record = make_record(
        answered("a", failure("NO_SUCH_ORDER"), status=404, kind=text),
        answered("b", b"oops", status=500),
    )
    (found,) = census(SYSTEM, record)
    assert [False, False] == [one.declared for one in found.failures]


def test_a_service_that_was_not_driven_has_no_census() -> None:
    """Nothing is said of it."""
    assert () == census(SYSTEM, make_record())


def test_what_is_repeated_of_the_request_makes_no_format() -> None:
    """Whatever was sent, also nothing, once one answer shows that it is what was sent."""
    told = [
        (b'{"total": {"of": [1]}}', {"total": {"of": [1]}}),
        (b"[2]", [2]),
        (b"7", 7),
        (b"", None),
    ]
    record = make_record(
        *(
            answered(f"a{at}", {"no": "x", "body": back}, status=422, payload=sent, endpoint=PLACE)
            for at, (sent, back) in enumerate(told)
        )
    )
    (found,) = census(SYSTEM, record)
    assert ["application/json {body: what was sent, no: text}"] == [
        one.format.words for one in found.failures
    ]
    other = answered("b", {"no": {"code": "x"}}, status=422, payload=b"[1]", endpoint=PLACE)
    (found,) = census(SYSTEM, make_record(*record.driven(), other))
    assert 2 == len(found.failures)
