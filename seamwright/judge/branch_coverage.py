"""Which branches of what it may answer each endpoint has shown.

A branch is a status that is declared, or one of the schema that is declared for it: of a success
that of its data, of an answer beside success and codes that of its body. Error codes are counted
by `code_coverage`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from seamwright.contract.derive.json_schema import message_schema
from seamwright.judge.answered_data import ABSENT, answered_data
from seamwright.judge.body import NotJson, bodiless, parse
from seamwright.judge.branch import branches
from seamwright.judge.driven import by_endpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.system import System
    from seamwright.judge.branch import Branches
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange

_MOST = 2_000
"""Answers with one status of one endpoint that are looked into, so that a long record costs no
more than a short one."""


@dataclass(frozen=True, slots=True)
class EndpointBranches:
    """The branches of one endpoint.

    Attributes:
        service: whose it is.
        endpoint: `METHOD /path/template`.
        declared: all of them, `STATUS` or `STATUS /place…`, in the order of the contract.
        reached: those that an answer showed.
    """

    service: str
    endpoint: str
    declared: tuple[str, ...]
    reached: frozenset[str]

    @property
    def missing(self) -> tuple[str, ...]:
        """Those that no answer showed."""
        return tuple(one for one in self.declared if one not in self.reached)


def branch_coverage(system: System, record: Record) -> tuple[EndpointBranches, ...]:
    """What driven exchanges show of every endpoint, in the order of the contract."""
    return tuple(
        _endpoint(system, service.name, endpoint, exchanges)
        for service, endpoint, exchanges in by_endpoint(system, record)
        if endpoint is not None
    )


def _endpoint(
    system: System, service: str, endpoint: Endpoint, exchanges: tuple[Exchange, ...]
) -> EndpointBranches:
    success, others = str(endpoint.status), {one.status: one for one in endpoint.answers}
    bodies = {success: endpoint.response} | {key: one.body for key, one in others.items()}
    trees = {key: branches(message_schema(one)) if one else None for key, one in bodies.items()}
    every = {key: (key, *_named(key, tree)) for key, tree in trees.items()}
    declared = tuple(dict.fromkeys(name for names in every.values() for name in names))
    looked = dict.fromkeys(trees, 0)
    reached: set[str] = set()
    for one in exchanges:
        key = _status(endpoint, one)
        if key is None or looked[key] == _MOST or reached.issuperset(every[key]):
            continue
        looked[key] += 1
        reached.add(key)
        tree = trees[key]
        value = answered_data(system, one) if key == success else _whole(one)
        if tree is not None and value is not ABSENT:
            reached.update(f"{key} {label}" for label in tree.reached(value))
    return EndpointBranches(service, endpoint.id, declared, frozenset(reached))


def _named(key: str, tree: Branches | None) -> Iterator[str]:
    if tree is not None:
        yield from (f"{key} {label}" for label in tree.all())


def _status(endpoint: Endpoint, one: Exchange) -> str | None:
    """The declared status that an answer has, as it is declared."""
    answer = one.response
    if answer is None:
        return None
    if answer.status == endpoint.status:
        return str(endpoint.status)
    beside = endpoint.answer(answer.status)
    return beside.status if beside else None


def _whole(one: Exchange) -> object:
    answer = one.response
    if answer is None or answer.truncated or bodiless(one, answer):
        return ABSENT
    try:
        return parse(answer)
    except NotJson:
        return ABSENT
