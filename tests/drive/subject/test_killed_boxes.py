"""Boxes that are killed and started again, as they were started first."""

from __future__ import annotations

import asyncio
import os
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

from seamwright import run
from seamwright.drive.subject.toolchain import cache_folder
from seamwright.project import open_project
from tests.end_to_end.project import ROOT

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from seamwright.drive.subject.deployment import Deployment

# One is forked from an interpreter that runs already, the other made by a command.
_FORKED, _COMMANDED = "alerts", "d1"


@asynccontextmanager
async def _deployed(folder: Path) -> AsyncGenerator[Deployment]:
    project = open_project(ROOT / "seamwright.toml")
    cache = cache_folder(os.environ)
    async with run.up(project, folder / "record", cache, lambda _text: None) as (running, _):
        yield running.deployment


async def _answers(deployment: Deployment, box: str) -> bool:
    async with httpx.AsyncClient(trust_env=False) as client:
        try:
            await client.get(f"http://{deployment.plan.boxes[box]}/")
        except httpx.TransportError:
            return False
        return True


def test_a_killed_box_is_gone_until_it_is_started_again(tmp_path: Path) -> None:
    """It answers, does not, and does at the same address; whether forked or made by a command."""

    async def seen() -> dict[str, list[bool]]:
        found: dict[str, list[bool]] = {}
        async with _deployed(tmp_path) as deployment:
            for box in (_FORKED, _COMMANDED):
                found[box] = [await _answers(deployment, box)]
                await deployment.kill(box)
                found[box].append(await _answers(deployment, box))
                await deployment.restart(box)
                found[box].append(await _answers(deployment, box))
        return found

    expected = [True, False, True]
    assert {_FORKED: expected, _COMMANDED: expected} == asyncio.run(seen())


def test_an_unknown_box_is_no_box(tmp_path: Path) -> None:
    """Neither can be done to a box that was never started."""

    async def tried() -> None:
        async with _deployed(tmp_path) as deployment:
            with pytest.raises(KeyError):
                await deployment.kill("nobody")
            with pytest.raises(KeyError):
                await deployment.restart("nobody")

    asyncio.run(tried())
