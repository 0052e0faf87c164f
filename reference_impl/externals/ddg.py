"""DuckDuckGo: its HTML page of hits, three of them, which follow from the query alone."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from reference_impl.box.exchange import Answer
from reference_impl.externals.slug import slug

if TYPE_CHECKING:
    from reference_impl.box.exchange import Request

# Words that people add to a company's name; its address does not have them.
_ASIDE = frozenset({"official", "website", "homepage", "site", "email", "contact"})

_PAGE = """<!DOCTYPE html>
<html>
<head><meta charset="utf-8"><title>{query} at DuckDuckGo</title></head>
<body>
<div id="links" class="results">
{results}
</div>
</body>
</html>
"""

_RESULT = """<div class="result results_links results_links_deep web-result">
<div class="links_main links_deep result__body">
<h2 class="result__title"><a rel="nofollow" class="result__a" href="{url}">{title}</a></h2>
<a class="result__url" href="{url}">{url}</a>
<a class="result__snippet" href="{url}">{snippet}</a>
</div>
</div>"""


def respond(request: Request) -> Answer:
    """Answer `GET /html/?q=…`."""
    if request.path not in {"/html", "/html/"}:
        return _page(404, "", "")
    if request.method not in {"GET", "HEAD"}:
        return _page(405, "", "")
    query = request.argument("q").strip()
    return _page(200, query, "\n".join(_results(query)) if query else "")


def _page(status: int, query: str, results: str) -> Answer:
    content = _PAGE.format(query=escape(query), results=results)
    return Answer(status, content.encode(), "text/html; charset=utf-8")


def _results(query: str) -> list[str]:
    words = [word for word in query.split() if word.lower() not in _ASIDE]
    name = " ".join(words) or query
    host = f"{slug(name)}.example"
    return [
        _result(
            f"https://{host}", f"{name}: home page", f"Welcome to {name}. Write to hello@{host}."
        ),
        _result(f"https://directory.example/{slug(name)}", f"{name} in the directory", query),
        _result(f"https://news.example/?about={quote_plus(name)}", f"News about {name}", query),
    ]


def _result(url: str, title: str, snippet: str) -> str:
    return _RESULT.format(url=escape(url), title=escape(title), snippet=escape(snippet))
