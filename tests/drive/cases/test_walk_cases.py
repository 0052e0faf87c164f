"""Lives and lists, as the contract tells them."""

from __future__ import annotations

from dataclasses import replace

from conformance import CONFORMANCE
from contracts import SYSTEM
from seamwright.contract import Endpoint, Message
from seamwright.drive.cases.step import Step
from seamwright.drive.cases.walk import Walk, pages, walks
from tests.miniatures import contract

KEPT = {"prospect": "p", "campaign": "c", "mailbox": "m"}


class Token(Message):
    """Where a page begins."""

    page_token: str | None = None
    since: int = 0


class Tokens(Message):
    """A page, and the next one's beginning."""

    things: list[str]
    next_page_token: str | None = None
    next_number: int = 0
    nextOne: str = ""  # noqa: N815 - as on the wire


def test_what_is_created_leads_to_what_is_read_changed_and_deleted() -> None:
    """The path's parameter is a field of what is created; the team's words are used for it."""
    found = {one.name: one for one in walks(SYSTEM, CONFORMANCE.journey, (), KEPT)}
    assert {"web POST /api/prospects", "web POST /api/campaigns", "web POST /api/mailboxes"} == (
        found.keys()
    )
    life = found["web POST /api/prospects"]
    assert {"walked_item": "/id"} == life.create.keep
    steps = [one for one in (life.read, life.change, life.delete) if one]
    assert [
        "GET /api/prospects/{id}",
        "PATCH /api/prospects/{id}",
        "DELETE /api/prospects/{id}",
    ] == [one.endpoint for one in steps]
    assert [{"id": "{walked_item}"}] * 3 == [one.path for one in steps]
    assert {"company": "Engines & Sons"} == steps[1].body
    assert found["web POST /api/mailboxes"].read is None


def test_what_is_declared_is_not_derived_once_more() -> None:
    """The team's walk comes first, and alone."""
    own = Walk(Step("web", "POST /api/prospects", keep={"mine": "/id"}))
    found = walks(SYSTEM, CONFORMANCE.journey, (own,), KEPT)
    assert own == found[0]
    assert 1 == sum(one.name == own.name for one in found)


def test_a_path_that_names_no_field_leads_nowhere() -> None:
    """Two parameters, or one that what is created does not have, cannot be filled."""
    (service,) = contract.SYSTEM.services
    more = (
        Endpoint("GET", "/notes/{number}", "Read.", contract.Note, "short"),
        Endpoint("GET", "/notes/{id}/{part}", "Read.", contract.Note, "short"),
        Endpoint("POST", "/other", "Make.", contract.Note, "short"),
    )
    kept = tuple(one for one in service.endpoints if "{id}" not in one.path)
    system = replace(contract.SYSTEM, services=(replace(service, endpoints=(*kept, *more)),))
    assert () == walks(system, (), (), {})


def test_a_list_with_a_cursor_comes_in_pages() -> None:
    """The field of the next page is named after the parameter that it goes into."""
    found = {one.name: one for one in pages(SYSTEM)}
    assert {"web GET /api/prospects", "web GET /api/campaigns", "worker GET /api/emails"} == (
        found.keys()
    )
    emails = found["worker GET /api/emails"]
    assert ("cursor", "nextCursor", "limit", 100) == (
        emails.cursor,
        emails.following,
        emails.size,
        emails.most,
    )


def test_pages_are_known_by_other_names() -> None:
    """A token, without a size; a path with parameters is left alone."""
    (service,) = contract.SYSTEM.services
    lists = tuple(
        Endpoint("GET", path, "List.", Tokens, "short", query=Token)
        for path in ("/things", "/things/{of}")
    )
    system = replace(contract.SYSTEM, services=(replace(service, endpoints=lists),), envelope=None)
    (found,) = pages(system)
    assert ("GET /things", "page_token", "next_page_token", "", 0) == (
        found.step.endpoint,
        found.cursor,
        found.following,
        found.size,
        found.most,
    )
