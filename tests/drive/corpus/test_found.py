"""The file of what was found: the same for the same requests, and read strictly."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from seamwright.commands.found_file import found_of, found_path, read_found, write_found
from seamwright.drive.corpus.found import (
    Found,
    FoundProblem,
    dumped_found,
    kept_request,
    parsed_found,
)
from seamwright.drive.subject.project_file import BoxTable, ProjectFile, SubjectTable

if TYPE_CHECKING:
    from pathlib import Path

HEAD = '{"format": 1, "by": "seamwright explore"}\n'
LINE = '{"service": "a", "endpoint": "GET /x", "showed": "500", "method": "GET", "target": "/x"}'
FOUND = (
    Found(
        "a", "POST /x", kept_request("POST", "/x", (("a", "b"),), b'{"\xc3\xa9": 1}'), "500 text"
    ),
    Found("a", "POST /x", kept_request("POST", "/x", (), b"\xff\x00"), "400 text"),
    Found("a", "GET /x", kept_request("GET", "/x?q=%00", (), b""), "200 /a: null"),
)


def test_the_order_does_not_matter() -> None:
    """However it was found, the text is the same, each request once, and it is read back whole."""
    texts = {dumped_found(some) for some in itertools.permutations([*FOUND, FOUND[0]])}
    (text,) = texts
    assert set(FOUND) == set(parsed_found(text, "it"))
    assert len(FOUND) == len(parsed_found(text, "it"))
    assert HEAD == text[: len(HEAD)]
    assert text.isascii()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "0 lines"),
        ("nothing", "it:1"),
        ('{"format": 2, "by": "x"}', "format"),
        (HEAD + "\n{", "it:3"),
        (HEAD + LINE.replace('"/x"', '"@elsewhere/x"'), "target"),
        (HEAD + LINE.replace('"/x"', '"/x y"'), "target"),
        (HEAD + LINE.replace('"GET"', '"GET /"'), "method"),
        (HEAD + LINE.replace("}", ', "headers": [["a", "b\\r\\nc: d"]]}'), "headers.0.1"),
        (HEAD + LINE.replace("}", ', "headers": [["A b", "c"]]}'), "headers.0.0"),
        (HEAD + LINE.replace("}", ', "bytes": "?"}'), "it:2"),
        (HEAD + LINE.replace("}", ', "body": "\\ud800"}'), "it:2"),
        (HEAD + LINE.replace("}", ', "more": 1}'), "more"),
        (HEAD + "{}\n" * 20_001, "lines"),
    ],
)
def test_what_is_none_is_told(text: str, said: str) -> None:
    """The line is named; a target that would lead to another machine is none."""
    with pytest.raises(FoundProblem) as caught:
        parsed_found(text, "it")
    assert said in str(caught.value)


def test_a_file_is_found_where_the_subject_file_says(tmp_path: Path) -> None:
    """Beside it, or where it is named; without a subject file only where it is named."""
    box = {"a": BoxTable(url="http://127.0.0.1:1")}
    plain = ProjectFile(subject=SubjectTable(name="a", contracts="a:B"), box=box)
    named = ProjectFile(subject=SubjectTable(name="a", contracts="a:B", found="c/d"), box=box)
    subject = tmp_path / "seamwright.toml"
    assert tmp_path / "found.ndjson" == found_path(subject, plain, None)
    assert tmp_path / "c" / "d" == found_path(subject, named, None)
    assert tmp_path == found_path(subject, named, tmp_path)
    assert found_path(subject, None, None) is None
    assert () == found_of(subject, None, None) == found_of(subject, named, None)
    write_found(tmp_path / "c" / "d", FOUND)
    assert set(FOUND) == set(found_of(subject, named, None))
    with pytest.raises(FoundProblem, match="No such file"):
        found_of(subject, plain, tmp_path / "none")


def test_a_hostile_file_is_told(tmp_path: Path) -> None:
    """One that is no text or has no end; and one that cannot be written."""
    path = tmp_path / "it"
    path.write_bytes(b"\xff")
    with pytest.raises(FoundProblem, match="no UTF-8"):
        read_found(path)
    with path.open("wb") as file:
        file.truncate((1 << 26) + 1)
    with pytest.raises(FoundProblem, match="more than"):
        read_found(path)
    with pytest.raises(FoundProblem, match="it"):
        write_found(path / "below", FOUND)
