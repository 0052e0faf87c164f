"""The web application, put together: its parts, and which of them keeps which promise."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from reference_impl import settings
from reference_impl.alert import Alerts
from reference_impl.box import environment
from reference_impl.breaker_panel import BreakerPanel
from reference_impl.credential import Credentials
from reference_impl.ddg import Ddg
from reference_impl.grok import Grok
from reference_impl.reception import Reception
from reference_impl.routing import router
from reference_impl.settings import Edges, bearer
from reference_impl.web.campaigns import campaigns
from reference_impl.web.draft import Drafting
from reference_impl.web.health import health_check
from reference_impl.web.mailboxes import mailboxes
from reference_impl.web.page import FrontPage
from reference_impl.web.prospects import prospects
from reference_impl.web.search import Search
from reference_impl.web.through_worker import ThroughWorker
from reference_impl.web.worker_api import WorkerApi

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from reference_impl.answer import Answer
    from reference_impl.box.log import Log
    from reference_impl.call import Call
    from reference_impl.callee import Callee
    from reference_impl.door import Work

# The rest is for telling our own caller that there was no answer.
_PART_OF_DEADLINE = 0.96


def application(log: Log) -> Reception:
    """The ASGI application, configured by the environment."""
    service = settings.service("web")
    edges = Edges("web", log)
    breakers = tuple(edges.breaker(box) for box in ("grok", "ddg", "supabase"))
    of_grok, of_ddg, of_supabase = breakers
    supabase = edges.supabase(of_supabase)
    worker = _worker(edges)
    grok = edges.callee("grok", bearer(environment.text("GROK_API_KEY")), of_grok)
    ddg = edges.callee("ddg", breaker=of_ddg)
    webhook = edges.callee("alerts", bearer(environment.text("ALERTS_TOKEN")))
    alerts = Alerts("web", webhook, log)

    prospect, campaign, mailbox = prospects(supabase), campaigns(supabase), mailboxes(supabase)
    within_s = settings.health_within_s("web")
    through = ThroughWorker(WorkerApi(worker, alerts, within_s), prospect)
    if service.health is None:
        message = "the contract promises no health of the web"
        raise LookupError(message)
    check = health_check(
        service.health,
        within_s,
        supabase=supabase,
        worker=worker,
        grok=grok,
        ddg=ddg,
        alerts=alerts,
    )

    async def health(call: Call) -> Answer:
        return await check.report(call.request_id)

    works: dict[str, Work] = {
        "POST /api/prospects": prospect.create,
        "GET /api/prospects": prospect.list,
        "GET /api/prospects/{id}": prospect.read,
        "PATCH /api/prospects/{id}": prospect.change,
        "DELETE /api/prospects/{id}": prospect.delete,
        "POST /api/campaigns": campaign.create,
        "GET /api/campaigns": campaign.list,
        "GET /api/campaigns/{id}": campaign.read,
        "PATCH /api/campaigns/{id}": campaign.change,
        "DELETE /api/campaigns/{id}": campaign.delete,
        "POST /api/mailboxes": mailbox.create,
        "PATCH /api/mailboxes/{id}": mailbox.change,
        "DELETE /api/mailboxes/{id}": mailbox.delete,
        "POST /api/prospects/{id}/send-email": through.send_email,
        "POST /api/prospects/{id}/enrich": through.enrich,
        "POST /api/prospects/{id}/apply-enrichment": through.apply_enrichment,
        "GET /api/analytics": through.analytics,
        "POST /api/prospects/{id}/draft": Drafting(Grok(grok), prospect, campaign).draft,
        "GET /api/search": Search(Ddg(ddg)).search,
        "GET /api/breakers": BreakerPanel(breakers).show,
        "GET /health": health,
        "GET /": FrontPage(worker, alerts, within_s).show,
    }

    @asynccontextmanager
    async def lifespan() -> AsyncGenerator[None, None]:
        yield
        for callee in (supabase, worker, grok, ddg, webhook):
            callee.client.close()

    gate = settings.gate("web", Credentials({"user": environment.text("USER_TOKEN")}))
    return Reception(router(service, works, gate, lifespan()), log)


def _worker(edges: Edges) -> Callee:
    """Its errors come in our own envelope, and are the ones that our caller is to hear."""
    worker = edges.callee("worker", bearer(environment.text("WORKER_TOKEN")))
    deadline_s = worker.deadline_s * _PART_OF_DEADLINE
    return replace(worker, deadline_s=deadline_s, speaks_for_itself=True)
