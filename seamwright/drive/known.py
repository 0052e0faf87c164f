"""The behaviours of one endpoint that are known: statuses, formats, error codes, schema branches.

    {"data": {"id": 7, "state": "OPEN"}}, answered with 200

    200 application/json            how it answers
    200 /data/id: number            what lies where; a name, such as a code, is told as it is
    200 /data without note          what is left out, where it was there another time

One answer has several. Which of them come together is no matter: two fields that may be missing
would make four behaviours, and a list of things as many as there are mixtures of them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from seamwright.record.behaviour import shape
from seamwright.record.echo import SENT, containers, is_sent
from seamwright.record.observation import media_type

if TYPE_CHECKING:
    from seamwright.record.observation import Exchange

NO_ANSWER = "no answer"
"""How a behaviour begins that is none."""
_DEEPEST = 6
_MOST = 60
"""Members of an object, or items of a list, that are looked at."""
_TOLD = 6
_LONGEST = 100


@dataclass(slots=True)
class KnownEndpoint:
    """What an endpoint has shown.

    Attributes:
        behaviours: all of them.
        keys: at each place of an answer the members that an object there has had.
        is_closed: whether a member that nobody has seen, and that the request names, is an echo:
            whoever answers what it is sent would show something new to every request.
    """

    behaviours: set[str] = field(default_factory=set[str])
    keys: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    is_closed: bool = False

    def of(self, exchange: Exchange) -> frozenset[str]:
        """The behaviours that an answer shows."""
        return self._shown(_Reading(self, exchange))

    def learn(self, exchange: Exchange) -> frozenset[str]:
        """Those of them that are new; they are known from now on."""
        reading = _Reading(self, exchange)
        new = self._shown(reading) - self.behaviours
        self.behaviours |= new
        for at, keys in reading.objects:
            if at in self.keys:
                # Others at this place were without it, and nothing new is to be seen in that.
                self.behaviours |= {f"{at} without {key}" for key in keys - self.keys[at]}
            self.keys.setdefault(at, set()).update(keys)
        return new

    def _shown(self, reading: _Reading) -> frozenset[str]:
        lacking = (
            f"{at} without {key}"
            for at, keys in reading.objects
            for key in self.keys.get(at, set[str]()) - keys
        )
        return frozenset([*reading.told, *lacking])


class _Reading:
    """One answer, read: what it tells, and the members of its objects by their places."""

    def __init__(self, known: KnownEndpoint, exchange: Exchange) -> None:
        self._known = known
        self.told: list[str] = []
        self.objects: list[tuple[str, frozenset[str]]] = []
        answer, request = exchange.response, exchange.request
        self._containers = containers(request.body) if request else ()
        self._sent = request.target + request.body.decode(errors="replace") if request else ""
        if answer is None:
            self.told.append(f"{NO_ANSWER}: {exchange.failure.partition(':')[0]}")
            return
        self.told.append(f"{answer.status} {media_type(answer.headers)}".rstrip())
        try:
            value: object = json.loads(answer.body)
        except (ValueError, RecursionError):
            self.told.append(f"{answer.status} {'text' if answer.body else 'nothing'}")
            return
        self._read(value, f"{answer.status} ", 0)

    def _read(self, value: object, at: str, depth: int) -> None:
        """Take in what lies at a place."""
        if depth > _DEEPEST:
            return
        if depth and is_sent(value, self._containers):
            self.told.append(f"{at}: {SENT}")
        elif isinstance(value, dict):
            pairs = sorted(cast("dict[str, object]", value).items())[:_MOST]
            named = [(self._key(at, key), one) for key, one in pairs]
            self.objects.append((at, frozenset(key for key, _ in named)))
            for key, one in named:
                self._read(one, f"{at}/{key}", depth + 1)
        elif isinstance(value, list):
            items = cast("list[object]", value)[:_MOST]
            self.told.append(f"{at}: {'a list' if items else 'an empty list'}")
            for one in items:
                self._read(one, f"{at}/*", depth + 1)
        else:
            kind = shape(value)
            echoed = isinstance(value, str) and value in self._sent
            self.told.append(f"{at}: {'text' if echoed else kind}")

    def _key(self, at: str, key: str) -> str:
        known = self._known.keys.get(at, set[str]())
        return "*" if self._known.is_closed and key not in known and key in self._sent else key


def told(behaviours: frozenset[str]) -> str:
    """Some behaviours in a line: how it answered, then what lies where, the shortest first."""
    ordered = sorted(behaviours, key=lambda one: (" /" in one, len(one), one))
    more = [f"and {len(ordered) - _TOLD} more"] if len(ordered) > _TOLD else []
    return ", ".join([*(one[:_LONGEST] for one in ordered[:_TOLD]), *more])
