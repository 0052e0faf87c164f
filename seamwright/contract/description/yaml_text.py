"""YAML as JSON: the core schema of YAML 1.2, which OpenAPI asks for, and no more.

PyYAML's own constructor follows YAML 1.1, where `no` is false, `12:30` is 750 and a date is no
string; so its parser is used (in C where it can be) and values are made of its events here. Values
that an alias names are shared, not copied, and counted as if they were copied.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol, cast

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 5_000_000
"""Values of a document, each counted as often as aliases bring it in."""
_DEEPEST = 200

_INTEGER = re.compile(r"[-+]?[0-9]{1,1000}")
_BASED = re.compile(r"0o[0-7]{1,300}|0x[0-9a-fA-F]{1,300}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEAN = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_TAGS = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset(
    {None, "!", *(_TAGS + one for one in ("map", "seq", "float", "int", "null", "bool"))}
)


class YamlFault(ValueError):
    """What is wrong with a YAML text."""


class _Mark(Protocol):
    line: int
    column: int


class _Event(Protocol):
    """What is read of PyYAML's events."""

    anchor: str | None
    tag: str | None
    value: str
    implicit: tuple[bool, bool]
    start_mark: _Mark


class _Parse(Protocol):
    def __call__(self, stream: str, /, Loader: object) -> Iterable[object]: ...  # noqa: N803


class _Node:
    """A list or an object that is being filled."""

    __slots__ = ("anchor", "fields", "items", "key", "keyed", "merged", "size")

    def __init__(self, anchor: str | None, *, keyed: bool) -> None:
        self.fields: dict[str, object] | None = {} if keyed else None
        self.items: list[object] = []
        self.anchor = anchor
        self.key = ""
        self.keyed = False
        self.merged: list[dict[str, object]] = []
        self.size = 1

    @property
    def value(self) -> object:
        return self.items if self.fields is None else self.fields

    @property
    def awaits_key(self) -> bool:
        return self.fields is not None and not self.keyed


class _Builder:
    """Makes one value of the events of one document."""

    def __init__(self) -> None:
        self._open: list[_Node] = []
        self._anchors: dict[str, tuple[object, int]] = {}
        self.value: object = None
        self.documents = 0

    def take(self, event: object) -> None:
        kind = type(event).__name__
        said = cast("_Event", event)
        match kind:
            case "ScalarEvent":
                self._leaf(said)
            case "MappingStartEvent" | "SequenceStartEvent":
                self._begin(said, keyed=kind == "MappingStartEvent")
            case "MappingEndEvent" | "SequenceEndEvent":
                self._end(said)
            case "AliasEvent":
                self._alias(said)
            case "DocumentStartEvent":
                self.documents += 1
                if self.documents > 1:
                    raise _fault("a second document in the same file", said)
            case _:
                pass

    def _begin(self, event: _Event, *, keyed: bool) -> None:
        _see_tag(event)
        if len(self._open) > _DEEPEST:
            raise _fault("lists and objects nested too deep", event)
        if self._open and self._open[-1].awaits_key:
            raise _fault("a key that is no text", event)
        self._open.append(_Node(event.anchor, keyed=keyed))

    def _end(self, event: _Event) -> None:
        node = self._open.pop()
        for one in node.merged:
            for key, value in one.items():
                cast("dict[str, object]", node.fields).setdefault(key, value)
        if node.anchor is not None:
            self._anchors[node.anchor] = (node.value, node.size)
        self._put(node.value, node.size, event)

    def _leaf(self, event: _Event) -> None:
        if self._open and self._open[-1].awaits_key:
            self._key(event)
            return
        value = _scalar(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = (value, 1)
        self._put(value, 1, event)

    def _key(self, event: _Event) -> None:
        node = self._open[-1]
        if node.fields and event.value in node.fields:
            raise _fault(f"the key {event.value[:80]!r} twice in one object", event)
        node.key, node.keyed = event.value, True
        if event.anchor is not None:
            self._anchors[event.anchor] = (event.value, 1)

    def _alias(self, event: _Event) -> None:
        name = event.anchor or ""
        if name not in self._anchors:
            raise _fault(f"the alias *{name[:80]}, which nothing (complete) before it is", event)
        value, size = self._anchors[name]
        if self._open and self._open[-1].awaits_key:
            raise _fault("an alias as a key", event)
        self._put(value, size, event)

    def _put(self, value: object, size: int, event: _Event) -> None:
        if not self._open:
            self.value = value
            return
        node = self._open[-1]
        node.size += size
        if node.size > MOST:
            raise _fault(f"more than {MOST:,} values (aliases count as what they stand for)", event)
        if node.fields is None:
            node.items.append(value)
            return
        node.keyed = False
        if node.key == "<<":
            node.merged += _mergeable(value, event)
        else:
            node.fields[node.key] = value


def yaml_value(text: str) -> object:
    """The one document of a YAML text.

    Raises:
        YamlFault: when it is not YAML, has tags of its own, several documents, keys that are no
            text, a key twice, or more than `MOST` values.
    """
    builder = _Builder()
    try:
        for event in _events(text):
            builder.take(event)
    except yaml.YAMLError as error:
        raise YamlFault(_told(error)) from None
    return builder.value


def _events(text: str) -> Iterable[object]:
    # Without its C parts PyYAML is slower, and no different.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    parse = cast("_Parse", yaml.parse)  # pyright: ignore[reportUnknownMemberType] - untyped
    return parse(text, Loader=loader)


def _scalar(event: _Event) -> object:
    if event.tag == _TAGS + "str" or (event.tag in (None, "!") and not event.implicit[0]):
        return event.value
    _see_tag(event)
    return _plain(event.value)


def _plain(text: str) -> object:
    if text in _NULL:
        return None
    if text in _BOOLEAN:
        return _BOOLEAN[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _BASED.fullmatch(text):
        return int(text, 0)
    return float(text) if _FLOAT.fullmatch(text) else text


def _mergeable(value: object, event: _Event) -> list[dict[str, object]]:
    """What a merge key (`<<`) brings in; YAML 1.1 has it, and documents use it."""
    several = cast("list[object]", value) if isinstance(value, list) else [value]
    merged = [cast("dict[str, object]", one) for one in several if isinstance(one, dict)]
    if len(merged) != len(several):
        raise _fault("a merge key (<<) with something else than objects", event)
    return merged


def _see_tag(event: _Event) -> None:
    if event.tag not in _PLAIN_TAGS:
        raise _fault(f"the tag {str(event.tag)[:80]!r}, which JSON does not have", event)


def _fault(said: str, event: _Event) -> YamlFault:
    mark = event.start_mark
    return YamlFault(f"{said}, at line {mark.line + 1}, column {mark.column + 1}")


def _told(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "no YAML"
    place = f", at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
    return f"{problem}{place}"
