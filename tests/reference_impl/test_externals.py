"""Grok and DuckDuckGo answer by their scripts."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.ports import free_port

if TYPE_CHECKING:
    from tests.reference_impl.running import StartBox

KEY = "grok-key"
CHAT = "/v1/chat/completions"


class Hits(HTMLParser):
    """The links of the page's results, and the texts of their snippets."""

    def __init__(self, page: str) -> None:
        """Read the page."""
        super().__init__()
        self.links: list[str] = []
        self.snippets: list[str] = []
        self._within = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the link of a result's title."""
        known = dict(attrs)
        self._within = known.get("class") or tag
        if self._within == "result__a":
            self.links.append(known.get("href") or "")

    def handle_data(self, data: str) -> None:
        """Remember the text of a result's snippet."""
        if self._within == "result__snippet":
            self.snippets.append(data)
            self._within = ""


@pytest.fixture(scope="module")
def ports(start_box: StartBox) -> tuple[int, int]:
    """The ports of Grok and of DuckDuckGo."""
    grok, ddg = free_port(), free_port()
    environment = {"GROK_PORT": str(grok), "DDG_PORT": str(ddg), "GROK_API_KEY": KEY}
    start_box(["python", "-m", "reference_impl.externals"], environment, [grok, ddg])
    return grok, ddg


def _ask(port: int, prompt: object, key: str = KEY) -> httpx.Response:
    messages = [
        {"role": "system", "content": "Answer in JSON."},
        {"role": "user", "content": prompt if isinstance(prompt, str) else json.dumps(prompt)},
    ]
    return httpx.post(
        f"http://127.0.0.1:{port}{CHAT}",
        json={"model": "grok-4", "messages": messages},
        headers={"authorization": f"Bearer {key}", "x-request-id": "req_1"},
    )


def _content(answer: httpx.Response) -> dict[str, str]:
    return json.loads(answer.json()["choices"][0]["message"]["content"])


def test_grok_enriches_a_company(ports: tuple[int, int]) -> None:
    """The website and the email address follow from the company's name."""
    answer = _ask(ports[0], {"task": "enrich", "company": "Acme & Sons", "name": "Ada"})
    expected = {"website": "https://acme-sons.example", "email": "hello@acme-sons.example"}
    assert expected == _content(answer)
    assert answer.headers["x-request-id"] == "req_1"


def test_grok_drafts_an_email(ports: tuple[int, int]) -> None:
    """A draft names whom it is for, the company and the subject."""
    draft = _content(
        _ask(ports[0], {"task": "draft", "name": "Ada", "company": "Acme", "subject": "Engines"})
    )
    assert draft["subject"] == "Ada: Engines"
    assert [True, True] == [name in draft["body"] for name in ("Ada", "Acme")]


def test_grok_takes_plain_words_as_a_name(ports: tuple[int, int]) -> None:
    """A prompt that is not JSON asks to enrich what it says."""
    assert _content(_ask(ports[0], "Acme"))["website"] == "https://acme.example"


def test_grok_answers_the_same_twice(ports: tuple[int, int]) -> None:
    """The same question gets the same bytes."""
    prompt = {"task": "enrich", "company": "Acme"}
    assert _ask(ports[0], prompt).content == _ask(ports[0], prompt).content


def test_grok_refuses_a_wrong_key(ports: tuple[int, int]) -> None:
    """A wrong key gets 401 in OpenAI's shape."""
    answer = _ask(ports[0], {"task": "enrich"}, key="wrong")
    assert (401, "invalid_api_key") == (answer.status_code, answer.json()["error"]["code"])


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"model": "grok-4", "messages": []}'])
def test_grok_refuses_what_is_no_chat(ports: tuple[int, int], content: bytes) -> None:
    """A body that is no chat completion request gets 400 in OpenAI's shape."""
    answer = httpx.post(
        f"http://127.0.0.1:{ports[0]}{CHAT}",
        content=content,
        headers={"authorization": f"Bearer {KEY}"},
    )
    assert (400, "invalid_request_error") == (answer.status_code, answer.json()["error"]["type"])


def test_ddg_finds_three_hits(ports: tuple[int, int]) -> None:
    """The first of three results is the company's own address."""
    page = httpx.get(f"http://127.0.0.1:{ports[1]}/html/", params={"q": "Acme website"})
    hits = Hits(page.text)
    assert (3, "https://acme.example") == (len(hits.links), hits.links[0])
    assert page.headers["content-type"] == "text/html; charset=utf-8"


def test_ddg_escapes_the_query(ports: tuple[int, int]) -> None:
    """A query that is markup is shown as text."""
    query = '"><script>alert(1)</script>'
    page = httpx.get(f"http://127.0.0.1:{ports[1]}/html/", params={"q": query})
    assert "<script>" not in page.text
    assert Hits(page.text).snippets[1] == query
