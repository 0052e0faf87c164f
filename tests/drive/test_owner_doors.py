"""The doors of boxes whose contract is somebody else's."""

from __future__ import annotations

import asyncio
import json
import random
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from contracts import SYSTEM
from seamwright.drive.cases.provocation import OwnerStep
from seamwright.drive.cases.template import TemplateProblem
from seamwright.drive.owner import OwnerDoors
from seamwright.drive.subject.plan import make_plan
from seamwright.drive.subject.project_file import ProjectFileProblem, load_project_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STEP = OwnerStep(
    "store", "PATCH", "/things?id=eq.{thing}", {"authorization": "Bearer {door}"}, {"is": "{thing}"}
)


class _Store(BaseHTTPRequestHandler):
    """Lets in who has the key."""

    asked: tuple[str, str, object] = ("", "", None)

    def do_PATCH(self) -> None:
        body: object = json.loads(self.rfile.read(int(self.headers["content-length"])))
        _Store.asked = (self.path, self.headers["content-type"], body)
        self.send_response(204 if self.headers["authorization"] == "Bearer key" else 403)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def store() -> Iterator[str]:
    """The address of a store."""
    with HTTPServer(("127.0.0.1", 0), _Store) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def _ask(doors: OwnerDoors, kept: dict[str, str]) -> str:
    return asyncio.run(doors.ask(STEP, kept))


def test_an_owner_is_asked_as_it_is_said(store: str) -> None:
    """With the key of its door, and the values that were kept."""
    assert "" == _ask(OwnerDoors({"store": store}, {"store": "key"}), {"thing": "t1"})
    assert ("/things?id=eq.t1", "application/json", {"is": "t1"}) == _Store.asked


def test_an_owner_that_refuses_is_told(store: str) -> None:
    """With its status, and without the key."""
    said = _ask(OwnerDoors({"store": store}, {"store": "wrong"}), {"thing": "t1"})
    assert "store: PATCH /things?id=eq.{thing}: 403" == said


def test_an_owner_that_is_not_there_is_told() -> None:
    """No door, or nobody behind it."""
    assert "the subject file has no door to store" == _ask(OwnerDoors({}, {}), {"thing": "t1"})
    said = _ask(OwnerDoors({"store": "127.0.0.1:1"}, {"store": "key"}), {"thing": "t1"})
    assert said.endswith("ConnectError")


def test_a_value_that_was_not_kept_is_a_problem() -> None:
    """A step says which."""
    with pytest.raises(TemplateProblem):
        _ask(OwnerDoors({"store": "127.0.0.1:1"}, {"store": "key"}), {})


def test_a_door_to_nobody_is_refused(tmp_path: Path) -> None:
    """Before anything is started."""
    file = tmp_path / "seamwright.toml"
    file.write_text(
        '[subject]\nname = "x"\ncontracts = "contracts:SYSTEM"\n'
        '[doors]\nmoon = "key"\n[box.web]\nurl = "http://127.0.0.1:1"\n',
        encoding="utf-8",
    )
    with pytest.raises(ProjectFileProblem, match="doors"):
        make_plan(load_project_file(file), SYSTEM, random.Random(0))
