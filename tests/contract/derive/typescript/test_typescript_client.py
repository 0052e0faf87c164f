"""The derived client, run by Node against a server."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.contract.derive.typescript.answering_server import Asked, Reply, answering
from tests.contract.derive.typescript.compiled import FIXTURES, toolchain

if TYPE_CHECKING:
    from tests.contract.derive.typescript.compiled import Compiled

MAIL = {"prospectId": "p1", "campaignId": "c1"}
META = {"requestId": "r", "duration": 3}
SENT = {"success": True, "data": {"emailId": "e1", "status": "sent"}, "meta": META}
HEALTH: dict[str, object] = {"status": "unhealthy", "version": "1", "uptime": 1, "dependencies": {}}
SEND, READ, LIST = "POST /api/send-email", "GET /api/emails/{emailId}", "GET /api/emails"


def _failure(code: str) -> dict[str, object]:
    error = {"code": code, "message": "no", "retryable": True}
    return {"success": False, "error": error, "meta": {"requestId": "r"}}


REPLIES = {
    "sent": Reply(200, json.dumps(SENT), request_id="theirs"),
    "limited": Reply(429, json.dumps(_failure("RATE_LIMITED")), "application/json; charset=utf-8"),
    "strange": Reply(500, json.dumps(_failure("TEAPOT"))),
    "page": Reply(502, "<html>Bad gateway</html>", "text/html"),
    "cut": Reply(200, json.dumps(SENT)[:-4]),
    "partial": Reply(200, json.dumps({**SENT, "meta": {"requestId": "r"}})),
    "contrary": Reply(200, json.dumps({**SENT, "success": False})),
    "scalar": Reply(200, "7"),
    "moved": Reply(304, "", "text/html"),
    "well": Reply(200, json.dumps(HEALTH)),
    "ill": Reply(503, json.dumps(HEALTH)),
    "missing": Reply(404, json.dumps(_failure("NOT_FOUND"))),
    "website": Reply(200, "<html>Hello</html>", "text/html"),
}
CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    **{one: (SEND, {"body": MAIL}) for one in REPLIES if one not in ("well", "ill", "missing")},
    "well": ("GET /health", {}),
    "ill": ("GET /health", {}),
    "missing": ("GET /health", {}),
    "website on health": ("GET /health", {"requestId": "website"}),
    "own id": (SEND, {"body": MAIL, "requestId": "not well formed"}),
    "no id": (SEND, {"body": MAIL, "requestId": None}),
    "slashes": (READ, {"path": {"emailId": "a/b c?#%é"}}),
    "dots": (READ, {"path": {"emailId": ".."}}),
    "nothing": (READ, {"path": {"emailId": ""}}),
    "lone surrogate": (READ, {"path": {"emailId": "\ud800"}}),
    "query": (LIST, {"query": {"status": "sent", "limit": 5, "cursor": None}}),
    "many": (LIST, {"query": {"status": ["a", "b&c"]}}),
    "header": (SEND, {"body": MAIL, "headers": {"x-more": 1, "x-request-id": "mine"}}),
    "bad header": (SEND, {"body": MAIL, "headers": {"x-more": "a\nb"}}),
    "aborted": (SEND, {"body": MAIL, "aborted": True}),
}


@dataclass(frozen=True, slots=True)
class Run:
    """Call → what came of it, and what the server saw of it (None where nothing)."""

    answers: dict[str, dict[str, Any]]
    asked: dict[str, Asked]
    last: list[Asked]


def _run(module: str, program: Compiled, url: str, calls: list[Any]) -> list[dict[str, Any]]:
    options = {"baseUrl": f"{url}/", "token": "secret"}
    done = subprocess.run(
        [toolchain().node(), FIXTURES / "run_client.mjs", program.folder / f"{module}.js"],
        input=json.dumps({"options": options, "calls": calls}),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def run(program: Compiled) -> Run:
    """All calls, made by one process."""
    named = [
        (one, {"requestId": name.replace(" ", "-"), **more}) for name, (one, more) in CALLS.items()
    ]
    with answering(REPLIES, Reply(200, json.dumps(SENT))) as server:
        answers = dict(zip(CALLS, _run("worker", program, server.url, named), strict=True))
    asked = {one.headers["x-request-id"]: one for one in server.asked}
    return Run(answers, asked, server.asked)


@pytest.mark.parametrize(
    ("call", "kind", "status"),
    [
        ("sent", "success", 200),
        ("limited", "failure", 429),
        ("strange", "unexpected", 500),
        ("page", "unexpected", 502),
        ("cut", "unexpected", 200),
        ("partial", "unexpected", 200),
        ("contrary", "unexpected", 200),
        ("scalar", "unexpected", 200),
        ("moved", "unexpected", 304),
        ("website", "unexpected", 200),
        ("well", "success", 200),
        ("ill", "other", 503),
        ("missing", "failure", 404),
        ("website on health", "unexpected", 200),
        ("dots", "unanswered", None),
        ("nothing", "unanswered", None),
        ("lone surrogate", "unanswered", None),
        ("bad header", "unanswered", None),
        ("aborted", "unanswered", None),
    ],
)
def test_every_answer_has_its_kind(run: Run, call: str, kind: str, status: int | None) -> None:
    """Success, failure, another promised answer, an unknown one, none: nothing is thrown."""
    assert (kind, status) == (run.answers[call]["kind"], run.answers[call].get("status"))


def test_the_body_comes_as_it_was_sent(run: Run) -> None:
    """JSON is read, whatever else is text."""
    assert SENT == run.answers["sent"]["body"]
    assert "RATE_LIMITED" == run.answers["limited"]["body"]["error"]["code"]
    assert "<html>Bad gateway</html>" == run.answers["page"]["body"]
    assert HEALTH == run.answers["ill"]["body"]
    assert 7 == run.answers["scalar"]["body"]


def test_the_callers_request_id_is_passed_on(run: Run) -> None:
    """The contract's header has it; the answer tells the service's own, else what was sent."""
    assert SEND == run.asked["sent"].line
    assert "theirs" == run.answers["sent"]["requestId"]
    assert "limited" == run.answers["limited"]["requestId"]
    assert "aborted" == run.answers["aborted"]["requestId"]


@pytest.mark.parametrize("call", ["own id", "no id"])
def test_a_new_request_id_is_made_where_none_is_well_formed(run: Run, call: str) -> None:
    """It matches the contract's pattern, and it is what was sent."""
    made = run.answers[call]["requestId"]
    assert re.fullmatch(r"[A-Za-z0-9._-]{1,128}", made)
    assert made in run.asked
    assert "not well formed" not in run.asked


