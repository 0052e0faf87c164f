"""How long the gate takes on a worker whose every answer lacks a part of its envelope.

It is compared with Schemathesis' own runner in its default mode, which stops at the first failure
of an operation. What the runner reports, in that mode and with `--continue-on-failure`, must be
found by the gate as well: else there is no figure.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from seamwright.report.audit import Audit
from tests.benchmarks.measurement import Measurement
from tests.benchmarks.reference_worker import fuzzed, gated, worker

if TYPE_CHECKING:
    from collections.abc import Iterator

_VARIANT = "tests.variants.envelope_without_meta"
_FINDS = {"ST108": frozenset({"ENV001", "SCH001"})}
"""Its name of a fault → ours."""

_UNDECIDABLE = frozenset({"ST202"})
"""A valid request was refused: the contract declares that refusal, for reasons that no schema says
(a cursor that no list has given out). The gate does not call that a fault."""


def measure() -> dict[str, Measurement]:
    """All three on one worker, in turn."""
    return asyncio.run(_measured())


async def _measured() -> dict[str, Measurement]:
    with tempfile.TemporaryDirectory() as folder:
        async with worker(Path(folder), _VARIANT) as one:
            stopping = await fuzzed(one)
            all_of_them = await fuzzed(one, "--continue-on-failure")
            gate = await gated(one, Path(folder) / "gate")
        audit = Audit.model_validate_json((Path(folder) / "gate" / "audit.json").read_bytes())
    ours = {(place, one.code) for one in audit.findings for place in one.endpoints}
    reported = {*_reported(stopping.said), *_reported(all_of_them.said)}
    lost = [
        (place, name)
        for place, name in sorted(reported)
        if name not in _UNDECIDABLE and not any((place, one) in ours for one in _FINDS[name])
    ]
    if lost or not reported:
        message = f"the runner reports what the gate does not find: {lost}"
        raise RuntimeError(message)
    against = (
        f"st run: {stopping.seconds:.1f} s, {len(reported)} reports, {len(audit.findings)} here"
    )
    ratio = round(gate.seconds / stopping.seconds, 2)
    return {"gate of a broken worker": Measurement(round(gate.seconds, 1), "s", against, ratio)}


def _reported(said: str) -> Iterator[tuple[str, str]]:
    """Operation and name of each fault that the runner reports."""
    place = ""
    for line in said.splitlines():
        title = re.fullmatch(r"_+ ([A-Z]+ /.*?) _+", line)
        if title or re.fullmatch(r"_+ .* _+", line):
            place = title[1] if title else ""
        fault = re.match(r"\s*- (ST\d+) ", line)
        if fault and place:
            yield place, fault[1]
