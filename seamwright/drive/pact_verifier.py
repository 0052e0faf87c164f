"""One pact against a running provider, in a process of its own.

Pact's verifier writes to the terminal and serves its provider states by itself; here both stay
apart from the harness. Run as `python -m seamwright.drive.pact_verifier`: a `VerifyOrder` in JSON
comes on standard input, and what the verifier says goes into the file `said`, "" when it agrees.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from threading import Thread
from typing import TypedDict, cast

from pact import Verifier

_DEADLINE_MS = 15_000
_LONGEST = 2_000
_LOOK_S = 0.2


class VerifyOrder(TypedDict):
    """What is verified."""

    provider: str
    host: str
    url: str
    pacts: str
    description: str
    headers: dict[str, str]
    said: str


def main() -> None:
    """Verify, and write what was said."""
    Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    order: VerifyOrder = json.load(sys.stdin)
    Path(order["said"]).write_text(_verify(order), encoding="utf-8")


def _end_with(harness: int) -> None:
    """End when the harness has: nobody would read what is said then."""
    while os.getppid() == harness:
        time.sleep(_LOOK_S)
    os._exit(1)


def _verify(order: VerifyOrder) -> str:
    verifier = Verifier(order["provider"], order["host"])
    verifier.add_transport(url=order["url"])
    verifier.add_source(order["pacts"])
    verifier.filter(description=order["description"])
    verifier.set_request_timeout(_DEADLINE_MS)
    verifier.add_custom_headers(order["headers"])
    # The state holds already: the consumer's side ran against the same system a moment ago.
    verifier.state_handler(_nothing_to_do)
    try:
        verifier.verify()
    # The verifier raises RuntimeError for what does not agree, and other kinds for its own trouble.
    except Exception as error:  # noqa: BLE001
        found = _mismatches(verifier.results.get("errors", []))
        return "; ".join(found)[:_LONGEST] or f"{type(error).__name__}: {error}"
    return ""


def _mismatches(value: object) -> list[str]:
    """What differs and where, out of the verifier's nested results."""
    if isinstance(value, list):
        return [said for one in cast("list[object]", value) for said in _mismatches(one)]
    if not isinstance(value, dict):
        return []
    part = cast("dict[str, object]", value)
    said = part.get("mismatch")
    if isinstance(said, str):
        where = part.get("path") or part.get("key")
        return [f"at {where}: {said}" if where else said]
    return [said for one in part.values() for said in _mismatches(one)]


def _nothing_to_do(state: str, action: str, parameters: dict[str, object] | None) -> None:
    """A state handler for states that hold already."""


if __name__ == "__main__":
    main()
