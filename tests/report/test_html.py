"""The page of an audit."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from seamwright.report.audit import Summary
from seamwright.report.html import answer, page
from seamwright.report.plain_text import is_exact, marked, visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from seamwright.report.audit import Audit

_HOSTILE = {
    "script": "<script>alert(1)</script>",
    "attribute": "\" onmouseover='alert(1)' x=\"",
    "breakout": "</title></style></pre></code><img src=x onerror=alert(1)>",
    "comment": "<!-- --> ]]> <![CDATA[",
    "entity": "&lt;b&gt; &#x202e; &amp;",
    "template": "{{ 7 * 7 }}{% raw %}",
    "terminal": "\x1b[2J\x1b]8;;http://evil\x07link\x1b]8;;\x07",
    "control": "a\x00b\x07c\x08d\r\ne\x7f\x85",
    "bidi": "user\u202etxt.exe\u2066\u2069\u200f\u061c",
    "invisible": "zero\u200bwidth\ufeff\u00ad\u2060\U000e0041",
    "lines": "one\u2028two\u2029three",
    "accents": "Z" + "\u0301" * 40,
    "long": "w" * 50_000,
    "private": "\ue000\U0010ffff",
}
_HIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ue000]"
)
_MOST_BYTES = 1_000_000
_RESOURCES = {"src", "href", "srcset", "data", "action", "poster", "background", "xlink:href"}
_NOTE = re.compile(r'<p class="soft">This line is not shown exactly:.*?</p>\n')


class _Outline(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    def text(self) -> str:
        return " ".join(" ".join(one for tag, one in self.texts if tag != "style").split())


def _status_parts(text: str, status: str) -> list[str]:
    return re.findall(rf'<li class="r-{status}" id="row-[^"]*">\n<div>(.*?)</div>', text, re.DOTALL)


@pytest.mark.parametrize("hostile", _HOSTILE.values(), ids=list(_HOSTILE))
def test_no_text_of_a_subject_becomes_markup(
    audit: Audit, audit_saying: Callable[[Callable[[str], str]], Audit], hostile: str
) -> None:
    """Hostile text in every field leaves the tags, their nesting and their attributes alone."""
    plain = _Outline(page(audit))
    spoilt = _Outline(_NOTE.sub("", page(audit_saying(lambda one: one + hostile))))
    added = {"span"}
    assert [one for one in spoilt.tags if one not in added] == [
        one for one in plain.tags if one not in added
    ]
    assert {name for name, _ in spoilt.attributes} == {name for name, _ in plain.attributes}
    assert spoilt.open == []


@pytest.mark.parametrize("hostile", _HOSTILE.values(), ids=list(_HOSTILE))
def test_nothing_hidden_reaches_the_page(
    audit_saying: Callable[[Callable[[str], str]], Audit], hostile: str
) -> None:
    """Control, direction and invisible characters are gone, and the size stays bounded."""
    text = page(audit_saying(lambda one: hostile + one))
    assert _HIDDEN.findall(text) == []
    assert len(text.encode()) < _MOST_BYTES


def test_what_was_hidden_is_named() -> None:
    """A reader sees which character stood there."""
    assert str(marked("a\u202eb", 9)) == '<bdi>a<span class="hidden">U+202E</span>b</bdi>'
    assert visible("a\x1bb", 9) == "a⟨U+001B⟩b"


def test_what_is_too_long_is_cut_and_counted() -> None:
    """The reader learns how much is missing."""
    assert visible("x" * 1_234, 4) == "xxxx … 1,230 more characters"


def test_a_lone_surrogate_is_named_too() -> None:
    """Text that UTF-8 cannot carry does not end the rendering."""
    assert visible("\ud800", 9) == "⟨U+D800⟩"


def test_a_command_that_is_not_shown_exactly_says_so(
    audit_saying: Callable[[Callable[[str], str]], Audit],
) -> None:
    """Nobody copies a line that is not the one that was sent."""
    assert not is_exact("curl '\u202e'", 99)
    assert "not shown exactly" in page(audit_saying(lambda one: one + "\u202e"))
    assert "not shown exactly" not in page(audit_saying(lambda one: one))


def test_every_row_is_there(audit: Audit) -> None:
    """Each row's id can be read and linked to."""
    outline = _Outline(page(audit))
    for row in audit.rows:
        assert ("id", f"row-{row.id}") in outline.attributes
        assert ("bdi", row.id) in outline.texts


def test_unproven_is_never_drawn_as_a_pass(audit: Audit) -> None:
    """The word, the shape and the class of each row are its own status's."""
    text = page(audit)
    shapes = {"pass": "<circle", "fail": "<rect", "unproven": 'class="off"'}
    for status, shape in shapes.items():
        parts = _status_parts(text, status)
        assert len(parts) == sum(one.status == status for one in audit.rows)
        for part in parts:
            assert re.sub(r"<.*?>", "", part).strip() == status
            assert f"s-{status}" in part
            assert shape in part
            assert not any(
                f"s-{other}" in part or (other == "fail" and mark in part)
                for other, mark in shapes.items()
                if other != status
            )


def test_the_page_needs_nothing_from_outside(audit: Audit) -> None:
    """No resource is named, the policy forbids all, and only the page's own style is let in."""
    text = page(audit)
    outline = _Outline(text)
    assert all(value.startswith("#") for name, value in outline.attributes if name in _RESOURCES)
    assert not {"script", "link", "iframe", "object", "embed", "base", "img"} & set(outline.tags)
    assert not {one for one, _ in outline.attributes if one.startswith("on") or one == "style"}
    style = "".join(one for tag, one in outline.texts if tag == "style")
    assert re.findall(r"url\(|@import|https?:", style) == []
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = next(one for _, one in outline.attributes if one.startswith("default-src"))
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")


def test_every_link_leads_somewhere(audit: Audit) -> None:
    """Each fragment of the page is one of its ids."""
    attributes = _Outline(page(audit)).attributes
    ids = {value for name, value in attributes if name == "id"}
    assert {value[1:] for name, value in attributes if name == "href"} <= ids


def test_the_same_audit_gives_the_same_page(audit: Audit) -> None:
    """Rendering depends on nothing else."""
    assert page(audit) == page(audit)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((0, 0, 0, 0), "Nothing was judged."),
        ((2, 0, 0, 0), "It holds: 2 rows, and each of them passes."),
        ((7, 0, 19, 0), "Nothing fails, but 19 of 26 rows are not proven."),
        ((0, 0, 1, 0), "Nothing is proven: of 1 row, none could be decided."),
        ((1, 2, 3, 2), "It does not hold: 2 of 6 rows fail."),
        ((1, 0, 0, 3), "It does not hold: no row fails, but there are 3 findings."),
    ],
)
def test_the_first_sentence_is_the_answer(
    audit: Audit, counts: tuple[int, int, int, int], expected: str
) -> None:
    """It says whether it holds, and never that it does while a row is unproven."""
    passed, fail, unproven, findings = counts
    summary = Summary(
        rows=passed + fail + unproven,
        pass_=passed,
        fail=fail,
        unproven=unproven,
        findings=findings,
    )
    assert answer(audit.model_copy(update={"summary": summary})) == expected


def test_a_run_that_was_cut_short_says_so(audit: Audit) -> None:
    """A partial audit does not look like a whole one."""
    assert "cut short" in page(audit.model_copy(update={"complete": False}))
