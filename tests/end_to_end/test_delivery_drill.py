"""The drill itself: it says when all arrives once, when mails are lost, and when they are two."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.end_to_end.project import ROOT, reference_with

if TYPE_CHECKING:
    from pathlib import Path

_ENDED_S = 240.0
_EMAILS, _KILLS, _SEED = 80, 2, 9
_ALL = {"accepted": _EMAILS, "kills": _KILLS, "seed": _SEED}
Tally = dict[str, int]


def _drill(subject: Path) -> tuple[int, Tally]:
    """The exit code, and the one line that it ends with."""
    numbers = {"--seed": _SEED, "--emails": _EMAILS, "--kills": _KILLS}
    options = [text for name, value in numbers.items() for text in (name, str(value))]
    done = subprocess.run(
        [sys.executable, "-m", "chaos.delivery", "--subject", str(subject), *options],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=_ENDED_S,
        check=False,
    )
    lines: list[Tally] = [json.loads(line) for line in done.stdout.splitlines()]
    assert 1 == len(lines), done.stderr
    return done.returncode, lines[0]


def test_of_the_reference_all_arrives_once() -> None:
    """Nothing is lost, nothing is there twice, and the exit code says so."""
    code, tally = _drill(ROOT / "seamwright.toml")
    expected = {**_ALL, "delivered": _EMAILS, "lost": 0, "duplicated": 0}
    assert (0, expected) == (code, tally)


def test_a_worker_that_sends_twice_is_told(tmp_path: Path) -> None:
    """Every email arrives, and as many are told as the inboxes hold too many."""
    code, tally = _drill(reference_with(tmp_path, worker="tests.variants.sends_twice"))
    duplicated = tally.pop("duplicated")
    assert (1, True) == (code, duplicated > _EMAILS // 2)
    assert {**_ALL, "delivered": _EMAILS, "lost": 0} == tally


def test_a_worker_that_loses_some_is_told(tmp_path: Path) -> None:
    """What it said that it sent is missed in the inboxes, and nothing is there twice."""
    code, tally = _drill(reference_with(tmp_path, worker="tests.variants.takes_silence_for_sent"))
    assert (1, True, _EMAILS) == (code, tally["lost"] > 0, tally["lost"] + tally["delivered"])
    assert {**_ALL, "duplicated": 0} == {name: tally[name] for name in (*_ALL, "duplicated")}
