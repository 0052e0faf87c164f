"""`seamwright up` boots, prints the addresses, stays, and ends in order."""

from __future__ import annotations

import json
import signal
import subprocess

import httpx

from tests.end_to_end.project import ROOT, SEAMWRIGHT
from tests.reference_impl.running import answers


def test_up_prints_addresses_that_answer() -> None:
    """The JSON has boxes, edges and credentials; SIGTERM ends it and closes every port."""
    process = subprocess.Popen(
        [*SEAMWRIGHT, "up", "--json"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    text = b""
    while not text.endswith(b"\n}\n"):
        line = process.stdout.readline()
        assert line, text
        text += line
    told = json.loads(text)
    url, token = told["boxes"]["web"], told["credentials"]["user"]
    headers = {"authorization": f"Bearer {token}"}
    answer = httpx.get(f"{url}/api/prospects", headers=headers, trust_env=False)
    assert (200, True) == (answer.status_code, answer.json()["success"])
    assert {"web→worker", "worker→smtp"} <= set(told["edges"])
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0
    assert not answers(int(url.rpartition(":")[2]))
