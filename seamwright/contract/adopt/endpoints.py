"""The endpoints of a document, as source."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from seamwright.contract.adopt.answers import answers_source
from seamwright.contract.adopt.code import (
    Code,
    call,
    keyword,
    laid_out,
    literal,
    row,
)
from seamwright.contract.adopt.envelope_inference import preferred
from seamwright.contract.adopt.following import followed
from seamwright.contract.adopt.names import words
from seamwright.contract.adopt.shape import properties
from seamwright.contract.description.document import Note
from seamwright.contract.envelope import Role

if TYPE_CHECKING:
    from seamwright.contract.adopt.surroundings import Surroundings
    from seamwright.contract.description.document import (
        Operation,
        Parameter,
        Response,
        Schema,
    )

_UNKNOWN = "the document does not say why"
_STYLES = {"query": ("form", True), "path": ("simple", False), "header": ("simple", False)}


def endpoint_source(around: Surroundings, operation: Operation) -> list[str]:
    """The lines of one `Endpoint(…)`, with its comma."""
    return laid_out(_endpoint(around, operation), 1, after=",")


def _endpoint(around: Surroundings, operation: Operation) -> Code:
    name = _wanted(operation)
    success = _success(operation)
    items: list[Code] = [
        literal(operation.method),
        literal(operation.path),
        literal(_summary(operation)),
        _response(around, operation, success, name),
        keyword("mode_reason", literal(_mode(operation)[1])),
    ]
    items += _request(around, operation, name)
    items += _parameters(around, operation)
    content = preferred(success.contents) if success else None
    media = content.media if content else ""
    if media != "application/json" and (around.envelope is None or not media):
        items.append(keyword("response_media", literal(media)))
    others = [one.media for one in success.contents if one is not content] if success else []
    if others:
        pointer = f"{operation.pointer}/responses/{success.status if success else ''}"
        around.notes.append(Note(pointer, "the forms of its other media types: left out"))
        items.append(keyword("other_media", row([literal(one) for one in others])))
    status = _status(success)
    if status != 200:
        items.append(keyword("status", str(status)))
    codes = around.catalogue.own(operation)
    if codes:
        items.append(keyword("errors", row([literal(one) for one in codes])))
    answers = answers_source(around, operation, success, name)
    if answers:
        items.append(keyword("answers", row(answers)))
    items += _promises(around, operation)
    return call("Endpoint", items)


def _wanted(operation: Operation) -> str:
    """What the messages of an operation are named after."""
    if words(operation.name):
        return operation.name
    return f"{operation.method.lower()} {operation.path}"


def _summary(operation: Operation) -> str:
    told = operation.summary or operation.description.strip().split("\n")[0]
    return told.strip() or operation.name


def _mode(operation: Operation) -> tuple[str, str]:
    said = operation.extensions.get("x-mode")
    if isinstance(said, dict):
        told = cast("dict[str, object]", said)
        mode, reason = told.get("mode"), told.get("reason")
        if mode in ("sync", "queued") and isinstance(reason, str) and reason:
            return str(mode), reason
    accepted = any(one.status == "202" for one in operation.responses)
    return ("queued" if accepted else "sync"), _UNKNOWN


def _success(operation: Operation) -> Response | None:
    """The answer that is taken for the success: the lowest 2xx, else a class or the default."""
    exact = sorted(
        (one for one in operation.responses if one.status.startswith("2") and one.status.isdigit()),
        key=lambda one: one.status,
    )
    if exact:
        return exact[0]
    wide = {one.status: one for one in operation.responses}
    return wide.get("2XX") or (wide.get("default") if len(wide) == 1 else None)


def _status(success: Response | None) -> int:
    return int(success.status) if success is not None and success.status.isdigit() else 200


def _response(
    around: Surroundings, operation: Operation, success: Response | None, name: str
) -> Code:
    content = preferred(success.contents) if success else None
    if success is None or content is None or content.schema is None:
        return "None"
    pointer = f"{operation.pointer}/responses/{success.status}"
    schema: Schema = content.schema
    envelope = around.envelope
    if envelope is not None and not envelope.exemption(around.service, operation.id):
        data = envelope.success.member(Role.DATA)
        for step in data.path if data else ():
            within = properties(followed(schema, around.description.definitions))
            if step not in within:
                if around.inferred.named:
                    said = f"its success is described without {data.at if data else ''!r}"
                    around.notes.append(Note(pointer, f"{said}, where the envelope has its data"))
                return "None"
            schema = within[step]
    return f"message.{around.messages.body(schema, f'{name} response', pointer)}"


def _request(around: Surroundings, operation: Operation, name: str) -> list[Code]:
    body = operation.body
    if body is None:
        return []
    pointer = f"{operation.pointer}/requestBody"
    content = preferred(body.contents)
    if content is None:
        return []
    others = sorted({one.media for one in body.contents} - {content.media})
    if others:
        around.notes.append(Note(pointer, f"its other forms ({', '.join(others)}): left out"))
    model = around.messages.body(content.schema or {}, f"{name} request", pointer)
    items: list[Code] = [keyword("request", f"message.{model}")]
    if not body.required:
        items.append(keyword("request_required", "False"))
    if content.media != "application/json":
        items.append(keyword("request_media", literal(content.media)))
    return items


def _parameters(around: Surroundings, operation: Operation) -> list[Code]:
    places: dict[str, dict[str, tuple[Schema, bool]]] = {"path": {}, "query": {}, "header": {}}
    for one in operation.parameters:
        pointer = f"{operation.pointer}/parameters"
        if one.place == "header" and one.name in around.own_headers:
            continue
        if one.place not in places:
            around.notes.append(Note(pointer, f"the {one.place} {one.name!a}: left out"))
            continue
        if one.media:
            said = f"{one.name!a} is written as {one.media}: taken as a value"
            around.notes.append(Note(pointer, said))
        if (one.style, one.explode) != _STYLES[one.place] and _is_several(around, one):
            exploded = " exploded" if one.explode else ""
            said = f"{one.name!a} is written as {one.style}{exploded}: taken for the usual way"
            around.notes.append(Note(pointer, said))
        places[one.place][one.name] = (_value(one), one.required)
    items: list[Code] = []
    for place, argument in (("path", "path_values"), ("query", "query"), ("header", "headers")):
        told = places[place]
        if told and not (place == "path" and all(_is_plain(one) for one, _ in told.values())):
            wanted = (
                f"by {' '.join(list(told)[:3])}"
                if place == "path"
                else f"{_wanted(operation)} {place}"
            )
            model = around.messages.values(told, wanted, f"{operation.pointer}/parameters")
            items.append(keyword(argument, f"message.{model}"))
    return items


def _value(parameter: Parameter) -> Schema:
    told: Schema = {}
    if parameter.description:
        told["description"] = parameter.description
    if parameter.deprecated:
        told["deprecated"] = True
    return {"allOf": [parameter.schema], **told} if told else parameter.schema


def _is_plain(schema: Schema) -> bool:
    """Whether a path parameter says no more than that it is there."""
    return schema in ({"type": "string"}, {"type": "string", "minLength": 1})


def _is_several(around: Surroundings, parameter: Parameter) -> bool:
    kind = followed(parameter.schema, around.description.definitions).get("type")
    return kind in ("array", "object")


def _promises(around: Surroundings, operation: Operation) -> list[Code]:
    """Rate limit, mode, credentials, and whether it is about to go."""
    items: list[Code] = []
    limit = operation.extensions.get("x-rate-limit")
    if isinstance(limit, dict):
        told = cast("dict[str, object]", limit)
        most, window = told.get("limit"), told.get("windowS")
        if isinstance(most, int) and isinstance(window, int) and most > 0 and window > 0:
            arguments = [keyword("limit", str(most)), keyword("window_s", str(window))]
            items.append(keyword("rate_limit", call("RateLimit", arguments)))
    if _mode(operation)[0] == "queued":
        items.append(keyword("mode", "Mode.QUEUED"))
    credentials = _credentials(around, operation)
    if credentials:
        items.append(keyword("credentials", row([literal(one) for one in credentials])))
    if operation.deprecated:
        items.append(keyword("deprecated", "True"))
    return items


def _credentials(around: Surroundings, operation: Operation) -> list[str]:
    if () in operation.security:
        return []
    names: list[str] = []
    for alternative in operation.security:
        if len(alternative) > 1:
            said = f"{' and '.join(map(ascii, alternative))} are demanded together: the first alone"
            around.notes.append(Note(f"{operation.pointer}/security", said))
        names += [one for one in alternative[:1] if one in around.credentials]
    return list(dict.fromkeys(names))
