"""Boxes that are killed and started again, as they were started first."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

import httpx
import pytest

from seamwright import run
from seamwright.drive.subject.toolchain import cache_folder
from tests.end_to_end.project import ROOT

if TYPE_CHECKING:
    from pathlib import Path

_STRANGER = ROOT / "tests" / "end_to_end" / "stranger"
_AS_PYTHON = 'python = "shop.server"'
_AS_COMMAND = 'command = ["{python}", "-m", "shop.server"]'


def _subject(folder: Path, how: str) -> Path:
    """The stranger's subject file with its shop started in this way."""
    text = (_STRANGER / "seamwright.toml").read_text(encoding="utf-8")
    text = text.replace("[subject]\n", f'[subject]\nroot = "{_STRANGER}"\n', 1)
    assert _AS_PYTHON in text or _AS_COMMAND in text
    path = folder / "seamwright.toml"
    path.write_text(text.replace(_AS_PYTHON, how).replace(_AS_COMMAND, how), encoding="utf-8")
    return path


async def _seen(subject: Path, folder: Path) -> tuple[bool, bool, bool]:
    """Whether the shop answers: before, while it is dead, and afterwards."""
    project = run.open_project(subject)
    cache = cache_folder(os.environ)
    async with (
        run.up(project, folder / "record", cache, lambda _text: None) as (running, _),
        httpx.AsyncClient(trust_env=False) as client,
    ):
        url = f"http://{running.deployment.plan.boxes['shop']}/"

        async def answers() -> bool:
            try:
                await client.get(url)
            except httpx.TransportError:
                return False
            return True

        before = await answers()
        await running.deployment.kill("shop")
        dead = await answers()
        await running.deployment.restart("shop")
        return before, dead, await answers()


@pytest.mark.parametrize("how", [_AS_PYTHON, _AS_COMMAND])
def test_a_killed_box_is_gone_until_it_is_started_again(tmp_path: Path, how: str) -> None:
    """It answers, does not, and does at the same address; whether forked or made by a command."""
    assert (True, False, True) == asyncio.run(_seen(_subject(tmp_path, how), tmp_path))


def test_an_unknown_box_is_no_box(tmp_path: Path) -> None:
    """A name that was not started is a mistake of who wrote it."""

    async def kill() -> None:
        project = run.open_project(_subject(tmp_path, _AS_PYTHON))
        cache = cache_folder(os.environ)
        async with run.up(project, tmp_path / "record", cache, lambda _text: None) as (booted, _):
            with pytest.raises(KeyError):
                await booted.deployment.kill("cellar")

    asyncio.run(kill())
