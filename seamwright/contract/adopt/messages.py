"""Messages: a class for each object of a document, a root for each other body that has a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from seamwright.contract.adopt.code import (
    Code,
    Group,
    call,
    choice,
    flat,
    keyword,
    laid_out,
    literal,
    quoted,
    subscript,
)
from seamwright.contract.adopt.docstring import docstring
from seamwright.contract.adopt.names import Names, class_name, field_name
from seamwright.contract.adopt.narrowing import narrow
from seamwright.contract.adopt.shape import (
    NOTHING,
    is_bare_reference,
    merged,
    properties,
    reference,
    without_null,
)
from seamwright.contract.adopt.value_type import Types, is_class

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seamwright.contract.description.document import Note, Schema

_OF_CLASSES = frozenset({"type", "properties", "required", "additionalProperties"})
_DEEPEST = 400


@dataclass(frozen=True, slots=True)
class Model:
    """One class.

    Attributes:
        name: of the class.
        lines: its source.
        uses: names of classes that should stand before it.
    """

    name: str
    lines: tuple[str, ...]
    uses: frozenset[str] = frozenset()


class Messages:
    """Turns the bodies and parameters of a document into classes."""

    def __init__(self, definitions: Mapping[str, Schema]) -> None:
        """Give every definition the name of its class."""
        self._definitions = definitions
        self._names = Names()
        self._classes = {name: self._names.free(class_name(name)) for name in definitions}
        self._types = Types(definitions, self._classes, self._names, self._class_within)
        self._made: dict[str, Model] = {}
        self._alike: dict[tuple[str, ...], str] = {}

    @property
    def notes(self) -> list[Note]:
        """What the classes cannot say."""
        return self._types.notes

    def formats(self) -> list[str]:
        """The types of texts that have a format."""
        lines: list[str] = []
        for form, name in sorted(self._types.formats.items(), key=lambda one: one[1]):
            extra = keyword("json_schema_extra", literal({"format": form}))
            made = subscript("Annotated", "str", call("Field", [extra]))
            lines += laid_out(made, 0, before=f"{name} = ")
        return lines

    def define(self) -> None:
        """Make the classes of all definitions."""
        for name, schema in self._definitions.items():
            self._add(self._classes[name], schema, f"#/$defs/{name}")

    def body(self, schema: Schema, wanted: str, pointer: str) -> str:
        """The name of the class of a body; made where the document has no name for it."""
        whole = merged(schema, self._definitions)
        name = reference(whole)
        if name in self._classes and is_bare_reference(whole):
            return self._classes[name]
        made = self._names.free(class_name(wanted))
        self._add(made, whole, pointer)
        return made

    def values(self, told: Mapping[str, tuple[Schema, bool]], wanted: str, pointer: str) -> str:
        """The name of the class whose fields are parameters; alike ones share a class.

        Args:
            told: name → its schema, and whether it is required.
            wanted: what the class is named after.
            pointer: where they are, for notes.
        """
        whole: Schema = {
            "type": "object",
            "properties": {name: schema for name, (schema, _) in told.items()},
            "required": [name for name, (_, required) in told.items() if required],
            "additionalProperties": NOTHING,
        }
        name = self._names.free(class_name(wanted))
        lines = self._lines(name, whole, pointer)
        known = self._alike.setdefault(tuple(lines[1:]), name)
        if known != name:
            self._names.give_back(name)
            return known
        self._made[name] = Model(name, tuple(lines))
        return name

    def models(self) -> list[Model]:
        """All classes, each after those that should stand before it, where that can be."""
        placed: dict[str, Model] = {}
        for model in self._made.values():
            self._place(model, placed, frozenset())
        return list(placed.values())

    def _place(self, model: Model, placed: dict[str, Model], within: frozenset[str]) -> None:
        if model.name in placed or model.name in within or len(within) > _DEEPEST:
            return
        for name in sorted(model.uses & self._made.keys()):
            self._place(self._made[name], placed, within | {model.name})
        placed[model.name] = model

    def _add(self, name: str, schema: Schema, pointer: str) -> None:
        whole = merged(schema, self._definitions)
        self._made[name] = Model(name, ())  # its place: the classes within it come after it
        if is_class(whole):
            if "type" not in whole:
                self._types.note(pointer, "its type is not said: taken for an object")
            self._made[name] = Model(name, tuple(self._lines(name, whole, pointer)))
        else:
            self._made[name] = self._root(name, whole, pointer)

    def _class_within(self, wanted: str, schema: Schema, pointer: str) -> str:
        name = self._names.free(class_name(wanted))
        self._add(name, schema, pointer)
        return name

    def _root(self, name: str, schema: Schema, pointer: str) -> Model:
        """A body that is no object."""
        told = schema.get("description")
        inner = self._types.of(
            {key: one for key, one in schema.items() if key != "description"}, name, pointer
        )
        uses = frozenset(_identifiers(flat(inner)) & self._names.taken)
        # The base of a class is read when it is made; in quotes it may name what comes later.
        said = quoted(flat(inner)) if uses else inner
        lines = laid_out(Group(f"class {name}(", (subscript("Root", said),), ")"), 0, after=":")
        lines += docstring(told) if isinstance(told, str) and told.strip() else ["    pass"]
        return Model(name, tuple(lines), uses)

    def _lines(self, name: str, schema: Schema, pointer: str) -> list[str]:
        """The source of a class."""
        lines = laid_out(self._head(name, schema, pointer), 0, after=":")
        told = schema.get("description")
        body = docstring(told) if isinstance(told, str) and told.strip() else []
        required = cast("list[str]", schema.get("required", []))
        fields = properties(schema)
        fields = {**fields, **{one: {} for one in required if one not in fields}}
        if fields.pop("", None) is not None:
            self._types.note(pointer, "a member without a name: left out")
        taken = Names()
        made = [
            line
            for key, one in fields.items()
            for line in self._field(
                taken.free(field_name(key)), key, one, (name, key in required, f"{pointer}/{key}")
            )
        ]
        body += [*([""] if body and made else []), *made]
        return [*lines, *(body or ["    pass"])]

    def _head(self, name: str, schema: Schema, pointer: str) -> Group:
        """The name of a class and what it says beside its fields."""
        rest = {key: one for key, one in narrow(schema).items() if key not in _OF_CLASSES}
        extra = self._types.said_plainly(rest, pointer)
        bases: list[Code] = ["Message"]
        others = schema.get("additionalProperties", {})
        if others != NOTHING:
            bases.append('extra="allow"')
            if others != {}:
                extra |= self._types.said_plainly({"additionalProperties": others}, pointer)
        if extra:
            bases.append(keyword("json_schema_extra", literal(extra)))
        return Group(f"class {name}(", tuple(bases), ")")

    def _field(self, field: str, key: str, schema: Schema, at: tuple[str, bool, str]) -> list[str]:
        owner, required, pointer = at
        whole, null = without_null(merged(schema, self._definitions))
        whole = merged(whole, self._definitions)
        made = self._types.of(whole, f"{owner} {key}", pointer)
        told = whole.get("default")
        if null:
            made = subscript("Nullable", made)
        elif not required and told is None and flat(made) != "Any":
            made = choice(made, "None")
        # What is said of the field itself, and not of one of the types that it may have.
        said: list[Code] = [keyword("alias", literal(key))] if field != key else []
        said += ["deprecated=True"] if whole.get("deprecated") is True else []
        if said:
            made = _with(made, said)
        if required and told is not None:
            self._types.note(pointer, "the default of what must be there has no effect: left out")
        default = flat(literal(told)) if told is not None else "None"
        after = "" if required else f" = {default}"
        return laid_out(made, 1, before=f"{field}: ", after=after)


def _with(made: Code, said: list[Code]) -> Code:
    """A type with more said of the field that has it."""
    match made:
        case Group("Annotated[", (base, Group("Field(", items, closing)), _):
            return subscript("Annotated", base, Group("Field(", (*items, *said), closing))
        case _:
            return subscript("Annotated", made, call("Field", said))


def _identifiers(source: str) -> set[str]:
    """All words of a type that may be names of classes."""
    return set("".join(one if one.isalnum() or one == "_" else " " for one in source).split())
