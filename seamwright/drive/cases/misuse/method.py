"""Methods that a path does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.drive.cases.case import fill_path
from seamwright.drive.cases.misuse.aim import unowed
from seamwright.drive.cases.wellformed import unknown_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.endpoint import Endpoint
    from seamwright.drive.cases.case import Case
    from seamwright.drive.cases.misuse.aim import Aim

_KNOWN = ("DELETE", "PUT", "PATCH", "POST", "GET")
_PATHS = 6
_EACH = 2


def method_cases(aim: Aim) -> Iterator[Case]:
    """On some paths two known methods that they lack, and OPTIONS; an unknown one on the first."""
    paths: dict[str, Endpoint] = {}
    for one in sorted(aim.service.endpoints, key=lambda one: len(one.parameters)):
        paths.setdefault(one.path, one)
    for number, endpoint in enumerate(list(paths.values())[:_PATHS]):
        target = fill_path(endpoint, unknown_path(endpoint), {}, endpoint.id)
        lacking = [one for one in _KNOWN if aim.service.find(one, target) is None]
        # By turns, so that all known methods are met.
        turned = (
            lacking[number % len(lacking) :] + lacking[: number % len(lacking)] if lacking else []
        )
        for method in turned[:_EACH]:
            yield aim.nowhere(method, target, f"{method}, which the path does not have")
        yield aim.nowhere("OPTIONS", target, "what the path knows is asked")
        if number == 0:
            # Some parsers know the methods of HTTP, and refuse others themselves.
            yield unowed(aim.nowhere("BREW", target, "a method that HTTP does not have"))
