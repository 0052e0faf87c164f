"""What is made of each thing that a mail server may say or do, at each stage of the dialogue."""

from __future__ import annotations

import asyncio
import time

import pytest

from reference_impl import errand
from reference_impl.circuit_breaker import CircuitBreaker
from reference_impl.unreachable import Unreachable
from reference_impl.worker.smtp import Deferred, Hurried, Refused, Smtp
from tests.reference_impl.clock import Clock
from tests.reference_impl.scripted_smtp import HANG_UP, SILENCE, STAGES, ScriptedSmtp

MESSAGE = b"Subject: Hello\r\n\r\nDear you\r\n"
_DEADLINE_S = 0.2
_LONG_S = 8.0
# Before MAIL, a refusal is about the server or our password; from there on about this mail.
_OF_THE_MAIL = ("MAIL", "RCPT", "DATA", "BODY")
_OF_THE_SERVER = tuple(one for one in STAGES if one not in _OF_THE_MAIL)


def _breaker() -> CircuitBreaker:
    return CircuitBreaker("smtp", 5, 30.0, Clock())


async def _send(server: ScriptedSmtp, breaker: CircuitBreaker) -> Exception | None:
    async with server.listening():
        smtp = Smtp("127.0.0.1", server.port, "password", _DEADLINE_S, breaker)
        try:
            await smtp.send("us@outreach.example", "ada@acme.example", MESSAGE)
        except (Refused, Deferred, Unreachable) as error:
            return error
        return None


def _came(stage: str, reply: str) -> tuple[type[object], int]:
    """What came of a mail, and whether the breaker counts it."""
    breaker = _breaker()
    came = asyncio.run(_send(ScriptedSmtp(stage, reply), breaker))
    return type(came), breaker.consecutive_failures


def test_a_server_that_takes_the_mail() -> None:
    """The message goes over whole, once."""
    server = ScriptedSmtp()
    assert asyncio.run(_send(server, _breaker())) is None
    assert [MESSAGE + b".\r\n"] == server.taken


@pytest.mark.parametrize("stage", _OF_THE_MAIL)
@pytest.mark.parametrize("code", [500, 550, 554])
def test_what_is_refused_for_ever(stage: str, code: int) -> None:
    """5xx on the mail: never again, and the server does well."""
    assert (Refused, 0) == _came(stage, f"{code} never")


@pytest.mark.parametrize("stage", _OF_THE_MAIL)
@pytest.mark.parametrize("code", [450, 451, 452])
def test_what_is_put_off(stage: str, code: int) -> None:
    """4xx on the mail: later, and the server does well."""
    assert (Deferred, 0) == _came(stage, f"{code} not now")


@pytest.mark.parametrize("stage", STAGES)
def test_a_server_that_leaves(stage: str) -> None:
    """421 at any stage is about the server."""
    assert (Unreachable, 1) == _came(stage, "421 shutting down")


@pytest.mark.parametrize("stage", _OF_THE_SERVER)
@pytest.mark.parametrize("code", [454, 535, 554])
def test_a_server_that_lets_nobody_in(stage: str, code: int) -> None:
    """A mail is never failed for what is not about it."""
    assert (Unreachable, 1) == _came(stage, f"{code} no")


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("what", [SILENCE, HANG_UP])
def test_a_server_that_says_nothing(stage: str, what: str) -> None:
    """Silence and a hang-up at any stage leave the mail's fate open."""
    assert (Unreachable, 1) == _came(stage, what)


@pytest.mark.parametrize("stage", STAGES)
def test_a_server_that_talks_nonsense(stage: str) -> None:
    """What is no SMTP leaves the mail's fate open."""
    assert (Unreachable, 1) == _came(stage, "hello there")


def test_nobody_listens() -> None:
    """A refused connection is counted, and the mail may go later."""
    breaker = _breaker()
    smtp = Smtp("127.0.0.1", 1, "password", _DEADLINE_S, breaker)
    with pytest.raises(Unreachable):
        asyncio.run(smtp.send("us@outreach.example", "ada@acme.example", MESSAGE))
    assert 1 == breaker.consecutive_failures


async def _hurried(server: ScriptedSmtp, breaker: CircuitBreaker, within_s: float) -> Hurried:
    async with server.listening():
        smtp = Smtp("127.0.0.1", server.port, "password", _LONG_S, breaker)
        errand.begin(within_s)
        with pytest.raises(Hurried) as caught:
            await smtp.send("us@outreach.example", "ada@acme.example", MESSAGE)
    return caught.value


@pytest.mark.parametrize("stage", STAGES)
def test_it_ends_with_its_callers_time(stage: str) -> None:
    """Long before the server's own deadline, and not counted against the server."""
    breaker, began = _breaker(), time.monotonic()
    error = asyncio.run(_hurried(ScriptedSmtp(stage), breaker, 0.5))
    took = time.monotonic() - began
    assert ("broken off", 0) == (str(error).partition(":")[0], breaker.consecutive_failures)
    assert 0.5 <= took < _LONG_S / 2


def test_nothing_is_begun_for_a_caller_who_is_gone() -> None:
    """Too little time for a dialogue: the server does not hear of it."""
    server, breaker = ScriptedSmtp(), _breaker()
    error = asyncio.run(_hurried(server, breaker, 0.0))
    assert ("not begun", 0, 0) == (
        str(error).partition(":")[0],
        server.dialogues,
        breaker.consecutive_failures,
    )


def test_a_trial_that_was_hurried_is_given_to_the_next() -> None:
    """Half-open stays half-open: nothing was learnt."""
    clock = Clock()
    breaker = CircuitBreaker("smtp", 1, 30.0, clock)
    asyncio.run(_send(ScriptedSmtp("GREETING", HANG_UP), breaker))
    clock.forward(30.0)
    asyncio.run(_hurried(ScriptedSmtp("BODY"), breaker, 0.3))
    hurried = breaker.state
    assert ("half-open", None) == (hurried, asyncio.run(_send(ScriptedSmtp(), breaker)))
    assert breaker.state == "closed"


def test_a_server_that_does_not_say_goodbye() -> None:
    """It has taken the mail, which is all that counts; the goodbye is given up after a while."""
    server, breaker = ScriptedSmtp("QUIT"), _breaker()

    async def sent() -> float:
        async with server.listening():
            smtp = Smtp("127.0.0.1", server.port, "password", _LONG_S, breaker, farewell_s=0.1)
            began = time.monotonic()
            await smtp.send("us@outreach.example", "ada@acme.example", MESSAGE)
            return time.monotonic() - began

    assert asyncio.run(sent()) < _LONG_S / 2
    assert 0 == breaker.consecutive_failures
