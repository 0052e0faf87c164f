"""Which exchanges are alike: no rule that judges one of them says something else of another.

What differs between them are values. Whether a value is wrong is judged before an exchange is left
out, and what a rule has said of it is a part of its kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.judge.body import is_json, media_type
from seamwright.judge.excerpt.foremost import Foremost
from seamwright.judge.excerpt.member import Kind, Member
from seamwright.record.behaviour import behaviour
from seamwright.record.observation import header

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from seamwright.contract.system import System
    from seamwright.judge.excerpt.limits import Limits
    from seamwright.record.observation import Exchange, Headers

_MOST_NAMES = 40
_LONGEST = 60


class Kinds:
    """The kinds of exchanges of a record, and a few of each."""

    def __init__(self, system: System, limits: Limits) -> None:
        """Begin with none."""
        self._system = system
        self._limits = limits
        self._places: dict[Hashable, dict[Hashable, Kind]] = {}
        self._count = 0

    def add(self, one: Exchange, codes: Iterable[str], *, is_carried: bool) -> Member:
        """One more exchange.

        Args:
            one: driven or between services.
            codes: of the rules that have found something wrong in it.
            is_carried: whether it has the request ID of a driven exchange.
        """
        case = one.case
        said = tuple(sorted(codes))
        if case is None:
            place: Hashable = (one.edge,)
            full: Hashable = (*self._called(one), is_carried, said)
        else:
            place = (one.edge, case.service, case.endpoint, case.purpose)
            full = (*self._driven(one), said)
        kinds = self._places.setdefault(place, {})
        if full not in kinds:
            limits = self._limits
            if len(kinds) >= limits.kinds or self._count >= limits.all_kinds:
                full = (_came(one), _has_json(one), said)
        kind = kinds.get(full)
        if kind is None:
            self._count += 1
            few = self._limits.alike
            kind = kinds[full] = Kind(Foremost(few), Foremost(few))
        member = Member(one, kind)
        kind.add(member)
        return member

    def kept(self) -> Iterator[Member]:
        """The few of each kind; some of them twice."""
        for kinds in self._places.values():
            for kind in kinds.values():
                yield from kind.kept()

    def _called(self, one: Exchange) -> tuple[Hashable, ...]:
        """What tells calls between services apart."""
        request_id = self._system.request_id
        asked, told = one.request, one.response
        value = header(asked.headers, request_id.headers[0]) if asked and request_id else None
        formed = request_id.well_formed(value) if request_id and value is not None else None
        return asked and asked.method, formed, _came(one), told and told.truncated

    def _driven(self, one: Exchange) -> tuple[Hashable, ...]:
        """What tells driven exchanges of a place apart."""
        case, asked, told, version = one.case, one.request, one.response, self._system.version
        pinned = header(asked.headers, version.header) if asked and version else None
        return (
            case and (case.valid, case.request_id is not None, case.credential),
            asked and (asked.method, _names(asked.headers), bool(asked.body)),
            pinned and pinned[:_LONGEST],
            told and (_names(told.headers), told.truncated),
            behaviour(one),
            one.tries > 1,
        )


def _came(one: Exchange) -> Hashable:
    """How it was answered, or why not."""
    return one.response.status if one.response else one.failure.partition(":")[0][:_LONGEST]


def _has_json(one: Exchange) -> bool:
    return one.response is not None and is_json(media_type(one.response))


def _names(headers: Headers) -> tuple[str, ...]:
    return tuple(sorted({name[:_LONGEST] for name, _ in headers})[:_MOST_NAMES])
