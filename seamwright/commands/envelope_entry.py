"""What a file that names an envelope says: two tables of places, and what is outside of it.

    [failure]                             answers from 400 on
    code = "error.code"                   what it means = where in the body it lies
    message = "error.message"

    [success]                             answers below 400; without it: the whole body is the data
    data = "data"

    [[exempt]]
    operation = "GET /health"
    reason = "probes read it as it is"

A place is `a.b`, or a JSON Pointer, `/a/b`; `?` at its end says that it may be missing. Reading it
ends in EnvelopeFileProblem: it is no TOML or JSON, has an unknown key, or places that clash.
"""

from __future__ import annotations

import json
import re
import tomllib
from difflib import get_close_matches
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from seamwright.contract.adopt.envelope_inference import is_json
from seamwright.contract.adopt.envelope_named import BARE, Exempted, NamedEnvelope
from seamwright.contract.compare.wording import bounded, printable
from seamwright.contract.description.document_source import escaped
from seamwright.contract.envelope import Form, Member, Role
from seamwright.drive.subject.toml_line import line_of
from seamwright.judge.wording import says_something
from seamwright.problem import UsageProblem

_LONGEST = 200
_DEEPEST = 8
_MOST = 500
_MEDIA = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*")
_OPERATION = re.compile(r"[A-Z]{3,10} /[\x21-\x7e]*")
_POINTER = re.compile(r"(/([^~/]|~[01])*)*")
_ROLES = {
    "flag": Role.SUCCESS_FLAG,
    "data": Role.DATA,
    "error": Role.ERROR,
    "code": Role.CODE,
    "message": Role.MESSAGE,
    "retryable": Role.RETRYABLE,
    "request_id": Role.REQUEST_ID,
    "duration_ms": Role.DURATION,
    "status": Role.STATUS,
}
"""Key of a table → what lies at its place."""
_HOLDING = frozenset({Role.DATA, Role.ERROR, Role.OTHER})
"""What may have other members within it."""
_DOCUMENTED = "see docs/how-to/name-an-envelope.md"


class EnvelopeFileProblem(UsageProblem):
    """A file that should name an envelope does not."""


def _place(text: str) -> str:
    if not text.isprintable():
        message = f"{printable(text)!r} has control characters"
        raise ValueError(message)
    bare = text.removesuffix("?")
    if bare and bare[0] != "/":
        if "" in bare.split(".") or "/" in bare:
            message = f"{text!r} has a step without a name, or a `/` and none at its beginning"
            raise ValueError(message)
        bare = "".join(f"/{escaped(step)}" for step in bare.split("."))
    if not _POINTER.fullmatch(bare):
        message = f"{text!r} is no JSON Pointer: a `~` is written ~0"
        raise ValueError(message)
    if bare.count("/") > _DEEPEST:
        message = f"it lies deeper than {_DEEPEST} steps"
        raise ValueError(message)
    return bare + text[len(text.removesuffix("?")) :]


def _operation(text: str) -> str:
    if not _OPERATION.fullmatch(text):
        message = f"{bounded(text)!r} is not `METHOD /path` as the document has it"
        raise ValueError(message)
    return text


def _media(text: str) -> str:
    if not _MEDIA.fullmatch(text):
        message = f"{bounded(text)!r} is no media type without parameters, in small letters"
        raise ValueError(message)
    return text


def _json_media(text: str) -> str:
    if not is_json(_media(text)):
        message = f"{text!r} is no JSON, where members could lie"
        raise ValueError(message)
    return text


def _reason(text: str) -> str:
    if not (text.isprintable() and says_something(text)):
        message = f"{bounded(text)!r} gives no reason"
        raise ValueError(message)
    return text.strip()


_Place = Annotated[str, Field(max_length=_LONGEST), AfterValidator(_place)]


