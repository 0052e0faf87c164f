"""How long `contracts import` takes for the two largest public documents, from start to end.

It is compared with what Python's own JSON reader takes for the same values: a machine that is slow
is slow at both.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING

from seamwright.contract.description.text import json_value
from tests.benchmarks.measurement import Measurement
from tests.contract.public_documents.public_documents import LARGEST, paths

if TYPE_CHECKING:
    from pathlib import Path

_ROUNDS = 5
_READS = 20


def measure() -> dict[str, Measurement]:
    """Each document several times; the median counts."""
    found = paths()
    return {f"import of {name}": _of(found[name]) for name in LARGEST}


def _of(document: Path) -> Measurement:
    text = json.dumps(json_value(document.read_bytes(), document.name))
    runs = [(_import(document), _read(text)) for _ in range(_ROUNDS)]
    took = statistics.median(one for one, _ in runs)
    ratio = statistics.median(one / other for one, other in runs)
    against = f"{_READS} times json.loads of the same values"
    return Measurement(round(took, 2), "s", against, round(ratio, 2))


def _import(document: Path) -> float:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "seamwright.cli", "contracts", "import", str(document)]
        began = time.perf_counter()
        subprocess.run([*command, "--out", f"{folder}/it"], check=True, capture_output=True)
        return time.perf_counter() - began


def _read(text: str) -> float:
    began = time.perf_counter()
    for _ in range(_READS):
        json.loads(text)
    return time.perf_counter() - began
