"""Which declared error codes a record covers."""

from __future__ import annotations

from dataclasses import replace

from seamwright.contract import Envelope, Form, Member, Role
from seamwright.judge.code_coverage import (
    CodeCoverage,
    DeclaredCode,
    UndeclaredCode,
    code_coverage,
)
from seamwright.record.observation import Exchange, Purpose, Unseen
from tests.judge.records import (
    HEALTH,
    PLACE,
    READ,
    SYSTEM,
    answered,
    called,
    failure,
    make_record,
    success,
    unanswered,
)


def _of(coverage: CodeCoverage, endpoint: str, code: str, service: str = "shop") -> DeclaredCode:
    """The one declared code at a place."""
    (found,) = [
        one
        for one in coverage.declared
        if (one.service, one.endpoint, one.code) == (service, endpoint, code)
    ]
    return found


def _provoked(one: Exchange, code: str) -> Exchange:
    """The exchange, sent to bring a code about."""
    assert one.case is not None
    case = replace(one.case, purpose=Purpose.PROVOKED, reason=f"{code}: in some way")
    return replace(one, case=case)


def test_every_declared_code_is_counted_at_its_place() -> None:
    """Own codes count at their endpoint; those of everybody once for each service."""
    places = {
        (one.service, one.endpoint, one.code)
        for one in code_coverage(SYSTEM, make_record()).declared
    }
    assert {
        ("shop", READ, "NO_SUCH_ORDER"),
        ("shop", PLACE, "OUT_OF_STOCK"),
        ("shop", PLACE, "BANK_DOWN"),
        ("shop", "", "NO_SUCH_ROUTE"),
        ("shop", "", "NO_SUCH_VERSION"),
        ("bank", "", "NO_SUCH_ROUTE"),
        ("bank", "", "NO_SUCH_VERSION"),
    } == places


def test_a_code_is_provoked_by_an_answer_with_its_status() -> None:
    """With another status it is not that code."""
    right = answered("a", failure("NO_SUCH_ORDER"), status=404)
    wrong = answered("b", failure("OUT_OF_STOCK"), endpoint=PLACE, status=400)
    coverage = code_coverage(SYSTEM, make_record(right, wrong, called("c")))
    assert ("a",) == _of(coverage, READ, "NO_SUCH_ORDER").provoked_by
    assert () == _of(coverage, PLACE, "OUT_OF_STOCK").provoked_by
    assert 1 == coverage.provoked


def test_a_code_of_everybody_is_provoked_by_any_endpoint() -> None:
    """A route that does not exist, or an endpoint: the service has answered it."""
    nowhere = answered("a", failure("NO_SUCH_ROUTE"), endpoint=None, status=404)
    old = answered("b", failure("NO_SUCH_VERSION"), endpoint=READ, status=400)
    coverage = code_coverage(SYSTEM, make_record(nowhere, old))
    assert ("a",) == _of(coverage, "", "NO_SUCH_ROUTE").provoked_by
    assert ("b",) == _of(coverage, "", "NO_SUCH_VERSION").provoked_by
    assert () == _of(coverage, "", "NO_SUCH_ROUTE", "bank").provoked_by


def test_what_was_tried_in_vain_says_why() -> None:
    """The answer that came instead is the reason, and the exchange is kept."""
    other = answered("a", failure("BANK_DOWN", again=True), endpoint=PLACE, status=503)
    coverage = code_coverage(SYSTEM, make_record(_provoked(other, "OUT_OF_STOCK")))
    found = _of(coverage, PLACE, "OUT_OF_STOCK")
    assert "what was to bring it about was answered with 503 BANK_DOWN" == found.why
    assert ("a",) == found.tried
    silent = _provoked(unanswered("b"), "NO_SUCH_ORDER")
    coverage = code_coverage(SYSTEM, make_record(silent))
    assert "what was to bring it about got no answer" == _of(coverage, READ, "NO_SUCH_ORDER").why
    well = answered("c", success(), endpoint=READ)
    coverage = code_coverage(SYSTEM, make_record(_provoked(well, "NO_SUCH_ROUTE")))
    assert "what was to bring it about was answered with 200" == (
        _of(coverage, "", "NO_SUCH_ROUTE").why
    )


def test_a_declared_reason_comes_first() -> None:
    """What the team says of a code that nothing may bring about is the reason."""
    coverage = code_coverage(
        SYSTEM,
        make_record(
            Unseen(f"shop {PLACE} OUT_OF_STOCK", "the stock is endless"),
            Unseen("bank NO_SUCH_ROUTE", "a wall answers first"),
            Unseen("shop", "it is not here"),
        ),
    )
    assert "the stock is endless" == _of(coverage, PLACE, "OUT_OF_STOCK").why
    assert "a wall answers first" == _of(coverage, "", "NO_SUCH_ROUTE", "bank").why
    assert "it is not here" == _of(coverage, PLACE, "BANK_DOWN").why
    plain = code_coverage(SYSTEM, make_record())
    assert "nothing was sent that could bring it about" == _of(plain, PLACE, "BANK_DOWN").why


def test_undeclared_codes_are_told() -> None:
    """A code that the place does not declare, or that no catalogue has; not outside of it."""
    coverage = code_coverage(
        SYSTEM,
        make_record(
            answered("a", failure("OUT_OF_STOCK"), status=409),
            answered("b", failure("OUT_OF_STOCK"), status=409),
            answered("c", failure("OOPS"), endpoint=None, status=500),
            answered("d", failure("OOPS"), endpoint=HEALTH, status=500),
            answered("e", failure("OOPS"), service="nobody", status=500),
        ),
    )
    assert (
        UndeclaredCode("shop", READ, "OUT_OF_STOCK", ("a", "b")),
        UndeclaredCode("shop", "", "OOPS", ("c",)),
    ) == coverage.undeclared


def test_answers_without_a_code_count_by_their_status() -> None:
    """Where failures have no place for a code, the only one with this status is meant."""
    bare = Envelope(Form((Member("", Role.DATA),)), Form((Member("/detail", Role.MESSAGE),)))
    for envelope in (None, bare):
        system = replace(SYSTEM, envelope=envelope)
        coverage = code_coverage(
            system,
            make_record(
                answered("a", {"detail": "none left"}, endpoint=PLACE, status=409),
                answered("b", {"detail": "which?"}, endpoint=READ, status=404),
                answered("c", {"detail": "what?"}, service="nobody", status=418),
            ),
        )
        assert ("a",) == _of(coverage, PLACE, "OUT_OF_STOCK").provoked_by
        # NO_SUCH_ROUTE has that status too.
        assert () == _of(coverage, READ, "NO_SUCH_ORDER").provoked_by


def test_what_cannot_be_read_tells_no_code() -> None:
    """No body, no JSON, no text, a body that was cut, a HEAD."""
    coverage = code_coverage(
        SYSTEM,
        make_record(
            answered("a", b"oops", status=404),
            answered("b", failure(7), status=404),
            answered("c", failure("NO_SUCH_ORDER"), status=404, truncated=True),
            answered("d", failure("NO_SUCH_ORDER"), status=404, method="HEAD"),
        ),
    )
    assert 0 == coverage.provoked


def test_a_service_without_endpoints_has_no_codes() -> None:
    """Codes of everybody are those of services that answer anything."""
    services = tuple(replace(one, endpoints=()) for one in SYSTEM.services[1:])
    system = replace(
        SYSTEM, services=services, edges=(), credentials=(), dependencies=(), envelope=None
    )
    assert () == code_coverage(system, make_record()).declared
