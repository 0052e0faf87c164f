"""What became of a contract, as text, as JSON, and as annotations of GitHub's.

Everything that is told comes printable and bounded from the comparison; here it is only laid out.
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

from seamwright.report.workflow_command import workflow_command

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from seamwright.contract.compare.change import Change
    from seamwright.contract.compare.comparison import Comparison, Reader

FORMAT = 1
"""Version of the JSON form."""


def as_text(compared: Comparison, reader: Reader) -> str:
    """Service by service and endpoint by endpoint, what breaks first; plain characters only."""
    lines: list[str] = []
    for service, within in groupby(compared.changes, key=lambda one: one.service):
        lines.append(service or "the whole system")
        places = _placed(list(within))
        places.sort(key=lambda pair: not any(reader.broken(one) for one in pair[1]))
        for place, changes in places:
            lines.append(f"  {place}")
            lines += _lines(changes, place, reader)
    return "\n".join([*lines, *([""] if lines else []), summary(compared, reader)])


def summary(compared: Comparison, reader: Reader) -> str:
    """One line of figures, and one about the version where something breaks."""
    if not compared.changes:
        return "nothing changed"
    every = compared.changes
    consumers = sum(one.kind.consumers for one in every)
    providers = sum(one.kind.providers for one in every)
    counted = (
        f"{len(every)} {'change' if len(every) == 1 else 'changes'}: {consumers} breaking for "
        f"consumers, {providers} breaking for providers, "
        f"{sum(not one.kind.breaks for one in every)} harmless for both"
    )
    if not compared.broken(reader):
        return f"{counted}\nnothing breaks {_readers(reader)}"
    versions = f"{compared.old or 'none'} → {compared.new or 'none'}"
    if compared.moved:
        return f"{counted}\nthe version moved ({versions}), so what breaks is announced"
    return f"{counted}\nthe version did not move ({versions}); it moves when {compared.rule}"


def as_json(compared: Comparison, reader: Reader) -> str:
    """One object; `docs/reference/diff-classes.md` describes it."""
    told = {
        "format": FORMAT,
        "version": {"old": compared.old, "new": compared.new, "moved": compared.moved},
        "for": reader.value,
        "breaking": len(compared.broken(reader)),
        "changes": [
            {
                "code": one.code,
                "title": one.kind.title,
                "service": one.service,
                "where": one.where,
                "said": one.said,
                "breaks_consumers": one.kind.consumers,
                "breaks_providers": one.kind.providers,
                "reason": one.kind.reason,
                "cure": one.kind.cure,
            }
            for one in compared.changes
        ],
    }
    return json.dumps(told, indent=2, ensure_ascii=False)


def as_github(compared: Comparison, reader: Reader) -> str:
    """One workflow command a change; an error where it breaks and the version did not move."""
    lines: list[str] = []
    for one in compared.changes:
        level = "notice"
        if reader.broken(one):
            level = "warning" if compared.moved else "error"
        place = f"{one.service} {one.where}".lstrip()
        text = f"{place}: {one.kind.title} ({one.said}): {one.kind.reason}"
        if reader.broken(one) and one.kind.cure:
            text += f". Cure: {one.kind.cure}"
        lines.append(workflow_command(level, text, title=one.code))
    return "\n".join([*lines, summary(compared, reader)])


def _placed(changes: Sequence[Change]) -> list[tuple[str, list[Change]]]:
    """Place → its changes, in the order in which they were found."""
    placed: dict[str, list[Change]] = {}
    for one in changes:
        placed.setdefault(_place(one), []).append(one)
    return list(placed.items())


def _place(change: Change) -> str:
    """The endpoint that a change is in, or the thing that it is about."""
    first, _, rest = change.where.partition(" ")
    second, _, _ = rest.partition(" ")
    return f"{first} {second}" if second.startswith("/") and first.isupper() else change.where


def _lines(changes: Sequence[Change], place: str, reader: Reader) -> Iterator[str]:
    ordered = sorted(changes, key=lambda one: not reader.broken(one))
    code = max(len(one.code) for one in ordered)
    where = max(len(_rest(one, place)) for one in ordered)
    for one in ordered:
        row = f"{_breaks(one):<16}  {one.code:<{code}}  {_rest(one, place):<{where}}"
        yield f"    {row.rstrip() if not where else row}  {one.said}".rstrip()
        yield f"{'':<22}{one.kind.title}: {one.kind.reason}"
        if reader.broken(one):
            yield f"{'':<22}cure: {one.kind.cure}"


def _breaks(change: Change) -> str:
    """Whom it breaks."""
    if change.kind.consumers and change.kind.providers:
        return "breaks both"
    if change.kind.consumers:
        return "breaks consumers"
    return "breaks providers" if change.kind.providers else "harmless"


def _rest(change: Change, place: str) -> str:
    return change.where.removeprefix(place).strip()


def _readers(reader: Reader) -> str:
    return "anyone" if reader.value == "both" else reader.value
