"""CTT001: a body is what its content type says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seamwright.judge.body import NotJson, bodiless, is_json, media_type, parse
from seamwright.judge.driven import by_endpoint, place_of, settled, why_not_driven
from seamwright.judge.enveloped import is_beside
from seamwright.judge.rule import Bench, Rule
from seamwright.record.observation import header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.system import System
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record
    from seamwright.record.observation import Response

_BENCH = Bench("CTT001", spans=True)
_FIRST_ERROR = 400
_FIRST_FAULT = 500
_MEDIA = re.compile(r"[\w!#$&^.+-]{1,127}/[\w!#$&^.+-]{1,127}", re.ASCII)
_CHARSET = re.compile(r";[ \t]*charset[ \t]*=[ \t]*\"?([^\s;\"]{1,60})", re.IGNORECASE)
_UTF_8 = frozenset({"utf-8", "utf8"})
_LINES = frozenset({"application/stream+json"})
"""Ends in `+json`, and is a JSON text in each line."""
_DECODED = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
"""Codings that are undone before a body is recorded."""
_PLAIN = frozenset({"text/plain", "text/html", "application/octet-stream"})
"""What a framework says where nobody has said anything."""


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """An endpoint passes when a body of it was seen, and all were what they were said to be.

    Whether an answer in the envelope, or a success with a schema, is JSON at all is the business of
    ENV001 and SCH001: one fault, one finding.
    """
    for service, endpoint, exchanges in by_endpoint(system, record):
        place = place_of(service, endpoint)
        true: list[str] = []
        wrong = False
        for one in exchanges:
            answer = one.response
            if answer is None or not answer.body or bodiless(one, answer):
                continue
            fault = _fault(answer, _Place(system, service.name, endpoint, answer))
            if fault:
                wrong = True
                yield _BENCH.failed(place, f"{answer.status}: {fault}", [one.id], fault)
            else:
                true.append(one.id)
        reason = "no body of it was seen" if exchanges else ""
        why = reason or why_not_driven(record, service.name)
        yield from settled(_BENCH, place, true, wrong=wrong, why=why)


class _Place:
    """What other rules say of an answer, and which media types it may have.

    Attributes:
        is_enveloped: whether ENV001 says that it is JSON, and is called so.
        is_typed: whether ENV001 says that it is called what it is.
        has_schema: whether SCH001 says that it fits its schema.
        media: that the contract names for it.
    """

    def __init__(
        self, system: System, service: str, endpoint: Endpoint | None, answer: Response
    ) -> None:
        envelope = system.envelope
        id_ = endpoint.id if endpoint else None
        exemption = envelope.exemption(service, id_) if envelope else None
        is_apart = is_beside(envelope, endpoint, answer)
        beside = endpoint.answer(answer.status) if endpoint and is_apart else None
        succeeded = answer.status < _FIRST_ERROR
        # An endpoint that is exempt still refuses what a caller does wrong in the form of all.
        refused = _FIRST_ERROR <= answer.status < _FIRST_FAULT
        self.is_enveloped = bool(envelope) and beside is None and (exemption is None or refused)
        self.is_typed = self.is_enveloped or (exemption is not None and succeeded)
        self.has_schema = bool(
            beside.body if beside else succeeded and endpoint and endpoint.response
        )
        told = {exemption.content_type if exemption else "", beside.media if beside else ""}
        if endpoint and succeeded and beside is None:
            told |= {endpoint.response_media, *endpoint.other_media}
        self.media = {one.partition(";")[0].strip().lower() for one in told if one}


def _fault(answer: Response, place: _Place) -> str:
    """What is wrong, or ""."""
    said = header(answer.headers, "content-type") or ""
    media = media_type(answer)
    if not place.is_typed:
        if not media:
            return "there is a body, and no content type"
        if not _MEDIA.fullmatch(media):
            return "the content type is no media type"
    hidden = _is_hidden(answer) or answer.truncated
    if is_json(media) and media not in _LINES:
        parsed = not (hidden or place.is_enveloped or place.has_schema)
        return (_fault_of_json(answer) if parsed else "") or _fault_of_charset(said)
    unnamed = media in _PLAIN - place.media and not (place.is_typed or place.has_schema)
    if unnamed and not hidden and _is_json_text(answer):
        return f"the body is JSON, and its content type says {media}"
    return ""


def _fault_of_json(answer: Response) -> str:
    try:
        parse(answer)
    except NotJson as error:
        return f"the content type says JSON, and {error}"
    return ""


def _fault_of_charset(said: str) -> str:
    """JSON is UTF-8 between systems (RFC 8259, 8.1); `charset` means nothing else there."""
    found = _CHARSET.search(said)
    if found is None or found[1].lower() in _UTF_8:
        return ""
    return f"the content type says that JSON is {found[1].lower()}, which it never is"


def _is_hidden(answer: Response) -> bool:
    """Whether a body is still coded, so that nobody can tell what it is."""
    coding = header(answer.headers, "content-encoding") or ""
    return any(one.strip().lower() not in _DECODED for one in coding.split(","))


def _is_json_text(answer: Response) -> bool:
    """Whether a body is an object or a list of JSON; a number or a word may be any text."""
    if answer.body.lstrip()[:1] not in (b"{", b"["):
        return False
    try:
        parse(answer)
    except NotJson:
        return False
    return True


RULE = Rule(
    code="CTT001",
    title="A body is what its content type says",
    why="Clients choose their parser by the content type; what is told wrongly is read wrongly.",
    source="RFC 9110, 8.3 (content type) and RFC 8259, 8.1 (JSON is UTF-8)",
    judge=judge,
)
