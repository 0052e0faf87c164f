"""The data of a success, where the envelope says that it lies."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from seamwright.contract.envelope import Role
from seamwright.judge.body import NotJson, bodiless, member_value, parse

if TYPE_CHECKING:
    from seamwright.contract.system import System
    from seamwright.record.observation import Exchange

ABSENT = object()
"""In place of data that an answer does not have."""

_FIRST_ERROR = 400


def answered_data(system: System, one: Exchange) -> object:
    """The data of a success; `ABSENT` where there is none to be read."""
    answer = one.response
    if answer is None or answer.truncated or answer.status >= _FIRST_ERROR or bodiless(one, answer):
        return ABSENT
    try:
        body = parse(answer)
    except NotJson:
        return ABSENT
    envelope, case = system.envelope, one.case
    if envelope is None or (case and envelope.exemption(case.service, case.endpoint)):
        return body
    if envelope.success.member(Role.DATA) is None:
        return body
    return member_value(envelope.success, Role.DATA, body, ABSENT)


def sent_fields(one: Exchange) -> dict[str, object]:
    """The fields of the JSON object that a request carried; none where it carried no object."""
    try:
        body: object = json.loads(one.request.body) if one.request else None
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, object]", body) if isinstance(body, dict) else {}
