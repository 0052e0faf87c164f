"""What happens when a part fails: how it is noticed, and what is done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recovery:
    """A row of the recovery table or of the failure modes.

    Attributes:
        id: stable, `table.name`.
        scenario: what fails.
        detection: how it is noticed.
        recovery: what is done then.
        edges: the edges that break in it, by name.
        detect_within_ms: from the fault to its detection.
        recover_within_ms: from the lifted fault to the steady state.
        impact: what its users feel, or "".
        rules: codes of the rules that prove it.
        lacks: what none of these rules shows yet; a row that lacks something never passes.
    """

    id: str
    scenario: str
    detection: str
    recovery: str
    edges: tuple[str, ...]
    detect_within_ms: int
    recover_within_ms: int
    impact: str = ""
    rules: tuple[str, ...] = ()
    lacks: str = ""
