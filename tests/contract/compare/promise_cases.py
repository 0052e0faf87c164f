"""For each class of change of what only a contract set says: before, after, and a harmless twin."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from seamwright.contract import (
    Edge,
    Entity,
    Envelope,
    ErrorCode,
    Exemption,
    Form,
    Health,
    Member,
    Mode,
    Protocol,
    RateLimit,
    Recovery,
    RequestId,
    Role,
    Version,
)
from seamwright.contract.compare.promises import Promises, Terms
from seamwright.contract.compare.snapshot import Snapshot, Surface
from tests.contract.compare.interfaces import described, operation

_TERMS = Terms("pets", "POST /pets/{id}", frozenset({"BUSY"}), RateLimit(10, 60), Mode.SYNC)
_BUSY = ErrorCode("BUSY", 503, retryable=True, meaning="Try later")
_LOST = ErrorCode("LOST", 404, retryable=False, meaning="No such pet")
_EDGE = Edge("shop", "pets", Protocol.HTTP, Mode.SYNC, "it must know", 1_000)
_ENTITY = Entity(
    "pets",
    "store",
    frozenset({"shop", "pets"}),
    frozenset({"pets"}),
    through=(("shop", "pets"),),
)
_ROW = Recovery("recovery.store", "down", "seen", "mended", (), 1_000, 2_000)
_FLAG = Member("/ok", Role.SUCCESS_FLAG)
_SUCCESS = Form((_FLAG, Member("/data", Role.DATA), Member("/took", Role.DURATION, False)))
_ENVELOPE = Envelope(_SUCCESS, Form((_FLAG, Member("/error", Role.CODE))))
_HEALTH = Health("/health", ("store",))
_ID = RequestId(headers=("x-request-id", "x-trace"))
_VERSION = Version("x-version", "1", "NO_SUCH_VERSION")

BASE = Promises(
    terms=(_TERMS,),
    errors=(_BUSY, _LOST),
    edges=(_EDGE,),
    entities=(_ENTITY,),
    recoveries=(_ROW,),
    envelope=_ENVELOPE,
    request_id=_ID,
    version=_VERSION,
    health={"pets": _HEALTH},
)


class Case(NamedTuple):
    """Three contracts: as it was, with the change, and the twin."""

    old: Snapshot
    new: Snapshot
    twin: Snapshot


def contract(promises: Promises, *services: str) -> Snapshot:
    """A contract set of some services."""
    interface = described(operation(path="/pets/{id}"))
    names = services or ("pets",)
    version = promises.version.current if promises.version else ""
    surfaces = tuple(Surface(name, interface, interface) for name in names)
    return Snapshot("zoo", version, surfaces, promises)


def _case(old: Promises, new: Promises, twin: Promises) -> Case:
    return Case(contract(old), contract(new), contract(twin))


def _base(**parts: Any) -> Promises:
    return replace(BASE, **parts)


def _terms(**parts: Any) -> Promises:
    return _base(terms=(replace(_TERMS, **parts),))


def _edge(**parts: Any) -> Promises:
    return _base(edges=(replace(_EDGE, **parts),))


def _entity(**parts: Any) -> Promises:
    return _base(entities=(replace(_ENTITY, **parts),))


def _row(**parts: Any) -> Promises:
    return _base(recoveries=(replace(_ROW, **parts),))


def _success(*members: Member, **parts: Any) -> Promises:
    form = replace(_SUCCESS, members=members or _SUCCESS.members, **parts)
    return _base(envelope=replace(_ENVELOPE, success=form))


def _id(**parts: Any) -> Promises:
    return _base(request_id=replace(_ID, **parts))


def _error(**parts: Any) -> Promises:
    return _base(errors=(replace(_BUSY, **parts), _LOST))


def _health(**parts: Any) -> Promises:
    return _base(health={"pets": replace(_HEALTH, **parts)})


_EXTRA = Member("/extra", Role.OTHER)
_MAY = replace(_EXTRA, required=False)
_MEMBERS = _SUCCESS.members
_TURNED = _success(*reversed(_MEMBERS))
_EXEMPT = (Exemption("pets", "POST /pets/{id}", "text/plain", "it is text"),)
_TWO = _terms(codes=frozenset({"BUSY", "LOST"}))
_SAID = _error(meaning="Come again")
_WHY = _edge(reason="for a good reason")
_NEW_ROW = replace(_ROW, id="recovery.pets")
_OTHER = frozenset({"shop", "pets", "vet"})

CASES: dict[str, Case] = {
    "SVC-ADDED": Case(contract(BASE), contract(BASE, "pets", "shop"), contract(_SAID)),
    "SVC-REMOVED": Case(
        contract(BASE, "pets", "shop"), contract(BASE), contract(BASE, "shop", "pets")
    ),
    "OP-MODE-CHANGED": _case(BASE, _terms(mode=Mode.QUEUED), _terms(endpoint="POST /pets/{petId}")),
    "ERR-CODE-ADDED": _case(_base(errors=(_BUSY,)), BASE, _base(errors=(_BUSY,))),
    "ERR-CODE-REMOVED": _case(BASE, _base(errors=(_BUSY,)), _base(errors=(_LOST, _BUSY))),
    "ERR-STATUS-CHANGED": _case(BASE, _error(status=504), _SAID),
    "ERR-BECAME-RETRYABLE": _case(_error(retryable=False), BASE, _error(retryable=False)),
    "ERR-BECAME-FINAL": _case(BASE, _error(retryable=False), _SAID),
    "ERR-ANSWERED": _case(BASE, _TWO, _terms(endpoint="POST /pets/{petId}")),
    "ERR-NOT-ANSWERED": _case(_TWO, BASE, _TWO),
    "LIM-SET": _case(_terms(rate_limit=None), BASE, _terms(rate_limit=None)),
    "LIM-UNSET": _case(BASE, _terms(rate_limit=None), _terms(rate_limit=RateLimit(10, 60))),
    "LIM-LOWERED": _case(BASE, _terms(rate_limit=RateLimit(9, 60)), BASE),
    "LIM-RAISED": _case(BASE, _terms(rate_limit=RateLimit(20, 90)), BASE),
    "LIM-CHANGED": _case(BASE, _terms(rate_limit=RateLimit(20, 600)), BASE),
    "EDG-ADDED": _case(BASE, _base(edges=(_EDGE, replace(_EDGE, callee="store"))), _WHY),
    "EDG-REMOVED": _case(BASE, _base(edges=()), _WHY),
    "EDG-PROTOCOL-CHANGED": _case(BASE, _edge(protocol=Protocol.TCP), _WHY),
    "EDG-MODE-CHANGED": _case(BASE, _edge(mode=Mode.QUEUED), _WHY),
    "EDG-DEADLINE-SHORTENED": _case(BASE, _edge(deadline_ms=900), _WHY),
    "EDG-DEADLINE-LENGTHENED": _case(BASE, _edge(deadline_ms=1_100), _WHY),
    "OWN-ENTITY-ADDED": _case(BASE, _base(entities=(_ENTITY, replace(_ENTITY, name="x"))), BASE),
    "OWN-ENTITY-REMOVED": _case(BASE, _base(entities=()), BASE),
    "OWN-OWNER-CHANGED": _case(BASE, _entity(owner="shop"), _SAID),
    "OWN-READER-ADDED": _case(BASE, _entity(readers=_OTHER), _SAID),
    "OWN-READER-REMOVED": _case(BASE, _entity(readers=frozenset({"pets"})), _SAID),
    "OWN-WRITER-ADDED": _case(BASE, _entity(writers=_OTHER), _SAID),
    "OWN-WRITER-REMOVED": _case(BASE, _entity(writers=frozenset[str]()), _SAID),
    "OWN-THROUGH-CHANGED": _case(BASE, _entity(through=()), _entity(through=(("shop", "pets"),))),
    "BUD-ADDED": _case(BASE, _base(recoveries=(_ROW, _NEW_ROW)), _row(impact="a little")),
    "BUD-REMOVED": _case(BASE, _base(recoveries=()), _row(scenario="broken")),
    "BUD-DETECTION-SHORTENED": _case(BASE, _row(detect_within_ms=900), _row(detection="heard")),
    "BUD-DETECTION-LENGTHENED": _case(BASE, _row(detect_within_ms=1_100), _row(detection="h")),
    "BUD-RECOVERY-SHORTENED": _case(BASE, _row(recover_within_ms=1_900), _row(recovery="done")),
    "BUD-RECOVERY-LENGTHENED": _case(BASE, _row(recover_within_ms=2_100), _row(recovery="d")),
    "ENV-CHANGED": _case(BASE, _base(envelope=None), _TURNED),
    "ENV-MEMBER-ADDED-REQUIRED": _case(
        BASE, _success(*_MEMBERS, _EXTRA), _success(*_MEMBERS, _MAY)
    ),
    "ENV-MEMBER-ADDED-OPTIONAL": _case(BASE, _success(*_MEMBERS, _MAY), _TURNED),
    "ENV-MEMBER-REMOVED-REQUIRED": _case(BASE, _success(*_MEMBERS[1:]), _TURNED),
    "ENV-MEMBER-REMOVED-OPTIONAL": _case(BASE, _success(*_MEMBERS[:2]), _TURNED),
    "ENV-MEMBER-BECAME-REQUIRED": _case(
        BASE, _success(*_MEMBERS[:2], replace(_MEMBERS[2], required=True)), _TURNED
    ),
    "ENV-MEMBER-BECAME-OPTIONAL": _case(
        BASE, _success(replace(_FLAG, required=False), *_MEMBERS[1:]), _TURNED
    ),
    "ENV-ROLE-CHANGED": _case(
        BASE, _success(*_MEMBERS[:2], replace(_MEMBERS[2], role=Role.STATUS)), _TURNED
    ),
    "ENV-MEDIA-CHANGED": _case(
        BASE,
        _success(content_type="application/vnd.pets+json"),
        _success(content_type="Application/Json"),
    ),
    "ENV-OPENED": _case(BASE, _success(extra=True), _TURNED),
    "ENV-CLOSED": _case(_success(extra=True), BASE, _success(extra=True)),
    "ENV-EXEMPTION-CHANGED": _case(
        BASE,
        _base(envelope=replace(_ENVELOPE, exempt=_EXEMPT)),
        _base(envelope=replace(_ENVELOPE, exempt=(replace(_EXEMPT[0], endpoint="GET /old"),))),
    ),
    "RID-HEADER-ADDED": _case(BASE, _id(headers=("x-request-id", "x-trace", "x-id")), _SAID),
    "RID-HEADER-REMOVED": _case(BASE, _id(headers=("x-request-id",)), _SAID),
    "RID-SENT-CHANGED": _case(BASE, _id(headers=("x-trace", "x-request-id")), _SAID),
    "RID-PATTERN-CHANGED": _case(BASE, _id(pattern="[0-9]+"), _SAID),
    "RID-MAIL-HEADER-CHANGED": _case(BASE, _id(mail_header="X-Request-ID"), _SAID),
    "RID-LOG-FIELD-CHANGED": _case(BASE, _id(log_field="request"), _SAID),
    "RID-ADDED": _case(_base(request_id=None), BASE, _base(request_id=None)),
    "RID-REMOVED": _case(BASE, _base(request_id=None), _SAID),
    "VER-HEADER-CHANGED": _case(
        BASE,
        _base(version=replace(_VERSION, header="x-api")),
        _base(version=replace(_VERSION, header="X-Version")),
    ),
    "VER-UNSUPPORTED-CHANGED": _case(
        BASE, _base(version=replace(_VERSION, unsupported="BUSY")), _SAID
    ),
    "VER-MOVED": _case(BASE, _base(version=replace(_VERSION, current="2")), _SAID),
    "HEA-ADDED": _case(_base(health={}), BASE, _base(health={})),
    "HEA-REMOVED": _case(BASE, _base(health={}), _SAID),
    "HEA-FORM-CHANGED": _case(BASE, _health(path="/status"), _SAID),
    "HEA-DEPENDENCY-ADDED": _case(BASE, _health(dependencies=("store", "mail")), _SAID),
    "HEA-DEPENDENCY-REMOVED": _case(BASE, _health(dependencies=()), _SAID),
}
