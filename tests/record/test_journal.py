"""The record on disk: written as things happen, read back whole, also after a kill."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from seamwright.contract.derive.places import Places
from seamwright.record.encoding import End, FaultLaid, FaultLifted, Head, Line
from seamwright.record.journal import JOURNAL, WIRE, Journal
from seamwright.record.load import load
from seamwright.record.observation import (
    Exchange,
    FaultSpan,
    LogLine,
    Mail,
    PactOutcome,
    Published,
    PublishedFile,
    Request,
    Response,
    Unseen,
)
from seamwright.record.redaction import Redactor
from seamwright.record.stream import RecordProblem

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "s3cret-token"
HEAD = Head(format=1, subject="s", contract_digest="d", started="2026", zero_s=10)
ASKED = Request("GET", f"/?k={SECRET}", (("authorization", "Bearer x"),), SECRET.encode())
TOLD = Response(200, (("x-y", SECRET),), f"is {SECRET}".encode())
SEEN: tuple[Line, ...] = (
    HEAD,
    Unseen("a→b", "runs already"),
    Exchange("d2", "driver→a", 12, 13, ASKED, TOLD),
    Exchange("d1", "driver→a", 11, 12, None, None, "refused"),
    FaultLaid(id="f", edge="a→b", fault="cut", at_s=13),
    FaultLifted(id="f", at_s=14),
    LogLine("l1", "a", 14, f"token {SECRET}"),
    Mail("m", "a→post", 14, "a@a.test", (), (("cookie", "x"), ("x-y", SECRET)), "250"),
    PactOutcome("p", "a", "b", "one", "consumer", matched=False, mismatch=SECRET, request_id="r"),
)
FOUND = Published("x", Places("s"), (PublishedFile("s/a", "0"),), f"send {SECRET}")
PROTOCOLS = {"a→b": "http"}


def _journal(folder: Path) -> Journal:
    journal = Journal(folder / "record", Redactor(frozenset({SECRET})))
    for line in SEEN:
        journal.append(line)
    return journal


def _append(folder: Path, name: str, text: str) -> None:
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(text)


def test_a_finished_record_reads_back_whole(tmp_path: Path) -> None:
    """Everything is there, in the order in which it began, without the secret."""
    journal = _journal(tmp_path)
    journal.append(End(at_s=20))
    folder = journal.finish()
    record = load(folder, PROTOCOLS)
    assert ["d1", "d2"] == [one.id for one in record.exchanges]
    assert (FaultSpan("f", "a→b", "cut", 13, 14),) == record.faults
    assert ("token ************",) == tuple(one.text for one in record.log_lines)
    assert (("cookie", "*"), ("x-y", "*" * 12)) == record.mails[0].headers
    assert "*" * 12 == record.pacts[0].mismatch
    assert (True, 10.0, HEAD) == (record.complete, record.duration_s, record.head)
    assert ("runs already", None) == (record.why_unseen("a→b"), record.why_unseen("a"))
    assert () == record.driven()
    assert 2 == len(record.on("driver→a"))
    assert SECRET not in (folder / JOURNAL).read_text(encoding="utf-8")
    assert not journal.folder.exists()


def test_what_was_found_of_the_published_files_is_read_back(tmp_path: Path) -> None:
    """Places and files as they were, the reference without the secret; or None."""
    journal = _journal(tmp_path)
    assert None is load(journal.folder, PROTOCOLS).published
    journal.append(FOUND)
    found = load(journal.folder, PROTOCOLS).published
    assert replace(FOUND, reference="send " + "*" * 12) == found


def test_a_record_that_is_being_written_can_be_read(tmp_path: Path) -> None:
    """Each line is on disk when it was appended; such a record is not complete."""
    journal = _journal(tmp_path)
    record = load(journal.folder, PROTOCOLS)
    assert (False, 2) == (record.complete, len(record.exchanges))
    journal.close()
    journal.append(End(at_s=20))
    assert not load(journal.folder, PROTOCOLS).complete


def test_a_new_record_takes_the_place_of_the_old(tmp_path: Path) -> None:
    """Neither an older record nor an unfinished one is mixed into a new one."""
    _journal(tmp_path).finish()
    _append(_journal(tmp_path).folder, "left.txt", "x")
    folder = _journal(tmp_path).finish()
    assert [JOURNAL] == [one.name for one in folder.iterdir()]


@pytest.mark.parametrize("cut", [1, 2, 10])
def test_a_last_line_that_was_cut_is_left_out(tmp_path: Path, cut: int) -> None:
    """A kill in the middle of a line costs that line and no other."""
    journal = _journal(tmp_path)
    path = journal.folder / JOURNAL
    whole = path.read_bytes()
    path.write_bytes(whole + whole.splitlines()[-1][:-cut])
    _append(journal.folder, WIRE, '[11, "a→b", 1, "!", ""]\n[12, "a→b", 2, "')
    record = load(journal.folder, PROTOCOLS)
    assert 1 == len(record.pacts)
    assert ["w1.1"] == [one.id for one in record.on("a→b")]


@pytest.mark.parametrize(
    ("name", "line", "expected"),
    [
        (JOURNAL, "{", "a line of JSON"),
        (JOURNAL, "[]", "a line of a record"),
        (JOURNAL, '{"kind": "surprise"}', "a line of a record"),
        (JOURNAL, '{"kind": "end"}', "a line of a record"),
        (JOURNAL, "[" * 5_000, "a line of JSON"),
        (WIRE, "{}", "a line of the wire"),
        (WIRE, "[1, 2]", "a line of the wire"),
        (WIRE, '[1, "a→b", 1, ">", "€"]', "a line of the wire"),
        (WIRE, "nothing", "a line of JSON"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, name: str, line: str, expected: str) -> None:
    """A broken line in the middle is told with its file and its number."""
    folder = _journal(tmp_path).folder
    good = '{"kind": "end", "at_s": 1}' if name == JOURNAL else '[1, "a→b", 1, "+", ""]'
    _append(folder, name, f"{good}\n{line}\n{good}\n")
    with pytest.raises(RecordProblem) as caught:
        load(folder, PROTOCOLS)
    number = 2 + (len(SEEN) if name == JOURNAL else 0)
    assert (f"{folder / name}:{number}", expected) == (caught.value.where, caught.value.expected)


def test_a_folder_without_a_record_is_named(tmp_path: Path) -> None:
    """A folder that is no record, and one that is not there, are told with what is missing."""
    for folder in (tmp_path, tmp_path / "gone"):
        with pytest.raises(RecordProblem) as caught:
            load(folder, PROTOCOLS)
        assert (str(folder / JOURNAL), "no such file") == (caught.value.where, caught.value.seen)


@pytest.mark.parametrize("text", ["", '{"kind": "end", "at_s": 1}\n'])
def test_a_record_without_a_head_is_refused(tmp_path: Path, text: str) -> None:
    """The first line says what was judged; without it nothing is known."""
    _append(tmp_path, JOURNAL, text)
    with pytest.raises(RecordProblem) as caught:
        load(tmp_path, PROTOCOLS)
    assert f"{tmp_path / JOURNAL}:1" == caught.value.where
