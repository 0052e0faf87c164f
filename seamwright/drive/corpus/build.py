"""A corpus, made by worker processes or found in the cache."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING

from seamwright.contract.derive.openapi import openapi
from seamwright.contract.digest import digest
from seamwright.drive.corpus.corpus import (
    FORMAT,
    Corpus,
    CorpusHead,
    CorpusProblem,
    dumped,
    parsed,
    requests_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from seamwright.contract.service import Service
    from seamwright.contract.system import System
    from seamwright.drive.cases.generated import Amount, GeneratedRequest
    from seamwright.drive.corpus.corpus import Place

_SLOWEST_S = 60.0
"""How long a worker may take over one endpoint; its requests are left out then."""

_LONGEST_LINE = 1 << 28
_NO_METHOD = "unspecified_http_method"
_FEW = 8
"""Endpoints that one worker makes as fast as two, since each must first load its libraries."""


async def corpus(system: System, amount: Amount, cache: Path, say: Callable[[str], None]) -> Corpus:
    """The corpus of a contract: from the cache, or made now and put there."""
    head = CorpusHead(
        digest=digest(system),
        generator=f"schemathesis {version('schemathesis')}, hypothesis {version('hypothesis')}",
        seed=amount.seed,
        random=amount.random,
        enough=amount.enough,
    )
    made_of = (FORMAT, amount.seed, amount.random, *([amount.enough] if amount.enough else []))
    name = "-".join([head.digest.removeprefix("sha256:")[:24], *map(str, made_of)])
    path = cache / "corpus" / f"{name}.ndjson.gz"
    found = _found(path, head)
    if found is not None:
        return found
    made = Corpus(head, await _made(system, amount, say))
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}-{os.getpid()}")
    aside.write_bytes(dumped(made))
    aside.replace(path)
    return made


def _found(path: Path, head: CorpusHead) -> Corpus | None:
    try:
        found = parsed(path.read_bytes(), str(path))
    except (OSError, CorpusProblem):
        # A cache is no promise: what cannot be read is made anew.
        return None
    return found if found.head == head else None


async def _made(
    system: System, amount: Amount, say: Callable[[str], None]
) -> dict[Place, tuple[GeneratedRequest, ...]]:
    places = [(one, each.id) for one in system.services for each in one.endpoints]
    if not places:
        return {}
    count = 1 if len(places) <= _FEW else min(os.cpu_count() or 1, len(places))
    say(f"making requests for {len(places)} endpoints")
    made: dict[Place, tuple[GeneratedRequest, ...]] = {}
    waiting = iter(places)
    await asyncio.gather(*(_worker(system, waiting, amount, made, say) for _ in range(count)))
    # In the order of the contract, whoever was done first.
    return once_a_path({(one.name, id_): made[one.name, id_] for one, id_ in places})


def once_a_path(
    made: Mapping[Place, tuple[GeneratedRequest, ...]],
) -> dict[Place, tuple[GeneratedRequest, ...]]:
    """Without methods that a path does not have, where another endpoint of the path tries them."""
    tried: set[tuple[str, str, str]] = set()
    kept: dict[Place, tuple[GeneratedRequest, ...]] = {}
    for (service, id_), requests in made.items():
        path = id_.partition(" ")[2]
        mine = {(service, path, one.method) for one in requests if one.scenario == _NO_METHOD}
        kept[service, id_] = tuple(
            one
            for one in requests
            if one.scenario != _NO_METHOD or (service, path, one.method) not in tried
        )
        tried |= mine
    return kept


async def _worker(
    system: System,
    waiting: Iterator[tuple[Service, str]],
    amount: Amount,
    made: dict[Place, tuple[GeneratedRequest, ...]],
    say: Callable[[str], None],
) -> None:
    """Take endpoints until none is left; a worker that died or hangs is replaced."""
    process: asyncio.subprocess.Process | None = None
    told: Service | None = None
    try:
        for service, id_ in waiting:
            if process is None:
                process, told = await started(), None
            lines = [] if told is service else [{"document": service_document(system, service)}]
            told = service
            method, _, path = id_.partition(" ")
            task = {"method": method, "path": path, "random": amount.random, "seed": amount.seed}
            task |= {} if amount.enough is None else {"enough": amount.enough}
            answer = await asked(process, [*lines, task])
            if answer is None:
                say(f"no requests could be made for {service.name} {id_}")
                await ended(process)
                process = None
            made[service.name, id_] = answer or ()
    finally:
        if process is not None:
            await ended(process)


async def started() -> asyncio.subprocess.Process:
    """A worker process."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "seamwright.drive.corpus.worker",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=_LONGEST_LINE,
        # What is drawn must not hang on the order of a set.
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )


async def asked(
    process: asyncio.subprocess.Process, lines: Sequence[Mapping[str, object]]
) -> tuple[GeneratedRequest, ...] | None:
    """What a worker answers to a task; None where it does not."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        process.stdin.write("".join(json.dumps(one) + "\n" for one in lines).encode())
        async with asyncio.timeout(_SLOWEST_S):
            await process.stdin.drain()
            return requests_of(await process.stdout.readline())
    except (OSError, TimeoutError, ValueError):
        return None


async def ended(process: asyncio.subprocess.Process) -> None:
    """End a worker process and wait for it."""
    if process.returncode is None:
        process.kill()
    await process.wait()


def service_document(system: System, service: Service) -> dict[str, object]:
    """What requests are made of: without what cases of their own are made for.

    These are credentials, the request ID and the version.
    """
    plain = replace(system, envelope=None, request_id=None, version=None)
    return openapi(plain, service, [replace(one, credentials=()) for one in service.endpoints])
