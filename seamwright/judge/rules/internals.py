"""INT001: no failure tells what is inside: stack traces, SQL, paths of files, credentials."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING, cast

from seamwright.judge.body import NotJson, bodiless, media_type, parse
from seamwright.judge.driven import by_endpoint, place_of, settled, why_not_driven
from seamwright.judge.leak import leaks
from seamwright.judge.rule import Bench, Rule
from seamwright.judge.sent_text import json_texts, sent_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.system import System
    from seamwright.judge.leak import Leak
    from seamwright.judge.verdict import Verdict
    from seamwright.record.load import Record
    from seamwright.record.observation import Exchange, Response

_BENCH = Bench("INT001", spans=True)
_FIRST_ERROR = 400
_GRAPHQL = frozenset({"data", "errors", "extensions"})
"""The members of an answer of GraphQL, which fails with 200."""


def judge(system: System, record: Record) -> Iterator[Verdict]:
    """An endpoint passes when a failure of it was seen, and none told of the inside.

    A success is not read, but for the errors of GraphQL: what people have stored, a log or a page
    of a manual may tell what it likes. What a request has sent itself is no leak.
    """
    sent = _Sent(record)
    for service, endpoint, exchanges in by_endpoint(system, record):
        place = place_of(service, endpoint)
        clean: list[str] = []
        wrong = False
        for one in exchanges:
            text = _text_of_failure(one)
            if not text:
                continue
            told = [leak for leak in leaks(text) if not sent.has(one, leak.text)]
            for what in _kinds(told):
                wrong = True
                said = f"{one.response.status if one.response else ''}: the body tells {what}"
                yield _BENCH.failed(place, said, [one.id], what)
            if not told:
                clean.append(one.id)
        reason = "no failure with a body was seen" if exchanges else ""
        why = reason or why_not_driven(record, service.name)
        yield from settled(_BENCH, place, clean, wrong=wrong, why=why)


def _kinds(told: list[Leak]) -> tuple[str, ...]:
    """The gravest kind, since a trace has paths in it too; and each kind of secret."""
    open_ones = [one.what for one in told if not one.is_secret]
    return tuple(dict.fromkeys((*open_ones[:1], *(one.what for one in told if one.is_secret))))


class _Sent:
    """What was sent: by the request itself, and by all others, since a thing may be kept."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._all: str | None = None
        self._known: dict[str, bool] = {}

    def has(self, one: Exchange, text: str) -> bool:
        """Whether a piece of an answer was sent by its request, or by another before."""
        if any(text in each for each in sent_texts(one.request)):
            return True
        # The same handler tells the same again and again, and all that was sent is long.
        if text not in self._known:
            self._known[text] = text in self._whole()
        return self._known[text]

    def _whole(self) -> str:
        if self._all is None:
            requests = [each.request for each in self._record.driven()]
            self._all = "\0".join(text for each in requests for text in sent_texts(each))
        return self._all


def _text_of_failure(one: Exchange) -> str:
    """The text of a failure, with what it has escaped as it is read; "" where there is none."""
    answer = one.response
    if answer is None or not answer.body or bodiless(one, answer):
        return ""
    body = answer.body.decode(errors="replace")
    if answer.status < _FIRST_ERROR:
        return _of_failure(answer)
    if "html" in media_type(answer):
        return f"{body}\n{html.unescape(body)}"
    return "\n".join(json_texts(body)) or body


def _of_failure(answer: Response) -> str:
    """The errors of GraphQL in a success."""
    try:
        body = parse(answer)
    except NotJson:
        return ""
    members = cast("dict[str, object]", body) if isinstance(body, dict) else {}
    errors = members.get("errors")
    if not isinstance(errors, list) or not members.keys() <= _GRAPHQL:
        return ""
    return "\n".join(json_texts(json.dumps(errors)))


RULE = Rule(
    code="INT001",
    title="No failure tells what is inside",
    why="A stack trace or a statement shows an attacker where to push, and tells a caller nothing.",
    source="OWASP API Security Top 10 (2023), API8: error messages include stack traces",
    judge=judge,
)
