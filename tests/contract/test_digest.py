"""The digest of a contract is the name of its content."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from contracts import SYSTEM as SEED
from seamwright.contract import Message, RequestId, Version
from seamwright.contract.digest import digest
from tests.judge.records import SYSTEM

SHOP, BANK = SYSTEM.services


class Renamed(Message):
    """What was ordered."""

    id: str
    total: float
    note: str | None = None


def _services(**changes: object) -> dict[str, Any]:
    changed: Any = replace(SHOP.endpoints[0], **changes)
    return {"services": (replace(SHOP, endpoints=(changed, *SHOP.endpoints[1:])), BANK)}


def test_the_same_content_has_the_same_digest() -> None:
    """A copy is the same contract, and the digest says how it was made."""
    assert digest(SYSTEM) == digest(replace(SYSTEM))
    assert digest(SYSTEM).startswith("sha256:")
    assert len("sha256:") + 64 == len(digest(SYSTEM))


def test_another_process_finds_the_same_digest() -> None:
    """Neither the order of sets nor anything else of a process is in it."""
    code = "from contracts import SYSTEM; from seamwright.contract.digest import digest"
    said = subprocess.run(
        [sys.executable, "-c", f"{code}; print(digest(SYSTEM))"],
        env={"PYTHONHASHSEED": "7", "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=True,
    )
    assert digest(SEED) == said.stdout.strip()


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "other"},
        {"everywhere": ("NO_SUCH_ROUTE",)},
        {"request_id": RequestId(headers=("x-other",))},
        {"request_id": None},
        {"version": Version("x-version", "3", "NO_SUCH_VERSION")},
        {"envelope": None},
        {"edges": (replace(SYSTEM.edges[0], deadline_ms=1), SYSTEM.edges[1])},
        {"errors": (*SYSTEM.errors[:-1], replace(SYSTEM.errors[-1], retryable=False))},
        _services(response=Renamed),
        _services(calls=frozenset({"bank"})),
        _services(status=201),
        _services(errors=()),
    ],
)
def test_one_change_gives_another_digest(changes: dict[str, Any]) -> None:
    """Whatever is changed of what is promised, the digest is another."""
    assert digest(SYSTEM) != digest(replace(SYSTEM, **changes))
