"""Texts of parameters, read by the types that the contract has for them."""

from __future__ import annotations

import pytest

from seamwright.contract import Endpoint
from seamwright.judge.parameters import (
    DOUBTFUL,
    path_texts,
    query_names,
    query_texts,
    read_as,
)
from seamwright.record.observation import Request


def _request(target: str) -> Request:
    return Request("GET", target, (), b"")


def test_a_parameter_that_is_there_twice_has_no_text() -> None:
    """Its name is there, and so is the one before a bracket."""
    request = _request("/a?x=1&y=a+b&y=2&z=&f[k]=1")
    assert {"x": "1", "z": "", "f[k]": "1"} == query_texts(request)
    assert {"x", "y", "z", "f", "f[k]"} == query_names(request)


@pytest.mark.parametrize(
    ("template", "path", "expected"),
    [
        ("/a/{id}", "/a/x%20y?q=1", {"id": "x y"}),
        ("/{a}/{b}", "/1/2", {"a": "1", "b": "2"}),
        ("/a/{id}", "/a/x/y", {}),
        ("/a/{x}.{y}", "/a/1.2", {}),
        ("/a", "/a", {}),
    ],
)
def test_path_parameters_have_segments(template: str, path: str, expected: dict[str, str]) -> None:
    """Those that share one cannot be told apart."""
    assert expected == path_texts(Endpoint("GET", template, "s", None, "m"), _request(path))


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("string", "x", "x"),
        ("string", "", DOUBTFUL),
        ("integer", "12", 12),
        ("integer", "-12", -12),
        ("integer", "+12", DOUBTFUL),
        ("integer", "1.0", DOUBTFUL),
        ("integer", "nan", DOUBTFUL),
        ("integer", "x", "x"),
        ("number", "1.5", 1.5),
        ("number", "inf", DOUBTFUL),
        ("number", "x", "x"),
        ("boolean", "true", True),
        ("boolean", "false", False),
        ("boolean", "True", DOUBTFUL),
        ("boolean", "1", DOUBTFUL),
        ("boolean", "x", "x"),
        ("array", "1,2", DOUBTFUL),
        (None, "x", DOUBTFUL),
    ],
)
def test_a_text_is_read_by_its_type(kind: str | None, text: str, expected: object) -> None:
    """Where services may differ, it is doubtful; else a text that is none of the type stays one."""
    assert expected == read_as({"type": kind} if kind else {}, text)
