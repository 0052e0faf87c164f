"""`waivers.toml`: read strictly, and added to without touching what is in it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from seamwright.commands.waiver_entry import WaiverProblem, parse_waivers
from seamwright.commands.waiver_file import add_waiver, read_waivers, waivers_of
from seamwright.drive.subject.project_file import BoxTable, ProjectFile, SubjectTable
from seamwright.judge.waiver import Waiver

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
# What we live with, for now.
[[waiver]]
rule = "SCH001"
endpoint = "shop GET /orders/{id}"
owner = "Ann"
reason = "old orders have no total"  # TICKET-1
expires = 2027-01-31
"""
ANN = Waiver(
    "SCH001", "shop GET /orders/{id}", "Ann", "old orders have no total", date(2027, 1, 31)
)
BOB = Waiver("ENV001", "shop *", 'Bob "the \\builder" é', "the proxy answers", date(2027, 2, 1))


def test_a_good_file_is_read() -> None:
    """Each table is a waiver; an empty file has none."""
    assert (ANN,) == parse_waivers(GOOD, "waivers.toml")
    assert () == parse_waivers("# none\n", "waivers.toml")


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("expires = 2027", "expire = 2027", 7, "did you mean 'expires'?"),
        ("expires = 2027-01-31", 'expires = "2027-01-31"', 7, "a date without quotes"),
        ("expires = 2027-01-31", "expires = 2027-01-31T00:00:00", 7, "a date without quotes"),
        ("expires = 2027-01-31", "expires = 2027-02-31", None, "TOML"),
        ("expires = 2027-01-31", "", 2, "the key 'expires'"),
        ('"SCH001"', '"SHC001"', 3, "did you mean SCH001?"),
        ('"SCH001"', '"sch001"', 3, "did you mean SCH001?"),
        ('"SCH001"', '"???"', 3, "`seamwright explain` lists them"),
        ('"SCH001"', "1", 3, "the code of a rule"),
        ("shop GET", "shop get", 4, "`service METHOD /path/template`"),
        ("{id}", "{id}\\u0000", 4, "control characters"),
        ('"Ann"', '" "', 5, "it is blank"),
        ('"Ann"', f'"{"a" * 201}"', 5, "at most 200 characters"),
        ('"Ann"', '"A\\nB"', 5, "line breaks"),
        ('"old orders have no total"', '"TODO"', 6, "gives no reason"),
        ("[[waiver]]", "[waiver]", 2, "tables [[waiver]]"),
        ("[[waiver]]", "[[waivers]]", 2, "did you mean 'waiver'?"),
        ("[[waiver]]", "other = 1\n[[waiver]]", 2, "only waiver"),
    ],
)
def test_what_is_wrong_is_named(old: str, new: str, line: int | None, said: str) -> None:
    """With its line, and with what was meant where that can be guessed."""
    with pytest.raises(WaiverProblem) as raised:
        parse_waivers(GOOD.replace(old, new), "waivers.toml")
    told = str(raised.value)
    assert said in told
    assert line is None or f"waivers.toml:{line} " in told


def test_the_line_is_that_of_the_right_table() -> None:
    """The second waiver's fault is not told of the first."""
    second = GOOD.replace("SCH001", "ENV01")
    with pytest.raises(WaiverProblem) as raised:
        parse_waivers(GOOD + second, "waivers.toml")
    assert "waivers.toml:10 rule" == raised.value.where
    with pytest.raises(WaiverProblem) as raised:
        parse_waivers(f"waiver = [{{ rule = 'ENV01' }}]\n{second}"[:34], "waivers.toml")
    assert raised.value.where.startswith("waivers.toml:1 ")


def test_the_same_twice_is_refused() -> None:
    """Who reads the second one would not know which of them holds."""
    with pytest.raises(WaiverProblem, match="a second one for SCH001") as raised:
        parse_waivers(GOOD * 2, "waivers.toml")
    assert "waivers.toml:10" == raised.value.where


