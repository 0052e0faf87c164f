"""`python -m reference_impl.externals`: Grok and DuckDuckGo, one process, a port each.

Environment:
    GROK_PORT, DDG_PORT: the ports on 127.0.0.1.
    GROK_API_KEY: the bearer token that Grok wants.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference_impl.box import environment
from reference_impl.box.exchange import Application
from reference_impl.box.log import Log
from reference_impl.box.serve import serve
from reference_impl.externals import ddg
from reference_impl.externals.grok import Grok

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.box.exchange import Receive, Send


class ByPort:
    """An ASGI application: one of several, chosen by the port that a request came to."""

    __slots__ = ("_applications", "_first")

    def __init__(self, applications: Mapping[int, Application]) -> None:
        """Choose among these, which are given by port."""
        self._applications = applications
        self._first = next(iter(applications.values()))

    async def __call__(self, scope: Mapping[str, object], receive: Receive, send: Send) -> None:
        """Serve one scope; those that came to no port (lifespan) go to the first."""
        match scope.get("server"):
            case (str(), int() as port):
                await self._applications[port](scope, receive, send)
            case _:
                await self._first(scope, receive, send)


def main() -> None:
    """Serve until SIGTERM."""
    grok_port = environment.port("GROK_PORT")
    ddg_port = environment.port("DDG_PORT")
    grok = Grok(environment.text("GROK_API_KEY"))
    applications = {
        grok_port: Application(Log("grok"), grok.respond),
        ddg_port: Application(Log("ddg"), ddg.respond),
    }
    serve(ByPort(applications), grok_port, ddg_port)


if __name__ == "__main__":
    main()
