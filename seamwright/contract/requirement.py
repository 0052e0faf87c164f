"""A checklist row, and the rules that prove it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Requirement:
    """A row of a checklist.

    Attributes:
        id: stable, `section.name`.
        text: as the checklist prints it.
        rules: codes of the rules that prove it, together.
        lacks: what none of these rules shows yet; a row that lacks something never passes.
    """

    id: str
    text: str
    rules: tuple[str, ...] = ()
    lacks: str = ""
