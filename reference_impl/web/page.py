"""`GET /`: the page that people see, also when the worker cannot be reached."""

from __future__ import annotations

import time
from dataclasses import dataclass
from html import escape
from string import Template
from typing import TYPE_CHECKING

from pydantic import ValidationError

from contracts.worker_messages import HealthReport
from reference_impl.answer import Answer, page
from reference_impl.unreachable import Unreachable
from reference_impl.web.worker_api import TROUBLE

if TYPE_CHECKING:
    from reference_impl.alert import Alerts
    from reference_impl.call import Call
    from reference_impl.callee import Callee

_FINE = 200
_UNAVAILABLE = 503

_PAGE = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Outreach · $headline</title>
<style>
:root { color-scheme: light dark;
  --ink: #1d2330; --dim: #667085; --paper: #f6f7f9; --card: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaf0; --dim: #98a2b3; --paper: #12151c; --card: #1b202b; }
}
body { margin: 0; min-height: 100vh; display: grid; place-items: center; color: var(--ink);
  background: var(--paper); font: 1rem/1.6 system-ui, sans-serif; }
main { max-width: 34rem; margin: 1rem; padding: 2.5rem; border-radius: 1rem;
  background: var(--card);
  border-top: .4rem solid $colour; box-shadow: 0 .5rem 2rem #0001; }
h1 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.2; }
small { color: var(--dim); }
code { overflow-wrap: anywhere; }
</style>
</head>
<body>
<main>
<h1>$headline</h1>
<p>$text</p>
<small>If you ask for help, give this number: <code>$request_id</code></small>
</main>
</body>
</html>
""")


@dataclass(frozen=True, slots=True)
class _State:
    headline: str
    text: str
    colour: str
    status: int = _FINE


_UP = _State(
    "Everything is running", "Prospects, campaigns and emails are at your service.", "#12b76a"
)
_PARTLY = _State(
    "Running, with some delays",
    "A part of the system is slow or away. Emails are kept and go out as soon as it is back.",
    "#f79009",
)
_DOWN = _State(
    "We cannot send emails right now",
    "Your prospects and campaigns are safe. Please try again in a minute; we have been told.",
    "#f04438",
    _UNAVAILABLE,
)
_BY_HEALTH = {"healthy": _UP, "degraded": _PARTLY, "unhealthy": _DOWN}


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The endpoint."""

    worker: Callee
    alerts: Alerts
    within_s: float

    async def show(self, call: Call) -> Answer:
        """How the system does, in words; 503 when it cannot do what it is for."""
        state = await self._state(call.request_id)
        markup = _PAGE.substitute(
            headline=escape(state.headline),
            text=escape(state.text),
            colour=state.colour,
            request_id=escape(call.request_id),
        )
        return page(markup, state.status)

    async def _state(self, request_id: str) -> _State:
        began = time.monotonic()
        try:
            # A person looks at an empty window meanwhile, hence not the worker's whole deadline.
            reply = await self.worker.once("GET", "/health", request_id, within_s=self.within_s)
            report = HealthReport.model_validate_json(reply.body)
        except (Unreachable, ValidationError):
            self.alerts.begin(TROUBLE, "The worker cannot be reached.", request_id, began)
            return _DOWN
        self.alerts.end(TROUBLE, request_id, began)
        return _BY_HEALTH[report.status]
