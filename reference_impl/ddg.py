"""DuckDuckGo's page of hits, read as a browser without scripts would get it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

from reference_impl.unreachable import Unreachable

if TYPE_CHECKING:
    from reference_impl.callee import Callee

_PAGE = 200


@dataclass(slots=True)
class Hit:
    """One hit, as it is being read."""

    url: str
    title: list[str] = field(default_factory=list[str])
    snippet: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True)
class Found:
    """One hit.

    Attributes:
        title: never empty.
        url: http or https.
        snippet: may be empty.
    """

    title: str
    url: str
    snippet: str


@dataclass(frozen=True, slots=True)
class Ddg:
    """The HTML page `/html/`."""

    box: Callee

    async def search(self, words: str, request_id: str) -> list[Found]:
        """The hits, best first.

        Raises:
            Unreachable: when there is no page.
        """
        target = f"/html/?{urlencode({'q': words})}"
        reply = await self.box.call("GET", target, request_id, repeat=True)
        if reply.status != _PAGE:
            raise Unreachable(self.box.name, f"answered {reply.status}")
        return parse(reply.body.decode("utf-8", errors="replace"))


def parse(markup: str) -> list[Found]:
    """The hits of a page; those without a title or a web address are left out."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    found = [Found(_text(hit.title), hit.url, _text(hit.snippet)) for hit in reader.hits]
    return [one for one in found if one.title and one.url]


class _Reader(HTMLParser):
    """A link of class `result__a` begins a hit; what is of class `result__snippet` is its."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.hits: list[Hit] = []
        self._into: list[str] | None = None
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        classes = (named.get("class") or "").split()
        if "result__a" in classes:
            self.hits.append(Hit(_target(named.get("href") or "")))
            self._into, self._tag = self.hits[-1].title, tag
        elif "result__snippet" in classes and self.hits:
            self._into, self._tag = self.hits[-1].snippet, tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self._tag:
            self._into = None

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into.append(data)


def _target(href: str) -> str:
    """Where a link leads: DuckDuckGo's own are a detour with the address in `uddg`."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    if parts.path == "/l/":
        href = parse_qs(parts.query).get("uddg", [""])[0]
    plain = href.startswith(("http://", "https://")) and not any(one.isspace() for one in href)
    return href if plain else ""


def _text(parts: list[str]) -> str:
    return " ".join("".join(parts).split())
