"""Headers that are hostile, and headers that ask for what HTTP has and the contract may not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from seamwright.drive.cases.misuse.aim import NOWHERE, unowed
from seamwright.record.observation import NO_CREDENTIAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.endpoint import Endpoint
    from seamwright.drive.cases.case import Case, Headers
    from seamwright.drive.cases.misuse.aim import Aim

_LONG = 10_000
_ASKED: tuple[tuple[str, str], ...] = (
    ("if-none-match", "*"),
    ("if-none-match", '"no-such-tag", W/"'),
    ("if-match", '"no-such-tag"'),
    ("if-modified-since", "no date"),
    ("if-unmodified-since", "Thu, 01 Jan 1970 00:00:00 GMT"),
    ("range", "bytes=0-0"),
    ("range", "bytes=9-1,-0,x"),
    ("accept", "application/no-such-type"),
    ("accept-encoding", "no-such-coding, *;q=0"),
    ("cookie", 'a="; ;;=; ='),
    ("x-forwarded-for", "' or 1=1 --"),
)
_HOSTILE_IDS: tuple[tuple[str, str], ...] = (
    ("a request ID with spaces", "a b c"),
    ("a request ID that is empty", ""),
    ("a request ID of CR and LF, percent-encoded", "a%0d%0ax-misused:%20yes"),
    ("a request ID that is a script", "<script>alert(1)</script>"),
    ("a request ID that is a path", "../../etc/passwd"),
    ("a request ID that is not ASCII", "\u00e9\u2603\U0001f9ea"),
    ("a request ID that is a format", "${jndi:ldap://127.0.0.1/a} %s%n {0}"),
    ("a request ID that closes a text", "\"}', \\"),
)
_NO_VERSIONS = ("999", "1.0.0-no-such")
_GUARDED = 2


def header_cases(aim: Aim) -> Iterator[Case]:
    """Conditional, range and hostile headers, spread over the endpoints that are read."""
    reads = aim.reads
    for number, (name, value) in enumerate(_ASKED if reads else ()):
        reason = f"the header {name}"
        yield _case(aim, reads[number % len(reads)], reason, ((name, value),))
    for endpoint in reads[:1]:
        yield unowed(_case(aim, endpoint, "a long header", (("x-long", "a" * _LONG),)))
    yield from _ids(aim)
    yield from _versions(aim)
    yield from _credentials(aim)


def _ids(aim: Aim) -> Iterator[Case]:
    """IDs that nobody may take over. None is sent twice: it would look as if it was given twice."""
    if aim.system.request_id is None:
        return
    name = aim.system.request_id.headers[0]
    for reason, value in _HOSTILE_IDS:
        yield _at_nowhere(aim, reason, ((name, value),))
    several = tuple((name, f"misuse-{aim.service.name}-{one}") for one in "abc")
    yield _at_nowhere(aim, "several request IDs", several)
    yield unowed(_at_nowhere(aim, "a request ID of 10 kB", ((name, "a" * _LONG),)))


def _versions(aim: Aim) -> Iterator[Case]:
    if aim.system.version is None:
        return
    for endpoint in aim.reads[:1]:
        for value in _NO_VERSIONS:
            headers = ((aim.system.version.header, value),)
            yield _case(aim, endpoint, f"the version {value}", headers)


def _credentials(aim: Aim) -> Iterator[Case]:
    """Headers in the place of a credential that prove nothing."""
    guarded = [one for one in aim.service.endpoints if one.credentials and one in _known(aim)]
    for endpoint in guarded[:_GUARDED]:
        kind = aim.system.credential(endpoint.credentials[0])
        if kind is None:
            continue
        told = {
            "a wrong token": kind.value("no-such-token"),
            "a token that is empty": kind.value(""),
            "a token that is not ASCII": kind.value("\u00e9\u2603"),
            "another scheme": "Basic Og==",
        }
        for reason, value in told.items():
            case = replace(aim.well(endpoint, NO_CREDENTIAL + reason), credential=None)
            yield replace(case, headers=(*case.headers, (kind.header, value)))
        twice = tuple((kind.header, kind.value(one)) for one in ("no-such-token", "nor-this"))
        case = replace(aim.well(endpoint, NO_CREDENTIAL + "two wrong tokens"), credential=None)
        yield replace(case, headers=(*case.headers, *twice))


def _known(aim: Aim) -> tuple[Endpoint, ...]:
    return (*aim.reads, *aim.takers)


def _case(aim: Aim, endpoint: Endpoint, reason: str, headers: Headers) -> Case:
    case = aim.well(endpoint, reason)
    return replace(case, headers=(*case.headers, *headers))


def _at_nowhere(aim: Aim, reason: str, headers: Headers) -> Case:
    return replace(aim.nowhere("GET", NOWHERE, reason), headers=headers)
