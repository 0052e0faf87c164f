"""How much of a long record is kept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Counts that bound the memory in which a record is judged.

    Attributes:
        whole: exchanges of a record that is judged as it is; large bodies count as further ones.
        alike: of each kind of exchange, so many are kept: the first, and the smallest. A report
            shows eight pieces of evidence, so that with eight and more it shows the same.
        kinds: told apart at a place; what is of still another kind is told apart by its status and
            by whether it is JSON.
        all_kinds: told apart in a record, likewise.
        shown: failing verdicts of a rule at a place whose evidence is kept.
        faults: told apart by a rule at a service.
        together: exchanges of one purpose at one place that are kept whole; of misuse, of one
            service.
        waiting: requests that wait for the line that their service logs.
        shared: request IDs that were given twice, and are looked up.
    """

    whole: int = 10_000
    alike: int = 10
    kinds: int = 128
    all_kinds: int = 4_000
    shown: int = 20
    faults: int = 200
    together: int = 2_000
    waiting: int = 10_000
    shared: int = 1_000
