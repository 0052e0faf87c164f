"""`seamwright up` boots, prints the addresses, stays, and ends in order."""

from __future__ import annotations

import json
import signal
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx

from tests.end_to_end.project import ROOT, SEAMWRIGHT
from tests.reference_impl.running import answers

if TYPE_CHECKING:
    from collections.abc import Generator


@contextmanager
def _begun() -> Generator[subprocess.Popen[bytes]]:
    command = [*SEAMWRIGHT, "up", "--json"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


def _told(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    assert process.stdout is not None
    text = b""
    while not text.endswith(b"\n}\n"):
        line = process.stdout.readline()
        assert line, text
        text += line
    return json.loads(text)


def _ports(told: dict[str, Any]) -> set[int]:
    addresses = [*told["boxes"].values(), *told["edges"].values(), told["toxiproxy"]]
    return {int(one.rpartition(":")[2]) for one in addresses}


def test_up_prints_addresses_that_answer() -> None:
    """The JSON has boxes, edges and credentials; SIGTERM ends it and closes every port."""
    with _begun() as process:
        told = _told(process)
        url, token = told["boxes"]["web"], told["credentials"]["user"]
        headers = {"authorization": f"Bearer {token}"}
        answer = httpx.get(f"{url}/api/prospects", headers=headers, trust_env=False)
        assert (200, True) == (answer.status_code, answer.json()["success"])
        assert {"web→worker", "worker→smtp"} <= set(told["edges"])
    assert not answers(int(url.rpartition(":")[2]))


def test_two_of_one_project_can_begin_in_the_same_instant() -> None:
    """Both want the same ports, and nobody listens on them yet."""
    with _begun() as one, _begun() as other:
        assert not _ports(_told(one)) & _ports(_told(other))