@pytest.mark.parametrize("content", [b"\xff", b"#" * ((1 << 20) + 1)], ids=["bytes", "large"])
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes) -> None:
    """Nor is a file without end."""
    path = tmp_path / "waivers.toml"
    path.write_bytes(content)
    with pytest.raises(WaiverProblem):
        read_waivers(path)


@pytest.mark.parametrize(
    ("before", "between"),
    [(GOOD, "\n"), (GOOD.rstrip("\n"), "\n\n"), ("", "")],
    ids=["a file", "no last line end", "no file"],
)
def test_one_is_added_at_the_end(tmp_path: Path, before: str, between: str) -> None:
    """What was there stays, comments included, and the folder has no other file then."""
    path = tmp_path / "waivers.toml"
    if before:
        path.write_text(before, encoding="utf-8")
    add_waiver(path, BOB)
    assert path.read_text(encoding="utf-8").startswith(before + between + "[[waiver]]\n")
    assert BOB == read_waivers(path)[-1]
    assert ["waivers.toml"] == [one.name for one in tmp_path.iterdir()]


def test_line_ends_and_links_stay(tmp_path: Path) -> None:
    """A file of Windows stays one; what a link leads to is written."""
    path, link = tmp_path / "there.toml", tmp_path / "waivers.toml"
    path.write_bytes(GOOD.replace("\n", "\r\n").encode())
    link.symlink_to(path)
    add_waiver(link, BOB)
    assert link.is_symlink()
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")
    assert (ANN, BOB) == read_waivers(link)


def test_a_waiver_is_not_written_twice(tmp_path: Path) -> None:
    """The one that is there is named with its line, and the file stays as it is."""
    path = tmp_path / "waivers.toml"
    path.write_text(GOOD, encoding="utf-8")
    with pytest.raises(WaiverProblem, match="waived by Ann until 2027-01-31") as raised:
        add_waiver(path, ANN)
    assert raised.value.where.endswith("waivers.toml:3")
    assert GOOD == path.read_text(encoding="utf-8")


def test_a_malformed_file_is_not_added_to(tmp_path: Path) -> None:
    """It stays as it is."""
    path = tmp_path / "waivers.toml"
    path.write_text("waiver = []\n", encoding="utf-8")
    with pytest.raises(WaiverProblem):
        add_waiver(path, BOB)
    assert "waiver = []\n" == path.read_text(encoding="utf-8")


def test_a_folder_that_is_not_there_is_a_clear_problem(tmp_path: Path) -> None:
    """Nothing is made on the way."""
    with pytest.raises(WaiverProblem, match="a file that can be written"):
        add_waiver(tmp_path / "no" / "waivers.toml", BOB)
    assert [] == list(tmp_path.iterdir())


def _file(waivers: str | None) -> ProjectFile:
    subject = SubjectTable(name="shop", contracts="contracts:SYSTEM", waivers=waivers)
    return ProjectFile(subject=subject, box={"shop": BoxTable(python="shop")})


def test_a_run_has_the_waivers_beside_its_subject_file(tmp_path: Path) -> None:
    """Where it names no other file, and none where there is none."""
    subject = tmp_path / "seamwright.toml"
    assert () == waivers_of(subject, _file(None), None)
    (tmp_path / "waivers.toml").write_text(GOOD, encoding="utf-8")
    assert (ANN,) == waivers_of(subject, _file(None), None)
    (tmp_path / "other.toml").write_text("", encoding="utf-8")
    assert () == waivers_of(subject, _file("other.toml"), None)
    assert () == waivers_of(subject, _file(None), tmp_path / "other.toml")
    assert () == waivers_of(subject, None, None)


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    """By the subject file as by the option: what is misspelt waives nothing in silence."""
    subject = tmp_path / "seamwright.toml"
    for file, named in ((_file("none.toml"), None), (None, tmp_path / "none.toml")):
        with pytest.raises(WaiverProblem, match=r"none\.toml"):
            waivers_of(subject, file, named)
