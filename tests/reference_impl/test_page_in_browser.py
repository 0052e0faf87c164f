"""The page that people see, looked at in a real browser while the worker is there and is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.reference_impl.browser import window
from tests.reference_impl.running import poll

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.reference_impl.browser import Window
    from tests.reference_impl.faults import Faults
    from tests.reference_impl.system import System

_RED, _GREEN = "rgb(240, 68, 56)", "rgb(18, 183, 106)"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """A browser, for all tests here."""
    with window(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


def _status(system: System, id_: str) -> object:
    """What the web says in its log of the request with this ID."""
    lines = list(system.boxes["web"].lines)
    return next(one["status"] for one in lines if one.get("requestId") == id_ and "status" in one)


@pytest.mark.parametrize("kind", ["refused", "hung"])
def test_a_person_reads_what_is_wrong(
    system: System, faults: Faults, browser: Window, kind: str
) -> None:
    """What is wrong, what is safe and what to do can be seen, with the request's very own ID."""
    with getattr(faults, kind)("web→worker"):
        browser.open(f"http://127.0.0.1:{system.ports['web']}/")
    seen = (browser.title(), browser.text("h1"), browser.colour("main", "borderTopColor"))
    assert (
        "Outreach · We cannot send emails right now",
        "We cannot send emails right now",
        _RED,
    ) == seen
    assert (
        "Your prospects and campaigns are safe. "
        "Please try again in a minute; we have been told." == browser.text("p")
    )
    id_ = browser.text("small code")
    assert f"If you ask for help, give this number: {id_}" == browser.text("small")
    assert 503 == _status(system, id_)


def test_a_worker_that_was_ended_is_told_too(system: System, browser: Window) -> None:
    """Its process is gone; after it was started again, reloading the page is all it takes."""
    url = f"http://127.0.0.1:{system.ports['web']}/"
    system.stop("worker")
    browser.open(url)
    down, id_ = browser.text("h1"), browser.text("small code")
    system.start("worker")

    def up() -> str | None:
        browser.open(url)
        text = browser.text("h1")
        return text if text == "Everything is running" else None

    assert "Everything is running" == poll(up)
    assert ("We cannot send emails right now", 503) == (down, _status(system, id_))
    assert _GREEN == browser.colour("main", "borderTopColor")
    assert id_ != browser.text("small code")


def test_text_out_of_sight_is_not_read(browser: Window) -> None:
    """Else these tests could not fail: what is hidden, transparent or outside is not seen."""
    hidden = ("display:none", "visibility:hidden", "opacity:0", "position:absolute;left:-999px")
    page = "".join(f'<p style="{one}">never</p>' for one in hidden) + "<b>yes</b>"
    browser.open(f"data:text/html,{page}")
    texts = [browser.text(f"p:nth-of-type({number + 1})") for number in range(len(hidden))]
    assert ([""] * len(hidden), "yes") == (texts, browser.text("b"))
