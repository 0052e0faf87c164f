"""Which endpoint a request goes to, and small terms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from seamwright.contract import Answer, Credential, Endpoint, RequestId
from tests.judge.records import SYSTEM, Order

SHOP = replace(
    SYSTEM.services[0],
    endpoints=(
        Endpoint("GET", "/orders/{id}", "Read.", Order, "short"),
        Endpoint("GET", "/orders/latest", "Read the latest.", Order, "short"),
        Endpoint("POST", "/orders/{id}/lines/{line}", "Change a line.", Order, "short"),
        Endpoint("GET", "/a.b", "Literal.", Order, "short"),
    ),
)


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/orders/7", "GET /orders/{id}"),
        ("GET", "/orders/latest", "GET /orders/latest"),
        ("POST", "/orders/7/lines/2", "POST /orders/{id}/lines/{line}"),
        ("GET", "/a.b", "GET /a.b"),
        ("GET", "/axb", None),
        ("GET", "/orders/", None),
        ("GET", "/orders/7/8", None),
        ("GET", "/orders/7/", None),
        ("get", "/orders/7", None),
        ("POST", "/orders/7", None),
        ("GET", "/x/orders/7", None),
    ],
)
def test_a_request_goes_to_one_endpoint(method: str, path: str, expected: str | None) -> None:
    """Literal paths come before templates, a parameter is one whole step, and a dot is a dot."""
    found = SHOP.find(method, path)
    assert expected == (found.id if found else None)


def test_parameters_are_told_in_order() -> None:
    """The names of a template are those of its parameters."""
    endpoint = SHOP.endpoint("POST /orders/{id}/lines/{line}")
    assert endpoint is not None
    assert ("id", "line") == endpoint.parameters
    assert None is SHOP.endpoint("GET /gone")


@pytest.mark.parametrize(
    ("value", "well"),
    [
        ("req_abc123", True),
        ("a" * 128, True),
        ("a" * 129, False),
        ("", False),
        ("a\n", False),
        (None, False),
    ],
)
def test_a_request_id_is_well_formed_as_a_whole(value: str | None, well: bool) -> None:
    """A value with anything else in it is replaced, also when it only ends in a line break."""
    assert well == RequestId().well_formed(value)


def test_a_credential_has_its_scheme_before_it() -> None:
    """A scheme stands before the secret, and nothing where there is none."""
    values = [Credential("a").value("s"), Credential("a", "x-api-key", "").value("s")]
    assert ["Bearer s", "s"] == values


def test_codes_of_an_endpoint_are_its_own_and_those_of_all() -> None:
    """Without an endpoint, only the codes that any may answer are left."""
    read = SYSTEM.services[0].endpoints[0]
    assert ["NO_SUCH_ROUTE", "NO_SUCH_VERSION", "NO_SUCH_ORDER"] == [
        one.code for one in SYSTEM.codes(read)
    ]
    assert ["NO_SUCH_ROUTE", "NO_SUCH_VERSION"] == [one.code for one in SYSTEM.codes(None)]


def test_the_most_exact_answer_beside_is_the_one() -> None:
    """Its status, else its class, else whatever is not said otherwise; the success is none."""
    exact, wide, rest = (Answer(one, "", None) for one in ("404", "4xx", "default"))
    endpoint = Endpoint("GET", "/", "", None, "short", answers=(rest, wide, exact))
    assert [None, exact, wide, rest] == [endpoint.answer(one) for one in (200, 404, 418, 500)]
    assert None is replace(endpoint, answers=(exact,)).answer(500)
