"""A real Toxiproxy between the services and what they call, and the faults that tests lay on it."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from contracts import SYSTEM
from seamwright.drive.edges.proxy import Proxies, ProxyPlan, proxy_name, write_configuration
from tests.ports import free_port
from tests.reference_impl.running import answers, poll

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from pathlib import Path

# The contract's times, divided by about five; short waits, that nothing but a fault takes long.
SCALED = {
    "BREAKER_OPEN_MS": "600",
    "DEADLINE_WORKER_MS": "1500",
    "PATIENCE_WEB_MS": "1500",
    "DEADLINE_SUPABASE_MS": "400",
    "DEADLINE_D1_MS": "400",
    "DEADLINE_GROK_MS": "500",
    "DEADLINE_DDG_MS": "500",
    "DEADLINE_SMTP_MS": "500",
    "CONNECT_MS": "250",
    "HEALTH_WITHIN_MS": "300",
    "RETRY_BASE_MS": "10",
    "RETRY_CAP_MS": "40",
    "RATE_LIMIT_FACTOR": "0",
}


@dataclass(frozen=True, slots=True)
class Faults:
    """Lays faults on edges, each named `caller→callee`, for as long as a block runs."""

    api: httpx.Client

    @contextmanager
    def refused(self, edge: str) -> Generator[None]:
        """New connections are refused, open ones are closed."""
        self._set(edge, enabled=False)
        try:
            yield
        finally:
            self._set(edge, enabled=True)

    @contextmanager
    def hung(self, edge: str) -> Generator[None]:
        """Connections are taken, and nothing that is sent arrives."""
        with self._toxic(edge, "timeout", "upstream", {"timeout": 0}):
            yield

    @contextmanager
    def slow(self, edge: str, latency_ms: int) -> Generator[None]:
        """Every answer comes so much later."""
        with self._toxic(edge, "latency", "downstream", {"latency": latency_ms}):
            yield

    @contextmanager
    def lost(self, edge: str) -> Generator[None]:
        """Requests arrive, and their answers do not: the connection is reset."""
        with self._toxic(edge, "reset_peer", "downstream", {"timeout": 0}):
            yield

    @contextmanager
    def led_to(self, edge: str, port: int) -> Generator[None]:
        """Somebody else answers."""
        path = f"/proxies/{proxy_name(edge)}"
        before = self.api.get(path).raise_for_status().json()["upstream"]
        self.api.post(path, json={"upstream": f"127.0.0.1:{port}"}).raise_for_status()
        try:
            yield
        finally:
            self.api.post(path, json={"upstream": before}).raise_for_status()

    def _set(self, edge: str, *, enabled: bool) -> None:
        path = f"/proxies/{proxy_name(edge)}"
        self.api.post(path, json={"enabled": enabled}).raise_for_status()

    @contextmanager
    def _toxic(
        self, edge: str, kind: str, stream: str, attributes: Mapping[str, int]
    ) -> Generator[None]:
        path = f"/proxies/{proxy_name(edge)}/toxics"
        toxic = {"name": kind, "type": kind, "stream": stream, "attributes": attributes}
        self.api.post(path, json=toxic).raise_for_status()
        try:
            yield
        finally:
            self.api.delete(f"{path}/{kind}").raise_for_status()


def lay_ways(ports: Mapping[str, int]) -> list[ProxyPlan]:
    """A proxy for each edge of the contract, to the port of its box."""
    return [
        ProxyPlan(f"{edge.caller}→{edge.callee}", free_port(), ports[edge.callee])
        for edge in SYSTEM.edges
    ]


@contextmanager
def toxiproxy(server: Path, plans: list[ProxyPlan], folder: Path) -> Generator[Faults]:
    """A running server with these proxies."""
    configuration, port = folder / "toxiproxy.json", free_port()
    write_configuration(plans, configuration)
    process = subprocess.Popen(
        [server, "-host", "127.0.0.1", "-port", str(port), "-config", configuration],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        poll(lambda: answers(port))
        Proxies(port).demand([one.edge for one in plans])
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as api:
            yield Faults(api)
    finally:
        process.terminate()
        process.wait()
