"""A real Toxiproxy: every edge has its proxy, or the run does not begin."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

from seamwright.drive.edges.proxy import ProxyPlan, ProxyProblem
from seamwright.drive.subject.toolchain import Toolchain, cache_folder
from tests.ports import free_port
from tests.reference_impl.faults import toxiproxy

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def server() -> Path:
    """The server's program."""
    return Toolchain(cache_folder(os.environ), print).toxiproxy()


def _plans() -> list[ProxyPlan]:
    return [ProxyPlan(edge, free_port(), free_port()) for edge in ("a→b", "c→d", "e→f")]


def test_every_edge_has_its_proxy(server: Path, tmp_path: Path) -> None:
    """One configuration makes them all."""
    with toxiproxy(server, _plans(), tmp_path) as faults:
        assert ["a-b", "c-d", "e-f"] == sorted(faults.api.get("/proxies").json())


def test_an_edge_without_a_proxy_is_told(server: Path, tmp_path: Path) -> None:
    """The server drops what it cannot listen for, and all after that, and goes on."""
    plans = _plans()
    with (
        socket.create_server(("127.0.0.1", plans[1].listen)),
        pytest.raises(ProxyProblem, match=r"none for c→d, e→f") as told,
        toxiproxy(server, plans, tmp_path),
    ):
        pass
    assert "the port of c→d" in str(told.value)
