"""`seamwright gate --envelope`: what a team names is judged, whatever its document shows."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from seamwright.report.audit import Audit
from tests.miniatures.keeps_its_promises import Notes

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Notes", "version": "1"},
    "servers": [{"url": "/v1"}],
    "paths": {
        f"/{name}": {
            "get": {
                "responses": {
                    "200": {
                        "description": "",
                        "content": {"application/json": {"schema": {"type": "object"}}},
                    },
                    "4XX": {"description": "whatever"},
                }
            }
        }
        for name in ("notes", "state")
    },
}
NAMED = '[failure]\ncode = "error.code"\nmessage = "error.message"\n'
WRAPPED = NAMED + '[success]\ndata = "data"\n'
EXEMPT = WRAPPED + '[[exempt]]\noperation = "GET /state"\nreason = "probes read it bare"\n'


class Wrapped(Notes):
    """Notes lie in `data`, the state does not; a wrong method is refused without a message."""

    def answer(self) -> None:
        """Answer whatever is asked."""
        self.allowed = ""
        if not self.read():
            self.send_error(400)
            return
        answers: dict[str, Any] = {"/v1/notes": {"data": {}}, "/v1/state": {"up": True}}
        body = answers.get(self.path.partition("?")[0])
        if body is None:
            self.refuse(404, "nothing is there")
        elif self.method == "GET":
            self.send(200, body)
        else:
            self.allowed = "GET, HEAD"
            self.send(405, {"error": {"code": "WRONG_METHOD"}})

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = answer  # noqa: N815
    do_OPTIONS = do_TRACE = do_QUERY = answer  # noqa: N815

    def fail(self, code: str) -> None:
        self.refuse(400, "this cannot be read")

    def refuse(self, status: int, message: str) -> None:
        """Refuse it as it should be."""
        self.send(status, {"error": {"code": f"NO_{status}", "message": message}})

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the base has it
        """Say nothing."""


@pytest.fixture(scope="module", name="address")
def _address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Wrapped)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def _gate(folder: Path, address: str, envelope: str | None) -> subprocess.CompletedProcess[str]:
    (folder / "notes.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    command = [sys.executable, "-m", "seamwright.cli", "gate", "--url", address, "--openapi"]
    command += [str(folder / "notes.json"), "--out", str(folder / "out"), "--cases", "40"]
    if envelope is not None:
        (folder / "envelope.toml").write_text(envelope, encoding="utf-8")
        command += ["--envelope", str(folder / "envelope.toml")]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )


def _audit(folder: Path) -> Audit:
    return Audit.model_validate_json((folder / "out" / "audit.json").read_bytes())


def test_without_a_name_there_is_nothing_to_judge_by(tmp_path: Path, address: str) -> None:
    """The document shows no failure: no envelope is inferred, and the page says so."""
    done = _gate(tmp_path, address, None)
    assert () == _audit(tmp_path).findings, done.stderr
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "inferred from the document: no envelope" in page


def test_what_is_named_is_judged(tmp_path: Path, address: str) -> None:
    """The refusal without a message and the bare state each break the envelope; both say where."""
    done = _gate(tmp_path, address, WRAPPED)
    assert 1 == done.returncode, done.stderr
    assert "not inferred: failures are {/error/code, /error/message}" in done.stderr
    audit = _audit(tmp_path)
    told = {one.message: one for one in audit.findings}
    assert {"ENV001"} == {one.code for one in audit.findings}
    (bare,) = (one for said, one in told.items() if said.startswith("200"))
    assert "GET /v1/state" == bare.endpoint
    assert any(said.startswith("405") and '"message"' in said for said in told), told.keys()
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "not inferred: failures are" in page
    assert "envelope.toml" in audit.envelope


def test_what_is_exempt_is_left_alone(tmp_path: Path, address: str) -> None:
    """The bare state is no finding any more, and the reason stands in the set."""
    _gate(tmp_path, address, EXEMPT)
    assert not [one for one in _audit(tmp_path).findings if one.message.startswith("200")]
    source = (tmp_path / "out" / "contract" / "envelope.py").read_text(encoding="utf-8")
    assert "probes read it bare" in source
    assert "GET /v1/state" in source


@pytest.mark.parametrize(
    ("envelope", "said"),
    [
        (NAMED.replace("code", "cod", 1), "did you mean 'code'?"),
        (EXEMPT.replace("/state", "/stat"), "did you mean 'GET /state'?"),
    ],
)
def test_a_file_that_does_not_fit_ends_with_two(
    tmp_path: Path, address: str, envelope: str, said: str
) -> None:
    """One clear message, and nothing is sent."""
    done = _gate(tmp_path, address, envelope)
    assert 2 == done.returncode, done.stdout
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out" / "record").exists()


def test_a_set_names_its_own_envelope(tmp_path: Path) -> None:
    """With a subject file the option is refused."""
    command = [sys.executable, "-m", "seamwright.cli", "gate", "--envelope", "envelope.toml"]
    done = subprocess.run(
        [*command, "--out", str(tmp_path / "out")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (2, True) == (done.returncode, "--envelope with --url" in done.stderr)
