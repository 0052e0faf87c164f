"""Starts boxes for tests, and says where the npm packages are."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, cast

import pytest

from seamwright.drive.subject.toolchain import Toolchain, cache_folder
from tests.reference_impl.faults import SCALED, Faults, lay_ways, toxiproxy
from tests.reference_impl.running import ROOT, Box, StartBox, answers, launch, poll
from tests.reference_impl.system import Setting, System, boot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The folder `node_modules` with the packages that reference_impl/node pins."""
    toolchain = Toolchain(cache_folder(os.environ), print)
    return toolchain.npm(ROOT / "reference_impl" / "node")


@pytest.fixture(scope="session")
def template_folder() -> Iterator[Path]:
    """A cache of Supabase templates that all tests share."""
    with tempfile.TemporaryDirectory(prefix="seamwright-templates-") as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def start_box() -> Iterator[StartBox]:
    """Starts boxes, which are stopped when the module's tests are over."""
    boxes: list[Box] = []

    def start(command: Sequence[str], environment: Mapping[str, str], ports: Sequence[int]) -> Box:
        process = launch(command, environment)
        box = Box(process)
        boxes.append(box)
        Thread(target=box.read, daemon=True).start()
        for port in ports:
            poll(lambda port=port: answers(port) if process.poll() is None else False)
            assert process.poll() is None, f"the box ended with {process.returncode}"
        return box

    yield start
    for box in boxes:
        if box.process.poll() is None:
            box.stop()


@pytest.fixture(scope="module")
def proxied(
    start_box: StartBox,
    node_modules: Path,
    template_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[tuple[System, Faults]]:
    """The whole system with short times, and a Toxiproxy on each of its edges.

    A module may set other times by its `ENVIRONMENT`.
    """
    folder = tmp_path_factory.mktemp("proxied")
    server = Toolchain(cache_folder(os.environ), print).toxiproxy()
    ports = Setting().ports
    module: object = cast("pytest.Module", request.node).obj
    own: Mapping[str, str] = getattr(module, "ENVIRONMENT", {})
    plans = lay_ways(ports)
    setting = Setting(ports, {one.edge: one.listen for one in plans}, {**SCALED, **own})
    with toxiproxy(server, plans, folder) as faults:
        yield boot(start_box, node_modules, folder, template_folder, setting), faults


@pytest.fixture
def system(proxied: tuple[System, Faults]) -> Iterator[System]:
    """The system of `proxied`; what a test has ended runs again after it."""
    booted, _ = proxied
    yield booted
    for name, box in list(booted.boxes.items()):
        if box.process.poll() is not None:
            booted.start(name)


@pytest.fixture
def faults(proxied: tuple[System, Faults]) -> Faults:
    """The Toxiproxy of `proxied`."""
    return proxied[1]
