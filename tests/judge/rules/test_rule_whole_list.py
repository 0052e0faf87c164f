"""PAG001 on walks made by hand."""

from __future__ import annotations

from seamwright.judge.rules.whole_list import RULE
from seamwright.record.observation import Exchange, Unseen
from tests.judge.records import at, fails, make_record
from tests.judge.rules.walks import CREATE, DELETE, LIST, SYSTEM, stepped

PAGES = "pages of shelf GET /notes, walk 1"


def _page(id_: str, at_s: float, *ids: str) -> Exchange:
    items = [{"id": one, "text": "Tea"} for one in ids]
    data = {"items": items, "nextCursor": "c"}
    return stepped(id_, LIST, data, at_s=at_s, reason=PAGES)


def _made(note: str, at_s: float = 1.0) -> Exchange:
    reason = f"shelf POST /notes, walk of {note}"
    return stepped(f"+{note}", CREATE, {"id": note}, status=201, at_s=at_s, reason=reason)


def _ended(note: str, at_s: float) -> Exchange:
    reason = f"shelf POST /notes, walk of {note}"
    return stepped(f"-{note}", DELETE, {}, at_s=at_s, reason=reason)


def test_passes_when_all_were_seen_once() -> None:
    """What came in the meantime may be seen or not; what was deleted too."""
    record = make_record(
        _made("n1"),
        _made("n2"),
        _made("late", 11),
        _made("gone"),
        _ended("gone", 11),
        _ended("n1", 30),
        _page("p", 10, "n2", "n3"),
        _page("q", 12, "n1"),
    )
    assert [("pass", "", ("p", "q"))] == at(RULE.judge(SYSTEM, record), LIST)


def test_fails_when_an_item_comes_twice() -> None:
    """Also when the end was not reached."""
    twice = (_page("p", 10, "n1", "n2"), _page("q", 11, "n2"))
    said = "turning its pages shows an item twice"
    assert [(said, ("p", "q"))] == fails(RULE.judge(SYSTEM, make_record(*twice)))
    other = PAGES.replace("1", "2")
    well = [stepped(id_, LIST, {"items": []}, reason=other) for id_ in "xy"]
    verdicts = list(RULE.judge(SYSTEM, make_record(*twice, *well)))
    assert ["fail"] == [one.outcome.value for one in verdicts]
    endless = Unseen(PAGES, "no end")
    assert [(said, ("p", "q"))] == fails(RULE.judge(SYSTEM, make_record(*twice, endless)))


def test_fails_when_an_item_is_left_out() -> None:
    """It was there before the first page and after the last, and a longer page has shown it."""
    long = stepped("o", LIST, {"items": [{"id": "n9"}]}, at_s=9, reason=f"how many: {PAGES}")
    turned = (_made("n9"), _page("p", 10, "n1"), _page("q", 11, "n2"))
    record = make_record(*turned, long)
    said = "turning its pages leaves out an item that was there all the time"
    assert [(said, ("p", "q"))] == fails(RULE.judge(SYSTEM, record))
    # A list that shows it to nobody may show other things only.
    assert [("pass", "", ("p", "q"))] == at(RULE.judge(SYSTEM, make_record(*turned)), LIST)


def test_is_unproven_without_an_end_or_a_second_page() -> None:
    """Nothing is said of items that the pages beyond may have had."""
    endless = make_record(
        _made("n9"), _page("p", 10, "n1"), _page("q", 11, "n2"), Unseen(PAGES, "no end")
    )
    assert [("unproven", "no end", ())] == at(RULE.judge(SYSTEM, endless), LIST)
    short = make_record(_page("p", 10, "n1"))
    assert [("unproven", "the list has one page only", ())] == at(RULE.judge(SYSTEM, short), LIST)
    refused = make_record(stepped("p", LIST, status=503, reason=PAGES))
    assert [("unproven", "the list has one page only", ())] == at(RULE.judge(SYSTEM, refused), LIST)


def test_a_walk_that_shows_it_outweighs_one_that_does_not() -> None:
    """Several walks turn the same pages."""
    other = PAGES.replace("1", "2")
    record = make_record(
        _page("p", 10, "n1"),
        _page("q", 11, "n2"),
        stepped("x", LIST, {"items": []}, reason=other),
    )
    assert [("pass", "", ("p", "q"))] == at(RULE.judge(SYSTEM, record), LIST)


def test_items_without_an_id_are_told_apart_by_all_they_say() -> None:
    """Plain values may come as often as they like, and pages may be lists themselves."""
    pages = (
        stepped("p", LIST, ["a", {"text": "x"}], at_s=10, reason=PAGES),
        stepped("q", LIST, ["a", {"text": "y"}], at_s=11, reason=PAGES),
    )
    assert [("pass", "", ("p", "q"))] == at(RULE.judge(SYSTEM, make_record(*pages)), LIST)
    odd = (
        stepped("p", LIST, {"a": [], "b": []}, at_s=10, reason=PAGES),
        stepped("q", LIST, "nothing", at_s=11, reason=PAGES),
        stepped("+x", CREATE, "no object", status=201, reason="a walk"),
        stepped("r", CREATE, status=503, reason="another walk"),
        stepped("s", CREATE, {"id": "n1"}, status=201, at_s=20, reason=PAGES.replace("1", "2")),
    )
    assert [("pass", "", ("p", "q"))] == at(RULE.judge(SYSTEM, make_record(*odd)), LIST)
