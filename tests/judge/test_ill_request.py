"""What the bytes of a request show, before anyone asks what it is for."""

from __future__ import annotations

import pytest

from seamwright.judge.ill_request import ill
from seamwright.record.observation import Request

JSON = (("content-type", "application/json"),)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"{}", ""),
        (b'{"a": [[[1]]], "b": "\xc3\xa4"}', ""),
        (b"", "no body"),
        (b'{"a": "\xff"}', "a body that is no UTF-8"),
        (b"[" * 100 + b"]" * 100, "a body that is nested deep"),
        (b"[" * 20_000 + b"]" * 20_000, "a body that is nested deep"),
        (b"[" * 20_000, "a body that is no JSON"),
        (b'{"a":' * 20_000 + b"1" + b"}" * 20_000, "a body that is nested deep"),
        (b'{"a": "' + b"[" * 100 + b'\\"{{{"}', ""),
        (b"[[],[],[]," * 40, "a body that is no JSON"),
        (b'{"a": 1', "a body that is no JSON"),
        (b"\0", "a body that is no JSON"),
        (b'"' + b'\\"' * 500_000, "a body that is no JSON"),
        (b'"' + b'\\"' * 500_000 + b"\\", "a body that is no JSON"),
        (b"null", "JSON that is no object"),
        (b'[{"a": 1}]', "JSON that is no object"),
        (b'{"a": "\\u0000"}', "a text with NUL in it"),
        (b'{"a": "\\ud800"}', "a text with half of a surrogate pair in it"),
        (b'{"a": "\\ud83d\\ude00"}', ""),
    ],
)
def test_a_body_shows_what_is_ill(body: bytes, told: str) -> None:
    """Brackets within texts nest nothing; whole surrogate pairs are well."""
    assert told == ill(Request("POST", "/notes", JSON, body))


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("/notes/%C3%A4?q=%20", ""),
        ("/notes/%FF", "a target that is no UTF-8"),
        ("/notes?q=%00", "a target with NUL in it"),
    ],
)
def test_a_target_shows_what_is_ill(target: str, told: str) -> None:
    """Once its percent signs are read."""
    assert told == ill(Request("GET", target, (), b""))


@pytest.mark.parametrize(
    ("media", "body", "told"),
    [
        ("application/problem+json; charset=utf-8", b"{}", ""),
        ("text/plain", b"{}", "a body that is not called JSON"),
        ("", b"{}", ""),
        ("multipart/form-data", b"", "a content type without a body"),
    ],
)
def test_a_content_type_shows_what_is_ill(media: str, body: bytes, told: str) -> None:
    """Where there is no body, or one that is called something else; none at all may do."""
    headers = (("content-type", media),) if media else ()
    assert told == ill(Request("DELETE", "/notes/1", headers, body))


def test_what_cannot_be_read_without_end_is_read() -> None:
    """A number of 5,000 digits is JSON, though more than Python turns into one."""
    body = b'{"a": ' + b"9" * 5_000 + b"}"
    assert ill(Request("POST", "/notes", JSON, body)) == ""
