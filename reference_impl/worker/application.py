"""The worker, put together: its parts, and which of them keeps which promise."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reference_impl import request_id, settings
from reference_impl.alert import Alerts
from reference_impl.box import environment
from reference_impl.credential import Credentials
from reference_impl.ddg import Ddg
from reference_impl.grok import Grok
from reference_impl.reception import Reception
from reference_impl.retry import Backoff
from reference_impl.routing import router
from reference_impl.settings import Edges, bearer
from reference_impl.unreachable import Unreachable
from reference_impl.worker.analytics import Counting
from reference_impl.worker.breakers import BreakerPanel
from reference_impl.worker.cron import Cron
from reference_impl.worker.cron_enrichment import EnrichmentJob
from reference_impl.worker.cron_inbox import InboxJob
from reference_impl.worker.cron_outbox import OutboxJob
from reference_impl.worker.d1 import D1
from reference_impl.worker.delivery import Delivery
from reference_impl.worker.emails import Emails
from reference_impl.worker.enrich import Enriching
from reference_impl.worker.enrichment import Enricher
from reference_impl.worker.health import health_check
from reference_impl.worker.imap import Imap
from reference_impl.worker.records import Records, records
from reference_impl.worker.send_email import SendEmail
from reference_impl.worker.smtp import Smtp
from reference_impl.worker.sync import Sync

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from reference_impl.answer import Answer
    from reference_impl.box.log import Log
    from reference_impl.call import Call
    from reference_impl.callee import Callee
    from reference_impl.circuit_breaker import CircuitBreaker
    from reference_impl.door import Work
    from reference_impl.health import HealthCheck


@dataclass(frozen=True, slots=True)
class Parts:
    """What the worker's endpoints are made of."""

    supabase: Callee
    grok: Callee
    ddg: Callee
    webhook: Callee
    d1: D1
    smtp: Smtp
    imap: Imap
    breakers: tuple[CircuitBreaker, ...]

    @property
    def callees(self) -> tuple[Callee, ...]:
        """Those with connections to close."""
        return self.supabase, self.grok, self.ddg, self.webhook, self.d1.box


def application(log: Log) -> Reception:
    """The ASGI application, configured by the environment."""
    service = settings.service("worker")
    parts = _parts()
    if service.health is None:
        message = "the contract promises no health of the worker"
        raise LookupError(message)
    check = health_check(
        service.health,
        supabase=parts.supabase,
        d1=parts.d1,
        smtp=parts.smtp,
        imap=parts.imap,
        grok=parts.grok,
        ddg=parts.ddg,
    )
    works = _works(parts, check, log)

    @contextlib.asynccontextmanager
    async def lifespan() -> AsyncGenerator[None, None]:
        making = asyncio.create_task(_make_tables(parts.d1, log))
        yield
        making.cancel()
        for callee in parts.callees:
            callee.client.close()

    known = {"web": environment.text("WEB_TOKEN"), "cron": environment.text("CRON_TOKEN")}
    gate = settings.gate(Credentials(known))
    return Reception(router(service, works, gate, lifespan()), log)


def _parts() -> Parts:
    edges = Edges("worker")
    grok, ddg, supabase, smtp = (edges.breaker(box) for box in ("grok", "ddg", "supabase", "smtp"))
    password = environment.text("MAIL_PASSWORD")
    account = environment.text("D1_ACCOUNT", "local")
    database = environment.text("D1_DATABASE", "outreach")
    return Parts(
        supabase=edges.supabase(supabase),
        grok=edges.callee("grok", bearer(environment.text("GROK_API_KEY")), grok),
        ddg=edges.callee("ddg", breaker=ddg),
        webhook=edges.callee("alerts", bearer(environment.text("ALERTS_TOKEN"))),
        d1=D1(
            edges.callee("d1", bearer(environment.text("D1_TOKEN"))),
            f"/client/v4/accounts/{account}/d1/database/{database}/query",
        ),
        smtp=Smtp(
            environment.text("SMTP_HOST"),
            environment.port("SMTP_PORT"),
            password,
            edges.deadline_s("smtp"),
            smtp,
        ),
        imap=Imap(
            environment.text("IMAP_HOST"),
            environment.port("IMAP_PORT"),
            password,
            edges.deadline_s("imap"),
        ),
        breakers=(grok, ddg, supabase, smtp),
    )


def _works(parts: Parts, check: HealthCheck, log: Log) -> dict[str, Work]:
    tables: Records = records(parts.supabase)
    d1 = parts.d1
    delivery = Delivery(parts.smtp, Alerts("worker", parts.webhook, log), log)
    enricher = Enricher(Grok(parts.grok), Ddg(parts.ddg), log)
    emails = Emails(d1)
    enriching = Enriching(tables.prospects, enricher, d1)
    sync = Sync(tables, d1)
    cron = Cron(
        {
            "outbox": OutboxJob(d1, delivery).run,
            "inbox": InboxJob(tables, d1, parts.imap, log).run,
            "enrichment": EnrichmentJob(tables.prospects, enricher, d1).run,
        }
    )

    async def health(call: Call) -> Answer:
        return await check.report(call.request_id)

    return {
        "POST /api/send-email": SendEmail(tables, d1, delivery, log).send,
        "GET /api/emails": emails.list,
        "GET /api/emails/{emailId}": emails.read,
        "POST /api/enrich": enriching.enrich,
        "GET /api/enrichments/{prospectId}": enriching.read,
        "GET /api/analytics": Counting(d1).count,
        "GET /api/sync": sync.compare,
        "POST /api/sync": sync.repair,
        "POST /api/cron/{job}": cron.run,
        "GET /api/breakers": BreakerPanel(parts.breakers).show,
        "GET /health": health,
    }


async def _make_tables(d1: D1, log: Log) -> None:
    """Until D1 has answered once; requests are served meanwhile, and make the tables themselves."""
    backoff = Backoff()
    failed = 0
    while True:
        id_ = request_id.fresh()
        try:
            await d1.make_tables(id_)
        except Unreachable as error:
            failed += 1
            log.line("warning", f"no tables yet: {error}", id_)
        else:
            return
        await backoff.sleep(backoff.wait_s(failed))
