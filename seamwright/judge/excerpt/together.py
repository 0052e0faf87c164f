"""What says something only together: walks, bursts, provocations, all that met a fault."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from seamwright.judge.http_answer import is_misuse, is_too_much
from seamwright.record.observation import Purpose, Unseen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from seamwright.judge.excerpt.limits import Limits
    from seamwright.judge.excerpt.member import Member
    from seamwright.record.observation import CaseLabel, Exchange, FaultSpan

_ALONE = frozenset({Purpose.WELL, Purpose.BAD, Purpose.GENERATED})
"""The purposes for which as much is sent as somebody has asked for, each case by itself. Of all
others a contract and its scenarios say how much is sent."""


@dataclass(slots=True)
class _Group:
    """Exchanges that are kept whole, as far as there is room.

    Attributes:
        kept: what is kept.
        count: how many there were.
        whole: the walks of it that are kept whole.
        met: of the faults of it: how many exchanges are kept, and how many may be.
    """

    kept: list[Member] = field(default_factory=list["Member"])
    count: int = 0
    whole: set[str] = field(default_factory=set[str])
    met: dict[str, tuple[int, int]] = field(default_factory=dict[str, "tuple[int, int]"])


class Together:
    """Groups of exchanges; a walk is kept whole or not at all."""

    def __init__(self, limits: Limits) -> None:
        """Begin with none."""
        self._limits = limits
        self._groups: dict[str, _Group] = {}

    def add(self, one: Member, faults: Iterable[FaultSpan]) -> None:
        """One more exchange, and the faults that lay in the part in which it ended."""
        for fault in faults:
            if fault.met(one.exchange):
                self._meet(fault, one)
        case = one.exchange.case
        if case is None:
            # Who was refused may have handed it on.
            if is_too_much(one.exchange):
                self._keep(f"{one.exchange.edge}: calls that were refused", one)
        elif case.purpose is Purpose.WALK:
            self._walk(case, one)
        elif case.purpose not in _ALONE:
            # Of misuse there is some of every endpoint: that of a service is kept as one.
            endpoint = "" if is_misuse(one.exchange) else case.endpoint or ""
            place = f"{case.service} {endpoint}".strip()
            self._keep(f"{place}: exchanges for {case.purpose.value}", one)

    def kept(self) -> Iterator[Member]:
        """All that is kept."""
        for group in self._groups.values():
            yield from group.kept

    def as_kept(self, one: Exchange) -> Exchange:
        """An exchange as it is shown: a step of a walk that is not whole is no step of a walk.

        A rule that saw it as one would miss what came before and after.
        """
        case = one.case
        if case is None or case.purpose is not Purpose.WALK:
            return one
        if case.reason in self._group(_walks_of(case)).whole:
            return one
        return replace(one, case=replace(case, purpose=Purpose.STATE))

    def left_out(self) -> Iterator[Unseen]:
        """What there was no room for."""
        for name, group in self._groups.items():
            if group.count > len(group.kept):
                said = (
                    f"only {len(group.kept)} of {group.count} were judged together; "
                    "the others were judged by themselves"
                )
                yield Unseen(name, said)

    def _group(self, name: str) -> _Group:
        return self._groups.setdefault(name, _Group())

    def _has_room(self, group: _Group) -> bool:
        return len(group.kept) < self._limits.together

    def _keep(self, name: str, one: Member) -> None:
        group = self._group(name)
        group.count += 1
        if self._has_room(group):
            group.kept.append(one)

    def _walk(self, case: CaseLabel, one: Member) -> None:
        group = self._group(_walks_of(case))
        group.count += 1
        if self._has_room(group):
            group.whole.add(case.reason)
        if case.reason in group.whole:
            group.kept.append(one)

    def _meet(self, fault: FaultSpan, one: Member) -> None:
        """Where there is no room for all that met a fault, a few show that there was something."""
        group = self._group(f"exchanges while {fault.edge} was {fault.fault}")
        group.count += 1
        most = self._limits.together if self._has_room(group) else self._limits.alike
        kept, most = group.met.get(fault.id, (0, most))
        if kept < most:
            group.met[fault.id] = kept + 1, most
            group.kept.append(one)


def _walks_of(case: CaseLabel) -> str:
    return f"{case.service}: exchanges of walks"
