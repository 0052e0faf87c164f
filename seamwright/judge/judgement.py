"""All rules on one record: verdicts, and the rules that could not be run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from seamwright.judge.verdict import Outcome, Place, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seamwright.contract.system import System
    from seamwright.judge.rule import Rule
    from seamwright.record.load import Record


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say.

    Attributes:
        rules: that were run.
        verdicts: in the order of the rules.
        raised: code → what it raised; such a rule's verdict is unproven, and the run ends with 3.
    """

    rules: tuple[Rule, ...]
    verdicts: tuple[Verdict, ...]
    raised: tuple[tuple[str, str], ...] = ()

    def of(self, codes: Sequence[str]) -> tuple[Verdict, ...]:
        """The verdicts of some rules."""
        return tuple(one for one in self.verdicts if one.code in codes)


def judge(rules: Sequence[Rule], system: System, record: Record) -> Judgement:
    """Run every rule; one that raises does not keep the others from being run."""
    verdicts: list[Verdict] = []
    raised: list[tuple[str, str]] = []
    for rule in rules:
        try:
            verdicts.extend(list(rule.judge(system, record)))
        # A rule of a stranger may raise anything; its verdict is unproven then, never a pass.
        except Exception as error:  # noqa: BLE001
            said = f"{type(error).__name__}: {error}"
            raised.append((rule.code, said))
            reason = f"the rule itself failed: {said}"
            verdicts.append(Verdict(rule.code, Outcome.UNPROVEN, Place(""), reason))
    return Judgement(tuple(rules), tuple(verdicts), tuple(raised))
