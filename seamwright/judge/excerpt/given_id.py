"""Request IDs that a service has given, and those among them that it has given twice.

Of each ID eight bytes are kept: two IDs may share them, so what seems to be given twice is looked
up again in the record.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from typing import TYPE_CHECKING

from seamwright.judge.excerpt.foremost import Foremost
from seamwright.record.observation import header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.system import System
    from seamwright.judge.excerpt.limits import Limits
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange

_BUCKETS = 256


class GivenIds:
    """The IDs that services gave to requests that came without one."""

    def __init__(self, system: System) -> None:
        """Begin with none."""
        self._header = system.request_id.headers[0] if system.request_id else ""
        self._buckets = [array("Q") for _ in range(_BUCKETS)]

    def add(self, one: Exchange) -> None:
        """One more exchange."""
        value = _given(self._header, one)
        if value is not None:
            number = _number(one, value)
            self._buckets[number % _BUCKETS].append(number)

    def shared(self, limits: Limits) -> frozenset[int]:
        """What several seem to have in common: the same for the same record."""
        found: list[int] = []
        for bucket in self._buckets:
            found += (number for number, count in Counter(bucket).items() if count > 1)
        return frozenset(sorted(found)[: limits.shared])


class SharedIds:
    """The exchanges that do have an ID in common: of such IDs two, of each place the first."""

    def __init__(self, system: System, numbers: frozenset[int], limits: Limits) -> None:
        """`numbers`: what `GivenIds.shared` gave."""
        self._header = system.request_id.headers[0] if system.request_id else ""
        self._numbers = numbers
        self._limits = limits
        self._pairs: dict[tuple[str, str], list[Exchange]] = {}
        self._places: dict[tuple[str, str], Foremost[tuple[str, Exchange]]] = {}

    def take(self, part: Record) -> None:
        """Look at one part of the record again."""
        for one in part.exchanges:
            value, case = _given(self._header, one), one.case
            if case is None or value is None or _number(one, value) not in self._numbers:
                continue
            pair = self._pairs.setdefault((case.service, value), [])
            if len(pair) < 2:
                pair.append(one)
            place = (case.service, case.endpoint or "")
            few = self._places.setdefault(place, Foremost(self._limits.shown))
            few.add((one.began_s, one.id), (value, one))

    def kept(self) -> Iterator[Exchange]:
        """All that is needed to see it."""
        for (service, _), few in self._places.items():
            for value, one in few:
                pair = self._pairs[service, value]
                if len(pair) > 1:
                    yield from (one, *pair)


def _given(name: str, one: Exchange) -> str | None:
    """The ID of the answer to a request that came without one."""
    if one.case is None or one.case.request_id or one.response is None or not name:
        return None
    return header(one.response.headers, name)


def _number(one: Exchange, value: str) -> int:
    service = one.case.service if one.case else ""
    text = f"{service}\n{value}".encode(errors="surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest())
