"""`seamwright explore`: what only a rare request shows is found, kept, and found by later gates."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from seamwright.commands.found_file import read_found, write_found
from seamwright.drive.corpus.found import Found, kept_request
from seamwright.report.audit import Audit
from tests.miniatures.keeps_its_promises import Notes
from tests.reference_impl.running import poll

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
EXPLORE = (sys.executable, "-m", "seamwright.cli", "explore")
GATE = (sys.executable, "-m", "seamwright.cli", "gate")
COUNTER = {
    "type": "object",
    "properties": {"name": {"type": "string", "maxLength": 30}, "count": {"type": "integer"}},
    "required": ["name", "count"],
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
    "info": {"title": "Counters", "version": "1"},
    "paths": {
        "/counters": {
            "get": {"responses": {"200": _content({"type": "array"}), "400": _content(ERROR)}},
            "post": {
                "requestBody": {
                    "content": {"application/json": {"schema": COUNTER}},
                    "required": True,
                },
                "responses": {"201": _content(COUNTER), "422": _content(ERROR)},
            },
        }
    },
}


EDGES = (2**31 - 1, 2**31, 2**32, 2**53, 2**63 - 1, 2**63, -(2**31))


class Counters(Notes):
    """A service that fails for counts at the edge of a number's type, in a form of its own."""

    def answer(self) -> None:
        """Answer whatever is asked."""
        self.allowed = ""
        if not self.read():
            self.send_error(400)
        elif self.path.partition("?")[0] != "/counters":
            self.send(404, {"code": "NO_ROUTE", "message": "nothing is there"})
        elif self.method == "GET":
            self.send(200, "[]")
        elif self.command == "POST":
            self.count()
        else:
            self.allowed = "GET, HEAD, POST"
            self.send(405, {"code": "WRONG_METHOD", "message": "not so"})

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = answer  # noqa: N815
    do_OPTIONS = do_TRACE = do_QUERY = answer  # noqa: N815

    def fail(self, code: str) -> None:
        self.send(400, {"code": code, "message": "this cannot be read"})

    def count(self) -> None:
        """Keep what is a counter."""
        try:
            told: Any = json.loads(self.body)
            name, count = told["name"].encode().decode(), told["count"]
            fits = type(count) is int and len(name) <= 30
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            fits, name, count = False, "", 0
        if not fits:
            self.send(422, {"code": "NO_COUNTER", "message": "this is no counter"})
        elif count in EDGES:
            self.send(500, {"trace": "the number does not fit"})
        else:
            self.send(201, {"name": name, "count": count})

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the base has it
        """Say nothing."""


@pytest.fixture(scope="module", name="service")
def _service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, ...]]:
    """The service is up; the options that name it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Counters)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    path = tmp_path_factory.mktemp("counters") / "counters.json"
    path.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    yield "--url", f"http://127.0.0.1:{server.server_address[1]}", "--openapi", str(path)
    server.shutdown()
    server.server_close()


def _run(folder: Path, command: tuple[str, ...], *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*command, "--out", str(folder / "out"), *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )


def test_a_rare_fault_is_found_and_found_again(tmp_path: Path, service: tuple[str, ...]) -> None:
    """A gate sees nothing; a search does, and what it keeps shows it to every later gate."""
    done = _run(tmp_path, GATE, *service)
    assert 0 == done.returncode, done.stdout
    file = tmp_path / "found.ndjson"
    kept = ("--found", str(file))
    done = _run(tmp_path, EXPLORE, *service, *kept, "--minutes", "0.5", "--requests", "1500")
    assert 0 == done.returncode, done.stderr
    assert "service POST /counters: 500 application/json, 500 /trace: text" in done.stdout
    (found,) = (one for one in read_found(file) if one.showed.startswith("500"))
    body = json.loads(found.request.body)
    assert body["count"] in EDGES
    assert len(body["name"]) <= 16
    done = _run(tmp_path, GATE, *service, *kept)
    assert 1 == done.returncode, done.stderr
    assert "requests that a search kept" in done.stderr
    audit = Audit.model_validate_json((tmp_path / "out" / "audit.json").read_bytes())
    told = [one for one in audit.findings if "POST /counters" in one.endpoints]
    assert ["ENV001", "SRV001"] == [one.code for one in told]
    for one in told:
        assert one.message.startswith("500")
        assert "shown" == one.again


def test_what_is_known_is_not_kept_again(tmp_path: Path, service: tuple[str, ...]) -> None:
    """A second search begins with what the first one found; the file stays as it is."""
    file = tmp_path / "found.ndjson"
    told = (*service, "--found", str(file), "--minutes", "0.2", "--json", "--requests", "600")
    first = json.loads(_run(tmp_path, EXPLORE, *told).stdout)
    before = file.read_bytes()
    second = json.loads(_run(tmp_path, EXPLORE, *told).stdout)
    assert first["before"] + first["new"] <= second["before"]
    assert not {one["showed"] for one in first["kept"]} & {one["showed"] for one in second["kept"]}
    assert set(before.splitlines()) <= set(file.read_bytes().splitlines())


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_search_that_is_ended_has_kept_what_it_found(
    tmp_path: Path, service: tuple[str, ...], sign: signal.Signals
) -> None:
    """By Ctrl-C it sums up; by a kill the file is there, whole, all the same."""
    file = tmp_path / "found.ndjson"
    process = subprocess.Popen(
        [*EXPLORE, *service, "--found", str(file), "--minutes", "9", "--out", str(tmp_path / "o")],
        cwd=ROOT,
        env={**os.environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    poll(lambda: file.exists() or process.poll() is not None or None, 60)
    process.send_signal(sign)
    said, progress = process.communicate(timeout=30)
    assert read_found(file)
    assert (0 if sign != signal.SIGKILL else -9) == process.returncode, progress
    if sign != signal.SIGKILL:
        assert "ended by hand" in progress
        assert "behaviours known before" in said


SUBJECT = """\
[subject]
name = "notes"
root = "{root}"
contracts = "tests.miniatures.contract:SYSTEM"
found = "kept/found.ndjson"

