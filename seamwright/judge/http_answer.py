"""Answers that are not the application's: those that HTTP has, and those of a server's parser.

exchange ─ is_of_http ──▶ a redirect, a part, what OPTIONS tells: no contract declares its form
         ─ is_of_parser ▶ the server refused what it could not read; no application saw it
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.record.observation import Purpose

if TYPE_CHECKING:
    from seamwright.record.observation import Exchange

_MISUSE = frozenset({Purpose.MISUSE, Purpose.RAW})
_PARTIAL = 206
_FIRST_REDIRECT = 300
_FIRST_ERROR = 400
_TOO_MANY = 429
_OF_PARSERS = frozenset({400, 408, 411, 413, 414, 417, 431, 501, 505})
"""Refusals of what cannot be read, or is too long to be (RFC 9110, 15.5 and 15.6; RFC 6585, 5)."""

_OF_PARSERS_ALWAYS = frozenset({414, 431, 501, 505})
"""Those that say of the server what it can read, whatever it was asked."""


def is_too_much(one: Exchange) -> bool:
    """Whether it was refused since too many had come (RFC 6585, 4)."""
    return one.response is not None and one.response.status == _TOO_MANY


def is_misuse(one: Exchange) -> bool:
    """Whether a request was misuse."""
    return one.case is not None and one.case.purpose in _MISUSE


def is_of_http(one: Exchange) -> bool:
    """Whether misuse was answered with what HTTP allows there and no contract describes."""
    answer = one.response
    if answer is None or not is_misuse(one):
        return False
    asked = one.request is not None and one.request.method == "OPTIONS"
    if answer.status < _FIRST_ERROR and asked:
        return True
    return answer.status == _PARTIAL or _FIRST_REDIRECT <= answer.status < _FIRST_ERROR


def is_of_parser(one: Exchange) -> bool:
    """Whether an answer may be the server's own, to what need not be shown to the application.

    Whether it is, its form tells: an application answers in its own.
    """
    answer, case = one.response, one.case
    if answer is None or case is None:
        return False
    if is_misuse(one):
        return answer.status in (_OF_PARSERS_ALWAYS if case.due else _OF_PARSERS)
    # Requests of other kinds are well-formed HTTP: it is the method that no server knows.
    return case.endpoint is None and answer.status in _OF_PARSERS_ALWAYS
