"""A record that is read in parts is the record that is read whole."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from seamwright.record.encoding import End, FaultLaid, FaultLifted, Head, Line
from seamwright.record.journal import WIRE, Journal
from seamwright.record.load import joined, load, parts
from seamwright.record.observation import (
    Again,
    CaseLabel,
    Exchange,
    FaultSpan,
    LogLine,
    Mail,
    PactOutcome,
    Purpose,
    Request,
    Response,
    Unseen,
)
from seamwright.record.redaction import Redactor

if TYPE_CHECKING:
    from pathlib import Path

PROTOCOLS = {"a→b": "http", "a→post": "smtp"}
HEAD = Head(format=1, subject="s", contract_digest="d", started="2026", zero_s=10)
ASK = "GET / HTTP/1.1\r\nHost: b\r\n\r\n"
TELL = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"
WIRED = (
    [11, "a→b", 1, ">", ASK],
    [12, "a→b", 1, "<", TELL],
    [13.5, "a→b", 1, ">", ASK],
    [15.5, "a→b", 1, "<", TELL],
    [19, "a→b", 2, "x", ""],
    [21, "a→b", 1, ">", ASK],
)


def _asked(number: int, purpose: Purpose = Purpose.WELL) -> Exchange:
    label = CaseLabel(f"c{number}", "a", None, purpose, "r", None, valid=True)
    request, response = Request("GET", "/", (), b""), Response(200, (), b"{}")
    # The later it was answered, the earlier it began: parts do not follow the order of a record.
    return Exchange(
        f"d{number}", "driver→a", 20 - number, 10 + number, request, response, case=label
    )


SEEN: tuple[Line, ...] = (
    HEAD,
    Unseen("a→x", "runs already"),
    _asked(1),
    FaultLaid(id="f1", edge="a→b", fault="cut", at_s=12),
    LogLine("l1", "a", 12, "x"),
    _asked(3),
    FaultLaid(id="f2", edge="a→post", fault="cut", at_s=13),
    FaultLifted(id="f1", at_s=14),
    _asked(4),
    Mail("m2", "a→post", 15, "", (), (), ""),
    Mail("m1", "a→post", 15, "", (), (), ""),
    PactOutcome("p", "a", "b", "one", "consumer", matched=True, mismatch="", request_id="r"),
    Unseen("b", "gone"),
    _asked(5, Purpose.AGAIN),
    Again("again-1", "f", shown=True, exchange="d5"),
)


def _record(folder: Path, *more: Line) -> Path:
    journal = Journal(folder / "record", Redactor(frozenset()))
    for line in (*SEEN, *more):
        journal.append(line)
    text = "".join(json.dumps(line) + "\n" for line in WIRED)
    (journal.folder / WIRE).write_text(text, encoding="utf-8")
    return journal.finish()


@pytest.mark.parametrize("size", range(1, 12))
def test_the_parts_make_up_the_whole(size: int, tmp_path: Path) -> None:
    """Whatever the size of the parts, nothing is lost, doubled or in another order."""
    folder = _record(tmp_path, End(at_s=20))
    assert load(folder, PROTOCOLS) == joined(parts(folder, PROTOCOLS, size))


def test_the_wire_is_read_in_step_with_the_journal(tmp_path: Path) -> None:
    """What was relayed comes in the part in which it was complete, what never was in the last."""
    several = list(parts(_record(tmp_path), PROTOCOLS, 3))
    found = [[one.id for one in part.exchanges if one.case is None] for part in several]
    assert [["w1.1"], [], ["w1.2"], ["w1.3", "w2.1"]] == [sorted(one) for one in found]


def test_a_fault_is_in_every_part_in_which_it_lay(tmp_path: Path) -> None:
    """It has no end in the parts before the one in which it was lifted, and one there."""
    several = list(parts(_record(tmp_path), PROTOCOLS, 2))
    found = [[(one.id, one.lifted_s) for one in part.faults] for part in several]
    assert [("f1", None)] in found
    assert [("f1", 14.0), ("f2", None)] in found
    assert [("f2", None)] == found[-1]
    laid = FaultSpan("f1", "a→b", "cut", 12, 14), FaultSpan("f2", "a→post", "cut", 13, None)
    assert laid == joined(several).faults


def test_a_fault_is_told_to_what_met_it_and_ended_later(tmp_path: Path) -> None:
    """Within two minutes; what began after it has not met it."""
    spans = {"d6": (13.5, 30.0), "d7": (25.0, 31.0), "d8": (13.5, 139.0)}
    late = [
        replace(_asked(1), id=id_, began_s=began_s, ended_s=ended_s)
        for id_, (began_s, ended_s) in spans.items()
    ]
    assert [["f1", "f2"], ["f2"], ["f1", "f2"]] == [
        _faults_of(id_, _record(tmp_path, *late)) for id_ in spans
    ]
    later = (LogLine("l9", "a", 170, "x"), replace(late[0], id="d9", ended_s=171))
    assert ["f2"] == _faults_of("d9", _record(tmp_path / "later", *late, *later))


def _faults_of(id_: str, folder: Path) -> list[str]:
    """Those of the part that has this exchange alone."""
    return next(
        [span.id for span in one.faults]
        for one in parts(folder, PROTOCOLS, 1)
        if id_ in [each.id for each in one.exchanges]
    )


def test_the_last_part_knows_what_could_not_be_seen(tmp_path: Path) -> None:
    """What was told in one part holds in the later ones."""
    several = list(parts(_record(tmp_path, End(at_s=20)), PROTOCOLS, 2))
    assert [False] * (len(several) - 1) + [True] == [one.complete for one in several]
    assert ("runs already", "gone") == tuple(one.reason for one in several[-1].unseen)
    assert 1 == len(several[0].unseen)


def test_large_bodies_make_small_parts(tmp_path: Path) -> None:
    """A part is bounded by what it holds, not by the number of its exchanges alone."""
    journal = Journal(tmp_path / "record", Redactor(frozenset()))
    journal.append(HEAD)
    response = Response(200, (), b"x" * 100_000)
    for number in range(1, 5):
        journal.append(replace(_asked(number), response=response))
    several = list(parts(journal.finish(), PROTOCOLS, 10))
    assert [2, 2, 0] == [len(part.exchanges) for part in several]
    assert 14 == several[0].weight
