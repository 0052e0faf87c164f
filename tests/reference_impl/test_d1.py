"""D1 behind its HTTP query API."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.ports import free_port
from tests.reference_impl.running import Box, alive, descendants, poll

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from tests.reference_impl.running import StartBox

    Start = Callable[[Mapping[str, str]], "D1"]

TOKEN = "d1-token"
QUERY = "/client/v4/accounts/account/d1/database/database/query"


class D1:
    """A running D1 box and a client that knows its token."""

    def __init__(self, box: Box, port: int) -> None:
        """Talk to this box."""
        self.box = box
        self.client = httpx.Client(
            base_url=f"http://127.0.0.1:{port}", headers={"authorization": f"Bearer {TOKEN}"}
        )

    def query(self, body: object, **headers: str) -> httpx.Response:
        """Send a query."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(QUERY, json=body, headers=named)

    def rows(self, sql: str, *params: object) -> list[dict[str, object]]:
        """The rows that one statement answers with."""
        answer = self.query({"sql": sql, "params": params})
        assert answer.status_code == 200, answer.text
        return answer.json()["result"][0]["results"]


@pytest.fixture(scope="module")
def start(start_box: StartBox, node_modules: Path) -> Start:
    """Starts D1 boxes."""

    def start_one(environment: Mapping[str, str]) -> D1:
        port = free_port()
        known = {"PORT": str(port), "D1_TOKEN": TOKEN, "NODE_MODULES": str(node_modules)}
        command = ["node", "reference_impl/d1/server.mjs"]
        return D1(start_box(command, {**known, **environment}, [port]), port)

    return start_one


@pytest.fixture(scope="module")
def shared(start: Start) -> D1:
    """A D1 box that the tests share; each has a table of its own."""
    return start({})


@pytest.fixture
def temporary(tmp_path: Path) -> Iterator[Path]:
    """A folder for temporary files, which must be empty in the end."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    yield folder
    poll(lambda: True if not list(folder.iterdir()) else None)


def test_a_query_is_answered_as_cloudflare_does(shared: D1) -> None:
    """The answer has the four fields, and a result with rows and meta."""
    answer = shared.query({"sql": "select 1 as one"}, x_request_id="req_1")
    body = answer.json()
    (result,) = body.pop("result")
    assert {"success": True, "errors": [], "messages": []} == body
    assert ([{"one": 1}], True) == (result["results"], result["success"])
    assert (200, "req_1") == (answer.status_code, answer.headers["x-request-id"])
    assert shared.box.line("requestId", "req_1")["service"] == "d1"


def test_params_are_bound(shared: D1) -> None:
    """A parameter is a value and never part of the statement."""
    hostile = "'); drop table bound; --"
    shared.rows("create table bound (id integer primary key, word text)")
    shared.rows("insert into bound (word) values (?)", hostile)
    assert shared.rows("select * from bound where word = ?", hostile) == [
        {"id": 1, "word": hostile}
    ]


def test_a_batch_is_one_transaction(shared: D1) -> None:
    """When one statement of a batch fails, none has happened."""
    shared.rows("create table batch (id integer primary key)")
    insert = {"sql": "insert into batch values (?)", "params": [1]}
    failed = shared.query({"batch": [insert, {"sql": "insert into missing values (1)"}]})
    left = shared.rows("select * from batch")
    done = shared.query({"batch": [insert, {"sql": "select * from batch"}]})
    assert (400, []) == (failed.status_code, left)
    assert [[], [{"id": 1}]] == [result["results"] for result in done.json()["result"]]


def test_a_failed_query_says_why(shared: D1) -> None:
    """A statement that fails gets 400 and Cloudflare's error shape."""
    answer = shared.query({"sql": "select * from missing"})
    error = {"code": 7500, "message": "no such table: missing: SQLITE_ERROR"}
    expected = {"success": False, "errors": [error], "messages": [], "result": []}
    assert (400, expected) == (answer.status_code, answer.json())


@pytest.mark.parametrize(
    ("method", "path", "headers", "expected"),
    [
        ("POST", QUERY, {"authorization": "Bearer wrong"}, (403, 10000)),
        ("POST", "/client/v4/accounts", {}, (404, 7404)),
        ("GET", QUERY, {}, (405, 7400)),
        ("POST", QUERY, {}, (400, 7400)),
    ],
)
def test_other_requests_are_refused(
    shared: D1, method: str, path: str, headers: dict[str, str], expected: tuple[int, int]
) -> None:
    """Whatever is no query gets the same error shape: its status and its code."""
    answer = shared.client.request(method, path, headers=headers)
    assert expected == (answer.status_code, answer.json()["errors"][0]["code"])


def test_a_query_without_a_token_is_refused(shared: D1) -> None:
    """No token at all gets 401."""
    answer = httpx.post(f"{shared.client.base_url}{QUERY}".replace("//client", "/client"), json={})
    assert (401, 10000) == (answer.status_code, answer.json()["errors"][0]["code"])


def test_a_restart_keeps_the_data(start: Start, tmp_path: Path) -> None:
    """With DATA_DIR, what was written before a stop is there after the next start."""
    environment = {"DATA_DIR": str(tmp_path / "data")}
    first = start(environment)
    first.rows("create table kept (id integer)")
    first.rows("insert into kept values (1)")
    assert first.box.stop() == 0
    assert start(environment).rows("select * from kept") == [{"id": 1}]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_nothing_is_left_behind(start: Start, temporary: Path, number: signal.Signals) -> None:
    """However node is ended, workerd ends too, and so do the temporary files."""
    d1 = start({"TMPDIR": str(temporary)})
    below = descendants(d1.box.process.pid)
    code = d1.box.stop(number)
    assert code == (0 if number == signal.SIGTERM else -number)
    poll(lambda: True if not any(map(alive, below)) else None)
    assert len(below) == 2
