"""Which request IDs are taken over."""

from __future__ import annotations

import re

import pytest

from reference_impl import request_id


@pytest.mark.parametrize("value", ["a", "req_1", "A.b-C_9", "x" * 128])
def test_a_well_formed_id_is_taken_over(value: str) -> None:
    """As it came."""
    assert value == request_id.read([(b"x-request-id", value.encode())])


@pytest.mark.parametrize("value", [b"", b"x" * 129, b"a b", b"a\tb", "ü".encode(), b"a,b", b"a\n"])
def test_any_other_is_replaced(value: bytes) -> None:
    """By a fresh one."""
    made = request_id.read([(b"x-request-id", value)])
    assert re.fullmatch("req_[0-9a-f]{24}", made)


def test_of_two_ids_neither_is_taken() -> None:
    """Not even when they are the same."""
    made = request_id.read([(b"x-request-id", b"a"), (b"x-request-id", b"a")])
    assert made != "a"


def test_fresh_ids_differ() -> None:
    """A thousand of them."""
    assert len({request_id.fresh() for _ in range(1_000)}) == 1_000
