"""`seamwright audit` on the reference: what a user sees first."""

from __future__ import annotations

import json
import subprocess
from functools import partial
from typing import TYPE_CHECKING

import pytest

from contracts import SYSTEM
from seamwright.judge.code_coverage import code_coverage
from seamwright.judge.excerpt.limits import Limits
from seamwright.judge.judgement_of_parts import judge_parts
from seamwright.judge.registry import RULES
from seamwright.project import protocols
from seamwright.record.load import load, parts
from seamwright.report.assemble import assemble
from tests.end_to_end.bare_analytics import __name__ as bare_analytics
from tests.end_to_end.project import ROOT, SEAMWRIGHT, Audited, audit, reference_with

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    """One audit of the reference."""
    return audit(ROOT / "seamwright.toml", tmp_path_factory.mktemp("reference") / "out")


def test_the_reference_holds(audited: Audited) -> None:
    """The audit ends with 0: 26 rows, none failing, at least ten passing, no finding."""
    assert audited.code == 0, audited.progress
    counts = audited.audit.summary
    assert (26, 0, 0) == (counts.rows, counts.fail, counts.findings)
    assert counts.pass_ >= 10


def test_what_the_contract_set_decides_alone_passes(audited: Audited) -> None:
    """Rows that need no traffic pass, and point to the contract set."""
    rows = {one.id: one for one in audited.audit.rows}
    for row in ("boundaries.single-responsibility", "data.ownership", "data.sync-async"):
        assert ("pass", ["contract"]) == (rows[row].status, [one.id for one in rows[row].evidence])
    for row in ("boundaries.no-foreign-database", "boundaries.http-only", "contracts.rate-limits"):
        assert rows[row].verdicts.pass_ > 0


def test_the_documentation_is_there_and_true(audited: Audited) -> None:
    """Both rows pass, and point to the published files as well as to the contract set."""
    rows = {one.id: one for one in audited.audit.rows}
    for row in ("boundaries.documented", "verify.docs"):
        assert ("pass", []) == (rows[row].status, list(rows[row].reasons))
        assert rows[row].verdicts.pass_ > 0
    shown = [one.id for one in rows["boundaries.documented"].evidence]
    assert ["contract", "published"] == shown


def test_both_reports_are_written(audited: Audited) -> None:
    """The folder has the audit, the page and the finished record, and nothing half-written."""
    names = sorted(one.name for one in audited.out.iterdir())
    assert ["audit.json", "index.html", "record"] == names


def test_every_kind_of_drive_is_in_the_record(audited: Audited) -> None:
    """Every kind of case was sent, and each led to a verdict."""
    record = load(audited.record, protocols(SYSTEM))
    purposes = {one.case.purpose.value for one in record.driven() if one.case}
    told = {"well", "bad", "state", "generated", "pact", "fault", "walk", "provoked", "burst"}
    assert told <= purposes
    assert {"consumer", "provider"} == {one.side for one in record.pacts if one.matched}
    assert record.complete


def test_an_excerpt_of_the_record_gives_the_same_report(audited: Audited) -> None:
    """A record that is too long to be held is judged by an excerpt, and nobody can tell."""
    read = partial(parts, audited.record, protocols(SYSTEM), 500)
    judged = judge_parts(RULES, SYSTEM, read, Limits(whole=0))
    assert len(judged.record.exchanges) < len(load(audited.record, protocols(SYSTEM)).exchanges)
    assert audited.audit == assemble(SYSTEM, judged.record, judged.judgement)


def test_the_fault_is_in_the_record(audited: Audited) -> None:
    """The fault's interval holds the failed attempts of the caller and the answer to its own."""
    record = load(audited.record, protocols(SYSTEM))
    (span,) = [one for one in record.faults if one.id.startswith("fault-")]
    assert span.lifted_s is not None
    attempts = [one for one in record.on("worker→grok") if one.failure]
    attempts = [one for one in attempts if one.began_s <= (span.lifted_s or 0)]
    assert attempts
    assert all(span.laid_s <= one.began_s <= span.lifted_s for one in attempts)
    (asked,) = [one for one in record.driven() if one.case and one.case.purpose.value == "fault"]
    assert asked.response is not None
    assert json.loads(asked.response.body)["data"]["status"] in {"partial", "failed"}


def test_every_declared_error_code_was_provoked(audited: Audited) -> None:
    """Every code at every endpoint that declares it, and no other one anywhere."""
    coverage = code_coverage(SYSTEM, load(audited.record, protocols(SYSTEM)))
    assert [] == [one for one in coverage.declared if not one.provoked_by]
    assert () == coverage.undeclared
    rows = {one.id: one for one in audited.audit.rows}
    assert "pass" == rows["verify.error-format"].status


def test_every_limit_was_met_and_obeyed(audited: Audited) -> None:
    """The row of the rate limits passes: each was reached, and each Retry-After sufficed."""
    rows = {one.id: one for one in audited.audit.rows}
    assert "pass" == rows["contracts.rate-limits"].status
    limited = [one for service in SYSTEM.services for one in service.endpoints if one.rate_limit]
    assert 2 * len(limited) == rows["contracts.rate-limits"].verdicts.pass_


def test_every_endpoint_was_driven_well_and_badly(audited: Audited) -> None:
    """Each endpoint had a success; each one with an envelope was refused once too."""
    record = load(audited.record, protocols(SYSTEM))
    driven = [one for one in record.driven() if one.case and one.response]
    for service in SYSTEM.services:
        for endpoint in service.endpoints:
            statuses = {
                one.response.status
                for one in driven
                if one.case
                and one.response
                and (one.case.service, one.case.endpoint) == (service.name, endpoint.id)
            }
            assert endpoint.status in statuses, endpoint.id
            if SYSTEM.envelope and not SYSTEM.envelope.exemption(service.name, endpoint.id):
                assert any(status >= 400 for status in statuses), endpoint.id


def test_no_secret_is_in_the_record(audited: Audited) -> None:
    """Credentials, keys and passwords are blacked out wherever they were sent."""
    for path in audited.record.rglob("*"):
        if not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        assert "eyJhbGciOi" not in text, path
        # The API reference, as it was found, says how a credential is sent.
        told = text.replace("Bearer *", "").replace("after Bearer and a space", "")
        assert "Bearer " not in told, path
        assert "AUTH PLAIN A" not in text, path


def test_a_saved_record_is_judged_again(audited: Audited, tmp_path: Path) -> None:
    """`judge RECORD` comes to the same verdicts without running anything."""
    command = [*SEAMWRIGHT, "judge", str(audited.record), "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert audited.audit == Audited(0, tmp_path, "", "").audit


def test_strict_counts_what_is_unproven(audited: Audited, tmp_path: Path) -> None:
    """With `--strict` the unproven rows turn the exit code to 1."""
    command = [*SEAMWRIGHT, "judge", str(audited.record), "--strict", "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1


def test_a_broken_envelope_is_found(tmp_path: Path) -> None:
    """One endpoint without envelope: exit 1, and the endpoint, the rule and a curl line."""
    subject = reference_with(tmp_path, worker=bare_analytics)
    broken = audit(subject, tmp_path / "out")
    assert broken.code == 1, broken.progress
    found = [one for one in broken.audit.findings if one.code == "ENV001"]
    places = {(one.service, one.endpoint) for one in found}
    assert ("worker", "GET /api/analytics") in places
    (first, *_) = [one for one in found if one.service == "worker"]
    assert first.curl.startswith("curl ")
    assert "/api/analytics" in first.curl
    assert "ENV001 worker GET /api/analytics" in broken.said
    assert first.curl in broken.said
