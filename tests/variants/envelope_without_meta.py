"""The reference's worker, none of whose answers has a `meta`: a broken envelope at every endpoint.

    PORT=8080 … python -m tests.variants.envelope_without_meta

It takes the worker's environment.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from reference_impl.box import environment
from reference_impl.box.log import Log
from reference_impl.box.serve import serve
from reference_impl.worker.application import application

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.types import Message, Receive, Scope, Send


class WithoutMeta:
    """An ASGI application whose answers lack what another's have."""

    def __init__(self, inner: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        """Wrap the other."""
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the other answer, and take `meta` out."""
        starts: list[Message] = []

        async def altered(message: Message) -> None:
            if message["type"] == "http.response.start":
                starts.append(message)
                return
            body = _without_meta(message.get("body", b""))
            for start in starts:
                headers = [one for one in start["headers"] if one[0] != b"content-length"]
                length = (b"content-length", str(len(body)).encode())
                await send({**start, "headers": [*headers, length]})
            starts.clear()
            await send({**message, "body": body})

        await self._inner(scope, receive, altered)


def _without_meta(body: bytes) -> bytes:
    try:
        value: object = json.loads(body)
    except ValueError:
        return body
    if not isinstance(value, dict):
        return body
    members = cast("dict[str, object]", value)
    return json.dumps({key: one for key, one in members.items() if key != "meta"}).encode()


if __name__ == "__main__":
    serve(WithoutMeta(application(Log("worker"))), environment.port("PORT"))
