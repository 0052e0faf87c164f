"""Who calls: the bearer token, and the caller that holds it."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from contracts import SYSTEM
from reference_impl.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Credentials:
    """The tokens that a service knows: name of the credential → its secret."""

    def __init__(self, secrets: Mapping[str, str]) -> None:
        """An empty secret would let in anyone, so it is left out."""
        known = {name: SYSTEM.credential(name) for name, secret in secrets.items() if secret}
        self._known = [
            (name, term.header.encode(), term.value(secrets[name]).encode())
            for name, term in known.items()
            if term is not None
        ]

    def caller(self, headers: Iterable[tuple[bytes, bytes]], let_in: tuple[str, ...]) -> str:
        """The name of the credential that the request shows.

        Raises:
            Refusal: 401 when it shows none that is known, 403 when that one is not let in.
        """
        shown = list(headers)
        for name, header, expected in self._known:
            values = [value for key, value in shown if key == header]
            if len(values) == 1 and _same(values[0], expected):
                if name in let_in:
                    return name
                raise Refusal("FORBIDDEN", "This token may not do that.")
        challenge = {"www-authenticate": "Bearer"}
        raise Refusal("UNAUTHORIZED", "A known bearer token is needed.", challenge)


def _same(given: bytes, expected: bytes) -> bool:
    """RFC 9110, 11.1: the scheme's case does not matter; the token is compared in constant time."""
    scheme, _, token = given.partition(b" ")
    known_scheme, _, known_token = expected.partition(b" ")
    same_token = hmac.compare_digest(token.strip(), known_token)
    return same_token and scheme.lower() == known_scheme.lower()