def test_two_new_request_ids_differ(run: Run) -> None:
    """They are made by chance."""
    assert run.answers["own id"]["requestId"] != run.answers["no id"]["requestId"]


def test_what_the_contract_asks_for_is_sent(run: Run) -> None:
    """Version, token, media type and body; the caller's headers beside them, none in place."""
    asked = run.asked["header"]
    expected = {
        "x-api-version": "1",
        "authorization": "Bearer secret",
        "content-type": "application/json",
        "x-more": "1",
    }
    assert expected == {name: asked.headers[name] for name in expected}
    assert MAIL == json.loads(asked.body)
    assert "mine" not in run.asked
    assert "content-type" not in run.asked["query"].headers


@pytest.mark.parametrize(
    ("call", "line"),
    [
        ("slashes", "GET /api/emails/a%2Fb%20c%3F%23%25%C3%A9"),
        ("query", "GET /api/emails?status=sent&limit=5"),
        ("many", "GET /api/emails?status=a&status=b%26c"),
    ],
)
def test_parameters_are_encoded(run: Run, call: str, line: str) -> None:
    """A value stays one segment, or one value of the query."""
    assert line == run.asked[call].line


def test_what_cannot_be_sent_is_not_sent(run: Run) -> None:
    """A path that would lead elsewhere never reaches the server."""
    assert [] == [one.line for one in run.last if one.line.endswith(("/emails/", "/api/"))]
    assert not {"dots", "nothing", "lone-surrogate", "bad-header", "aborted"} & set(run.asked)


def test_a_server_that_is_not_there_is_no_answer(program: Compiled) -> None:
    """A refused connection is told, not thrown."""
    with answering({}, Reply(200, "")) as server:
        url = server.url
    answer = _run("worker", program, url, [[SEND, {"body": MAIL, "requestId": "gone"}]])[0]
    assert {"kind": "unanswered", "requestId": "gone", "error": "TypeError"} == answer


def test_other_envelopes_are_told_apart(program: Compiled) -> None:
    """RFC 9457: a bare success, and problem details by the HTTP status and their members."""
    order = json.dumps({"id": "o1", "total": 3})
    problem = json.dumps({"title": "none left", "status": 404})
    replies = {
        "a": Reply(200, order),
        "b": Reply(404, problem, "application/problem+json"),
        "c": Reply(404, order),
    }
    calls = [["GET /orders/{id}", {"path": {"id": "o1"}, "requestId": one}] for one in replies]
    with answering(replies, Reply(400, ""), "x-trace") as server:
        answers = _run("problem", program, server.url, calls)
    assert ["success", "failure", "unexpected"] == [one["kind"] for one in answers]


def test_odd_endpoints_are_called_as_they_say(program: Compiled) -> None:
    """No body, a page, text, another media type, and answers beside success and failure."""
    made: list[tuple[str, dict[str, object], Reply, tuple[str, object]]] = [
        ("DELETE /odd", {}, Reply(204, ""), ("success", None)),
        ("GET /page", {}, Reply(200, "<p>", "text/html"), ("success", "<p>")),
        ("GET /robots.txt", {}, Reply(200, "all", "text/plain"), ("success", "all")),
        ("GET /raw", {}, Reply(200, "[1]"), ("success", [1])),
        ("PATCH /merge", {"body": {"a": 1}}, Reply(200, "{}"), ("unexpected", {})),
        ("POST /job", {}, Reply(202, '{"id": 1}'), ("other", {"id": 1})),
        ("POST /job", {}, Reply(422, "no", "text/plain"), ("other", "no")),
        ("POST /job", {}, Reply(500, ""), ("other", None)),
    ]
    ids = [f"{number:04}" for number in range(len(made))]
    calls = [
        [endpoint, {**given, "requestId": id_}]
        for id_, (endpoint, given, _, _) in zip(ids, made, strict=True)
    ]
    replies = {id_: reply for id_, (_, _, reply, _) in zip(ids, made, strict=True)}
    with answering(replies, Reply(400, ""), "x-id") as server:
        answers = _run("flagged", program, server.url, calls)
    assert [one for *_, one in made] == [(one["kind"], one.get("body")) for one in answers]
    merged = next(one for one in server.asked if one.line == "PATCH /merge")
    assert ("application/merge+json", '{"a":1}') == (merged.headers["content-type"], merged.body)