[box.notes]
command = ["{python}", "-m", "tests.miniatures.keeps_its_promises"]
env = {{ PORT = "{{port}}" }}
"""


def test_a_project_keeps_what_is_found_beside_its_subject_file(tmp_path: Path) -> None:
    """Where the subject file says; its gate and its audit send all of it, and say what is gone."""
    subject = tmp_path / "seamwright.toml"
    subject.write_text(SUBJECT.format(root=ROOT, python=sys.executable), encoding="utf-8")
    named = ("--subject", str(subject))
    bounds = ("--minutes", "0.2", "--requests", "60")
    done = _run(tmp_path, EXPLORE, *named, *bounds, "--json")
    assert 0 == done.returncode, done.stderr
    told = json.loads(done.stdout)
    file = tmp_path / "kept" / "found.ndjson"
    assert str(file) == told["file"]
    assert file.exists() == bool(told["kept"])
    assert told["before"] > 20
    one = Found("notes", "GET /notes", kept_request("GET", "/notes?x=y", (), b""), "200 odd")
    write_found(file, (one, replace(one, endpoint="GET /gone")))
    for command in ("gate", "audit"):
        done = _run(tmp_path, (*GATE[:-1], command), *named)
        # A miniature writes no log, which is found where it is started as a box.
        assert 1 == done.returncode, done.stderr
        assert "driving 1 requests that a search kept" in done.stderr
        audit = Audit.model_validate_json((tmp_path / "out" / "audit.json").read_bytes())
        unseen = {one.what: one.reason for one in audit.unseen}
        assert "endpoints that are gone" in unseen["requests that a search kept"]


def test_another_machine_is_left_alone(tmp_path: Path, service: tuple[str, ...]) -> None:
    """Only this one is explored, unless the host was named."""
    done = _run(tmp_path, EXPLORE, "--url", "http://192.0.2.1:80", *service[2:])
    assert (2, True) == (done.returncode, "--allow-host" in done.stderr)


def test_nobody_there_is_no_success(tmp_path: Path, service: tuple[str, ...]) -> None:
    """Where nothing answers nothing was searched, and nothing is kept."""
    file = tmp_path / "found.ndjson"
    where = ("--url", "http://127.0.0.1:1", *service[2:], "--found", str(file))
    done = _run(tmp_path, EXPLORE, *where, "--minutes", "0.1")
    assert (3, True) == (done.returncode, "nobody answered" in done.stderr)
    assert not file.exists()


@pytest.mark.parametrize("command", [GATE, EXPLORE])
def test_a_file_that_is_none_starts_nothing(
    tmp_path: Path, service: tuple[str, ...], command: tuple[str, ...]
) -> None:
    """It is told with its line, and stays as it was."""
    file = tmp_path / "found.ndjson"
    file.write_text('{"format": 1, "by": "x"}\n{"service": 3}\n', encoding="utf-8")
    done = _run(tmp_path, command, *service, "--found", str(file))
    assert (2, True) == (done.returncode, f"{file}:2" in done.stderr), done.stderr
    assert '{"service": 3}' in file.read_text(encoding="utf-8")
