"""Who belongs to whom by a request ID: an exchange, the calls behind it, the line in the log.

They are sought in a part of the record and in those around it. What waits for its line waits on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.judge.logged_id import logged_id
from seamwright.record.observation import Mail, header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.system import System
    from seamwright.judge.excerpt.limits import Limits
    from seamwright.judge.excerpt.member import Member, Posted
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange, LogLine

_GENERATIONS = 4
"""Parts in which what belongs together is sought."""

_Named = tuple[str, str]
"""A box and a request ID."""


class Chain:
    """The request IDs that are under way."""

    def __init__(self, system: System, limits: Limits) -> None:
        """Begin with none."""
        self._request_id = system.request_id
        self._limits = limits
        self._lines: list[dict[_Named, tuple[int, LogLine]]] = [{}]
        self._asked: list[set[str]] = [set()]
        self._behind: list[dict[str, Member]] = [{}]
        self._waiting: dict[_Named, Member] = {}
        self._calling: dict[str, list[Member | Posted]] = {}
        self._number = 0

    def ahead(self, part: Record) -> None:
        """Read the IDs of a part, before the part in front of it is looked at."""
        request_id = self._request_id
        lines: dict[_Named, tuple[int, LogLine]] = {}
        for one in part.log_lines:
            self._number += 1
            value = logged_id(one.text, request_id.log_field) if request_id else None
            if value is not None:
                name = (one.box, value)
                lines[name] = (self._number, one)
                waiting = self._waiting.pop(name, None)
                if waiting is not None:
                    waiting.line = lines[name]
        self._lines = [*self._lines[-_GENERATIONS:], lines]
        asked = {one.case.request_id for one in part.exchanges if one.case and one.case.request_id}
        self._asked = [*self._asked[-_GENERATIONS:], asked]
        self._behind = [*self._behind[-_GENERATIONS:], {}]
        known = {name for names in self._asked for name in names}
        self._calling = {name: some for name, some in self._calling.items() if name in known}

    def carried(self, one: Exchange | Mail) -> str | None:
        """The ID of a driven exchange that a call or a mail carries."""
        request_id = self._request_id
        if request_id is None:
            return None
        if isinstance(one, Mail):
            headers, name = one.headers, request_id.of_mail
        else:
            headers, name = one.request.headers if one.request else (), request_id.headers[0]
        value = header(headers, name)
        return value if any(value in asked for asked in self._asked) else None

    def call(self, one: Member | Posted, value: str) -> None:
        """A call or a mail that carries this ID."""
        for behind in self._behind:
            one.behind = behind.get(value, one.behind)
        if one.behind is None:
            self._calling.setdefault(value, []).append(one)

    def drive(self, one: Member) -> None:
        """A driven exchange: it gets its line, and is put behind the calls that carry its ID."""
        case = one.exchange.case
        if case is None or not case.request_id:
            return
        self._behind[-1][case.request_id] = one
        for call in self._calling.pop(case.request_id, ()):
            call.behind = one
        if one.exchange.response is None:
            return
        name = (case.service, case.request_id)
        for lines in self._lines:
            one.line = lines.get(name, one.line)
        if one.line is None and len(self._waiting) < self._limits.waiting:
            self._waiting[name] = one

    def silent(self) -> Iterator[Member]:
        """Those for which no line was seen."""
        yield from self._waiting.values()
