"""A file that names an envelope: read strictly, and every mistake is told with its line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from seamwright.commands.envelope_entry import EnvelopeFileProblem, parse_envelope
from seamwright.commands.envelope_file import read_envelope
from seamwright.contract.adopt.envelope_named import BARE, Exempted
from seamwright.contract.envelope import Form, Member, Role

if TYPE_CHECKING:
    from pathlib import Path

SMALLEST = '[failure]\ncode = "error.code"\nmessage = "/error/message"\n'
WHOLE = """\
[failure]
flag = "ok"
error = "error"
code = "error.code"
retryable = "error.retryable?"
other = ["error.details?", "/a.b~1c"]
content_type = "application/problem+json"
extra = false

[success]
flag = "ok"
data = ""
request_id = "meta.requestId"

[[exempt]]
operation = "GET /metrics"
reason = "it is scraped"
content_type = "text/plain"
"""


def test_the_smallest_file_has_three_lines() -> None:
    """Two places of a failure; successes are bare, and anything may be beside what is named."""
    named = parse_envelope(SMALLEST, "it.toml")
    members = (Member("/error/code", Role.CODE), Member("/error/message", Role.MESSAGE))
    assert Form(members, extra=True) == named.failure
    assert (BARE, (), "it.toml") == (named.success, named.exempt, named.source)


def test_all_that_may_be_said_is_read() -> None:
    """Places by dots and by pointers, what may be missing, and what is exempt."""
    named = parse_envelope(WHOLE, "it.toml")
    assert (
        Form(
            (
                Member("/ok", Role.SUCCESS_FLAG),
                Member("/error", Role.ERROR),
                Member("/error/code", Role.CODE),
                Member("/error/retryable", Role.RETRYABLE, required=False),
                Member("/error/details", Role.OTHER, required=False),
                Member("/a.b~1c", Role.OTHER),
            ),
            "application/problem+json",
        )
        == named.failure
    )
    assert [Role.SUCCESS_FLAG, Role.DATA, Role.REQUEST_ID] == [
        one.role for one in named.success.members
    ]
    assert (Exempted("GET /metrics", "it is scraped", "text/plain"),) == named.exempt


def test_json_says_the_same() -> None:
    """The same tables, as an object."""
    told = {"failure": {"code": "error.code", "message": "/error/message"}}
    assert parse_envelope(SMALLEST, "it") == parse_envelope(json.dumps(told), "it")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[failure", "TOML"),
        ("{", "JSON"),
        ("", "the key 'failure'"),
        ("failure = 3", "a table of places"),
        ('{"failure": []}', "a table of places"),
        (SMALLEST.replace("code", "cod", 1), "did you mean 'code'?"),
        (SMALLEST.replace("code", "cod", 1), "it.toml:2 failure.cod"),
        (SMALLEST + "[sucess]\n", "did you mean 'success'?"),
        ("[failure]\n", "it names no member"),
        ('[failure]\ncode = "a..b"', "a step without a name"),
        ('[failure]\ncode = "a/b"', "none at its beginning"),
        ('[failure]\ncode = "/a~2"', "no JSON Pointer"),
        ('[failure]\ncode = "a\\u0007"', "control characters"),
        ('[failure]\ncode = "' + "/a" * 9 + '"', "deeper than 8 steps"),
        (f'[failure]\ncode = "{"a" * 201}"', "200"),
        ("[failure]\ncode = 3", "it.toml:2 failure.code"),
        ("[failure]\nother = [3]", "it.toml:2 failure.other.0"),
        ('[failure]\ncode = "a"\nmessage = "a"', "cannot lie in the error code"),
        ('[failure]\ncode = "a"\nmessage = "a.b"', "error message cannot lie in the error code"),
        ('[failure]\ncode = "a"\ncontent_type = "text/html"', "no JSON"),
        ('[failure]\ncode = "a"\ncontent_type = "json"', "no media type"),
        ('[failure]\ncode = "a"\nextra = "no"', "it.toml:3 failure.extra"),
        (SMALLEST + '[[exempt]]\noperation = "GET /a"', "the key 'reason'"),
        (SMALLEST + '[[exempt]]\noperation = "/a"\nreason = "a page"', "not `METHOD /path`"),
        (SMALLEST + '[[exempt]]\noperation = "GET /a"\nreason = "-"', "gives no reason"),
        (SMALLEST + '[[exempt]]\noperation = "GET /a"\nwhy = "-"', "only operation, reason"),
        (SMALLEST + 2 * '[[exempt]]\noperation = "GET /a"\nreason = "a page"\n', "exempt twice"),
    ],
)
def test_a_mistake_is_told(text: str, said: str) -> None:
    """What was expected, what is there instead, in which line, and never a traceback."""
    with pytest.raises(EnvelopeFileProblem) as caught:
        parse_envelope(text, "it.toml")
    assert said in str(caught.value)
    assert 2 == caught.value.exit_code


def test_a_hostile_file_is_told(tmp_path: Path) -> None:
    """One that is missing, no text, too large, or nested without end."""
    path = tmp_path / "it.toml"
    with pytest.raises(EnvelopeFileProblem, match="No such file"):
        read_envelope(path)
    for content, said in (
        (b"\xff", "no UTF-8"),
        (b"#" * (1 << 20) + b"#", "more than"),
        (b'{"failure":' + b"[" * 100_000, "JSON"),
        (b"failure = " + b"[" * 100_000, "TOML"),
    ):
        path.write_bytes(content)
        with pytest.raises(EnvelopeFileProblem, match=said):
            read_envelope(path)
    path.write_text(SMALLEST, encoding="utf-8")
    assert str(path) == read_envelope(path).source
