"""`seamwright gate`: on the reference nothing is found, on a stranger what is wrong, each once."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from seamwright.record.load import load
from seamwright.report.audit import Audit
from tests.miniatures.keeps_its_promises import Notes

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
TOKEN = "a-token-of-the-stranger"
PET = {
    "type": "object",
    "properties": {"id": {"type": "integer"}, "name": {"type": "string"}},
    "required": ["id", "name"],
}
ERROR = {
    "type": "object",
    "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
    "required": ["code", "message"],
}


def _content(schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": "", "content": {"application/json": {"schema": schema}}}


DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Pets", "version": "1"},
    "servers": [{"url": "/v1"}],
    "paths": {
        "/pets": {
            "get": {"responses": {"200": _content({"type": "array", "items": PET})}},
            "post": {
                "requestBody": {"content": {"application/json": {"schema": PET}}, "required": True},
                "responses": {"201": _content(PET), "422": _content(ERROR)},
            },
        },
        "/pets/{id}": {
            "get": {
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
                ],
                "responses": {"200": _content(PET), "404": _content(ERROR)},
            }
        },
    },
}


class Pets(Notes):
    """A service whose router has a format of its own, and one of whose answers lacks a field."""

    asked: ClassVar[list[tuple[str, str, str | None]]] = []
    cookies: ClassVar[list[str]] = []

    def answer(self) -> None:
        """Answer whatever is asked."""
        self.allowed = ""
        path = self.path.partition("?")[0]
        if not self.read():
            self.send_error(400)
            return
        self.asked.append((self.command, self.path, self.headers.get("x-token")))
        self.cookies.append(self.headers.get("cookie", ""))
        if (self.method, path) == ("GET", "/v1/pets"):
            self.send(200, [{"id": 1, "name": "Rex"}, {"id": 2}])
        elif (self.command, path) == ("POST", "/v1/pets"):
            self.keep_pet(self.body)
        elif self.method == "GET" and path.startswith("/v1/pets/"):
            self.send(404, {"code": "NO_PET", "message": "no such pet"})
        elif path.startswith("/v1/pets"):
            self.allowed = "GET" if path.startswith("/v1/pets/") else "GET, POST"
            self.send(405, {"code": "NO_METHOD", "message": "no such method"})
        else:
            self.send(404, b"404 page not found")

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = answer  # noqa: N815
    do_OPTIONS = do_TRACE = do_QUERY = answer  # noqa: N815

    def fail(self, code: str) -> None:
        self.send(400, {"code": code, "message": "this cannot be read"})

    def keep_pet(self, body: bytes) -> None:
        """Keep what is a pet."""
        try:
            pet: Any = json.loads(body)
            kinds = [type(pet[one]).__name__ for one in ("id", "name")]
            str(pet["name"]).encode()
        except (ValueError, TypeError, KeyError, RecursionError):
            pet, kinds = None, []
        if kinds == ["int", "str"]:
            self.send(201, {"id": pet["id"], "name": pet["name"]})
        else:
            self.send(422, {"code": "NO_PET", "message": "this is no pet"})

    def send(self, status: int, body: object, kind: str = "application/json") -> None:
        """Send JSON, or bytes as plain text."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "text/plain" if isinstance(body, bytes) else kind)
        self.send_header("content-length", str(len(raw)))
        self.send_header("set-cookie", "seen=1")
        if self.allowed:
            self.send_header("allow", self.allowed)
        if self.close_connection:
            self.send_header("connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(raw)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the base has it
        """Say nothing."""


@pytest.fixture(scope="module", name="address")
def _address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pets)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def _gate(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "seamwright.cli", "gate", "--out", str(folder / "out"), *arguments],
        cwd=ROOT,
        env={**os.environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def _document(folder: Path) -> str:
    path = folder / "pets.json"
    path.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    return str(path)


def test_nothing_is_found_on_the_reference(tmp_path: Path) -> None:
    """Some hundreds of generated requests among others, and not a finding."""
    done = _gate(tmp_path)
    assert 0 == done.returncode, done.stdout
    audit = Audit.model_validate_json((tmp_path / "out" / "audit.json").read_bytes())
    assert () == audit.findings
    assert audit.complete
    assert re.search(r"drove [0-9]{3,} generated requests", done.stderr)


def test_a_stranger_is_gated_by_url_and_document(tmp_path: Path, address: str) -> None:
    """Each fault once: the router's format, and the field that one of two pets lacks."""
    Pets.asked.clear()
    arguments = ("--url", f"http://{address}", "--openapi", _document(tmp_path))
    done = _gate(tmp_path, *arguments, "--header", f"X-Token: {TOKEN}", "--json")
    assert 1 == done.returncode, done.stderr
    audit = Audit.model_validate_json(done.stdout)
    told = {(one.code, one.endpoint): one.message for one in audit.findings}
    assert {("ENV001", ""), ("SCH001", "GET /v1/pets")} == set(told)
    assert "text/plain" in told["ENV001", ""]
    assert '"name" is a required property' in told["SCH001", "GET /v1/pets"]
    assert "failures are {code, message}" in done.stderr
    asked = [path.removeprefix(f"http://{address}") for _, path, _ in Pets.asked]
    assert {"/v1"} == {f"/{path.split('/')[1]}" for path in asked if "pets" in path}
    assert {TOKEN} == {token for _, _, token in Pets.asked}
    everything = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    assert TOKEN.encode() not in everything
    assert not any("seen=1" in one for one in Pets.cookies)
    assert (tmp_path / "out" / "contract" / "import.md").is_file()
    curl = next(one.curl for one in audit.findings if one.code == "SCH001")
    assert f"http://{address}/v1/pets" in curl


def test_two_runs_find_the_same(tmp_path: Path, address: str) -> None:
    """Times, ids and addresses aside, byte for byte."""
    arguments = ("--url", f"http://{address}", "--openapi", _document(tmp_path), "--json")
    findings = [
        [one.model_dump_json() for one in Audit.model_validate_json(done.stdout).findings]
        for done in (_gate(tmp_path, *arguments), _gate(tmp_path, *arguments))
    ]
    assert findings[0] == findings[1]
    assert findings[0]


def test_a_finding_is_shown_again_by_its_name(tmp_path: Path, address: str) -> None:
    """By the smallest request that shows it, as long as the service runs; a wrong name is told."""
    arguments = ("--url", f"http://{address}", "--openapi", _document(tmp_path), "--json")
    audit = Audit.model_validate_json(_gate(tmp_path, *arguments).stdout)
    by_code = {one.code: one for one in audit.findings}
    assert "shown" == by_code["SCH001"].again
    record = load(tmp_path / "out" / "record", {})
    ids = [one.id for one in (*record.exchanges, *record.asked_again)]
    assert len(ids) == len(set(ids))
    assert record.asked_again
    shown = _replay(tmp_path, by_code["SCH001"].id[:6])
    assert 1 == shown.returncode, shown.stderr
    assert "HTTP 200" in shown.stdout
    assert f"{by_code['SCH001'].id}: it shows again" in shown.stdout
    assert "unknown" not in by_code["SCH001"].curl
    unknown = _replay(tmp_path, "zzz")
    assert 2 == unknown.returncode
    assert by_code["ENV001"].id in unknown.stderr
    elsewhere = _replay(tmp_path, by_code["SCH001"].id, "--url", "http://127.0.0.1:1")
    assert 0 == elsewhere.returncode
    assert "no answer" in elsewhere.stdout
    assert 2 == _replay(tmp_path / "nowhere", "abc").returncode


def _replay(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "seamwright.cli", "replay", "--from", str(folder / "out")]
    return subprocess.run(
        [*command, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )


def test_what_is_waived_does_not_fail_a_gate_until_it_expires(tmp_path: Path, address: str) -> None:
    """It is still in every report; a file that does not add up starts nothing."""
    arguments = ("--url", f"http://{address}", "--openapi", _document(tmp_path), "--cases", "50")
    file = tmp_path / "accepted.toml"
    days = [datetime.now(UTC).date() + timedelta(days=one) for one in (30, -1)]
    table = '[[waiver]]\nrule = "{}"\nendpoint = "service {}"\nowner = "Ann"\n'
    table += 'reason = "it goes"\nexpires = {}\n'
    both = table.format("ENV001", "*", days[0]) + table.format("SCH001", "GET /v1/pets", days[0])
    file.write_text(both, encoding="utf-8")
    done = _gate(tmp_path, *arguments, "--waivers", str(file))
    assert 0 == done.returncode, done.stdout
    audit = Audit.model_validate_json((tmp_path / "out" / "audit.json").read_bytes())
    assert ((), {"ENV001", "SCH001"}) == (audit.findings, {one.code for one in audit.waived})
    assert "waived" in {one.status for one in audit.rows}
    assert "waived by Ann" in (tmp_path / "out" / "junit.xml").read_text(encoding="utf-8")
    file.write_text(both.replace(str(days[0]), str(days[1]), 1), encoding="utf-8")
    done = _gate(tmp_path, *arguments, "--waivers", str(file))
    assert 1 == done.returncode, done.stdout
    assert "expired waiver: ENV001 service * of Ann" in done.stdout
    file.write_text(both.replace("owner", "owners", 1), encoding="utf-8")
    done = _gate(tmp_path, *arguments, "--waivers", str(file))
    assert (2, True) == (done.returncode, "did you mean 'owner'?" in done.stderr)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--url", "http://127.0.0.1:1"], "--url and --openapi together"),
        (["--openapi", "pets.json"], "--url and --openapi together"),
        (["--url", "ftp://127.0.0.1:1", "--openapi", "{}"], "expected http://HOST:PORT"),
        (["--url", "http://127.0.0.1:x", "--openapi", "{}"], "http://HOST:PORT"),
        (["--url", "http://example.com", "--openapi", "{}"], "--allow-host"),
        (["--url", "http://127.0.0.1:1", "--openapi", "none.json"], "a file that can be read"),
        (["--url", "http://127.0.0.1:1", "--openapi", "{}", "--header", "oops"], "`Name: value`"),
        (
            ["--url", "http://127.0.0.1:1", "--openapi", "{}", "--header", "A: b\x01"],
            "`Name: value`",
        ),
    ],
)
def test_what_cannot_be_driven_ends_with_two(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    """One clear message, and nothing is written."""
    path = _document(tmp_path)
    done = _gate(tmp_path, *(path if one == "{}" else one for one in arguments))
    assert 2 == done.returncode, done.stdout
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out" / "record").exists()
