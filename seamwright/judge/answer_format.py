"""The format of an answer: its content type, and which members of which kinds lie where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from seamwright.judge.body import NotJson, is_json, media_type, parse
from seamwright.record.echo import SENT, is_sent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.record.observation import Response

_DEEPEST = 3
_MOST = 60
OBJECT = "object"
_EMPTY = "no body"
_KINDS = frozenset({OBJECT, "null", "flag", "number", "text", "list", _EMPTY})
Path = tuple[str, ...]

_EACH_FIELD = "each field"
_OF_NO_FIELD = frozenset({"__all__", "_schema", "non_field_errors"})
"""Where frameworks that list what is wrong field by field put what is wrong with the whole."""

_MOST_WORDS = 400


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        media: media type, "" where none is told.
        kind: `object`, another kind of JSON value, `text`, `no body`, or why it is no JSON.
        members: path → kind, of an object; what lies deeper than three steps is not told.
        sure: the members that every answer of this format has.
    """

    media: str
    kind: str
    members: frozenset[tuple[Path, str]] = frozenset()
    sure: frozenset[Path] = frozenset()

    @property
    def is_untrue(self) -> bool:
        """Whether the content type says JSON, and the body is none."""
        return _says_json(self.media) and self.kind not in _KINDS

    @property
    def words(self) -> str:
        """`application/json {error: {code: text, hint?: text}}`."""
        shown = _shown(dict(self.members), self.sure, ()) if self.kind == OBJECT else self.kind
        shown = shown if len(shown) <= _MOST_WORDS else f"{shown[:_MOST_WORDS]}…"
        return f"{self.media or 'no content type'} {shown}"

    @property
    def echoes(self) -> frozenset[Path]:
        """Where an answer repeats an object or a list of its request."""
        return frozenset(path for path, kind in self.members if kind == SENT)

    def echoing(self, at: frozenset[Path]) -> Format:
        """The same, where what lies at these places is what was sent, whatever that was."""
        kept = {
            (path, SENT if path in at else kind)
            for path, kind in self.members
            if not any(path[:depth] in at for depth in range(1, len(path)))
        }
        members = frozenset(kept)
        return Format(self.media, self.kind, members, self.sure & {path for path, _ in members})

    def is_like(self, other: Format) -> bool:
        """Whether both are one format in which some members are optional.

        The top members of one are among those of the other, and nothing is of two kinds.
        """
        if (self.media, self.kind) != (other.media, other.kind):
            return False
        ours, theirs = dict(self.members), dict(other.members)
        if any(theirs.get(path, kind) != kind for path, kind in ours.items()):
            return False
        tops, others = ({path[0] for path in one} for one in (ours, theirs))
        return tops == others or (bool(tops & others) and (tops < others or others < tops))

    def joined(self, other: Format) -> Format:
        """The format of which both are."""
        members = self.members | other.members
        return Format(self.media, self.kind, members, self.sure & other.sure)


def format_of(
    answer: Response, sent: tuple[object, ...] = (), fields: frozenset[str] = frozenset()
) -> Format:
    """The format of one answer.

    Args:
        answer: which.
        sent: the objects and lists of its request.
        fields: that a request may have. An object of nothing but lists named after them says what
            is wrong field by field: whichever are named, that is one format.
    """
    media = media_type(answer)
    if not answer.body:
        return Format(media, _EMPTY)
    json = _says_json(media)
    try:
        body = parse(answer)
    except NotJson as error:
        return Format(media, str(error) if json else "text")
    if not isinstance(body, dict):
        return Format(media, _kind(body) if json else "text")
    members = dict(list(_members(cast("dict[str, object]", body), (), sent))[:_MOST])
    if _is_by_field(members, fields):
        members = {(_EACH_FIELD,): "list"}
    return Format(media, OBJECT, frozenset(members.items()), frozenset(members))


def _says_json(media: str) -> bool:
    return media != "" and is_json(media)


def _is_by_field(members: dict[Path, str], fields: frozenset[str]) -> bool:
    names = {path[0] for path in members}
    kinds = {members[name,] for name in names}
    return "list" in kinds and kinds <= {"list", OBJECT} and names <= fields | _OF_NO_FIELD


def _members(
    body: dict[str, object], above: Path, sent: tuple[object, ...]
) -> Iterator[tuple[Path, str]]:
    for name, value in body.items():
        path = (*above, name)
        if is_sent(value, sent):
            yield path, SENT
            continue
        yield path, _kind(value)
        if isinstance(value, dict) and len(path) < _DEEPEST:
            yield from _members(cast("dict[str, object]", value), path, sent)


def _kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "flag"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, str):
        return "text"
    return "list" if isinstance(value, list) else OBJECT


def _shown(members: dict[Path, str], sure: frozenset[Path], above: Path) -> str:
    """The members of one object, in order of name."""
    parts: list[str] = []
    for path in sorted(one for one in members if one[:-1] == above):
        name = "".join(one if one.isprintable() else "\ufffd" for one in path[-1][:40])
        optional = "" if path in sure else "?"
        inner = _shown(members, sure, path) if members[path] == OBJECT else members[path]
        parts.append(f"{name}{optional}: {inner}")
    return "{" + ", ".join(parts) + "}"
