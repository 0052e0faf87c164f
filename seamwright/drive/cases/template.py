"""`{name}` in steps: values that earlier answers left."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from seamwright.problem import UsageProblem

if TYPE_CHECKING:
    from seamwright.drive.cases.step import Json

_NAME = re.compile(r"\{([A-Za-z_]\w*)\}")


class TemplateProblem(UsageProblem):
    """A step uses a value that no step before it has kept."""


def fill_text(text: str, kept: Mapping[str, str], where: str) -> str:
    """The text with its names replaced.

    Raises:
        TemplateProblem: when a name was not kept.
    """

    def one(found: re.Match[str]) -> str:
        if found[1] not in kept:
            raise TemplateProblem(
                expected=f"one of {', '.join(sorted(kept)) or '(nothing was kept yet)'}",
                seen=found[0],
                where=where,
                mend="keep the value in an earlier step, or see why that step was refused",
            )
        return kept[found[1]]

    return _NAME.sub(one, text)


def fill_json(value: Json, kept: Mapping[str, str], where: str) -> Json:
    """The value with its names replaced, at any depth."""
    if isinstance(value, str):
        return fill_text(value, kept, where)
    if isinstance(value, Mapping):
        return {key: fill_json(one, kept, where) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [fill_json(one, kept, where) for one in value]
    return value
