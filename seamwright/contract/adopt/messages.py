"""Messages: a class for each object of a document, a root for each other body that has a name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from seamwright.contract.adopt.code import (
    Code,
    Group,
    Prefixed,
    Text,
    call,
    choice,
    flat,
    keyword,
    laid_out,
    literal,
    subscript,
)
from seamwright.contract.adopt.docstring import docstring
from seamwright.contract.adopt.names import Names, class_name, field_name
from seamwright.contract.adopt.narrowing import narrow, uses
from seamwright.contract.adopt.shape import (
    NOTHING,
    is_bare_reference,
    properties,
    reference,
)
from seamwright.contract.adopt.value_type import Types, is_class

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from seamwright.contract.description.document import Note, Schema

_OF_CLASSES = frozenset({"type", "properties", "required", "additionalProperties"})


@dataclass(frozen=True, slots=True)
class Model:
    """One class.

    Attributes:
        name: of the class.
        head: its first line: its name and its base.
        lines: the others.
        uses: names of classes that should stand before it.
        root: the type of a body that is no object; its base, where no `head` is.
    """

    name: str
    head: Code = ""
    lines: tuple[str, ...] = ()
    uses: frozenset[str] = frozenset()
    root: Code = ""

    def source(self, before: AbstractSet[str]) -> list[str]:
        """Its lines, where the classes named in `before` stand before it."""
        head = self.head
        if not head:
            # A base is read when its class is made; in quotes it may name what comes later.
            said = self.root if self.uses <= before else Text(flat(self.root))
            head = Group(f"class {self.name}(", (subscript("Root", said),), ")")
        return [*laid_out(head, 0, after=":"), *self.lines]


class Messages:
    """Turns the bodies and parameters of a document into classes."""

    def __init__(self, definitions: Mapping[str, Schema]) -> None:
        """Give every definition the name of its class."""
        self._definitions = definitions
        self._names = Names()
        self._classes = {name: self._names.free(class_name(name)) for name in definitions}
        self._types = Types(definitions, self._classes, self._names, self._add)
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
        whole = self._types.merged(schema, pointer)
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
        model = self._model(name, whole, pointer)
        known = self._alike.setdefault(model.lines, name)
        if known != name:
            self._names.give_back(name)
            return known
        self._made[name] = model
        return name

    def models(self) -> list[Model]:
        """All classes, each after those that it uses, where that can be."""
        placed: dict[str, Model] = {}
        entered: set[str] = set()
        waiting = list(reversed(self._made))
        while waiting:
            name = waiting.pop()
            model = self._made[name]
            if name in entered:
                placed.setdefault(name, model)
                continue
            entered.add(name)
            waiting.append(name)
            waiting += sorted((model.uses & self._made.keys()) - entered, reverse=True)
        return list(placed.values())

    def source(self) -> list[str]:
        """The source of all classes, each with two empty lines around it."""
        before: set[str] = set()
        blocks: list[str] = []
        for model in self.models():
            blocks.append("\n".join(model.source(before)))
            before.add(model.name)
        return blocks

    def _add(self, name: str, schema: Schema, pointer: str) -> None:
        whole = self._types.merged(schema, pointer)
        self._made[name] = Model(name)  # its place: the classes within it come after it
        if is_class(whole):
            if "type" not in whole:
                self._types.note(pointer, "its type is not said: taken for an object")
            self._made[name] = self._model(name, whole, pointer)
        else:
            self._made[name] = self._root(name, whole, pointer)

    def _root(self, name: str, schema: Schema, pointer: str) -> Model:
        """A body that is no object."""
        told = schema.get("description")
        plain = {key: one for key, one in schema.items() if key != "description"}
        inner = self._types.of(plain, name, pointer)
        lines = docstring(told) if isinstance(told, str) and told.strip() else ["    pass"]
        uses = frozenset(_named(inner)) & self._names.taken
        return Model(name, lines=tuple(lines), uses=uses, root=inner)

    def _model(self, name: str, schema: Schema, pointer: str) -> Model:
        """A body that is an object."""
        told = schema.get("description")
        lines = docstring(told) if isinstance(told, str) and told.strip() else []
        required = cast("list[str]", schema.get("required", []))
        taken, uses = Names(), set[str]()
        made: list[str] = []
        for key, one in self._fields(schema, pointer).items():
            at = (name, key in required, f"{pointer}/{key}")
            field = taken.free(field_name(key))
            kind, default = self._field(field, key, one, at)
            uses |= _named(kind)
            made += laid_out(kind, 1, f"{field}: ", default)
        lines += [*([""] if lines and made else []), *made]
        head = self._head(name, schema, pointer)
        return Model(name, head, tuple(lines or ["    pass"]), frozenset(uses) & self._names.taken)

    def _fields(self, schema: Schema, pointer: str) -> dict[str, Schema]:
        """The fields that are described, and those that must be there all the same."""
        fields = properties(schema)
        others = cast("Schema", schema.get("additionalProperties", {}))
        other: Schema = {} if others == NOTHING else others
        required = cast("list[str]", schema.get("required", []))
        unknown = [one for one in required if one not in fields]
        if unknown and others == NOTHING:
            said = f"{unknown[0]!a} must be there and may not: any value is taken"
            self._types.note(pointer, said)
        fields = {**fields, **dict.fromkeys(unknown, other)}
        if fields.pop("", None) is not None:
            self._types.note(pointer, "a member without a name: left out")
        return fields

    def _head(self, name: str, schema: Schema, pointer: str) -> Group:
        """The name of a class and what it says beside its fields."""
        rest = {key: one for key, one in narrow(schema).items() if key not in _OF_CLASSES}
        extra = self._types.said_plainly({**rest, **uses(schema)}, pointer)
        bases: list[Code] = ["Message"]
        others = schema.get("additionalProperties", {})
        if others != NOTHING:
            bases.append('extra="allow"')
            if others != {}:
                extra |= self._types.said_plainly({"additionalProperties": others}, pointer)
        if extra:
            bases.append(keyword("json_schema_extra", literal(extra)))
        return Group(f"class {name}(", tuple(bases), ")")

    def _field(
        self, field: str, key: str, schema: Schema, at: tuple[str, bool, str]
    ) -> tuple[Code, str]:
        """The type of a field, and what stands after it: its default."""
        owner, required, pointer = at
        taken = self._types.taken(schema, pointer)
        whole = taken.schema
        told = whole.get("default")
        # What the field itself says is not said of its type.
        said = {"deprecated"} if whole.get("deprecated") is True else set[str]()
        said |= set() if required or told is None else {"default"}
        rest = {key: one for key, one in whole.items() if key not in said}
        made = self._types.made(replace(taken, schema=rest), f"{owner} {key}", pointer)
        if taken.null:
            made = subscript("Nullable", made)
        elif not required and "default" not in said and flat(made) != "Any":
            made = choice(made, "None")
        arguments: list[Code] = [keyword("alias", literal(key))] if field != key else []
        arguments += ["deprecated=True"] if "deprecated" in said else []
        if arguments:
            made = _with(made, arguments)
        default = flat(literal(told)) if "default" in said else "None"
        return made, "" if required else f" = {default}"


def _with(made: Code, said: list[Code]) -> Code:
    """A type with more said of the field that has it."""
    match made:
        case Group("Annotated[", (base, Group("Field(", items, closing)), _):
            return subscript("Annotated", base, Group("Field(", (*items, *said), closing))
        case _:
            return subscript("Annotated", made, call("Field", said))


def _named(code: Code) -> set[str]:
    """The words of a type that may be names of classes; those of texts are none."""
    match code:
        case str():
            return {code}
        case Text():
            return set()
        case Prefixed():
            return _named(code.code)
        case _:
            return set[str]().union(*map(_named, code.items))
