"""`{name}` in the commands and the environment of a subject file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seamwright.problem import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([A-Za-z0-9_.\-]+)\}")


class PlaceholderProblem(UsageProblem):
    """A placeholder names something that there is not."""


def fill(text: str, values: Mapping[str, str], where: str) -> str:
    """The text with every `{name}` replaced; `{{` and `}}` are braces.

    Raises:
        PlaceholderProblem: when a name has no value.
    """

    def one(found: re.Match[str]) -> str:
        name = found[1]
        if name is None:
            return found[0][0]
        if name not in values:
            raise PlaceholderProblem(
                expected=f"one of {', '.join(sorted(values))}",
                seen="{" + name + "}",
                where=where,
                mend="correct the name, or declare what it stands for",
            )
        return values[name]

    return _PLACEHOLDER.sub(one, text)
