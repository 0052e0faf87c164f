"""The seed's ownership matrix, row by row, and the entities that it leaves unnamed."""

from __future__ import annotations

from seamwright.contract import Entity

_WEB = frozenset({"web"})
_WORKER = frozenset({"worker"})
_BOTH = _WEB | _WORKER

ENTITIES: tuple[Entity, ...] = (
    Entity("prospects", "supabase", readers=_BOTH, writers=_WEB),
    Entity("emails", "d1", readers=_WORKER, writers=_WORKER),
    Entity("campaigns", "supabase", readers=_BOTH, writers=_WEB),
    Entity("mailboxes", "supabase", readers=_WORKER, writers=_WEB),
    Entity(
        "analytics",
        "d1",
        readers=_WEB,
        writers=_WORKER,
        through=(("web", "worker"),),
    ),
    Entity(
        "enrichments",
        "d1",
        readers=_BOTH,
        writers=_WORKER,
        through=(("web", "worker"),),
    ),
)
