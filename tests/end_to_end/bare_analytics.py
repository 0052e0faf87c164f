"""The reference's worker, except that `GET /api/analytics` forgets its envelope."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reference_impl.box import environment
from reference_impl.box.log import Log
from reference_impl.box.serve import serve
from reference_impl.unreadable import unreadable
from reference_impl.worker.application import application

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


def without_envelope(app: ASGIApp) -> ASGIApp:
    """The application, its analytics answered bare."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != "/api/analytics":
            await app(scope, receive, send)
            return
        start: list[Message] = []

        async def bare(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.append(message)
                return
            body: dict[str, object] = json.loads(message["body"])
            data = json.dumps(body.get("data", body)).encode()
            headers = [one for one in start[0]["headers"] if one[0].lower() != b"content-length"]
            headers.append((b"content-length", str(len(data)).encode()))
            await send({**start[0], "headers": headers})
            await send({**message, "body": data})

        await app(scope, receive, bare)

    return wrapped


if __name__ == "__main__":
    log = Log("worker")
    app = without_envelope(application(log))
    serve(app, environment.port("PORT"), refuse=unreadable(log))
