"""The page of all classes of change.

`python -m tests.contract.compare.diff_classes_page` writes its table anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from seamwright.contract.compare.classes import CLASSES

if TYPE_CHECKING:
    from seamwright.contract.compare.change import ChangeClass

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "diff-classes.md"
HEAD = "| code | what | consumers | providers | why | cure |"
RULE = "|---|---|---|---|---|---|"


def table() -> list[str]:
    """One row a class, as the page has them."""
    return [HEAD, RULE, *(_row(one) for one in CLASSES)]


def with_table(text: str) -> str:
    """The page with its table as the classes are now."""
    lines = text.splitlines()
    first = lines.index(HEAD)
    after = next(place for place in range(first, len(lines)) if not lines[place].startswith("|"))
    return "\n".join([*lines[:first], *table(), *lines[after:]]) + "\n"


def _row(kind: ChangeClass) -> str:
    consumers = "breaks" if kind.consumers else "no"
    providers = "breaks" if kind.providers else "no"
    cure = kind.cure or ""
    return f"| {kind.code} | {kind.title} | {consumers} | {providers} | {kind.reason} | {cure} |"


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
