"""The worker, put together: its parts, and which of them keeps which promise."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reference_impl import request_id, settings
from reference_impl.alert import Alerts
from reference_impl.box import environment
from reference_impl.breaker_panel import BreakerPanel
from reference_impl.call import Call
from reference_impl.credential import Credentials
from reference_impl.ddg import Ddg
from reference_impl.grok import Grok
from reference_impl.reception import Reception
from reference_impl.retry import persist
from reference_impl.routing import router
from reference_impl.settings import Edges, bearer
from reference_impl.unreachable import Unreachable
from reference_impl.worker.analytics import Counting
from reference_impl.worker.cache_keeper import CacheKeeper
from reference_impl.worker.cached_records import cached_records
from reference_impl.worker.cron import Cron
from reference_impl.worker.cron_enrichment import EnrichmentJob
from reference_impl.worker.cron_inbox import InboxJob
from reference_impl.worker.cron_outbox import OutboxJob
from reference_impl.worker.d1 import D1
from reference_impl.worker.delivery import Delivery
from reference_impl.worker.emails import Emails
from reference_impl.worker.enrich import Enriching
from reference_impl.worker.enrichment import Enricher
from reference_impl.worker.enrichment_wake import EnrichmentWake
from reference_impl.worker.health import health_check
from reference_impl.worker.imap import Imap
from reference_impl.worker.outbox import Outbox, Pace
from reference_impl.worker.records import records
from reference_impl.worker.send_email import SendEmail
from reference_impl.worker.smtp import Smtp
from reference_impl.worker.sync import Sync

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from reference_impl.answer import Answer
    from reference_impl.box.log import Log
    from reference_impl.callee import Callee
    from reference_impl.circuit_breaker import CircuitBreaker
    from reference_impl.door import Work
    from reference_impl.health import HealthCheck
    from seamwright.contract import Service

_MS = 1_000
_CLAIM_MS = 60_000
_EVER_S = 1e9
_FAREWELL_MS = 500
_BROKEN = 500


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
    parts = _parts(log)
    if service.health is None:
        message = "the contract promises no health of the worker"
        raise LookupError(message)
    check = health_check(
        service.health,
        settings.health_within_s("worker"),
        supabase=parts.supabase,
        d1=parts.d1,
        smtp=parts.smtp,
        imap=parts.imap,
        grok=parts.grok,
        ddg=parts.ddg,
    )
    sync = Sync(records(parts.supabase), parts.d1)
    keeper = _keeper(sync, service, log)
    works = _works(parts, sync, keeper, check, log)

    @contextlib.asynccontextmanager
    async def lifespan() -> AsyncGenerator[None, None]:
        preparing = asyncio.create_task(_prepare(parts, keeper, log))
        yield
        preparing.cancel()
        for callee in parts.callees:
            callee.client.close()

    known = {"web": environment.text("WEB_TOKEN"), "cron": environment.text("CRON_TOKEN")}
    gate = settings.gate("worker", Credentials(known))
    return Reception(router(service, works, gate, lifespan()), log)


def _parts(log: Log) -> Parts:
    edges = Edges("worker", log)
    grok, ddg, supabase, smtp = (edges.breaker(box) for box in ("grok", "ddg", "supabase", "smtp"))
    password = environment.text("MAIL_PASSWORD")
    account = environment.text("D1_ACCOUNT", "local")
    database = environment.text("D1_DATABASE", "outreach")
    return Parts(
        supabase=edges.supabase(supabase),
        grok=_prompt(edges.callee("grok", bearer(environment.text("GROK_API_KEY")), grok)),
        ddg=_prompt(edges.callee("ddg", breaker=ddg)),
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
            environment.milliseconds("SMTP_FAREWELL_MS", _FAREWELL_MS) / _MS,
        ),
        imap=Imap(
            environment.text("IMAP_HOST"),
            environment.port("IMAP_PORT"),
            password,
            edges.deadline_s("imap"),
        ),
        breakers=(grok, ddg, supabase, smtp),
    )


def _prompt(callee: Callee) -> Callee:
    """One that asks to wait is not waited for: what it could not say is queued."""
    return replace(callee, backoff=replace(callee.backoff, longest_asked_s=callee.backoff.cap_s))


def _works(
    parts: Parts, sync: Sync, keeper: CacheKeeper, check: HealthCheck, log: Log
) -> dict[str, Work]:
    d1 = parts.d1
    tables = cached_records(sync.records, d1, keeper)
    alerts = Alerts("worker", parts.webhook, log)
    outbox = Outbox(d1, _pace(parts))
    delivery = Delivery(outbox, parts.smtp, alerts, log)
    enricher = Enricher(Grok(parts.grok), Ddg(parts.ddg), log)
    emails = Emails(d1)
    claim_s = environment.milliseconds("ENRICHMENT_CLAIM_MS", _CLAIM_MS) / _MS
    enrichment = EnrichmentJob(tables.prospects, enricher, d1, log, claim_s)
    wake = EnrichmentWake(enrichment, log)
    enriching = Enriching(tables.prospects, enricher, d1, wake)
    for callee in (parts.grok, parts.ddg):
        if callee.breaker is not None:
            callee.breaker.when_closed(wake.closed)
    cron = Cron(
        {
            "outbox": OutboxJob(outbox, delivery).run,
            "inbox": InboxJob(tables, d1, parts.imap, log).run,
            "enrichment": wake.run,
        }
    )

    async def health(call: Call) -> Answer:
        return await check.report(call.request_id)

    return {
        "POST /api/send-email": SendEmail(tables, outbox, delivery, alerts).send,
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


def _pace(parts: Parts) -> Pace:
    """A claim that ended before its dialogue would be two at one mail, so it lasts longer.

    A dialogue, its goodbye, and D1's word on what became of the mail.
    """
    usual, smtp = Pace(), parts.smtp
    whole_s = smtp.deadline_s + smtp.farewell_s + parts.d1.box.deadline_s
    claim_s = _seconds("OUTBOX_CLAIM_MS", usual.claim_s)
    return Pace(
        claim_s=max(claim_s, 2 * whole_s),
        dialogue_s=whole_s,
        first_wait_s=_seconds("OUTBOX_RETRY_MS", usual.first_wait_s),
        longest_wait_s=_seconds("OUTBOX_RETRY_MOST_MS", usual.longest_wait_s),
    )


def _seconds(name: str, default_s: float) -> float:
    return environment.milliseconds(name, default_s * _MS) / _MS


def _keeper(sync: Sync, service: Service, log: Log) -> CacheKeeper:
    (repair,) = (one for one in service.endpoints if one.id == "POST /api/sync")
    return CacheKeeper(sync.d1, lambda id_: sync.repair(Call(repair, id_, {})), log)


async def _prepare(parts: Parts, keeper: CacheKeeper, log: Log) -> None:
    """Until D1 has answered once; requests are served meanwhile, and make the tables themselves.

    Then the copy is repaired, once Supabase is there. It is asked past its breaker: a worker that
    was started before it would else begin with an open one.
    """
    id_ = request_id.fresh()
    backoff = replace(settings.backoff(), attempts=sys.maxsize)

    async def until(work: Callable[[], Awaitable[object]], missing: str) -> None:
        def tell(error: Unreachable, _: float) -> None:
            log.line("warning", f"{missing}: {error}", id_)

        await persist(work, backoff, _EVER_S, tell=tell)

    await until(lambda: parts.d1.make_tables(id_), "no tables yet")
    await until(lambda: _asked(parts.supabase, id_), "no Supabase yet")
    await keeper.catch_up()


async def _asked(supabase: Callee, id_: str) -> None:
    reply = await supabase.once("GET", "/prospects?select=id&limit=1", id_)
    if reply.status >= _BROKEN:
        raise Unreachable(supabase.name, f"answered {reply.status}")
