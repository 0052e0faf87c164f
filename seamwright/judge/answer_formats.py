"""The formats of the answers of one service, apart from what each of them repeats of its request.

{"error": "no", "body": {"a": 1}}     to {"a": 1}
{"error": "no", "body": [2]}          to [2]
{"error": "no", "body": null}         to nothing       one format: {error, body: what was sent}

{"name": ["too long"]}, {"age": ["no number"]}         one format: {each field: list}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from seamwright.contract.derive.members import members_of
from seamwright.judge.answer_format import format_of
from seamwright.record.echo import containers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from seamwright.contract.system import System
    from seamwright.judge.answer_format import Format
    from seamwright.record.observation import Exchange


def formats_of(system: System, exchanges: Iterable[Exchange]) -> list[tuple[Exchange, Format]]:
    """Each exchange that has an answer, with the format of it."""
    found = [
        (one, format_of(one.response, _sent(one), _fields(system, one)))
        for one in exchanges
        if one.response is not None
    ]
    echoes = frozenset(path for _, each in found for path in each.echoes)
    return [(one, each.echoing(echoes)) for one, each in found] if echoes else found


def _sent(one: Exchange) -> tuple[object, ...]:
    return containers(one.request.body) if one.request else ()


def _fields(system: System, one: Exchange) -> frozenset[str]:
    """The members that its request may have, and those that it had."""
    sent = next(iter(_sent(one)), None)
    had = frozenset(cast("dict[str, object]", sent)) if isinstance(sent, dict) else frozenset[str]()
    service = system.service(one.case.service) if one.case else None
    endpoint = service.endpoint(one.case.endpoint or "") if service and one.case else None
    models = (endpoint.request, endpoint.query) if endpoint else ()
    return had.union(*(members_of(each).named for each in models if each is not None))
