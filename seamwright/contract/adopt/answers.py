"""What an endpoint answers beside its success and the codes of the catalogue, as source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.adopt.code import Code, call, keyword, literal
from seamwright.contract.adopt.envelope_inference import preferred
from seamwright.contract.adopt.envelope_named import lacking
from seamwright.contract.description.document import Note

if TYPE_CHECKING:
    from seamwright.contract.adopt.surroundings import Surroundings
    from seamwright.contract.description.document import Operation, Response


def answers_source(
    around: Surroundings, operation: Operation, success: Response | None, name: str
) -> list[Code]:
    """Its `Answer`s: those that are neither the success nor one with a code of the catalogue."""
    made: list[Code] = []
    for one in operation.responses:
        if one is success or around.catalogue.covers(operation, one.status):
            continue
        pointer = f"{operation.pointer}/responses/{one.status}"
        if _is_enveloped(around, operation, one, pointer):
            continue
        items: list[Code] = [literal(one.status), literal(one.description.strip() or one.status)]
        content = preferred(one.contents)
        others = sorted({x.media for x in one.contents} - {content.media if content else ""})
        if others:
            around.notes.append(Note(pointer, f"its other forms ({', '.join(others)}): left out"))
        if content is not None and content.schema is not None:
            model = around.messages.body(content.schema, f"{name} answer {one.status}", pointer)
            items.append(f"message.{model}")
        if content is None:
            items.append(keyword("media", literal("")))
        elif content.media != "application/json":
            items.append(keyword("media", literal(content.media)))
        made.append(call("Answer", items))
    return made


def _is_enveloped(around: Surroundings, operation: Operation, one: Response, pointer: str) -> bool:
    """Whether an answer is a failure in an envelope that was named, whatever is described of it."""
    envelope = around.envelope
    if envelope is None or not around.inferred.named or one.status[0] not in "45d":
        return False
    if envelope.exemption(around.service, operation.id):
        return False
    missing = lacking(envelope.failure, one, around.description.definitions)
    if missing:
        said = f"a failure is described without {missing!r}, which the envelope demands"
        around.notes.append(Note(pointer, said))
    return True
