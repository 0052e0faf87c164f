"""The media types that a body comes in, and what is in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.compare.change import Change, ChangeClass
from seamwright.contract.compare.direction import Direction, Facet
from seamwright.contract.compare.wording import bounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.compare.value import Surfaces
    from seamwright.contract.description.document import Content

MEDIA_ADDED = Facet(
    ChangeClass(
        "REQ-MEDIA-ADDED",
        "a request may come in one more media type",
        consumers=False,
        providers=True,
        reason="every provider must now take it",
        cure="announce it to providers first",
    ),
    ChangeClass(
        "RES-MEDIA-ADDED",
        "a response may come in one more media type",
        consumers=False,
        providers=True,
        reason="consumers get it only when they ask for it, but every provider must have it",
        cure="announce it to providers first",
    ),
)
MEDIA_REMOVED = Facet(
    ChangeClass(
        "REQ-MEDIA-REMOVED",
        "a request may come in one media type less",
        consumers=True,
        providers=False,
        reason="requests in it were right and are now refused",
        cure="go on taking it",
    ),
    ChangeClass(
        "RES-MEDIA-REMOVED",
        "a response may come in one media type less",
        consumers=True,
        providers=False,
        reason="consumers that read it, or ask for it, no longer get it",
        cure="go on answering it to those who ask for it",
    ),
)
FACETS = (MEDIA_ADDED, MEDIA_REMOVED)


def changes(
    old: tuple[Content, ...],
    new: tuple[Content, ...],
    surfaces: Surfaces,
    direction: Direction,
    where: str,
) -> Iterator[Change]:
    """Media types that came and went, and every change within those that stayed."""
    left, right = ({_media(one.media): one for one in side} for side in (old, new))
    for media, one in left.items():
        other = right.get(media) or _covering(media, right)
        if other is None:
            yield Change(MEDIA_REMOVED.of(direction), where, bounded(media))
            continue
        if media not in right and direction is Direction.RESPONSE:
            # A range in place of one media type: the reader no longer knows what will come.
            said = f"{bounded(media)} → {bounded(other.media)}"
            yield Change(MEDIA_REMOVED.of(direction), where, said)
        place = where if len(left) == 1 else f"{where} {bounded(media)}"
        yield from surfaces.changes(one.schema, other.schema, direction=direction, where=place)
    for media in sorted(right.keys() - left.keys()):
        if _covering(media, left) is None:
            yield Change(MEDIA_ADDED.of(direction), where, bounded(media))


def _media(said: str) -> str:
    """A media type as it is compared: UTF-8 goes without saying."""
    name, *parameters = (one.strip().lower() for one in said.split(";"))
    kept = sorted(one for one in parameters if one and one != "charset=utf-8")
    return "; ".join([name, *kept])


def _covering(media: str, known: dict[str, Content]) -> Content | None:
    """The range (`text/*`, `*/*`) that a media type is in."""
    return known.get(media.partition("/")[0] + "/*") or known.get("*/*")
