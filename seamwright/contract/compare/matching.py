"""Two sets of named things, held against each other by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_Key = TypeVar("_Key", str, "tuple[str, str]")
_Thing = TypeVar("_Thing")


def only(one: Mapping[_Key, _Thing], other: Mapping[_Key, _Thing]) -> Iterator[tuple[_Key, _Thing]]:
    """What is in `one` and not in the other, by name."""
    for key in sorted(one.keys() - other.keys()):
        yield key, one[key]


def common(
    old: Mapping[_Key, _Thing], new: Mapping[_Key, _Thing]
) -> Iterator[tuple[_Key, _Thing, _Thing]]:
    """What both have, by name: as it was and as it is."""
    for key in sorted(old.keys() & new.keys()):
        yield key, old[key], new[key]
