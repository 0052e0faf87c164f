"""Which error code of the catalogue an answer is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.envelope import Role
from seamwright.judge.body import NotJson, bodiless, member_value, parse

if TYPE_CHECKING:
    from seamwright.contract.system import System
    from seamwright.record.observation import Exchange

_FIRST_ERROR = 400


def answered_code(system: System, one: Exchange) -> str | None:
    """The code that a failure tells, whether the catalogue has it or not; None where it tells none.

    Where failures have no place for a code, it is the one with this status, if just one that the
    endpoint may answer has it.
    """
    answer, case = one.response, one.case
    if answer is None or answer.truncated or case is None or answer.status < _FIRST_ERROR:
        return None
    form = system.envelope.failure if system.envelope else None
    if form is None or form.member(Role.CODE) is None:
        service = system.service(case.service)
        endpoint = service.endpoint(case.endpoint or "") if service else None
        same = [each.code for each in system.codes(endpoint) if each.status == answer.status]
        return same[0] if len(same) == 1 else None
    if bodiless(one, answer):
        return None
    try:
        code = member_value(form, Role.CODE, parse(answer))
    except NotJson:
        return None
    return code if isinstance(code, str) else None
