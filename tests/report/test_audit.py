"""The audit's data and its published schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from seamwright.report.audit import Audit, Row, Verdicts, audit_schema

if TYPE_CHECKING:
    from seamwright.report.audit import Status

_PUBLISHED = Path(__file__).parents[2] / "docs" / "reference" / "audit.schema.json"


def _row(status: Status, verdicts: Verdicts) -> Row:
    return Row(
        id="data.acyclic",
        text="",
        status=status,
        verdicts=verdicts,
        evidence=(),
        reasons=(),
        rules=(),
        detection="",
        recovery="",
        impact="",
    )


def test_the_schema_is_valid_against_its_metaschema() -> None:
    """It is a schema of the dialect that it names."""
    Draft202012Validator.check_schema(audit_schema())
    assert audit_schema()["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


def test_the_published_schema_is_the_one_that_is_made() -> None:
    """The file in the documents has not drifted."""
    assert json.loads(_PUBLISHED.read_text(encoding="utf-8")) == audit_schema()


def test_an_audit_satisfies_its_schema(audit: Audit) -> None:
    """What is written is what was published."""
    value = json.loads(audit.model_dump_json())
    validator = Draft202012Validator(audit_schema())
    validator.validate(value)  # pyright: ignore[reportUnknownMemberType] - partly typed there


def test_an_audit_survives_its_file(audit: Audit) -> None:
    """Written and read again, it is the same."""
    assert Audit.model_validate_json(audit.model_dump_json()) == audit


def test_the_file_says_pass_where_python_cannot(audit: Audit) -> None:
    """The counts are named as the statuses are."""
    assert json.loads(audit.model_dump_json())["summary"] == {
        "rows": 19,
        "pass": 2,
        "fail": 1,
        "unproven": 16,
        "findings": 1,
        "waived": 0,
        "waivedFindings": 0,
        "expiredWaivers": 0,
    }


@pytest.mark.parametrize(
    "counts",
    [(0, 0, 0, 0), (0, 0, 1, 0), (1, 1, 0, 0), (1, 0, 1, 0), (1, 0, 0, 1)],
    ids=["none", "?", "fail", "open", "waived"],
)
def test_a_row_without_a_clean_pass_cannot_be_one(counts: tuple[int, int, int, int]) -> None:
    """Empty is never true, and one open verdict keeps a row open."""
    passed, failed, unproven, waived = counts
    with pytest.raises(ValidationError, match="all of them pass"):
        _row("pass", Verdicts(pass_=passed, fail=failed, unproven=unproven, waived=waived))


def test_a_summary_that_does_not_count_the_rows_is_refused(audit: Audit) -> None:
    """The head of the page cannot say something else than its rows."""
    value = json.loads(audit.model_dump_json())
    value["summary"]["pass"] += 1
    with pytest.raises(ValidationError, match="does not count the rows"):
        Audit.model_validate(value)


def test_an_unknown_field_is_refused(audit: Audit) -> None:
    """The format is closed."""
    value = json.loads(audit.model_dump_json())
    with pytest.raises(ValidationError, match="Extra inputs"):
        Audit.model_validate({**value, "score": 9})


def test_text_that_utf_8_cannot_carry_does_not_end_the_audit(audit: Audit) -> None:
    """Half of a surrogate pair, which JSON allows, is written as its escape."""
    row = audit.requirements[0]
    spoilt = Row.model_validate({**row.model_dump(), "text": "a\ud800b"})
    assert spoilt.text == r"a\ud800b"
    assert "ud800" in spoilt.model_dump_json()
