"""The owners' doors: boxes whose contract is somebody else's, asked as their owner asks them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import httpx

from seamwright.drive.cases.template import fill_json, fill_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seamwright.drive.cases.provocation import OwnerStep

_DEADLINE_S = 10.0
_FIRST_ERROR = 400


class OwnerDoors:
    """Asks owners; what they are asked is no case, and is not judged."""

    def __init__(self, boxes: Mapping[str, str], doors: Mapping[str, str]) -> None:
        """Know where they are (`host:port`) and what is shown there, each by the box's name."""
        self._boxes = boxes
        self._doors = doors

    async def ask(self, step: OwnerStep, kept: Mapping[str, str]) -> str:
        """Why an owner did not do what it was asked, or "".

        Raises:
            TemplateProblem: when a value was not kept.
        """
        if step.box not in self._boxes or step.box not in self._doors:
            return f"the subject file has no door to {step.box}"
        where = f"{step.box}: {step.method} {step.target}"
        values = {**kept, "door": self._doors[step.box]}
        headers = {name: fill_text(one, values, where) for name, one in step.headers.items()}
        body = b""
        if step.body is not None:
            body = json.dumps(fill_json(step.body, kept, where)).encode()
            headers = {"content-type": "application/json", **headers}
        url = f"http://{self._boxes[step.box]}{fill_text(step.target, kept, where)}"
        try:
            async with httpx.AsyncClient(timeout=_DEADLINE_S, trust_env=False) as client:
                answer = await client.request(step.method, url, headers=headers, content=body)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return f"{where}: {type(error).__name__}"
        return "" if answer.status_code < _FIRST_ERROR else f"{where}: {answer.status_code}"
