"""The API reference, as far as it must be read to see what it documents.

    ## Shop API                 a section, of a service
    ### GET /orders             a section within it, of an endpoint
    | shop | bank | http | …    a row of a table

Texts stand in it as the page spells them, with what would be markup escaped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seamwright.contract.derive.api_reference.markdown import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.service import Service

_HEADING = re.compile(r"(#{1,6}) (.*)")
_FENCE = "```"


@dataclass(frozen=True, slots=True)
class ReferencePage:
    """What a page has.

    Attributes:
        sections: the headings over each section, outermost first, its own last.
        rows: the cells of every row of every table.
    """

    sections: frozenset[tuple[str, ...]]
    rows: frozenset[tuple[str, ...]]

    def has_section(self, service: Service, endpoint: str) -> bool:
        """Whether it has a section with this heading within one of the service."""
        own, title = text(endpoint), text(service.title or service.name)
        return any(
            one[-1] == own and any(above == title or above.startswith(f"{title} ") for above in one)
            for one in self.sections
        )

    def has_row(self, *cells: str) -> bool:
        """Whether a row begins with these cells."""
        own = tuple(text(one) for one in cells)
        return any(one[: len(own)] == own for one in self.rows)


def read_page(page: str) -> ReferencePage:
    """The sections and the rows of a page in Markdown; code in it is passed over."""
    above: list[tuple[int, str]] = []
    sections: list[tuple[str, ...]] = []
    rows: list[tuple[str, ...]] = []
    for line in _prose(page):
        heading = _HEADING.fullmatch(line)
        if heading:
            level = len(heading[1])
            above = [*(one for one in above if one[0] < level), (level, heading[2].strip())]
            sections.append(tuple(said for _, said in above))
        elif line.startswith("| ") and line.endswith(" |"):
            rows.append(tuple(line[2:-2].split(" | ")))
    return ReferencePage(frozenset(sections), frozenset(rows))


def _prose(page: str) -> Iterator[str]:
    """The lines outside of blocks of code."""
    code = False
    for line in page.split("\n"):
        if line.startswith(_FENCE):
            code = not code
        elif not code:
            yield line
