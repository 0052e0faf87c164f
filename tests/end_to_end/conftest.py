"""The reference, booted once a module with every edge through Toxiproxy."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

import pytest

from seamwright.drive.subject.toolchain import cache_folder
from tests.end_to_end.outreach import outreach

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.end_to_end.outreach import Body


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Body], None]]:
    """Plays a test's body in the loop that the system was booted in."""
    with asyncio.Runner() as runner:
        made = outreach(tmp_path_factory.mktemp("outreach"), cache_folder(os.environ))
        system = runner.run(anext(made))
        yield lambda body: runner.run(body(system))
        runner.run(made.aclose())
