"""Whatever was seen can be written and read back as it was."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seamwright.contract.derive.places import Places
from seamwright.record.encoding import End, FaultLaid, FaultLifted, Head, decode, encode
from seamwright.record.observation import (
    CaseLabel,
    Exchange,
    LogLine,
    Mail,
    PactOutcome,
    Published,
    PublishedFile,
    Purpose,
    Request,
    Response,
    Unseen,
)

TEXT = st.text(max_size=12)
MOMENT = st.floats(0, 1e9)
HEADERS = st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple)
BODY = st.binary(max_size=20) | TEXT.map(str.encode)
CASES = st.builds(
    CaseLabel,
    TEXT,
    TEXT,
    st.none() | TEXT,
    st.sampled_from(Purpose),
    TEXT,
    st.none() | TEXT,
    st.booleans(),
)
EXCHANGES = st.builds(
    Exchange,
    TEXT,
    TEXT,
    MOMENT,
    MOMENT,
    st.none() | st.builds(Request, TEXT, TEXT, HEADERS, BODY),
    st.none() | st.builds(Response, st.integers(100, 599), HEADERS, BODY, st.booleans()),
    TEXT,
    st.none() | CASES,
    TEXT,
)
PLACES = st.builds(
    Places,
    st.none() | TEXT,
    st.none() | TEXT,
    st.none() | TEXT,
    st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple),
)
FILES = st.lists(st.builds(PublishedFile, TEXT, TEXT), max_size=3).map(tuple)
LINES = st.one_of(
    EXCHANGES,
    st.builds(LogLine, TEXT, TEXT, MOMENT, TEXT),
    st.builds(Mail, TEXT, TEXT, MOMENT, TEXT, st.lists(TEXT).map(tuple), HEADERS, TEXT),
    st.builds(PactOutcome, TEXT, TEXT, TEXT, TEXT, TEXT, st.booleans(), TEXT, TEXT),
    st.builds(Published, TEXT, PLACES, FILES, TEXT),
    st.builds(Unseen, TEXT, TEXT),
    st.builds(FaultLaid, id=TEXT, edge=TEXT, fault=TEXT, at_s=MOMENT),
    st.builds(FaultLifted, id=TEXT, at_s=MOMENT),
    st.builds(
        Head,
        format=st.just(1),
        subject=TEXT,
        contract_digest=TEXT,
        started=TEXT,
        zero_s=MOMENT,
    ),
    st.builds(End, at_s=MOMENT),
)


@given(LINES)
def test_every_line_comes_back_as_it_was(line: Any) -> None:
    """Writing a line as JSON and reading it gives the same value of the same kind."""
    back = decode(json.loads(json.dumps(encode(line))))
    assert line == back
    assert type(line) is type(back)


def test_a_text_body_can_be_read_by_people() -> None:
    """UTF-8 is text in the record; other bytes are base64."""
    for body, expected in ((b'{"a": "\xc3\xbc"}', '{"a": "ü"}'), (b"\xff", {"base64": "/w=="})):
        value: Any = encode(Exchange("a", "e", 0, 1, Request("GET", "/", (), body), None))
        assert expected == value["request"]["body"]


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"kind": "surprise"},
        {"kind": 7},
        {"kind": "end"},
        {"kind": "end", "at_s": "soon"},
        {
            "kind": "head",
            "format": 2,
            "subject": "",
            "contract_digest": "",
            "started": "",
            "zero_s": 0,
        },
        {"kind": "exchange", "id": "a"},
    ],
)
def test_what_is_no_line_is_refused(value: dict[str, object]) -> None:
    """Another kind, another format and a missing field are refused."""
    with pytest.raises((ValueError, KeyError, TypeError)):
        decode(value)


@pytest.mark.parametrize("body", [{"base64": "no!"}, {"hex": "00"}])
def test_a_body_that_cannot_be_read_is_refused(body: object) -> None:
    """Base64 that is none, and another encoding, are refused."""
    value: Any = encode(Exchange("a", "e", 0, 1, Request("GET", "/", (), b"\xff"), None))
    value["request"]["body"] = body
    with pytest.raises((ValueError, KeyError)):
        decode(value)
