"""A picture of the boxes and the edges between them, in Mermaid's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.edge import Mode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.system import System


def topology(system: System) -> str:
    """A Mermaid flowchart: services as boxes, stores as cylinders, other dependencies rounded.

    An edge is labelled with its protocol; a dashed one does not wait for the work.
    """
    return "\n".join(_lines(system)) + "\n"


def _lines(system: System) -> Iterator[str]:
    yield "flowchart LR"
    names: dict[str, str] = {}
    for number, service in enumerate(system.services, 1):
        names[service.name] = f"s{number}"
        yield f'    s{number}["{_label(service.title or service.name)}"]'
    for number, one in enumerate(system.dependencies, 1):
        names[one.name] = f"d{number}"
        left, right = ("[(", ")]") if one.stores else ("([", "])")
        yield f'    d{number}{left}"{_label(one.title or one.name)}"{right}'
    for edge in system.edges:
        arrow = "-.->" if edge.mode is Mode.QUEUED else "-->"
        yield f'    {names[edge.caller]} {arrow}|"{edge.protocol.value}"| {names[edge.callee]}'


def _label(said: str) -> str:
    """A text inside of quotation marks; what Mermaid would read is written as an entity."""
    shown = " ".join("".join(one if one.isprintable() else " " for one in said).split())
    return "".join(
        one if one.isalnum() or one in " .,:()/-+_" else f"#{ord(one)};" for one in shown
    )
