"""What is kept of a record that is too long to be held.

    parts ──▶ kinds: of what is alike, a few, and how many there were
          ├─▶ faults: what rules found wrong in a part, counted, with its first evidence
          ├─▶ together: walks, bursts, provocations, all that happened under a fault
          ├─▶ chain: the calls and the log lines of what is kept
          ├─▶ before refusals: as many requests as a rate limit has
          └─▶ given IDs: those that were given twice
                                                        ──▶ a record: small, judged as any other

It is so small whatever the length of the record, but for eight bytes of each request ID.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from seamwright.judge.excerpt.before_refusal import BeforeRefusals
from seamwright.judge.excerpt.chain import Chain
from seamwright.judge.excerpt.faults import Faults
from seamwright.judge.excerpt.foremost import Foremost
from seamwright.judge.excerpt.given_id import GivenIds
from seamwright.judge.excerpt.likeness import Kinds
from seamwright.judge.excerpt.member import Posted
from seamwright.judge.excerpt.together import Together
from seamwright.record.observation import header

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from seamwright.contract.system import System
    from seamwright.judge.excerpt.limits import Limits
    from seamwright.judge.excerpt.member import Member
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record
    from seamwright.record.observation import Again, Exchange, FaultSpan, LogLine, Mail, PactOutcome

_Held = tuple["Record", "Sequence[Verdict]"]


class Excerpt:
    """Takes a record part by part."""

    def __init__(self, system: System, limits: Limits) -> None:
        """Begin with nothing."""
        self._limits = limits
        self._request_id = system.request_id
        self.faults = Faults(limits)
        self._kinds = Kinds(system, limits)
        self._together = Together(limits)
        self._chain = Chain(system, limits)
        self._before = BeforeRefusals(system, limits)
        self._given = GivenIds(system)
        self._mails: dict[Hashable, Foremost[Posted]] = {}
        self._lines: dict[str, Foremost[tuple[int, LogLine]]] = {}
        self._number = 0
        self._small = _Small()
        self._held: _Held | None = None

    def take(self, part: Record, failing: Sequence[Verdict]) -> None:
        """The next part, and what rules have found wrong in it."""
        self._chain.ahead(part)
        if self._held is not None:
            self._read(*self._held)
        self._small.take(part)
        self._held = part, failing

    def end(self) -> None:
        """No more parts come."""
        if self._held is not None:
            self._read(*self._held)
            self._held = None

    def shared(self) -> frozenset[int]:
        """What several given request IDs seem to have in common."""
        return self._given.shared(self._limits)

    def record(self, shared: Iterable[Exchange] = ()) -> Record:
        """The excerpt; `shared` are exchanges that have a request ID in common."""
        kept: dict[str, Member] = {}
        for one in self._members():
            kept[one.exchange.id] = one
            if one.behind is not None:
                kept[one.behind.exchange.id] = one.behind
        # Those that are shown for their ID alone are counted where their kind is.
        beside = {one.id: one for one in shared if one.id not in kept}
        exchanges = [
            self._together.as_kept(one)
            for one in (*beside.values(), *(member.exchange for member in kept.values()))
        ]
        lines = dict(line for few in self._lines.values() for line in few)
        lines |= dict(one.line for one in kept.values() if one.line is not None)
        mails = [one.mail for few in self._mails.values() for one in few]
        last = self._small.last
        return replace(
            last,
            exchanges=tuple(sorted(exchanges, key=lambda one: (one.began_s, one.id))),
            faults=tuple(self._small.faults.values()),
            log_lines=tuple(lines[number] for number in sorted(lines)),
            mails=tuple(sorted(mails, key=lambda one: (one.at_s, one.id))),
            pacts=tuple(self._small.pacts),
            unseen=(*last.unseen, *self._together.left_out()),
            again=tuple(self._small.again),
            asked_again=tuple(self._small.asked_again),
            stands_for=_stands_for(kept) | dict.fromkeys(beside, 0),
        )

    def _read(self, part: Record, failing: Sequence[Verdict]) -> None:
        """Look at a part whose next part has been read ahead."""
        codes = _codes(failing)
        members: dict[str, Member] = {}
        for one in sorted(part.exchanges, key=lambda one: (one.ended_s, one.id)):
            carried = self._chain.carried(one) if one.case is None else None
            said = codes.get(one.id, ())
            member = self._kinds.add(one, said, is_carried=carried is not None)
            members[one.id] = member
            if carried is not None:
                self._chain.call(member, carried)
            self._chain.drive(member)
            self._together.add(member, part.faults)
            self._before.add(member)
            self._given.add(one)
        for mail in part.mails:
            self._post(mail)
        for line in part.log_lines:
            self._number += 1
            few = self._lines.setdefault(line.box, Foremost(self._limits.alike))
            few.add((self._number, ""), (self._number, line))
        for verdict in failing:
            self.faults.add(verdict, members)

    def _post(self, mail: Mail) -> None:
        value = header(mail.headers, self._request_id.of_mail) if self._request_id else None
        carried = self._chain.carried(mail)
        formed = self._request_id and value is not None and self._request_id.well_formed(value)
        kind = (mail.edge, mail.reply[:3], value is None, formed, carried is not None)
        posted = Posted(mail)
        few = self._mails.setdefault(kind, Foremost(self._limits.alike))
        few.add((mail.at_s, mail.id), posted)
        if carried is not None:
            self._chain.call(posted, carried)

    def _members(self) -> Iterator[Member]:
        """All exchanges that are kept; some of them more than once."""
        yield from self._kinds.kept()
        yield from self.faults.kept()
        yield from self._together.kept()
        yield from self._before.kept()
        silent = Foremost["Member"](self._limits.shown)
        for one in self._chain.silent():
            silent.add(one.began, one)
        yield from silent
        for few in self._mails.values():
            yield from (one.behind for one in few if one.behind is not None)


class _Small:
    """What there is so little of that all of it is kept."""

    def __init__(self) -> None:
        self.faults: dict[str, FaultSpan] = {}
        self.pacts: list[PactOutcome] = []
        self.again: list[Again] = []
        self.asked_again: list[Exchange] = []
        self._last: Record | None = None

    @property
    def last(self) -> Record:
        """The last part, which knows best what is said of the whole record."""
        if self._last is None:
            message = "a record has one part at least"
            raise ValueError(message)
        return self._last

    def take(self, part: Record) -> None:
        """The next part."""
        self.faults |= {one.id: one for one in part.faults}
        self.pacts += part.pacts
        self.again += part.again
        self.asked_again += part.asked_again
        self._last = part


def _codes(failing: Iterable[Verdict]) -> dict[str, set[str]]:
    """Exchange → the rules that have found something wrong in it."""
    found: dict[str, set[str]] = {}
    for one in failing:
        for id_ in one.evidence:
            found.setdefault(id_, set()).add(one.code)
    return found


def _stands_for(kept: Mapping[str, Member]) -> dict[str, int]:
    """The last that is kept of a kind stands for those that are not."""
    last: dict[int, Member] = {}
    counts: dict[int, int] = {}
    for one in kept.values():
        name = id(one.kind)
        counts[name] = counts.get(name, 0) + 1
        if name not in last or last[name].began < one.began:
            last[name] = one
    return {
        one.exchange.id: one.kind.count - counts[name] + 1
        for name, one in last.items()
        if one.kind.count > counts[name]
    }
