"""The audit on a terminal: findings first, then one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.report.plain_text import visible

if TYPE_CHECKING:
    from pathlib import Path

    from seamwright.report.audit import Audit, Finding

_SHOWN = 20
_LISTED = 4
_LONGEST = 2_000


def summary(audit: Audit, folder: Path) -> str:
    """Plain text, whatever the subject has answered."""
    lines: list[str] = []
    for one in audit.findings[:_SHOWN]:
        lines += [*_finding(one), ""]
    if len(audit.findings) > _SHOWN:
        lines += [f"… and {len(audit.findings) - _SHOWN} more findings in the report", ""]
    if not audit.complete:
        lines += ["The record was cut short: what it lacks is unproven.", ""]
    counts = audit.summary
    lines.append(
        f"{counts.rows} rows: {counts.pass_} pass, {counts.fail} fail, {counts.unproven} unproven; "
        f"{counts.findings} findings in {audit.duration:.1f} s"
    )
    lines.append(f"{folder / 'index.html'}")
    return "\n".join(lines)


def _finding(one: Finding) -> list[str]:
    where = " ".join(part for part in (one.service, one.endpoint) if part)
    times = f" ({_times(one)})" if one.count > 1 else ""
    place = f"{one.code} {_plain(where)}" if where else one.code
    lines = [f"{place}: {_plain(one.message)}{times}", f"       {one.rule} [{_plain(one.id)}]"]
    if one.again == "not shown":
        lines.append("       asked once more, it was not seen again: it may come and go")
    if len(one.endpoints) > 1:
        listed = ", ".join(one.endpoints[:_LISTED])
        more = len(one.endpoints) - _LISTED
        lines.append(f"       at {_plain(listed)}{f' and {more} more' if more > 0 else ''}")
    if one.curl:
        lines.append(f"       {_plain(one.curl)}")
    elif one.evidence:
        lines.append(f"       shown by {_plain(one.evidence[0].what)}")
    if one.requestId:
        lines.append(f"       request ID {_plain(one.requestId)}")
    return lines


def _times(one: Finding) -> str:
    several = f", at {len(one.endpoints)} endpoints" if len(one.endpoints) > 1 else ""
    return f"{one.count} times{several}"


def _plain(text: str) -> str:
    return visible(text, _LONGEST)
