"""A whole contract set, cross-checked once when it is made."""

from __future__ import annotations

from dataclasses import dataclass

from seamwright.contract.contradiction import contradictions
from seamwright.contract.declaration import Declaration
from seamwright.problem import UsageProblem


class ContractProblem(UsageProblem):
    """A contract set contradicts itself."""


@dataclass(frozen=True)
class System(Declaration):
    """Services, dependencies, the edges between them, and all that they promise: parts that agree.

    Raises:
        ContractProblem: when its parts contradict each other; every contradiction is named.
    """

    def __post_init__(self) -> None:
        """Refuse a set that contradicts itself."""
        found = contradictions(self)
        if found:
            raise ContractProblem(
                expected="a contract set whose parts agree",
                seen="; ".join(found),
                where=f"contract set of {self.name!r}",
                mend="declare what is missing, or take out what names it",
            )
