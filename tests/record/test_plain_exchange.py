"""What is read in the shorter way is what h11 reads."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from seamwright.record.conversation import HttpConversation
from seamwright.record.plain_exchange import PlainExchanges
from tests.record.bytes_of import asked, pieces, told

if TYPE_CHECKING:
    from seamwright.record.observation import Exchange

Part = tuple[str, bytes] | str
FIELDS = (
    b"",
    b"Connection: keep-alive\r\n",
    b"Connection: close\r\n",
    b"X-Empty:\r\n",
    b"X-Two:  spaces \r\n",
    b"X-High: \xe9\r\n",
    b"X Bad: x\r\n",
    b"X-Tab: a\tb\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Expect: 100-continue\r\n",
    b"Content-Length: 1\r\n",
    b"Content-Length: 2\r\nContent-Length: 2\r\n",
    b"Host: b\r\n",
    b"X-Long: " + b"a" * 200 + b"\r\n",
)
BODIES = (b"", b"x", b"ok", b"\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"2\r\nok\r\n0\r\n\r\n")
LINES = (
    b"GET /a HTTP/1.1",
    b"POST /\xc3\xa9 HTTP/1.1",
    b"HEAD /a HTTP/1.1",
    b"CONNECT b:1 HTTP/1.1",
    b"GET /a HTTP/1.0",
    b"get /a HTTP/1.1",
    b"GET  HTTP/1.1",
)
STATUSES = (
    b"HTTP/1.1 200 OK",
    b"HTTP/1.1 200",
    b"HTTP/1.1 204 No Content",
    b"HTTP/1.1 304 Not Modified",
    b"HTTP/1.1 100 Continue",
    b"HTTP/1.1 101 Switching Protocols",
    b"HTTP/1.0 200 OK",
    b"HTTP/1.1 999 Odd",
    b"nothing",
)


@st.composite
def _message(draw: st.DrawFn, kind: str) -> tuple[str, bytes]:
    """A message that is plain as often as it is not."""
    if draw(st.booleans()):
        body = draw(st.sampled_from(BODIES))
        return asked("POST", "/a", body) if kind == ">" else told(body)
    line = draw(st.sampled_from(LINES if kind == ">" else STATUSES))
    body = draw(st.sampled_from(BODIES))
    fields = b"".join(draw(st.lists(st.sampled_from(FIELDS), max_size=2)))
    host = b"Host: b\r\n" if kind == ">" else b""
    length = b"Content-Length: %d\r\n" % len(body) if draw(st.booleans()) else b""
    return kind, line + b"\r\n" + host + fields + length + b"\r\n" + body


@st.composite
def _conversation(draw: st.DrawFn) -> list[Part]:
    """Requests and answers, mostly in turns, in pieces of any size; then an end, or none."""
    kinds = draw(st.lists(st.sampled_from(["><", "><", "><", ">", "<"]), min_size=1, max_size=4))
    parts: list[Part] = []
    for kind in "".join(kinds):
        _, data = draw(_message(kind))
        cuts = draw(st.lists(st.integers(1, max(len(data), 2) - 1), max_size=2))
        ends = [0, *sorted(set(cuts)), len(data)]
        parts += [(kind, data[start:end]) for start, end in pairwise(ends) if end]
    return [*parts, *draw(st.sampled_from([[], ["-"], ["!"]]))]


def _read(parts: list[Part], *, all_by_h11: bool) -> list[Exchange]:
    conversation = HttpConversation("a→b", 7, all_by_h11=all_by_h11)
    whole = [one for part in pieces(*parts) for one in conversation.feed(part)]
    return [*whole, *conversation.end()]


@given(_conversation())
def test_both_ways_read_the_same(parts: list[Part]) -> None:
    """Whatever is said, in whatever pieces, the exchanges are those that h11 alone reads."""
    assert _read(parts, all_by_h11=True) == _read(parts, all_by_h11=False)


def test_what_is_plain_needs_no_h11() -> None:
    """A request and its answer, each in two pieces."""
    plain = PlainExchanges()
    found: list[int] = []
    ask, tell = asked("POST", "/a", b"body"), told(b"answer")
    for part in pieces(
        "+", (">", ask[1][:20]), (">", ask[1][20:]), ("<", tell[1][:40]), ("<", tell[1][40:])
    ):
        found += [whole[1].status for whole in (plain.feed(part),) if whole]
    assert (False, [200], 4) == (plain.odd, found, len(plain.held))
