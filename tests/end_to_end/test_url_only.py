"""A service that runs already, given by its url alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.project import audit
from tests.ports import free_port
from tests.reference_impl.running import answers, poll

if TYPE_CHECKING:
    from collections.abc import Iterator

_STRANGER = Path(__file__).parent / "stranger"


@pytest.fixture
def shop() -> Iterator[int]:
    """The stranger's shop, started by somebody else; its port."""
    port, stock = free_port(), free_port()
    base = {**os.environ, "PYTHONPATH": str(_STRANGER), "STOCK_URL": f"http://127.0.0.1:{stock}"}
    started = [
        subprocess.Popen(
            [sys.executable, "-m", module],
            env={**base, "PORT": str(own)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for module, own in (("shop.server", port), ("shop.stock", stock))
    ]
    for own in (port, stock):
        poll(lambda own=own: answers(own))
    yield port
    for one in started:
        one.terminate()
        one.wait()


def _subject(folder: Path, url: str) -> Path:
    path = folder / "seamwright.toml"
    path.write_text(
        f"""[subject]
name = "shop"
root = "{_STRANGER}"
contracts = "contracts:SYSTEM"
conformance = "conformance:CONFORMANCE"
chaos = "chaos:SCENARIOS"

[box.shop]
url = "{url}"
""",
        encoding="utf-8",
    )
    return path


def test_what_cannot_be_seen_is_unproven(shop: int, tmp_path: Path) -> None:
    """Its own answers are judged; its calls and its log are unproven, each with the reason."""
    done = audit(_subject(tmp_path, f"http://127.0.0.1:{shop}"), tmp_path / "out")
    assert done.code == 0, done.said + done.progress
    rows = {row.id: row for row in done.audit.rows}
    assert rows["contracts.error-format"].status == "pass"
    assert rows["verify.health"].status == "pass"
    assert rows["data.ownership"].status == "pass"
    assert rows["verify.request-ids"].status == "unproven"
    reasons = " ".join(rows["verify.request-ids"].reasons)
    assert "runs already" in reasons
    unseen = {one.what: one.reason for one in done.audit.unseen}
    assert "runs already" in unseen["shop→stock"]
    assert "no box" in unseen["stock"]


def test_another_machine_is_left_alone(tmp_path: Path) -> None:
    """A host that is not this machine is refused before anything is sent, unless it was named."""
    done = audit(_subject(tmp_path, "http://192.0.2.1:80"), tmp_path / "out")
    assert done.code == 2
    assert "allowed_hosts" in done.progress
    assert not (tmp_path / "out").exists()
