"""The curl line of a finding, read back by a shell."""

from __future__ import annotations

import shlex
from dataclasses import replace

import pytest

from seamwright.contract import Credential, RequestId
from seamwright.judge.reproduce import curl_line, request_id_of
from tests.judge.records import PLACE, READ, SYSTEM, answered, called, failure, success

HOSTILE = ["'", '"; rm -rf /', "$(date)", "`date`", "\\", "a\nb", "-X", "@/etc/passwd", "!", "ü"]


def _words(line: str) -> list[str]:
    return shlex.split(line)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_bodies_and_headers_are_quoted(text: str) -> None:
    """Whatever stands in a body or a header, the shell hands it on as it is."""
    one = answered("a", {}, endpoint=PLACE, asked=(("x-note", text),), payload=text.encode())
    words = _words(curl_line(SYSTEM, one))
    assert f"x-note: {text}" == words[words.index("-H") + 1]
    assert text == words[words.index("--data-raw") + 1]


def test_a_get_is_short() -> None:
    """Headers that curl sends by itself are left out."""
    asked = (("host", "x"), ("accept", "*/*"), ("x-trace", "t"))
    line = curl_line(SYSTEM, answered("a", success(), asked=asked, target="/orders/o1?a=1&b=2"))
    expected = "curl -sS -i -H 'x-trace: t' --path-as-is 'http://127.0.0.1:8080/orders/o1?a=1&b=2'"
    assert expected == line


def test_the_credential_is_a_variable() -> None:
    """A redacted credential becomes the variable of the endpoint's caller, outside of quotes."""
    hidden = (("authorization", "*" * 20),)
    line = curl_line(SYSTEM, answered("a", {}, endpoint=PLACE, asked=hidden))
    assert '-H "authorization: Bearer $SEAMWRIGHT_BUYER"' in line
    line = curl_line(SYSTEM, answered("a", {}, endpoint=None, asked=hidden))
    assert "$SEAMWRIGHT_BUYER" in line
    line = curl_line(SYSTEM, answered("a", {}, endpoint="POST /pay", service="bank", asked=hidden))
    assert "$SEAMWRIGHT_AUTHORIZATION" in line
    line = curl_line(SYSTEM, answered("a", {}, service="gone", asked=(("cookie", "***"),)))
    assert '-H "cookie: $SEAMWRIGHT_COOKIE"' in line


def test_a_credential_without_a_scheme_stands_alone() -> None:
    """A key in a header of its own has nothing before it."""
    system = replace(SYSTEM, credentials=(Credential("buyer", header="x-api-key", scheme=""),))
    line = curl_line(system, answered("a", {}, endpoint=PLACE, asked=(("x-api-key", "****"),)))
    assert '-H "x-api-key: $SEAMWRIGHT_BUYER"' in line


def test_bytes_that_are_no_text_are_escaped() -> None:
    """A body that is not UTF-8 is written byte by byte."""
    line = curl_line(SYSTEM, answered("a", {}, endpoint=PLACE, payload=b"\xff'\x00"))
    assert r"--data-raw $'\xff\x27\x00'" in line


@pytest.mark.parametrize(
    ("method", "payload", "expected"),
    [
        ("HEAD", b"", ["-I"]),
        ("GET", b"{}", ["-i", "-X", "GET", "-H", "content-type:"]),
        ("PUT", b"", ["-i", "-X", "PUT"]),
    ],
)
def test_curl_sends_no_other_method_or_type(
    method: str, payload: bytes, expected: list[str]
) -> None:
    """Where curl would choose a method or a content type by itself, it is told."""
    one = answered("a", {}, endpoint=READ, method=method, payload=payload, target="/x")
    assert expected == _words(curl_line(SYSTEM, one))[2 : 2 + len(expected)]


def test_a_content_type_that_was_sent_is_sent_again() -> None:
    """The content type of a body is the one of the request, once."""
    asked = (("content-type", "text/plain"),)
    words = _words(curl_line(SYSTEM, answered("a", {}, endpoint=PLACE, asked=asked, payload=b"x")))
    assert ["content-type: text/plain"] == [one for one in words if "content-type" in one]


def test_curl_reads_no_patterns_and_drops_no_empty_header() -> None:
    """Brackets in a target are no pattern, and a header without a value is sent."""
    line = curl_line(SYSTEM, answered("a", {}, asked=(("x-none", ""),), target="/orders?a[0]={x}"))
    words = _words(line)
    assert "-g" in words
    assert "x-none;" in words


def test_there_is_no_line_where_the_harness_did_not_ask() -> None:
    """A call between services, or one whose request was not seen, cannot be sent again by curl."""
    assert "" == curl_line(SYSTEM, called("a"))
    assert "" == curl_line(SYSTEM, called("a", failed="connection reset", asked=False))


def test_the_request_id_is_the_answers_else_the_requests() -> None:
    """The ID of the answer is what its logs have; the request's stands in for it."""
    assert "req-1" == request_id_of(SYSTEM, answered("a", failure("X")))
    asked = answered("a", {}, headers=(), asked=(("x-trace", "mine"),))
    assert "mine" == request_id_of(SYSTEM, asked)
    assert "" == request_id_of(SYSTEM, answered("a", {}, headers=()))
    assert "req-1" == request_id_of(SYSTEM, called("a", failed="connection reset"))
    other = replace(SYSTEM, request_id=RequestId(headers=("x-other", "x-trace")))
    assert "req-1" == request_id_of(other, answered("a", {}))
    assert "" == request_id_of(replace(SYSTEM, request_id=None), answered("a", {}))
