"""What the rules have found wrong in the parts of a record, counted, with its first evidence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from seamwright.judge.excerpt.foremost import Foremost
from seamwright.judge.verdict import Outcome, Place, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from seamwright.judge.excerpt.limits import Limits
    from seamwright.judge.excerpt.member import Member

_Key = tuple[str, Place, str]
_FURTHER = "it is wrong in more ways than are told apart"


@dataclass(slots=True)
class _Fault:
    """One fault at one place."""

    first: Foremost[tuple[Verdict, tuple[Member, ...]]]
    count: int = 0


class Faults:
    """All faults; what is kept of them does not grow with how often they were seen."""

    def __init__(self, limits: Limits) -> None:
        """Begin with none."""
        self._limits = limits
        self._found: dict[_Key, _Fault] = {}
        self._told: dict[tuple[str, str], int] = {}

    def add(self, verdict: Verdict, members: Mapping[str, Member]) -> None:
        """One more failing verdict.

        Args:
            verdict: of a rule on a part of the record.
            members: the exchanges of that part by their ids.
        """
        evidence = tuple(members[id_] for id_ in verdict.evidence if id_ in members)
        fault = self._fault(verdict)
        fault.count += verdict.times
        began = min((one.began for one in evidence), default=(0.0, ""))
        fault.first.add(began, (verdict, evidence[: self._limits.shown]))

    def kept(self) -> Iterator[Member]:
        """The exchanges that show them."""
        for fault in self._found.values():
            for _, evidence in fault.first:
                yield from evidence

    def counted(self, code: str, verdicts: Sequence[Verdict]) -> Iterator[Verdict]:
        """What a rule says of the excerpt, with the counts of the record.

        A fault that each exchange shows by itself is counted by exchanges. One that a verdict sums
        up is told once, as ever. What was found wrong in a part and is not seen in the excerpt is
        told too.
        """
        same: dict[_Key, list[int]] = {}
        for number, one in enumerate(verdicts):
            if one.outcome is Outcome.FAIL:
                same.setdefault((one.code, one.place, one.shape), []).append(number)
        made = list(verdicts)
        for key, numbers in same.items():
            fault = self._found.get(key)
            if fault and _each_by_itself([verdicts[one] for one in numbers]):
                last = numbers[-1]
                rest = max(fault.count - len(numbers), 0)
                made[last] = replace(made[last], times=made[last].times + rest)
        yield from made
        # What is not told apart is counted together, but for what the excerpt tells of it.
        told = Counter[str]()
        for key, numbers in same.items():
            told[key[1].service] += len(numbers) if key not in self._found else 0
        for key, fault in self._found.items():
            if key[0] != code or key in same:
                continue
            count = fault.count - (told[key[1].service] if key[2] == _FURTHER else 0)
            if count > 0:
                yield _summed(key, fault, count)

    def _fault(self, verdict: Verdict) -> _Fault:
        key = (verdict.code, verdict.place, verdict.shape)
        whose = (verdict.code, verdict.place.service)
        if key not in self._found and self._told.get(whose, 0) >= self._limits.faults:
            key = (verdict.code, Place(verdict.place.service), _FURTHER)
        if key not in self._found:
            self._told[whose] = self._told.get(whose, 0) + 1
            self._found[key] = _Fault(Foremost(self._limits.shown))
        return self._found[key]


def _each_by_itself(verdicts: Iterable[Verdict]) -> bool:
    """Whether each of these is about one exchange, and no two about the same."""
    evidence = [one.evidence for one in verdicts]
    return all(len(one) == 1 for one in evidence) and len(set(evidence)) == len(evidence)


def _summed(key: _Key, fault: _Fault, count: int) -> Verdict:
    verdicts = [one for one, _ in fault.first]
    evidence = tuple(dict.fromkeys(id_ for one in verdicts for id_ in one.evidence))
    _, place, shape = key
    said = shape if shape == _FURTHER else verdicts[0].said
    return replace(verdicts[0], place=place, said=said, shape=shape, evidence=evidence, times=count)
