"""The JSON value of a document while it is read: its references followed, its faults noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from urllib.parse import unquote

from seamwright.contract.description.document import Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HOPS = 20
"""References that lead to references, one after the other."""
_SHOWN = 60


class Source:
    """A document as it was given.

    Attributes:
        root: its value.
        notes: what could not be read so far.
    """

    def __init__(self, root: dict[str, object]) -> None:
        """Read from `root`."""
        self.root = root
        self.notes: list[Note] = []

    def note(self, pointer: str, said: str) -> None:
        """Keep that something at `pointer` was not taken over as it is."""
        self.notes.append(Note(pointer, said))

    def fields(self, value: object, pointer: str) -> dict[str, object]:
        """The members of an object, its reference followed; none where it is no object."""
        found, _ = self.followed(value, pointer)
        return found

    def followed(self, value: object, pointer: str) -> tuple[dict[str, object], str]:
        """The members of an object and where they lie, its reference followed."""
        for _ in range(_HOPS):
            fields = as_object(value)
            if fields is None:
                self.note(pointer, f"an object was expected and {kind(value)} is there: left out")
                return {}, pointer
            reference = fields.get("$ref")
            if not isinstance(reference, str):
                return fields, pointer
            found = self.at(reference)
            if found is None:
                self.note(pointer, f"the reference {shown(reference)} leads nowhere in here")
                return {}, pointer
            value, pointer = found
        self.note(pointer, "references that lead in a circle: left out")
        return {}, pointer

    def at(self, reference: str) -> tuple[object, str] | None:
        """What a local reference leads to and its pointer; None where it leads nowhere."""
        if reference == "#":
            return self.root, ""
        if not reference.startswith("#/"):
            return None
        here: object = self.root
        for step in steps(reference):
            fields, items = as_object(here), as_list(here)
            if fields is not None and step in fields:
                here = fields[step]
            elif items and step.isdecimal() and len(step) < 9 and int(step) < len(items):
                here = items[int(step)]
            else:
                return None
        return here, unquote(reference[1:])

    def members(
        self, fields: Mapping[str, object], key: str, pointer: str
    ) -> Iterator[tuple[str, object, str]]:
        """Name, value and pointer of each member of an object within; none where there is none."""
        inner = fields.get(key)
        if inner is None:
            return
        within = f"{pointer}/{key}"
        found = as_object(inner)
        if found is None:
            self.note(within, f"an object was expected and {kind(inner)} is there: left out")
            return
        for name, value in found.items():
            yield name, value, f"{within}/{escaped(name)}"

    def items(
        self, fields: Mapping[str, object], key: str, pointer: str
    ) -> Iterator[tuple[object, str]]:
        """Value and pointer of each item of a list within; none where there is none."""
        inner = fields.get(key)
        if inner is None:
            return
        within = f"{pointer}/{key}"
        found = as_list(inner)
        if found is None:
            self.note(within, f"a list was expected and {kind(inner)} is there: left out")
            return
        for number, value in enumerate(found):
            yield value, f"{within}/{number}"

    def text(self, fields: Mapping[str, object], key: str, pointer: str) -> str:
        """A text within; "" where there is none."""
        value = fields.get(key)
        if value is None or isinstance(value, str):
            return value or ""
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)  # `version: 1.0`, in YAML without quotes
        self.note(f"{pointer}/{key}", f"a text was expected and {kind(value)} is there: left out")
        return ""

    def texts(self, fields: Mapping[str, object], key: str, pointer: str) -> tuple[str, ...]:
        """The texts of a list within; none where there is none."""
        found: list[str] = []
        for value, where in self.items(fields, key, pointer):
            if isinstance(value, str):
                found.append(value)
            else:
                self.note(where, f"a text was expected and {kind(value)} is there: left out")
        return tuple(found)

    def flag(self, fields: Mapping[str, object], key: str, pointer: str) -> bool:
        """Whether a boolean within is true; false where there is none."""
        value = fields.get(key, False)
        if not isinstance(value, bool):
            self.note(f"{pointer}/{key}", f"true or false was expected and {kind(value)} is there")
        return value is True


def as_object(value: object) -> dict[str, object] | None:
    """The members of a JSON object; None of anything else."""
    return cast("dict[str, object]", value) if isinstance(value, dict) else None


def as_list(value: object) -> list[object] | None:
    """The items of a JSON list; None of anything else."""
    return cast("list[object]", value) if isinstance(value, list) else None


def steps(reference: str) -> list[str]:
    """The unescaped steps of a local reference `#/…` (RFC 6901, section 6)."""
    return [unquote(one).replace("~1", "/").replace("~0", "~") for one in reference[2:].split("/")]


def escaped(name: str) -> str:
    """A name as a step of a JSON Pointer (RFC 6901, section 3)."""
    return name.replace("~", "~0").replace("/", "~1")


def shown(text: str) -> str:
    """A text of the document in a message: quoted, in ASCII, not long."""
    return ascii(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")


def kind(value: object) -> str:
    """What a value is, in JSON's words."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, str):
        return "a text"
    return "a list" if isinstance(value, list) else "an object"


def extensions(fields: Mapping[str, object]) -> dict[str, object]:
    """The members that begin with `x-`."""
    return {key: value for key, value in fields.items() if key.startswith("x-")}
