"""VER001: every answer tells its API version, and an unknown one is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.envelope import Role
from seamwright.judge.body import NotJson, member_value, parse
from seamwright.judge.http_answer import is_of_http, is_of_parser
from seamwright.judge.rule import Bench, Rule
from seamwright.judge.verdict import Place
from seamwright.record.observation import header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.service import Service
    from seamwright.contract.system import System
    from seamwright.contract.version import Version
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange

_BENCH = Bench("VER001", spans=True)


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """A service passes when all its answers told the version and an unknown one was refused."""
    for service in system.services:
        place = Place(service.name)
        if system.version is None:
            yield _BENCH.unproven(place, "the contract declares no version")
            continue
        answered = [
            one for one in record.driven() if one.edge == f"driver→{service.name}" and one.response
        ]
        if not answered:
            yield _BENCH.unproven(place, record.why_unseen(service.name) or "it never answered")
            continue
        yield from _service(system, system.version, service, answered)


def _service(
    system: System, version: Version, service: Service, answered: list[Exchange]
) -> Iterator[Verdict]:
    pinned: list[str] = []
    wrong = False
    for one in answered:
        if one.request is None or one.response is None or one.case is None:
            continue
        place = Place(service.name, one.case.endpoint or "")
        told = header(one.response.headers, version.header)
        if is_of_http(one) or (told is None and is_of_parser(one)):
            continue  # not the application's
        if told != version.current:
            wrong = True
            said = f"the answer has no {version.header}: {version.current}"
            yield _BENCH.failed(place, said, [one.id])
        asked = header(one.request.headers, version.header)
        if asked is not None and asked != version.current:
            pinned.append(one.id)
            if not _refused(system, version, one):
                wrong = True
                said = f"an unknown version is not refused with {version.unsupported}"
                yield _BENCH.failed(place, said, [one.id])
    if wrong:
        return
    if pinned:
        yield _BENCH.passed(Place(service.name), [*pinned, answered[0].id])
    else:
        yield _BENCH.unproven(Place(service.name), "no request named an unknown version")


def _refused(system: System, version: Version, one: Exchange) -> bool:
    error = system.error(version.unsupported)
    answer = one.response
    if error is None or answer is None or answer.status != error.status:
        return False
    if system.envelope is None or system.envelope.failure.member(Role.CODE) is None:
        return True
    try:
        return member_value(system.envelope.failure, Role.CODE, parse(answer)) == error.code
    except NotJson:
        return False


RULE = Rule(
    code="VER001",
    title="Every answer tells its version, and an unknown version is refused",
    why="Without it a breaking change reaches every caller at once.",
    source='Seed, "API Contracts": versioning strategy exists',
    judge=judge,
)
