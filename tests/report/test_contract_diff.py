"""What became of a contract, as people and programs read it."""

from __future__ import annotations

import json
from dataclasses import replace

from seamwright.contract.compare.change import Change
from seamwright.contract.compare.comparison import Comparison, Reader
from seamwright.contract.compare.enumeration import ENUM_VALUE_REMOVED
from seamwright.contract.compare.operations import OPERATION_ADDED, OPERATION_DEPRECATED
from seamwright.contract.compare.responses import SUCCESS_REMOVED
from seamwright.report.contract_diff import as_github, as_json, as_text

CHANGES = (
    Change(OPERATION_DEPRECATED, "GET /pets", "kept → deprecated", "shop"),
    Change(OPERATION_ADDED, "POST /pets", "nothing → endpoint", "shop"),
    Change(ENUM_VALUE_REMOVED.request, "POST /pets request /kind", "no longer cat", "shop"),
    Change(SUCCESS_REMOVED, "POST /pets response 200", "answer → nothing", "shop"),
)
COMPARED = Comparison("1", "1", moved=False, rule="it is said so", changes=CHANGES)

TEXT = """\
shop
  POST /pets
    breaks consumers  REQ-ENUM-VALUE-REMOVED  request /kind  no longer cat
                      a list of values shrank in a request: a request that was right before may \
now be refused
                      cure: go on taking the value, for instance as another one
    breaks both       RES-SUCCESS-REMOVED     response 200   answer → nothing
                      a success no longer has a status: consumers wait for the status, and a \
provider that answers it is wrong
                      cure: go on answering it
    breaks providers  OP-ADDED                               nothing → endpoint
                      an endpoint came: nobody calls it yet, but every provider must have it
  GET /pets
    harmless          OP-DEPRECATED  kept → deprecated
                      an endpoint is about to go: it is still there

4 changes: 2 breaking for consumers, 2 breaking for providers, 1 harmless for both
the version did not move (1 → 1); it moves when it is said so"""


def test_text_has_what_breaks_first() -> None:
    """Service by service, endpoint by endpoint, in columns."""
    assert TEXT == as_text(COMPARED, Reader.CONSUMERS)


def test_the_last_line_says_whether_it_holds() -> None:
    """Nothing changed, nothing breaks these readers, the version moved, or it did not."""
    nothing = replace(COMPARED, changes=())
    assert "nothing changed" == as_text(nothing, Reader.BOTH)
    harmless = replace(COMPARED, changes=CHANGES[:1])
    last = as_text(harmless, Reader.BOTH).splitlines()[-2:]
    assert [
        "1 change: 0 breaking for consumers, 0 breaking for providers, 1 harmless for both",
        "nothing breaks anyone",
    ] == last
    added = replace(COMPARED, changes=CHANGES[:2])
    assert "nothing breaks consumers" == as_text(added, Reader.CONSUMERS).splitlines()[-1]
    moved = replace(COMPARED, old="", new="2", moved=True)
    expected = "the version moved (none → 2), so what breaks is announced"
    assert expected == as_text(moved, Reader.PROVIDERS).splitlines()[-1]


def test_the_system_is_a_place_of_its_own() -> None:
    """What is in no service is said so."""
    change = Change(OPERATION_ADDED, "edge a→b", "nothing → edge")
    lines = as_text(replace(COMPARED, changes=(change,)), Reader.BOTH).splitlines()
    assert ["the whole system", "  edge a→b"] == lines[:2]


def test_json_has_every_change_whole() -> None:
    """Code, place, both readers, reason and cure."""
    told = json.loads(as_json(COMPARED, Reader.BOTH))
    assert (1, "both", 3) == (told["format"], told["for"], told["breaking"])
    assert {"old": "1", "new": "1", "moved": False} == told["version"]
    kind = ENUM_VALUE_REMOVED.request
    assert {
        "code": kind.code,
        "title": kind.title,
        "service": "shop",
        "where": "POST /pets request /kind",
        "said": "no longer cat",
        "breaks_consumers": True,
        "breaks_providers": False,
        "reason": kind.reason,
        "cure": kind.cure,
    } == told["changes"][2]


def test_github_gets_one_escaped_command_a_change() -> None:
    """Per cent and line ends are escaped in the text, colon and comma in its title too."""
    kind = replace(OPERATION_ADDED, code="A:B,C%")
    change = Change(kind, "POST /pets", "50% → 60%\r\n::error::x", "shop")
    compared = replace(COMPARED, changes=(change,))
    first = as_github(compared, Reader.PROVIDERS).splitlines()[0]
    assert first.startswith("::error title=A%3AB%2CC%25::shop POST /pets: an endpoint came (50%25")
    assert "%0D%0A::error::x" in first
    assert first.endswith("Cure: announce it to providers first")
    moved = replace(compared, moved=True)
    assert as_github(moved, Reader.BOTH).startswith("::warning title=")
    assert as_github(compared, Reader.CONSUMERS).startswith("::notice title=")
