"""JUnit XML says every row and every finding, in words that CI has."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from seamwright.report.junit import junit

if TYPE_CHECKING:
    from collections.abc import Callable

    from seamwright.report.audit import Audit

HOSTILE = '<x a="1">&\x00\x1b[31m\ud800\u202e]]>'


def test_rows_and_findings_are_tests(audit: Audit) -> None:
    """What passes passes, what fails fails, and what is unproven is skipped with its reason."""
    root = ET.fromstring(junit(audit).encode())
    suites = {one.get("name"): one for one in root}
    assert ["requirements", "recovery", "failure modes", "findings"] == list(suites)
    rows = suites["requirements"]
    assert (str(len(audit.requirements)), "0") == (rows.get("tests"), rows.get("failures"))
    assert str(audit.summary.unproven - 1) == rows.get("skipped")
    failed = suites["failure modes"].find("testcase/failure")
    assert failed is not None
    assert "no answer in time" in str(failed.get("message"))
    (case,) = suites["findings"]
    assert "ENV001" in str(case.get("name"))
    assert "curl -sS http://127.0.0.1:8080/orders" in "".join(case.itertext())


def test_an_audit_without_findings_says_so(audit: Audit) -> None:
    """One test that passes, so that the suite is there."""
    none = audit.model_copy(update={"findings": (), "recovery": ()})
    root = ET.fromstring(junit(none).encode())
    assert ["requirements", "failure modes", "findings"] == [one.get("name") for one in root]
    assert ("1", "0") == (root[-1].get("tests"), root[-1].get("failures"))


def test_hostile_texts_are_xml(audit_saying: Callable[[Callable[[str], str]], Audit]) -> None:
    """Markup, escapes and what XML 1.0 cannot hold."""
    text = junit(audit_saying(lambda _: HOSTILE))
    ET.fromstring(text.encode())
    assert not set(text) & {"\x00", "\x1b", "\u202e"}
