"""The worker, called by the web: its answers come out of their envelope, its errors pass through.

data ──────────────────────────────────────▶ message
error that our endpoint may answer too ────▶ the same error
another error ─────────────────────────────▶ INTERNAL_ERROR (it is about us, not our caller)
no answer in time, or none of the worker's ▶ WORKER_UNAVAILABLE, and an alert
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from reference_impl import errand
from reference_impl.answer import plain
from reference_impl.foreign import Foreign
from reference_impl.idempotency import HEADER, key_of
from reference_impl.refusal import Refusal
from reference_impl.unreachable import Unreachable
from seamwright.contract import Message

if TYPE_CHECKING:
    from reference_impl.alert import Alerts
    from reference_impl.call import Call
    from reference_impl.callee import Callee
    from reference_impl.http_connection import Reply

_Model = TypeVar("_Model", bound=Message)
# About our token at the worker's door, not about our caller's at ours.
_OURS = frozenset({"UNAUTHORIZED", "FORBIDDEN"})
TROUBLE = "WORKER_UNAVAILABLE"


class _Error(Foreign):
    code: str
    message: str


class _Envelope(Foreign):
    success: bool
    data: dict[str, object] | None = None
    error: _Error | None = None


@dataclass(frozen=True, slots=True)
class WorkerApi:
    """The worker's endpoints, as far as the web uses them.

    Attributes:
        box: where it is.
        alerts: who is told when it is away, and when it is back.
        prompt_s: a slower answer is no sign that it is back: the health check would not hear it,
            and the two would tell of an outage by turns.
    """

    box: Callee
    alerts: Alerts
    prompt_s: float

    async def ask(
        self, call: Call, method: str, path: str, answer: type[_Model], body: Message | None = None
    ) -> _Model:
        """The data of the worker's answer; what has a key is asked again like what only reads.

        Raises:
            Refusal: the worker's own, or WORKER_UNAVAILABLE.
            RuntimeError: when the worker's error is about us.
        """
        began, key = time.monotonic(), key_of(call)
        try:
            reply = await self.box.call(
                method,
                path,
                call.request_id,
                plain(body) if body is not None else b"",
                headers=() if key is None else ((HEADER, key),),
                repeat=method == "GET" or key is not None,
            )
            envelope = self._open(reply)
            if time.monotonic() - began <= self.prompt_s:
                self.alerts.end(TROUBLE, call.request_id, began)
            errand.passed_on(reply.headers.get(errand.CACHE_HEADER, ""))
            if envelope.success:
                return answer.model_validate(envelope.data)
        except ValidationError as error:
            raise self._trouble(f"not as promised: {error}", call, began) from error
        except Unreachable as error:
            raise self._trouble(str(error), call, began) from error
        raise self._passed(envelope, reply, call)

    def _open(self, reply: Reply) -> _Envelope:
        envelope = _Envelope.model_validate_json(reply.body)
        if not envelope.success and envelope.error is None:
            raise Unreachable(self.box.name, f"answered {reply.status} without an error")
        return envelope

    def _passed(self, envelope: _Envelope, reply: Reply, call: Call) -> Exception:
        code = envelope.error.code if envelope.error else ""
        if code not in call.endpoint.errors or code in _OURS:
            return RuntimeError(f"the worker answered {reply.status} {code}")
        message = envelope.error.message if envelope.error else ""
        wait = reply.headers.get("retry-after")
        return Refusal(code, message, {"retry-after": wait} if wait else None)

    def _trouble(self, reason: str, call: Call, began: float) -> Refusal:
        self.alerts.begin(TROUBLE, "The worker cannot be reached.", call.request_id, began)
        refusal = Refusal(TROUBLE, "The worker cannot be reached right now.")
        refusal.add_note(reason)
        return refusal
