"""FMT001 on records made by hand."""

from __future__ import annotations

from dataclasses import replace

from seamwright.judge.rules.one_format import RULE
from seamwright.judge.verdict import Outcome
from tests.judge.records import PLACE, READ, SYSTEM, answered, fails, failure, make_record, success

BARE = replace(SYSTEM, envelope=None)
HTML = (("content-type", "text/html"),)


def _told(system: object, *exchanges: object) -> list[tuple[str, str, str]]:
    verdicts = RULE.judge(system, make_record(*exchanges))  # pyright: ignore[reportArgumentType] - as they are made
    return [(one.outcome.value, one.place.service, one.said) for one in verdicts]


def test_passes_when_two_causes_have_one_format() -> None:
    """With and without a declared envelope; optional members make no other format."""
    here = (
        answered("a", failure("NO_SUCH_ORDER"), status=404),
        answered("b", failure("OUT_OF_STOCK"), status=409, endpoint=PLACE),
    )
    for system in (SYSTEM, BARE):
        assert ("pass", "shop", "") == _told(system, *here)[0]
    plain = (
        answered("a", {"error": "no"}, status=404),
        answered("b", {"error": "no", "hint": 1}, status=422),
    )
    assert ("pass", "shop", "") == _told(BARE, *plain)[0]


def test_fails_once_for_each_further_format() -> None:
    """The finding lists who answers in it and why; the first one is the prevailing one."""
    record = make_record(
        answered("a", {"error": "no"}, status=404),
        answered("b", {"error": "no"}, status=422, endpoint=PLACE),
        answered("c", b"<h1>", status=404, endpoint=None, kind=HTML),
        answered("d", b"<h1>", status=500, endpoint=READ, kind=HTML),
        answered("e", {"detail": []}, status=415, endpoint=PLACE),
    )
    assert fails(RULE.judge(BARE, record)) == [
        (
            (
                "1 of 5 failures are application/json {detail: list}, and not application/json "
                "{error: text}, which prevails: POST /orders (wrong content type)"
            ),
            ("e",),
        ),
        (
            (
                "2 of 5 failures are text/html text, and not application/json {error: text}, "
                "which prevails: GET /orders/{id}, routes that do not exist (fault of the "
                "service, unknown route)"
            ),
            ("d", "c"),
        ),
    ]


def test_what_is_called_json_and_is_none_is_the_business_of_its_own_rule() -> None:
    """CTT001 names it; a further format beside it is told all the same."""
    called = (
        answered("a", {"error": "no"}, status=404),
        answered("b", {"error": "no"}, status=422, endpoint=PLACE),
        answered("c", b"no such thing", status=404, endpoint=PLACE),
    )
    said = "the other formats are called JSON and are none; CTT001 names where"
    assert ("unproven", "shop", said) == _told(BARE, *called)[0]
    page = answered("d", b"<h1>", status=404, endpoint=None, kind=HTML)
    assert ["d"] == [ids[0] for _, ids in fails(RULE.judge(BARE, make_record(*called, page)))]


def test_many_operations_are_not_all_listed() -> None:
    """Five are, and how many more there are."""
    endpoints = [replace(SYSTEM.services[0].endpoints[0], path=f"/{n}") for n in range(9)]
    shop = replace(SYSTEM.services[0], endpoints=tuple(endpoints), health=None)
    system = replace(BARE, services=(shop, SYSTEM.services[1]))
    exchanges = [
        answered(f"a{n}", {"error": "no"}, status=404, endpoint=f"GET /{n}") for n in range(9)
    ]
    exchanges += [
        answered(f"b{n}", {"detail": []}, status=422, endpoint=f"GET /{n}") for n in range(8)
    ]
    ((said, _),) = fails(RULE.judge(system, make_record(*exchanges)))
    assert "GET /4 and 3 more" in said


def test_a_declared_envelope_is_the_business_of_its_own_rule() -> None:
    """Several formats are no finding here: ENV001 names each place."""
    told = _told(
        SYSTEM,
        answered("a", failure("NO_SUCH_ORDER"), status=404),
        answered("b", {"detail": []}, status=422),
    )
    assert ("unproven", "shop", "2 formats of failures were seen; ENV001 names where") == told[0]


def test_unproven_where_too_little_was_seen() -> None:
    """No failure, a single cause, nothing at all."""
    assert "no failure of it was seen" == _told(BARE, answered("a", success()))[0][2]
    one = _told(BARE, answered("a", {"error": "no"}, status=404))
    assert ("unproven", "failures of a single cause were seen") == (one[0][0], one[0][2])
    assert {"unproven"} == {outcome for outcome, _, _ in _told(BARE)}


def test_services_of_one_system_answer_alike() -> None:
    """Each is held against the first, where no envelope is declared."""
    shop = answered("a", {"error": "no"}, status=404)
    same = answered(
        "b", {"error": "no", "more": 1}, service="bank", endpoint="POST /pay", status=422
    )
    other = answered("b", {"detail": "no"}, service="bank", endpoint="POST /pay", status=422)
    verdicts = list(RULE.judge(BARE, make_record(shop, same)))
    assert Outcome.PASS is verdicts[-1].outcome
    assert "against shop" == verdicts[-1].place.aspect
    ((said, evidence),) = fails(RULE.judge(BARE, make_record(shop, other)))
    assert ("a", "b") == evidence
    assert said == (
        "bank fails in application/json {detail: text}, shop in application/json {error: text}"
    )
    assert 2 == len(list(RULE.judge(SYSTEM, make_record(shop, other))))
