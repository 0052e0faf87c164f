"""What is sent first, and what is not sent at all."""

from __future__ import annotations

from seamwright.drive.cases.breadth import breadth_first, minimised
from seamwright.drive.cases.generated import FUZZING, GeneratedRequest


def _request(
    scenario: str, place: str = "", body: str = "", *, positive: bool = False
) -> GeneratedRequest:
    return GeneratedRequest(positive, scenario, place, "POST", "/", (), body.encode())


def test_each_scenario_at_each_place_comes_before_the_second_of_one() -> None:
    """Well-formed and malformed ones by turns, random ones last."""
    made = [
        _request(FUZZING, body="1"),
        _request("type", "a", "1"),
        _request("type", "a", "2"),
        _request("type", "b", "3"),
        _request("missing", "a", "4"),
        _request("valid", "", "5", positive=True),
        _request("valid", "", "6", positive=True),
    ]
    told = [(one.scenario, one.place, one.body) for one in breadth_first(made)]
    assert [
        ("valid", "", b"5"),
        ("type", "a", b"1"),
        ("valid", "", b"6"),
        ("type", "b", b"3"),
        ("missing", "a", b"4"),
        ("type", "a", b"2"),
        (FUZZING, "", b"1"),
    ] == told


def test_what_is_alike_is_sent_twice_at_most() -> None:
    """The same at the same place with values of the same shape; another shape is another case."""
    made = [_request("type", "a", f'{{"x": {value}}}') for value in (1, 2, 3, 3, '"t"', "null")]
    kept = [one.body for one in minimised(made)]
    assert [b'{"x": 1}', b'{"x": 2}', b'{"x": "t"}', b'{"x": null}'] == kept


def test_random_ones_are_left_out_only_where_they_are_the_same() -> None:
    """What they share with each other is not known."""
    made = [_request(FUZZING, "", str(value)) for value in (1, 2, 3, 3)]
    assert [b"1", b"2", b"3"] == [one.body for one in minimised(made)]


def test_a_body_that_is_no_json_has_a_shape_too() -> None:
    """As texts they are alike."""
    made = [_request("syntax", "", body) for body in ("{", "[", "<", "")]
    assert [b"{", b"[", b""] == [one.body for one in minimised(made)]
