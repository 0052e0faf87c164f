"""Where a project publishes what is derived from its contract set."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Places:
    """Paths from the project's root, with `/` between their parts; None is not published.

    Attributes:
        schemas: the folder of the JSON Schemas.
        openapi: the folder of the OpenAPI documents.
        api_reference: the file of the API reference.
        typescript: service, and the file of what its callers import.
    """

    schemas: str | None = None
    openapi: str | None = None
    api_reference: str | None = None
    typescript: tuple[tuple[str, str], ...] = ()

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders, each once; each has a manifest of what is generated into it."""
        told = (self.schemas, self.openapi)
        return tuple(dict.fromkeys(one for one in told if one is not None))

    @property
    def files(self) -> tuple[str, ...]:
        """The files that have a place of their own."""
        reference = () if self.api_reference is None else (self.api_reference,)
        return (*(file for _, file in self.typescript), *reference)

    def holding(self, path: str) -> str:
        """The place that a published file belongs to: its own, or the nearest folder; else ""."""
        if path in self.files:
            return path
        holding = [one for one in self.folders if path.startswith(f"{one}/")]
        return max(holding, key=len, default="")
