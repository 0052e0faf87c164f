"""Reading somebody else's page."""

from __future__ import annotations

import pytest

from reference_impl.ddg import Found, parse


def _page(link: str, title: str = "T", snippet: str = "S") -> str:
    return (
        f'<div><h2><a class="x result__a" href="{link}">{title}</a></h2>'
        f'<a class="result__snippet" href="{link}">{snippet}</a></div>'
    )


def test_a_hit_has_a_title_an_address_and_a_snippet() -> None:
    """Marks inside are dropped, entities resolved, spaces collapsed."""
    markup = _page("https://a.example/?x=1&amp;y=2", "<b>A</b>\n &amp; B", "<b>c</b>  d")
    assert [Found("A & B", "https://a.example/?x=1&y=2", "c d")] == parse(markup)


def test_duckduckgos_detour_is_taken_out() -> None:
    """Its links lead to itself, with the address in a parameter."""
    link = "//duckduckgo.com/l/?uddg=https%3A%2F%2Fa.example%2F&amp;rut=1"
    assert ["https://a.example/"] == [one.url for one in parse(_page(link))]


@pytest.mark.parametrize(
    "markup",
    ["", "<", "no page", _page("javascript:alert(1)"), _page("https://["), _page("https://a", "")],
)
def test_what_is_no_hit_is_left_out(markup: str) -> None:
    """Nothing of it, and no error."""
    assert [] == parse(markup)
