"""The webhook's endpoint: POST keeps an alert, GET shows them all."""

from __future__ import annotations

import hmac
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reference_impl.alerts.store import Alert
from reference_impl.box.exchange import Answer, json_answer

if TYPE_CHECKING:
    from reference_impl.alerts.store import Store
    from reference_impl.box.exchange import Request


class Webhook:
    """Answers requests for the alerts of one store."""

    __slots__ = ("_store", "_token")

    def __init__(self, store: Store, token: str) -> None:
        """Take alerts from those who know the token."""
        self._store = store
        self._token = token.encode()

    def respond(self, request: Request) -> Answer:
        """Answer one request; refusals are JSON: `{"error": …}`."""
        if request.path != "/":
            return _refusal(404, "there is only /")
        if not hmac.compare_digest((request.bearer or "").encode("latin-1"), self._token):
            return json_answer(
                401, {"error": "the token is missing or wrong"}, www_authenticate="Bearer"
            )
        if request.method == "GET":
            return json_answer(200, self._store.document())
        if request.method == "POST":
            return self._keep(request)
        return json_answer(405, {"error": "GET or POST"}, allow="GET, POST")

    def _keep(self, request: Request) -> Answer:
        if request.body is None:
            return _refusal(413, "the body is longer than 64 KiB")
        try:
            body: object = json.loads(request.body)
        except (ValueError, RecursionError):
            return _refusal(400, "the body is not JSON")
        received_at = datetime.now(UTC).isoformat(timespec="milliseconds")
        self._store.add(Alert(received_at, request.request_id, body))
        return Answer(204)


def _refusal(status: int, message: str) -> Answer:
    return json_answer(status, {"error": message})
