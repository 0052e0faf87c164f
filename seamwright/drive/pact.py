"""Pacts: the consumer against Pact's mock server, then the provider against what came of it.

    driver ──▶ consumer ──edge──▶ mock server     the edge is led to Pact for the length of a call
    verifier ─────────────▶ provider              the pact is replayed against the real provider

The chosen request ID is part of the interaction: a consumer that loses it does not match.
"""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pact import Pact, match

from seamwright.contract.envelope import Role
from seamwright.drive.cases.case import fill_path, step_case
from seamwright.drive.cases.template import fill_json
from seamwright.record.observation import PactOutcome, Purpose

if TYPE_CHECKING:
    from pathlib import Path

    from pact.interaction import HttpInteraction

    from seamwright.contract.system import System
    from seamwright.drive.cases.interaction import Interaction
    from seamwright.drive.cases.step import Json
    from seamwright.drive.edges.proxy import Proxies
    from seamwright.drive.http import Driver
    from seamwright.drive.pact_verifier import VerifyOrder
    from seamwright.drive.subject.address import Plan
    from seamwright.record.journal import Journal

_VERIFY_S = 60.0
# A request that never came is a mismatch to Pact, by this name.
_NOTHING_CAME = "MissingRequest"


@dataclass(frozen=True, slots=True)
class PactDrive:
    """What a pact run needs to know."""

    system: System
    plan: Plan
    proxies: Proxies
    driver: Driver
    journal: Journal
    credentials: dict[str, str]
    folder: Path


async def drive_pact(drive: PactDrive, one: Interaction, kept: dict[str, str], number: int) -> None:
    """Run both sides of one interaction; each side's outcome goes into the record."""
    edge = drive.plan.edge(f"{one.consumer}→{one.provider}")
    if edge is None or not drive.driver.reaches(one.provider):
        return
    id_ = f"pact-{number}"
    case = step_case(drive.system, one.trigger, kept, id_, Purpose.PACT, one.description)
    request_id = case.label.request_id or ""
    pact = Pact(one.consumer, one.provider).with_specification("V4")
    _describe(drive.system, pact.upon_receiving(one.description), one, kept, request_id)
    with pact.serve("127.0.0.1", raises=False, verbose=False) as server:
        await asyncio.to_thread(drive.proxies.lead_to, edge.edge, server.port or 0)
        try:
            await drive.driver.send(case)
            if not server.matched and all(one.type == _NOTHING_CAME for one in server.mismatches):
                # The consumer may have met a connection that leading the edge away has closed, and
                # must not send a second time by itself what may have been done.
                label = replace(case.label, id=f"{id_}-again")
                await drive.driver.send(replace(case, label=label))
        finally:
            await asyncio.to_thread(drive.proxies.lead_to, edge.edge, edge.callee)
        mismatch = "; ".join(str(each) for each in server.mismatches)
        if not (mismatch or server.matched):
            mismatch = "the consumer did not send the request"
    pact.write_file(drive.folder, overwrite=True)
    drive.journal.append(_outcome(one, f"{id_}-consumer", "consumer", mismatch, request_id))
    if not mismatch:
        said = await _verify(drive, one)
        drive.journal.append(_outcome(one, f"{id_}-provider", "provider", said, request_id))


def _describe(
    system: System,
    interaction: HttpInteraction,
    one: Interaction,
    kept: dict[str, str],
    request_id: str,
) -> None:
    service = system.service(one.provider)
    endpoint = service.endpoint(one.endpoint) if service else None
    where = f"interaction {one.description!r}"
    path = fill_path(endpoint, one.path, kept, where) if endpoint else one.endpoint.split(" ")[1]
    interaction.given(one.state).with_request(one.endpoint.split(" ")[0], path)
    if system.request_id is not None:
        interaction.with_header(system.request_id.headers[0], request_id)
    if one.request is not None:
        interaction.with_body(json.dumps(fill_json(one.request, kept, where)), "application/json")
    interaction.will_respond_with(one.status)
    answer = _enveloped(system, fill_json(one.data, kept, where), request_id)
    interaction.with_body(match.like(answer), "application/json")


def _enveloped(system: System, data: Json, request_id: str) -> Json:
    """An example of a whole success answer."""
    examples: dict[Role, Json] = {
        Role.DATA: data,
        Role.SUCCESS_FLAG: True,
        Role.REQUEST_ID: request_id,
        Role.DURATION: 1,
    }
    body: dict[str, Json] = {}
    for member in system.envelope.success.members if system.envelope else ():
        if member.role not in examples:
            continue
        if not member.path:
            return examples[member.role]
        here = body
        for step in member.path[:-1]:
            below = here.setdefault(step, {})
            if not isinstance(below, dict):
                break
            here = below
        here[member.path[-1]] = examples[member.role]
    return body if system.envelope else data


async def _verify(drive: PactDrive, one: Interaction) -> str:
    """What the verifier says against the provider; "" when it agrees."""
    address = drive.plan.boxes[one.provider]
    said = drive.folder / "said.txt"
    order: VerifyOrder = {
        "provider": one.provider,
        "host": address.partition(":")[0],
        "url": f"http://{address}",
        "pacts": str(drive.folder),
        "description": one.description,
        "headers": _credential(drive, one),
        "said": str(said),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "seamwright.drive.pact_verifier",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(_VERIFY_S):
            await process.communicate(json.dumps(order).encode())
    except TimeoutError:
        process.kill()
        return f"the verifier did not end within {_VERIFY_S:g} s"
    if not said.is_file():
        return f"the verifier ended with {process.returncode} and said nothing"
    text = said.read_text(encoding="utf-8")
    said.unlink()
    return text


def _credential(drive: PactDrive, one: Interaction) -> dict[str, str]:
    service = drive.system.service(one.provider)
    endpoint = service.endpoint(one.endpoint) if service else None
    for name in endpoint.credentials[:1] if endpoint else ():
        kind = drive.system.credential(name)
        if kind and name in drive.credentials:
            return {kind.header: kind.value(drive.credentials[name])}
    return {}


def _outcome(one: Interaction, id_: str, side: str, mismatch: str, request_id: str) -> PactOutcome:
    return PactOutcome(
        id_,
        one.consumer,
        one.provider,
        one.description,
        side,
        matched=not mismatch,
        mismatch=mismatch,
        request_id=request_id,
    )
