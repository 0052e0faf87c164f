"""What a project publishes of a contract set, as a run found it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from seamwright.contract.derive.manifest import sha256
from seamwright.contract.derive.places import Places
from seamwright.contract.derive.published import published
from seamwright.record.observation import Published, PublishedFile
from tests.judge.records import make_record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seamwright.contract import System
    from seamwright.record.load import Record

PLACES = Places("schemas", "documents", "api.md", (("shop", "shop.ts"),))


def publishing(
    system: System, changes: Mapping[str, str | None] | None = None, places: Places = PLACES
) -> Record:
    """A record of a project that published a contract set, but for these files; None is no file."""
    texts = {**published(system, places), **(changes or {})}
    there = {path: text for path, text in texts.items() if text is not None}
    files = tuple(PublishedFile(path, sha256(text.encode())) for path, text in there.items())
    reference = there.get(places.api_reference or "", "")
    return replace(make_record(), published=Published("published", places, files, reference))
