"""`seamwright waive`: writes a waiver, or says in one message why not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from seamwright.commands.options import today
from seamwright.commands.waive import last_day, waive
from seamwright.commands.waiver_entry import WaiverProblem
from seamwright.commands.waiver_file import read_waivers

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

SUBJECT = """\
[subject]
name = "shop"
contracts = "contracts:SYSTEM"
[box.shop]
python = "shop"
"""


def _waive(*arguments: str, days: int = 30) -> Result:
    said = ["--owner", "Ann", "--reason", "it goes", "--expires", _day(days)]
    return CliRunner().invoke(waive, [*arguments, *said], catch_exceptions=False)


def _day(ahead: int) -> str:
    return (today() + timedelta(days=ahead)).isoformat()


def test_it_is_written_where_the_option_says(tmp_path: Path) -> None:
    """No subject file is needed; the code may be in small letters."""
    path = tmp_path / "w.toml"
    done = _waive("sch001", "shop GET /orders", "--waivers", str(path))
    assert 0 == done.exit_code
    assert f"SCH001 shop GET /orders waived by Ann until {_day(30)}: it goes" in done.output
    assert [("SCH001", "shop GET /orders")] == [
        (one.rule, one.endpoint) for one in read_waivers(path)
    ]


@pytest.mark.parametrize(
    ("line", "name"), [("", "waivers.toml"), ('waivers = "accepted.toml"', "accepted.toml")]
)
def test_it_is_written_where_the_subject_file_says(tmp_path: Path, line: str, name: str) -> None:
    """Beside it, under the usual name or its own."""
    subject = tmp_path / "seamwright.toml"
    text = SUBJECT.replace("[box.shop]", f"{line}\n[box.shop]")
    subject.write_text(text, encoding="utf-8")
    _waive("ENV001", "*", "--subject", str(subject))
    assert ["*"] == [one.endpoint for one in read_waivers(tmp_path / name)]


def test_a_second_one_for_the_same_is_refused(tmp_path: Path) -> None:
    """The first one is to be changed."""
    named = ("--waivers", str(tmp_path / "w.toml"))
    _waive("ENV001", "shop *", *named)
    with pytest.raises(WaiverProblem, match="waived by Ann"):
        _waive("ENV001", "shop *", *named)


@pytest.mark.parametrize(
    ("rule", "endpoint", "days", "said"),
    [
        ("ENV01", "shop *", 30, "did you mean ENV001?"),
        ("ENV001", "shop", 30, "`service METHOD /path/template`"),
        ("ENV001", "shop *", -1, "--expires"),
        ("ENV001", "shop *", 367, "--expires"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(
    tmp_path: Path, rule: str, endpoint: str, days: int, said: str
) -> None:
    """One message, and no file."""
    with pytest.raises(WaiverProblem) as raised:
        _waive(rule, endpoint, "--waivers", str(tmp_path / "w.toml"), days=days)
    assert said in str(raised.value)
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("2026-11-25", True),
        ("2026-11-24", False),
        ("2027-11-26", True),
        ("2027-11-27", False),
        ("20270131", False),
        ("2027-1-31", False),
        ("soon", False),
        ("", False),
    ],
)
def test_a_last_day_is_within_a_year(text: str, allowed: bool) -> None:
    """From today on, 366 days at most, in one form."""
    day = date(2026, 11, 25)
    if allowed:
        assert text == last_day(text, day).isoformat()
    else:
        with pytest.raises(WaiverProblem, match="a day from 2026-11-25 to 2027-11-26"):
            last_day(text, day)