class _Table(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class _Form(_Table):
    flag: _Place | None = None
    data: _Place | None = None
    error: _Place | None = None
    code: _Place | None = None
    message: _Place | None = None
    retryable: _Place | None = None
    request_id: _Place | None = None
    duration_ms: _Place | None = None
    status: _Place | None = None
    other: Annotated[list[_Place], Field(max_length=_MOST)] = Field(default_factory=list[str])
    content_type: Annotated[str, AfterValidator(_json_media)] = "application/json"
    extra: bool = True

    @model_validator(mode="after")
    def _fits(self) -> Self:
        form = self.form()
        if not form.members:
            message = "it names no member"
            raise ValueError(message)
        for one in form.members:
            for other in form.members:
                clash = other.path[: len(one.path)] == one.path and one is not other
                if clash and (one.path == other.path or one.role not in _HOLDING):
                    message = f"the {other.role.value} cannot lie in the {one.role.value}, {one.at}"
                    raise ValueError(message)
        return self

    def form(self) -> Form:
        """The same in the contract's words, in the order in which they are written."""
        placed: list[tuple[str, Role]] = []
        for key in type(self).model_fields:
            told = getattr(self, key) if key in _ROLES else None
            if isinstance(told, str):
                placed.append((told, _ROLES[key]))
        placed += [(one, Role.OTHER) for one in self.other]
        members = [Member(at.removesuffix("?"), role, at[-1:] != "?") for at, role in placed]
        return Form(tuple(members), self.content_type, self.extra)


class _Exempt(_Table):
    operation: Annotated[str, Field(max_length=2_000), AfterValidator(_operation)]
    reason: Annotated[str, Field(max_length=1_000), AfterValidator(_reason)]
    content_type: Annotated[str, AfterValidator(_media)] = ""


class _File(_Table):
    failure: _Form
    success: _Form | None = None
    exempt: Annotated[list[_Exempt], Field(max_length=_MOST)] = Field(default_factory=list[_Exempt])

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        known = [one.operation for one in self.exempt]
        twice = next((one for one in known if known.count(one) > 1), None)
        if twice is not None:
            message = f"{twice} is exempt twice"
            raise ValueError(message)
        return self


def parse_envelope(text: str, name: str) -> NamedEnvelope:
    """The envelope that a text names: JSON where it begins with `{`, else TOML.

    Args:
        text: the file's.
        name: what problems call it.

    Raises:
        EnvelopeFileProblem: when it is not of the documented form.
    """
    kind = "JSON" if text.lstrip()[:1] == "{" else "TOML"
    try:
        value: object = json.loads(text) if kind == "JSON" else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise envelope_problem(kind, str(error)[:_LONGEST], name, "correct that line") from error
    try:
        told = _File.model_validate(value)
    except ValidationError as error:
        raise _malformed(error, text if kind == "TOML" else "", name) from error
    exempt = (Exempted(one.operation, one.reason, one.content_type) for one in told.exempt)
    success = told.success.form() if told.success else BARE
    return NamedEnvelope(told.failure.form(), success, tuple(exempt), name)


def envelope_problem(expected: str, seen: str, where: str, mend: str) -> EnvelopeFileProblem:
    """A problem of such a file in its four parts."""
    return EnvelopeFileProblem(expected=expected, seen=seen, where=where, mend=mend)


def _malformed(error: ValidationError, text: str, name: str) -> EnvelopeFileProblem:
    # A key that is misspelt is also missing: the misspelling is what is told.
    first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
    kind, path = first["type"], tuple(str(one) for one in first["loc"])
    key = path[-1] if path else ""
    line = f":{line_of(text, tuple(one for one in path if not one.isdigit()))}" if text else ""
    place = f"{name}{line} {printable('.'.join(path))}".rstrip()
    if kind == "extra_forbidden":
        known = _known(path)
        near = get_close_matches(key, known, n=1)
        mend = f"did you mean {near[0]!r}?" if near else _DOCUMENTED
        return envelope_problem(f"only {', '.join(known)}", f"the key {key!a}", place, mend)
    if kind == "missing":
        return envelope_problem(f"the key {key!r}", "nothing", place, _DOCUMENTED)
    seen = printable(first["msg"].removeprefix("Value error, "))
    expected = "a place in the body, as error.code or /error/code"
    if key in ("failure", "success"):
        expected = 'a table of places, as code = "error.code"'
    elif key in ("exempt", "operation", "reason", "content_type", "extra", ""):
        expected = "a value of the documented form"
    return envelope_problem(expected, seen, place, _DOCUMENTED)


def _known(path: tuple[str, ...]) -> list[str]:
    """The keys that may stand where one does that may not."""
    if len(path) == 1:
        return list(_File.model_fields)
    return list((_Exempt if path[0] == "exempt" else _Form).model_fields)
