"""The audit on a terminal: findings first, then one line."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from seamwright.report.plain_text import visible

if TYPE_CHECKING:
    from pathlib import Path

    from seamwright.report.audit import Audit, Finding, Summary

_SHOWN = 20
_LISTED = 4
_LONGEST = 2_000
_LONGEST_COMMAND = 500
"""Characters of a command that a person still copies from a terminal."""


def summary(audit: Audit, folder: Path) -> str:
    """Plain text, whatever the subject has answered."""
    lines: list[str] = []
    for one in audit.findings[:_SHOWN]:
        lines += [*_finding(one, folder), ""]
    if len(audit.findings) > _SHOWN:
        lines += [f"… and {len(audit.findings) - _SHOWN} more findings in the report", ""]
    for one in audit.notes[:_SHOWN]:
        lines += [f"note: {one.code} {_plain(one.service)}: {_plain(one.message)}", ""]
    waivers = _waivers(audit)
    lines += [*waivers, ""] if waivers else []
    if not audit.complete:
        lines += ["The record was cut short: what it lacks is unproven.", ""]
    lines += _covered(audit)
    lines.append(f"{_counted(audit.summary)} in {audit.duration:.1f} s")
    lines.append(f"{folder / 'index.html'}")
    return "\n".join(lines)


def _covered(audit: Audit) -> list[str]:
    """What was brought about, in one line; none where there is nothing to be."""
    declared = sum(one.codes for one in audit.coverage)
    provoked = sum(one.codesProvoked for one in audit.coverage)
    undeclared = sum(len(one.codesUndeclared) for one in audit.coverage)
    branches = sum(one.branches for one in audit.coverage)
    reached = sum(one.branches_reached for one in audit.coverage)
    told = [
        *([f"{provoked} of {declared} declared error codes"] if declared else []),
        *([f"{undeclared} undeclared ones"] if undeclared else []),
        *([f"{reached} of {branches} branches of answers"] if branches else []),
    ]
    return [f"brought about: {', '.join(told)}"] if told else []


def _counted(counts: Summary) -> str:
    waived = f" {counts.waived} waived," if counts.waived else ""
    rows = f"{counts.rows} rows: {counts.pass_} pass, {counts.fail} fail,{waived}"
    more = f", {counts.waivedFindings} waived" if counts.waivedFindings else ""
    return f"{rows} {counts.unproven} unproven; {counts.findings} findings{more}"


def _waivers(audit: Audit) -> list[str]:
    """What is waived, which waivers have expired, and which waive nothing."""
    lines: list[str] = []
    for one in audit.waived[:_SHOWN]:
        where = " ".join(part for part in (one.code, one.service, one.endpoint) if part)
        lines.append(f"waived: {_plain(where)}: {_plain(one.message)}")
        lines.append(f"       {_plain(one.waiver.words)}")
    if len(audit.waived) > _SHOWN:
        lines.append(f"… and {len(audit.waived) - _SHOWN} more waived findings in the report")
    for one in audit.waivers:
        if one.standing != "in force":
            word = "expired waiver" if one.standing == "expired" else "note: stale waiver"
            said = f"{one.rule} {one.endpoint} of {one.owner}: {one.note}"
            lines.append(f"{word}: {_plain(said)}")
    return lines


def _finding(one: Finding, folder: Path) -> list[str]:
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
        lines.append(f"       {_plain(_command(one, folder))}")
    elif one.evidence:
        lines.append(f"       shown by {_plain(one.evidence[0].what)}")
    if one.requestId:
        lines.append(f"       request ID {_plain(one.requestId)}")
    return lines


def _command(one: Finding, folder: Path) -> str:
    """What shows it again; a request that fills the screen is sent by its name."""
    if len(one.curl) <= _LONGEST_COMMAND or not one.curl.startswith("curl "):
        return one.curl
    return f"seamwright replay {one.id} --from {shlex.quote(str(folder))}"


def _times(one: Finding) -> str:
    several = f", at {len(one.endpoints)} endpoints" if len(one.endpoints) > 1 else ""
    return f"{one.count} times{several}"


def _plain(text: str) -> str:
    return visible(text, _LONGEST)
