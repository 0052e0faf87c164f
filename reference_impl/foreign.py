"""The base of what is not ours: what other boxes answer, and the rows of stores."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Foreign(BaseModel):
    """Read as far as we need it, the rest ignored; built at first use, so that boxes start fast."""

    model_config = ConfigDict(frozen=True, defer_build=True)
