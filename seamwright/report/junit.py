"""The audit as JUnit XML, which CI systems show: a test for each row, and one for each finding.

A row that is unproven or waived is skipped, with its reasons: CI has no third word. So is a finding
that is waived; a waiver that has expired is a failure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from seamwright.report.plain_text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seamwright.report.audit import Audit, Finding, Row, WaivedFinding, Waiver

_LONGEST = 4_000


def junit(audit: Audit) -> str:
    """The XML document."""
    root = ET.Element("testsuites", name=_plain(audit.subject), time=f"{audit.duration:.3f}")
    for name, rows in (
        ("requirements", audit.requirements),
        ("recovery", audit.recovery),
        ("failure modes", audit.failureModes),
    ):
        if rows:
            _suite(root, name, [_row(one) for one in rows])
    found = [*map(_finding, audit.findings), *map(_waived, audit.waived)]
    _suite(root, "findings", found or [_case("none", "findings")])
    if audit.waivers:
        _suite(root, "waivers", [_waiver(one) for one in audit.waivers])
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(root: ET.Element, name: str, cases: Sequence[ET.Element]) -> None:
    suite = ET.SubElement(
        root,
        "testsuite",
        name=name,
        tests=str(len(cases)),
        failures=str(sum(one.find("failure") is not None for one in cases)),
        skipped=str(sum(one.find("skipped") is not None for one in cases)),
        errors="0",
    )
    suite.extend(cases)


def _case(name: str, classname: str) -> ET.Element:
    return ET.Element("testcase", name=_plain(name), classname=_plain(classname))


def _row(row: Row) -> ET.Element:
    case = _case(f"{row.id}: {row.text}", row.id.partition(".")[0])
    if row.status != "pass":
        word = "failure" if row.status == "fail" else "skipped"
        told = "; ".join(row.reasons)
        ET.SubElement(case, word, message=_plain(f"{row.status}: {told}"))
    return case


def _finding(one: Finding) -> ET.Element:
    case = _found(one)
    failure = ET.SubElement(case, "failure", message=_plain(one.message), type=_plain(one.code))
    lines = [
        f"seen {one.count} times",
        *(f"at {x}" for x in one.endpoints),
        one.curl,
        one.requestId,
    ]
    failure.text = "\n".join(_plain(x) for x in lines if x)
    return case


def _waived(one: WaivedFinding) -> ET.Element:
    case = _found(one)
    ET.SubElement(case, "skipped", message=_plain(one.waiver.words))
    return case


def _found(one: Finding) -> ET.Element:
    where = " ".join(part for part in (one.service, one.endpoint) if part) or "the whole system"
    return _case(f"{one.code} {where}: {one.message}", f"{one.code} {one.rule}")


def _waiver(one: Waiver) -> ET.Element:
    """A waiver that waives something passes: what it waives is skipped."""
    case = _case(f"{one.rule} {one.endpoint} of {one.owner}", "waiver")
    if one.standing != "in force":
        word = "failure" if one.standing == "expired" else "skipped"
        ET.SubElement(case, word, message=_plain(f"{one.standing}: {one.note}"))
    return case


def _plain(text: str) -> str:
    """Text that XML 1.0 can hold."""
    return visible(text, _LONGEST)
