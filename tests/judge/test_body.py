"""Whatever a subject answers is read, or refused with the reason."""

from __future__ import annotations

import sys

import pytest

from seamwright.contract import Form, Member, Role
from seamwright.judge.body import NotJson, media_type, member_value, parse
from seamwright.record.observation import Response

_MOST = sys.float_info.max
FORM = Form((Member("/a/b", Role.CODE),))


def _answer(body: bytes, kind: str | None = None) -> Response:
    return Response(200, (("content-type", kind),) if kind is not None else (), body)


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"a": [1, 2.5, null, true, "\\u00fc"]}', {"a": [1, 2.5, None, True, "ü"]}),
        (b"[" + b"[1]," * 200 + b"2]", [*([[1]] * 200), 2]),
        (b"[" * 99 + b"]" * 99, None),
        (b"[" + b"9" * 5_000 + b", -1e999, 1E-999]", [_MOST, -_MOST, 0.0]),
        (b"-" + b"9" * 4_000, -(10**4_000 - 1)),
    ],
)
def test_json_is_read(body: bytes, value: object) -> None:
    """Every kind, many brackets side by side, a decent depth, numbers beyond what Python has."""
    read = parse(_answer(body))
    assert value is None or value == read


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "the body is empty"),
        (b"\xff", "the body is not UTF-8"),
        (b"{", "the body is not JSON"),
        (b"\xef\xbb\xbf{}", "the body is not JSON"),
        (b"[NaN]", "the body is not JSON"),
        (b"-Infinity", "the body is not JSON"),
        (b'["\\ud800"]', "the body has half of a surrogate pair"),
        (b'{"\\udfff": 1}', "the body has half of a surrogate pair"),
        (b'{"a":' * 150 + b"1" + b"}" * 150, "the body is nested too deeply"),
        (b"[" * 200_000, "the body is nested too deeply"),
    ],
)
def test_what_is_no_json_is_refused(body: bytes, said: str) -> None:
    """What a rule could not hand on is refused here, with the reason and without the body."""
    with pytest.raises(NotJson) as caught:
        parse(_answer(body))
    assert said == str(caught.value)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [(None, ""), ("Application/JSON; charset=utf-8", "application/json"), (" a/b ", "a/b")],
)
def test_the_media_type_has_no_parameters(kind: str | None, expected: str) -> None:
    """Case and parameters do not make another media type."""
    assert expected == media_type(_answer(b"{}", kind))


@pytest.mark.parametrize(
    ("role", "body", "expected"),
    [
        (Role.CODE, {"a": {"b": 7}}, 7),
        (Role.CODE, {"a": 7}, None),
        (Role.CODE, [], None),
        (Role.CODE, {}, None),
        (Role.DATA, {"a": 7}, None),
    ],
)
def test_a_member_is_found_by_its_pointer(role: Role, body: object, expected: object) -> None:
    """Where a body is shaped otherwise, or the form has no such member, there is nothing."""
    assert expected == member_value(FORM, role, body)
