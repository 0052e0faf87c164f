"""The audit for a pull request on GitHub: annotations in the log, and a summary of the step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.derive.api_reference.markdown import table, text
from seamwright.report.plain_text import visible
from seamwright.report.workflow_command import workflow_command

if TYPE_CHECKING:
    from seamwright.report.audit import Audit, Finding, Waiver

_ANNOTATED = 50
"""GitHub shows no more of a step."""
_LISTED = 5
_LONGEST = 1_000


def annotated(audit: Audit) -> str:
    """A line for each finding and each expired waiver; notices of what is waived or stale."""
    lines = [
        workflow_command("error", _told(one), title=f"{one.code} {one.rule}")
        for one in audit.findings[:_ANNOTATED]
    ]
    lines += [
        workflow_command("error", _standing(one), title=f"{one.rule} waiver has expired")
        for one in audit.waivers
        if one.standing == "expired"
    ]
    lines += [
        workflow_command("notice", f"{_told(one)}\n{one.waiver.words}", title=f"{one.code} waived")
        for one in audit.waived
    ]
    lines += [
        workflow_command("notice", _standing(one), title=f"{one.rule} waiver is stale")
        for one in audit.waivers
        if one.standing == "stale"
    ]
    return "\n".join(lines[:_ANNOTATED])


def step_summary(audit: Audit) -> str:
    """The findings, and the rows that are no pass, in Markdown."""
    counts = audit.summary
    lines = [
        f"## Seamwright: {text(audit.subject)}",
        "",
        (
            f"{counts.rows} rows: {counts.pass_} pass, {counts.fail} fail, {counts.waived} waived, "
            f"{counts.unproven} unproven; {counts.findings} findings, "
            f"{counts.waivedFindings} waived."
        ),
        "",
        *table(
            ("Rule", "Where", "What", "Times"),
            (
                (
                    text(one.code),
                    text(_where(one)),
                    text(visible(one.message, _LONGEST)),
                    str(one.count),
                )
                for one in audit.findings
            ),
        ),
        *table(
            ("Row", "Status", "Why"),
            (
                (text(one.text), one.status, text(visible("; ".join(one.reasons), _LONGEST)))
                for one in audit.rows
                if one.status != "pass"
            ),
        ),
        *_waivers(audit),
    ]
    return "\n".join(lines)


def _waivers(audit: Audit) -> list[str]:
    """What is waived, by whom, why and until when; empty where there is no waiver."""
    if not audit.waivers:
        return []
    rows = [
        (
            one.rule,
            one.endpoint,
            one.owner,
            one.reason,
            one.expires,
            f"{one.standing}: {one.note}" if one.note else f"waives {one.findings}",
        )
        for one in audit.waivers
    ]
    shown = (tuple(text(visible(cell, _LONGEST)) for cell in row) for row in rows)
    return table(("Waiver", "Where", "Owner", "Reason", "Until", "Standing"), shown)


def _standing(one: Waiver) -> str:
    return visible(f"{one.endpoint}, of {one.owner}: {one.note}", _LONGEST)


def _told(one: Finding) -> str:
    lines = [f"{_where(one)}: {one.message}", f"seen {one.count} times", one.curl]
    return "\n".join(visible(line, _LONGEST) for line in lines if line)


def _where(one: Finding) -> str:
    several = ", ".join(one.endpoints[:_LISTED])
    more = len(one.endpoints) - _LISTED
    places = f"{several} and {more} more" if more > 0 else several
    return " ".join(part for part in (one.service, places or one.endpoint) if part) or "the system"
