"""The routing table, made from the contract: a route without a promise cannot exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route, Router

from reference_impl.door import Door, Gate, Work, no_route

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractAsyncContextManager

    from starlette.types import Receive, Scope, Send

    from seamwright.contract import Endpoint, Service


def router(
    service: Service,
    works: Mapping[str, Work],
    gate: Gate,
    lifespan: AbstractAsyncContextManager[None],
) -> Router:
    """The router of a service.

    Args:
        service: whose endpoints.
        works: what each does, by its id.
        gate: what its doors share.
        lifespan: entered before the first request and left after the last.

    Raises:
        LookupError: when what is promised and what is done are not the same endpoints.
    """
    promised = {endpoint.id: endpoint for endpoint in service.endpoints}
    if promised.keys() != works.keys():
        unlike = sorted(promised.keys() ^ works.keys())
        message = f"promised but not done, or done but not promised: {unlike}"
        raise LookupError(message)
    paths: dict[str, dict[Endpoint, Work]] = {}
    for id_, endpoint in promised.items():
        paths.setdefault(endpoint.path, {})[endpoint] = works[id_]
    # Literal paths before templates, since the first match is taken.
    ordered = sorted(paths, key=lambda path: path.count("{"))
    return Router(
        [Route(path, Door(gate, paths[path])) for path in ordered],
        redirect_slashes=False,
        default=_nowhere,
        lifespan=lambda _: lifespan,
    )


async def _nowhere(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001
    raise no_route()
