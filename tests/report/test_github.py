"""Annotations and the step summary say the findings, and are not broken by what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.report.github import annotated, step_summary
from seamwright.report.workflow_command import workflow_command

if TYPE_CHECKING:
    from collections.abc import Callable

    from seamwright.report.audit import Audit

HOSTILE = "a\n::error::b|`<script>\x1b[31m\u202e%"


def test_a_finding_is_an_annotation(audit: Audit) -> None:
    """With its rule, its place, and how to see it again."""
    (line,) = annotated(audit).splitlines()
    assert line.startswith("::error title=ENV001 every answer is enveloped::shop GET /orders: ")
    assert "%0Acurl -sS http" in line


def test_many_findings_are_cut(audit: Audit) -> None:
    """At what GitHub shows; many endpoints are counted."""
    one = audit.findings[0].model_copy(update={"endpoints": tuple(f"GET /{n}" for n in range(9))})
    many = audit.model_copy(update={"findings": (one,) * 60})
    lines = annotated(many).splitlines()
    assert 50 == len(lines)
    assert "GET /4 and 4 more" in lines[0]
    assert "" == annotated(audit.model_copy(update={"findings": ()}))


def test_the_summary_has_findings_and_rows(audit: Audit) -> None:
    """Rows that pass are not listed."""
    text = step_summary(audit)
    assert "| ENV001 | shop GET /orders | the answer has no meta | 2 |" in text
    assert "| shop slow | fail | no answer in time |" in text
    assert "| pass |" not in text


def test_hostile_texts_stay_in_their_places(
    audit_saying: Callable[[Callable[[str], str]], Audit],
) -> None:
    """No second command, no markup, no escapes."""
    made = audit_saying(lambda _: HOSTILE)
    lines = annotated(made).splitlines()
    assert 1 == len(lines)
    assert 1 == sum(line.count("::error ") for line in lines)
    summary = step_summary(made)
    assert "<script>" not in summary
    assert not set(summary) & {"\x1b", "\u202e"}
    rows = [line for line in summary.splitlines() if line.startswith("| ")]
    assert {4, 3} >= {line.replace("\\|", "").count(" | ") + 1 for line in rows}


def test_properties_are_escaped() -> None:
    """A comma and a colon end a property, a line break ends the command."""
    assert "::error file=a%2Cb%3A,title=x%0Ay::p%25%0D%0Aq" == workflow_command(
        "error", "p%\r\nq", file="a,b:", title="x\ny"
    )
