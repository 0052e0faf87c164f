"""Applications that were not written for us are gated by their address and their own document.

Every finding was reproduced by hand, and is true of the application's document. The lists below are
of their names: a new one must be looked at before it is added.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from seamwright.record.load import load
from seamwright.report.audit import Audit
from tests.end_to_end.public_applications.applications import jupyter_server, pygeoapi

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from seamwright.report.audit import Finding
    from tests.end_to_end.public_applications.applications import Application

    Running = Callable[[Path], AbstractContextManager[Application]]

ROOT = Path(__file__).parents[2]
FOUND: dict[str, tuple[Running, frozenset[str], frozenset[str]]] = {
    "jupyter-server": (
        jupyter_server,
        frozenset(
            {
                "fc3bcdb2",  # a failed session: {message, short_message}, and not {message, reason}
                "4a1971a4",  # routes and methods that are not there: a page
                "d5eb0946",  # a handler that is not written: HTML without a body
                "658379f6",  # a file that is not there: JSON is said, a bare text comes
                "47d5a08e",  # a type of content that is not declared is taken
                "534c21ca",  # /api/ is declared to be JSON, and is a page
                "6d007079",  # `reason` of a refusal is null, a string is declared
                "1f3d4716",  # `hash` of a file is null, a string is declared
                "412a8ad6",  # `content` of a file is null, a string is declared
                "51419932",  # `avatar_url` of a user is null, a string is declared
                "bf26dac1",  # a 405 does not say in Allow what there is
                "f1e414e2",  # a kernel that is no object: 500
                "fcd25d1e",  # a session without a kernel: 501
                "77fe4cbe",  # a checkpoint of what is not there: 500
                "987ad7d8",  # a session whose path is no text: 500
            }
        ),
        # The first ones hang on the files that are there when they are asked for, the others on
        # what was asked before: 500 to a rename, a save, a restore, a restart; to a body that is
        # no UTF-8; to a PUT of a setting. A HEAD is a 405, its GET is not. What is no HTTP is
        # refused without a body. Half of a surrogate pair is handed back.
        # The last three: JSON that is no object, where only settings showed it, or others that
        # fail on no object for what it lacks; no UTF-8.
        frozenset({"7e9b5e97", "281a324b", "ea2fbac7", "d419587f", "158fded0", "05f4018f"})
        | frozenset({"6e4e0d24", "861b6501", "a870fb56", "11c9c120", "df5b6409", "dee785e7"})
        | frozenset({"80820606", "76855b81", "8d46d19c", "39f49428", "a4a645e9"})
        | frozenset({"7fa6d7c4"}),
    ),
    "pygeoapi": (
        pygeoapi,
        frozenset(
            {
                "223900ff",  # a failure asked for as JSON-LD is called JSON-LD
                "4a1971a4",  # the framework's own failures are pages
                "b907f57d",  # queryables are declared with `queryables`, and have none
                "cdeb9af1",  # queryables as a page, which is not declared
                "1a2eb429",  # the schema likewise
                "0c8e4de5",
                "79c252b2",  # a language that is not declared is taken
                "f6c5d91b",  # values that are not in their lists are taken
                "d4b00a3e",  # more is asked for than may be, and a word is taken for a number
                "c1e3bb67",  # an execution without inputs: 500
                "dee785e7",  # POST of a feature that is none: 500
            }
        ),
        frozenset(),
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_all_that_is_found_is_true_and_can_be_seen_again(name: str, tmp_path: Path) -> None:
    """Every name is known, and the command of each finding brings the same kind of answer."""
    running, always, at_times = FOUND[name]
    out = tmp_path / "out"
    with running(tmp_path) as application:
        command = [sys.executable, "-m", "seamwright.cli", "gate", "--url", application.url]
        command += ["--openapi", str(application.document), "--out", str(out)]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
        )
        assert 1 == done.returncode, done.stderr
        audit = Audit.model_validate_json((out / "audit.json").read_bytes())
        told = {one.id: f"{one.code} {one.endpoint} {one.message}" for one in audit.findings}
        assert {} == {id_: said for id_, said in told.items() if id_ not in always | at_times}
        assert set() == always - told.keys()
        for one in audit.findings:
            if one.id in always and one.curl.startswith("curl "):
                assert _recorded(out, one) == _answered(one), one.curl


def _recorded(out: Path, finding: Finding) -> tuple[int, str]:
    record = load(out / "record", {})
    known = {one.id: one for one in (*record.exchanges, *record.asked_again)}
    exchange = known[finding.evidence[0].id]
    assert exchange.response is not None
    kind = next((value for key, value in exchange.response.headers if key == "content-type"), "")
    return exchange.response.status, kind.partition(";")[0]


def _answered(finding: Finding) -> tuple[int, str]:
    """Status and content type of what the finding's command prints."""
    done = subprocess.run(shlex.split(finding.curl), capture_output=True, check=False, timeout=30)
    head = done.stdout.partition(b"\r\n\r\n")[0].decode("latin-1")
    status = re.match(r"HTTP/\S+ (\d+)", head)
    kind = re.search(r"(?im)^content-type: *([^;\r\n]*)", head)
    assert status is not None, done.stderr
    return int(status[1]), kind[1] if kind else ""
