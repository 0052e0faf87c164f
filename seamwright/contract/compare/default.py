"""What is meant where a value is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.compare.change import ChangeClass
from seamwright.contract.compare.direction import Facet, Shift
from seamwright.contract.compare.wording import became

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.compare.shape import Shape

_NOTE = "in an answer a default is only a note: what is left out is left out"


def _answered(code: str, title: str) -> ChangeClass:
    return ChangeClass(
        f"RES-{code}", f"{title} in a response", consumers=False, providers=False, reason=_NOTE
    )


DEFAULT_CHANGED = Facet(
    ChangeClass(
        "REQ-DEFAULT-CHANGED",
        "a default is another one in a request",
        consumers=True,
        providers=True,
        reason="the same request, with the value left out, now means something else",
        cure="keep the default, or add a parameter that chooses the new behaviour",
    ),
    _answered("DEFAULT-CHANGED", "a default is another one"),
)
DEFAULT_UNSET = Facet(
    ChangeClass(
        "REQ-DEFAULT-UNSET",
        "a default is gone from a request",
        consumers=True,
        providers=False,
        reason="nobody promises any longer what is meant where the value is left out",
        cure="keep the default",
    ),
    _answered("DEFAULT-UNSET", "a default is gone"),
)
DEFAULT_SET = Facet(
    ChangeClass(
        "REQ-DEFAULT-SET",
        "a default was given in a request",
        consumers=False,
        providers=True,
        reason="nothing was promised before, but every provider must now mean the same",
        cure="announce the default to providers first",
    ),
    _answered("DEFAULT-SET", "a default was given"),
)
FACETS = (DEFAULT_CHANGED, DEFAULT_UNSET, DEFAULT_SET)


def shifts(old: Shape, new: Shape) -> Iterator[Shift]:
    """At most one change."""
    if old.default == new.default:
        return
    said = f"default {became(old.default, new.default)}"
    if old.default is None:
        yield Shift(DEFAULT_SET, "", said)
    elif new.default is None:
        yield Shift(DEFAULT_UNSET, "", said)
    else:
        yield Shift(DEFAULT_CHANGED, "", said)
