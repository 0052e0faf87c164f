"""The Toxiproxy server, and the one client of it.

Every edge has a proxy, named `caller-callee`; all of them come from one configuration file, so that
the server needs no call per proxy when it starts.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toxiproxy.api import APIConsumer
from toxiproxy.server import Toxiproxy

from seamwright.problem import HarnessProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from toxiproxy.proxy import Proxy

_TIMEOUT_S = 5.0


class ProxyProblem(HarnessProblem):
    """Toxiproxy does not do what it was asked to."""


@dataclass(frozen=True, slots=True)
class ProxyPlan:
    """One proxy: the edge that it serves, where it listens, and where it leads."""

    edge: str
    listen: int
    upstream: int


def proxy_name(edge: str) -> str:
    """The name of an edge's proxy, which goes into a URL."""
    return edge.replace("→", "-")


def write_configuration(plans: Sequence[ProxyPlan], path: Path) -> None:
    """The server's configuration file, with a proxy per edge."""
    proxies = [
        {
            "name": proxy_name(one.edge),
            "listen": f"127.0.0.1:{one.listen}",
            "upstream": f"127.0.0.1:{one.upstream}",
            "enabled": True,
        }
        for one in plans
    ]
    path.write_text(json.dumps(proxies), encoding="utf-8")


class Proxies:
    """Lays toxics on the proxies of a running server and takes them off again."""

    def __init__(self, port: int) -> None:
        """Speak to the server whose API listens on this port."""
        self._server = Toxiproxy()
        self._port = port

    def demand(self, edges: Iterable[str]) -> None:
        """See that every edge has its proxy: the server passes over what it cannot listen for.

        Raises:
            ProxyProblem: when some have none.
        """
        self._use()
        try:
            there = self._server.proxies()
        except Exception as error:
            raise self._problem("all edges", "listing the proxies", error) from error
        if missing := [edge for edge in edges if proxy_name(edge) not in there]:
            raise ProxyProblem(
                expected="Toxiproxy has a proxy for every edge",
                seen="none for " + ", ".join(missing),
                where=f"the port of {missing[0]}",
                mend="run again: another program has most likely just taken this port",
            )

    def add_toxic(self, edge: str, kind: str, stream: str, attributes: Mapping[str, int]) -> str:
        """Lay a toxic on an edge; returns its name.

        Raises:
            ProxyProblem: when the server has no such proxy or refuses the toxic.
        """
        name = f"{kind}_{stream}"
        try:
            self._proxy(edge).add_toxic(
                type=kind, stream=stream, name=name, attributes=dict(attributes)
            )
        # The client raises bare exceptions of its own and of requests.
        except Exception as error:
            raise self._problem(edge, f"laying {name}", error) from error
        return name

    def remove_toxic(self, edge: str, name: str) -> None:
        """Take a toxic off an edge.

        Raises:
            ProxyProblem: when the server has no such toxic.
        """
        try:
            self._proxy(edge).destroy_toxic(name)
        except Exception as error:
            raise self._problem(edge, f"removing {name}", error) from error

    def lead_to(self, edge: str, port: int) -> None:
        """Lead an edge to another port; connections that were open are closed.

        The client has no call for this, so its transport is used as it is.

        Raises:
            ProxyProblem: when the server refuses.
        """
        self._use()
        try:
            upstream = {"upstream": f"127.0.0.1:{port}"}
            path = f"/proxies/{proxy_name(edge)}"
            APIConsumer.post(path, json=upstream, timeout=_TIMEOUT_S)
        except Exception as error:
            raise self._problem(edge, f"leading to port {port}", error) from error

    def _proxy(self, edge: str) -> Proxy:
        self._use()
        found = self._server.get_proxy(proxy_name(edge))
        if found is None:
            message = "no such proxy"
            raise LookupError(message)
        return found

    def _use(self) -> None:
        # The client keeps the server's address in a class attribute, shared by all its users.
        self._server.update_api_consumer("127.0.0.1", self._port)

    def _problem(self, edge: str, doing: str, error: Exception) -> ProxyProblem:
        return ProxyProblem(
            expected="Toxiproxy does what it is asked to",
            seen=f"{type(error).__name__}: {error}",
            where=f"{edge}: {doing}",
            mend="run again; if it stays so, report it with this message",
        )
