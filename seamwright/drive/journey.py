"""Steps in order, each with the values that earlier ones kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from seamwright.contract.envelope import Role
from seamwright.drive.cases.case import step_case
from seamwright.drive.cases.template import TemplateProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from seamwright.contract.system import System
    from seamwright.drive.cases.step import Step
    from seamwright.drive.http import Driver
    from seamwright.record.observation import Exchange, Purpose


class Journey:
    """Walks steps and keeps values; a step that cannot be made is told and left out."""

    def __init__(self, system: System, driver: Driver, say: Callable[[str], None]) -> None:
        """Begin with nothing kept."""
        self._system = system
        self._driver = driver
        self._say = say
        self.kept: dict[str, str] = {}
        self._count = 0

    async def walk(self, steps: Iterable[Step], purpose: Purpose, reason: str) -> list[Exchange]:
        """Send each step whose values are there; the exchanges, in order."""
        made: list[Exchange] = []
        for step in steps:
            if not self._driver.reaches(step.service):
                continue
            self._count += 1
            id_ = f"{purpose.value}-{self._count}"
            try:
                case = step_case(self._system, step, self.kept, id_, purpose, reason)
            except TemplateProblem as problem:
                self._say(f"left out {step.service} {step.endpoint}: {problem.seen} was not kept")
                continue
            exchange = await self._driver.send(case)
            made.append(exchange)
            self._keep(step, exchange)
        return made

    def _keep(self, step: Step, exchange: Exchange) -> None:
        data = answered_data(self._system, step, exchange)
        for name, pointer in step.keep.items():
            value = value_at(data, pointer)
            if isinstance(value, str | int):
                self.kept[name] = str(value)


def answered_data(system: System, step: Step, exchange: Exchange) -> object:
    """The data of an answer, where the envelope says that it lies."""
    if exchange.response is None:
        return None
    try:
        body: object = json.loads(exchange.response.body)
    except (ValueError, RecursionError):
        return None
    envelope = system.envelope
    if envelope is None or envelope.exemption(step.service, step.endpoint):
        return body
    member = envelope.success.member(Role.DATA)
    return value_at(body, member.at) if member else body


def value_at(value: object, pointer: str) -> object:
    """What a JSON Pointer leads to, or None."""
    for part in pointer.split("/")[1:]:
        step = part.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict):
            value = cast("dict[str, object]", value).get(step)
        elif isinstance(value, list) and step.isdigit():
            items = cast("list[object]", value)
            value = items[int(step)] if int(step) < len(items) else None
        else:
            return None
    return value
