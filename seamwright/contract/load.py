"""Content by name: `contracts:SYSTEM` leads to an object of the project."""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, TypeVar

from seamwright.problem import UsageProblem

if TYPE_CHECKING:
    from pathlib import Path

_Loaded = TypeVar("_Loaded")


class LoadProblem(UsageProblem):
    """A name does not lead to an object of the right kind."""


def load(name: str, kind: type[_Loaded], root: Path) -> _Loaded:
    """The object that `module:ATTRIBUTE` names, looked up from the project's root.

    Raises:
        LoadProblem: when the name is malformed, or leads nowhere, or to another kind of thing.
    """
    module_name, colon, attribute = name.partition(":")
    if not (module_name and colon and attribute.isidentifier()):
        raise _problem(name, kind, "a name without a module or an attribute")
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    try:
        module = importlib.import_module(module_name)
    except UsageProblem:
        raise
    # A project's module may fail in any way while it is imported; all of them are its author's.
    except (Exception, SystemExit) as error:
        raise _problem(name, kind, f"{type(error).__name__}: {error}") from error
    found: object = getattr(module, attribute, None)
    if not isinstance(found, kind):
        seen = f"{type(found).__name__}" if hasattr(module, attribute) else "no such attribute"
        raise _problem(name, kind, seen)
    return found


def _problem(name: str, kind: type[object], seen: str) -> LoadProblem:
    return LoadProblem(
        expected=f"`module:ATTRIBUTE` that leads to a {kind.__name__}",
        seen=seen,
        where=f"the name {name!r}",
        mend="write the module as it is imported from the folder of the project file",
    )
