"""What Pact says of a consumer that sent nothing, by which the drive knows to ask it again."""

from __future__ import annotations

import httpx
from pact import Pact


def test_silence_is_a_mismatch_that_a_second_attempt_mends() -> None:
    """Until the request comes it is missing, by that name; then nothing is."""
    pact = Pact("a", "b").with_specification("V4")
    pact.upon_receiving("a greeting").with_request("GET", "/").will_respond_with(200)
    with pact.serve("127.0.0.1", raises=False, verbose=False) as server:
        silent = [one.type for one in server.mismatches]
        httpx.get(f"http://127.0.0.1:{server.port}/")
        assert (["MissingRequest"], [], True) == (silent, server.mismatches, server.matched)
