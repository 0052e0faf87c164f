"""Whether one exchange by itself shows what many have shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from seamwright.judge.alone import shown_by, smallest_alone
from seamwright.judge.finding import findings
from seamwright.judge.rule import Bench, Rule
from seamwright.judge.verdict import Place
from seamwright.record.observation import Exchange, Purpose
from tests.judge.records import make_record
from tests.judge.rules.walks import LIST, SYSTEM, stepped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record

_BENCH = Bench("XXX001")


def _judge(_: System, record: Record) -> Iterator[Verdict]:
    """Every 500 fails by itself, and two 404 do together."""
    lost = [one for one in record.driven() if one.response and one.response.status == 404]
    for one in record.driven():
        if one.response and one.response.status == 500:
            yield _BENCH.failed(Place("shelf", LIST), f"it is broken: {one.id}", [one.id], "broken")
    if len(lost) > 1:
        yield _BENCH.failed(Place("shelf", LIST), "two are lost", [one.id for one in lost])


RULE = Rule("XXX001", "t", "w", "s", _judge)


def _asked(
    id_: str, status: int, body: bytes = b"", purpose: Purpose = Purpose.GENERATED
) -> Exchange:
    one = stepped(id_, LIST, status=status, purpose=purpose)
    assert one.request is not None
    return replace(one, id=id_, request=replace(one.request, body=body))


def test_the_smallest_of_those_that_show_it_is_taken() -> None:
    """By the bytes of its request, then by its id."""
    record = make_record(
        _asked("a", 500, b"xx"), _asked("c", 500), _asked("b", 500), _asked("d", 200)
    )
    (found,) = findings(RULE.judge(SYSTEM, record))
    smallest = smallest_alone(RULE, SYSTEM, record, found)
    assert smallest is not None
    assert "b" == smallest.id
    said = shown_by(RULE, SYSTEM, record.head, found, _asked("z", 500))
    assert "it is broken: z" == said
    assert "" == shown_by(RULE, SYSTEM, record.head, found, _asked("z", 200))


def test_what_only_several_show_is_not_looked_for() -> None:
    """Sent again by itself it shows nothing."""
    record = make_record(_asked("a", 404), _asked("b", 404))
    (found,) = findings(RULE.judge(SYSTEM, record))
    assert smallest_alone(RULE, SYSTEM, record, found) is None


def test_what_a_fault_has_brought_about_is_not_looked_for() -> None:
    """The fault is lifted: the request alone does not bring it about."""
    record = make_record(
        *(_asked(one.value, 500, b"", one) for one in (Purpose.FAULT, Purpose.STATE))
    )
    (found,) = findings(RULE.judge(SYSTEM, record))
    assert smallest_alone(RULE, SYSTEM, record, found) is None


def test_a_finding_has_the_same_name_in_every_run() -> None:
    """Whatever was seen, and how often; another fault, or one at another place, has another."""
    (one,) = findings(RULE.judge(SYSTEM, make_record(_asked("a", 500))))
    (same,) = findings(RULE.judge(SYSTEM, make_record(_asked("x", 500), _asked("y", 500))))
    (other,) = findings(RULE.judge(SYSTEM, make_record(_asked("a", 404), _asked("b", 404))))
    elsewhere = replace(one, place=Place("shelf", "GET /other"))
    assert one.name == same.name
    assert 3 == len({one.name, other.name, elsewhere.name})
    several = replace(one, endpoints=("a", "b"), place=Place("shelf"))
    assert several.name == replace(several, endpoints=("a", "b", "c")).name


def _judge_narrowly(_: System, record: Record) -> Iterator[Verdict]:
    """What is empty is told apart where it is seen at several endpoints."""
    for one in record.driven():
        shape = "empty" if one.request and not one.request.body else "broken"
        narrow = "broken" if shape == "empty" else ""
        yield _BENCH.failed(Place("shelf", LIST), f"{shape}: {one.id}", [one.id], shape, narrow)


def test_what_is_a_fault_of_its_own_is_no_sign_of_another() -> None:
    """So that nothing is made small until it shows something else."""
    rule = Rule("XXX001", "t", "w", "s", _judge_narrowly)
    full, empty, head = _asked("a", 500, b"xx"), _asked("b", 500), make_record().head
    (found,) = findings(rule.judge(SYSTEM, make_record(full)))
    assert "broken: a" == shown_by(rule, SYSTEM, head, found, full, like=full)
    assert "" == shown_by(rule, SYSTEM, head, found, empty, like=full)
    assert "empty: b" == shown_by(rule, SYSTEM, head, found, empty)
    assert "empty: b" == shown_by(rule, SYSTEM, head, found, empty, like=empty)
