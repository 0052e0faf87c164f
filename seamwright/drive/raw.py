"""Sends bytes as they are, each case on its own connection, and records what came.

RawCase ─ host, credential ─▶ bytes ─▶ socket ─▶ h11 ─▶ an exchange for each request
                                                    └─▶ one more, for what nobody asked
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from seamwright.drive.cases.misuse.raw_case import HEADERS, HOST
from seamwright.drive.listening import Heard, Listening
from seamwright.record.observation import HUNG, Exchange, Request, header

if TYPE_CHECKING:
    from collections.abc import Iterable

    from seamwright.drive.cases.misuse.raw_case import RawCase
    from seamwright.drive.stage import Stage
    from seamwright.record.observation import Response

_DEADLINE_S = 5.0
_NOT_DUE_S = 1.0
"""How long is waited for an answer that HTTP does not owe: many servers wait for more bytes."""

_PIECE = 1 << 16
_LINGER_S = 0.1
"""How long is listened after the last answer that was asked for."""

_AT_ONCE = 8
_LEFT = "the caller hung up, as it was meant to"


async def drive_raw(stage: Stage, cases: Iterable[RawCase]) -> None:
    """Send raw cases, some at a time, to the services that the subject has."""
    addresses = stage.addresses()
    turns = {name: asyncio.Semaphore(_AT_ONCE) for name in addresses}
    sent = [one for one in cases if one.requests[0].label.service in addresses]

    async def play(number: int, case: RawCase) -> None:
        service = case.requests[0].label.service
        async with turns[service]:
            host = addresses[service]
            bytes_ = _filled(stage, case, host)
            began_s = stage.clock()
            heard = await _exchanged(host, case, bytes_)
            seen = _exchanges(f"r{number}", case, bytes_, heard, (began_s, stage.clock()))
        for one in seen:
            stage.journal.append(replace(one, base_url=f"http://{host}"))

    await asyncio.gather(*(play(number, case) for number, case in enumerate(sent, 1)))


def _filled(stage: Stage, case: RawCase, host: str) -> bytes:
    kind = stage.system.credential(case.credential) if case.credential else None
    known = stage.running.credentials
    lines = [f"{name}: {value}\r\n" for name, value in stage.headers]
    if kind is not None and kind.name in known:
        lines.append(f"{kind.header}: {kind.value(known[kind.name])}\r\n")
    # Latin-1: what a header of HTTP may hold (RFC 9110, 5.5).
    told = "".join(lines).encode("latin-1", "replace")
    return case.bytes_.replace(HOST, host.encode()).replace(HEADERS, told)


async def _exchanged(address: str, case: RawCase, bytes_: bytes) -> Heard:
    """Send the bytes and listen; never longer than the deadline.

    What a busy server needs until it takes a connection up, a second and more where its queue is
    full, is not taken for its silence.
    """
    host, _, port = address.rpartition(":")
    listening = Listening([one.method for one in case.requests])
    deadline_s = _DEADLINE_S
    try:
        async with asyncio.timeout(deadline_s):
            reader, writer = await asyncio.open_connection(host.strip("[]"), int(port))
        deadline_s = _DEADLINE_S if any(one.label.due for one in case.requests) else _NOT_DUE_S
        async with asyncio.timeout(deadline_s):
            try:
                await _spoken(writer, case, bytes_, listening, reader)
            finally:
                writer.close()
                with contextlib.suppress(OSError):
                    await writer.wait_closed()
    except TimeoutError:
        listening.wait_over(f"{HUNG}: no whole answer within {deadline_s:g} s")
    except OSError as error:
        listening.give_up(f"{type(error).__name__}: {error.strerror or error}")
    if case.leaves:
        return Heard((), _LEFT)
    return listening.heard()


async def _spoken(
    writer: asyncio.StreamWriter,
    case: RawCase,
    bytes_: bytes,
    listening: Listening,
    reader: asyncio.StreamReader,
) -> None:
    # A server may answer and close before it has read all: who only writes would not hear it.
    writing = asyncio.create_task(_written(writer, bytes_, ends=case.ends))
    try:
        if case.leaves:
            await writing
            return
        while not listening.over:
            wait_s = _LINGER_S if listening.told else None
            try:
                piece = await asyncio.wait_for(reader.read(_PIECE), wait_s)
            except TimeoutError:
                if not listening.told:
                    raise
                return
            listening.take(piece)
    finally:
        writing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await writing


async def _written(writer: asyncio.StreamWriter, bytes_: bytes, *, ends: bool) -> None:
    with contextlib.suppress(OSError):
        writer.write(bytes_)
        await writer.drain()
        if ends:
            writer.write_eof()


def _exchanges(
    id_: str, case: RawCase, bytes_: bytes, heard: Heard, span_s: tuple[float, float]
) -> list[Exchange]:
    """One exchange for each request, and one for what came beyond the answers."""
    made: list[Exchange] = []
    closed = False
    for at, one in enumerate(case.requests):
        answer = heard.answers[at] if at < len(heard.answers) else None
        if answer is not None and one.method == "HEAD" and heard.beyond:
            answer = replace(answer, body=heard.beyond)
        made.append(
            Exchange(
                f"{id_}-{at}" if at else id_,
                f"driver→{one.label.service}",
                *span_s,
                Request(one.method, one.target, (), bytes_),
                answer,
                "" if answer else heard.failure,
                # Who said that it closes owes nothing more (RFC 9112, 9.6).
                replace(one.label, due=one.label.due and not closed),
            )
        )
        closed = closed or (answer is not None and _closes(answer))
    last = case.requests[-1]
    if heard.beyond and last.label.due and last.method != "HEAD":
        label = replace(last.label, id=f"{last.label.id}-beyond")
        said = f"{len(heard.beyond)} bytes came after the answer"
        made.append(replace(made[-1], id=f"{id_}-beyond", response=None, failure=said, case=label))
    return made


def _closes(answer: Response) -> bool:
    return "close" in (header(answer.headers, "connection") or "").lower()
