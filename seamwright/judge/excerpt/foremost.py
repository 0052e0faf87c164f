"""The first few of many, by some order."""

from __future__ import annotations

from bisect import bisect
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

T = TypeVar("T")
Key = tuple[float, str]


class Foremost(Generic[T]):
    """Holds those with the smallest keys, in order; it does not grow with what it is given."""

    __slots__ = ("_kept", "_keys", "_most")

    def __init__(self, most: int) -> None:
        """`most`: how many are kept."""
        self._most = most
        self._keys: list[Key] = []
        self._kept: list[T] = []

    def add(self, key: Key, one: T) -> None:
        """Keep it where it is among the first."""
        if len(self._keys) >= self._most:
            if not self._keys or key >= self._keys[-1]:
                return
            self._keys.pop()
            self._kept.pop()
        at = bisect(self._keys, key)
        self._keys.insert(at, key)
        self._kept.insert(at, one)

    def __iter__(self) -> Iterator[T]:
        """Those that are kept, in order."""
        return iter(self._kept)
