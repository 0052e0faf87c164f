"""Names for Python that say what a document's names say, none twice, none that means anything."""

from __future__ import annotations

import keyword
import re

from seamwright.contract.message import Message

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[A-Z]")
_LONGEST = 60

USED = frozenset(
    {"Annotated", "Any", "Field", "Literal", "Message", "Nullable", "Root", "Union", "ENDPOINTS"}
)
"""Names that the modules of a set import or give themselves."""
_TYPES = frozenset({"bool", "dict", "float", "int", "list", "str", "tuple"})
_RESERVED = frozenset({*keyword.kwlist, *_TYPES, *USED})
_OF_MODELS = frozenset(dir(Message))


def words(said: str) -> list[str]:
    """The words of a name, whichever way it is written; only ASCII letters and digits."""
    return _WORD.findall(said)


def class_name(said: str) -> str:
    """A name for a class."""
    made = "".join(one[:1].upper() + one[1:] for one in words(said))[:_LONGEST]
    if not made or made[0].isdigit():
        made = f"Value{made}"
    return f"{made}Value" if made in _RESERVED else made


def field_name(said: str) -> str:
    """A name for a field of a message: as on the wire where that can be one."""
    if _is_free(said):
        return said
    made = "_".join(one.lower() for one in words(said))[:_LONGEST].strip("_") or "value"
    made = f"value_{made}" if made[0].isdigit() else made
    return made if _is_free(made) else f"{made}_"


def _is_free(said: str) -> bool:
    plain = said.isascii() and said.isidentifier() and len(said) <= _LONGEST
    if not plain or said.startswith(("_", "model_")) or said in _RESERVED or said in _OF_MODELS:
        return False
    return not said[0].isupper()  # it may be the name of a message


class Names:
    """Names, each given out once; asking for one of them again gives a numbered one.

    Attributes:
        taken: those that are given out.
    """

    def __init__(self) -> None:
        """None is taken."""
        self.taken: set[str] = set()
        self._counts: dict[str, int] = {}

    def free(self, wanted: str) -> str:
        """The name, numbered where it is taken; it is taken from now on."""
        name = wanted
        while name in self.taken:
            count = self._counts.get(wanted, 1) + 1
            self._counts[wanted] = count
            name = f"{wanted}_{count}" if wanted[-1].isdigit() else f"{wanted}{count}"
        self.taken.add(name)
        return name

    def give_back(self, name: str) -> None:
        """A name that is not used after all."""
        self.taken.discard(name)
