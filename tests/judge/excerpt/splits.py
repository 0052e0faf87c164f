"""A record of a test, split as a long one is read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from seamwright.record.observation import Exchange, LogLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.record.load import Record
    from seamwright.record.observation import Mail


def split(record: Record, size: int) -> Iterator[Record]:
    """Parts of so many observations, in the order in which they ended."""
    seen = sorted([*record.exchanges, *record.log_lines, *record.mails], key=_ended)
    chunks = [seen[start : start + size] for start in range(0, len(seen), size)] or [[]]
    began_s = 0.0
    for number, chunk in enumerate(chunks):
        is_last = number == len(chunks) - 1
        ended_s = float("inf") if is_last else _ended(chunk[-1])
        exchanges = [one for one in chunk if isinstance(one, Exchange)]
        yield replace(
            record,
            exchanges=tuple(sorted(exchanges, key=lambda one: (one.began_s, one.id))),
            log_lines=tuple(one for one in chunk if isinstance(one, LogLine)),
            mails=tuple(one for one in chunk if not isinstance(one, Exchange | LogLine)),
            faults=tuple(
                one
                for one in record.faults
                if one.laid_s <= ended_s and (one.lifted_s is None or began_s - 120 <= one.lifted_s)
            ),
            pacts=record.pacts if number == 0 else (),
            complete=record.complete and is_last,
        )
        began_s = ended_s


def _ended(one: Exchange | LogLine | Mail) -> float:
    return one.ended_s if isinstance(one, Exchange) else one.at_s
