"""What `waivers.toml` says: the failures that are accepted, one table for each.

    [[waiver]]
    rule = "SCH001"
    endpoint = "shop GET /orders/{id}"
    owner = "Ann"
    reason = "old orders have no total; the migration is planned"
    expires = 2027-01-31

Reading it ends in WaiverProblem: it is no TOML, has an unknown key, rule or form of endpoint, or
says the same twice.
"""

from __future__ import annotations

import tomllib
import unicodedata
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from seamwright.contract.compare.wording import printable
from seamwright.drive.subject.toml_line import line_of
from seamwright.judge.registry import RULES
from seamwright.judge.waiver import ENDPOINT_FORM, Waiver, is_endpoint
from seamwright.judge.wording import says_something
from seamwright.problem import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_NAME = 200
_LONGEST_REASON = 1_000
_CODES = tuple(one.code for one in RULES)
KEYS = ("rule", "endpoint", "owner", "reason", "expires")
_BREAKING = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Unicode categories that a line of text has none of: control, halves of pairs, separators."""


class WaiverProblem(UsageProblem):
    """A waiver, or the file that it is in, is not what it must be."""


def waiver_problem(expected: str, seen: str, where: str, mend: str) -> WaiverProblem:
    """A problem of waivers in its four parts."""
    return WaiverProblem(expected=expected, seen=seen, where=where, mend=mend)


def _rule(text: str) -> str:
    if text not in _CODES:
        message = f"no rule has the code {printable(text[:40])!r}"
        raise ValueError(message)
    return text


def _endpoint(text: str) -> str:
    if not is_endpoint(text):
        message = f"{printable(text[:120])!r} is none of {ENDPOINT_FORM}"
        raise ValueError(message)
    return text


def _line(text: str) -> str:
    if any(unicodedata.category(one) in _BREAKING for one in text):
        message = "it has line breaks or control characters"
        raise ValueError(message)
    if not text.strip():
        message = "it is blank"
        raise ValueError(message)
    return text.strip()


def _reason(text: str) -> str:
    if not says_something(text):
        message = f"{printable(text[:40])!r} gives no reason"
        raise ValueError(message)
    return text


class _Entry(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    rule: Annotated[str, AfterValidator(_rule)]
    endpoint: Annotated[str, AfterValidator(_line), AfterValidator(_endpoint)]
    owner: Annotated[str, Field(max_length=_LONGEST_NAME), AfterValidator(_line)]
    reason: Annotated[
        str, Field(max_length=_LONGEST_REASON), AfterValidator(_line), AfterValidator(_reason)
    ]
    expires: date


class _File(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    waiver: list[_Entry] = Field(default_factory=list[_Entry])


def parse_waivers(text: str, name: str) -> tuple[Waiver, ...]:
    """The waivers that a TOML text says; `name` is what problems call it.

    Raises:
        WaiverProblem: when it is not of the documented form.
    """
    try:
        value = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise waiver_problem("TOML", str(error), name, "correct that line") from error
    try:
        entries = _File.model_validate(value).waiver
    except ValidationError as error:
        raise _malformed(error, text, name) from error
    return _each_once([_waiver(one) for one in entries], (text, name))


def make_waiver(value: dict[str, object], where: str) -> Waiver:
    """A waiver of what a user says on the command line.

    Raises:
        WaiverProblem: when a part of it is not what it must be.
    """
    try:
        return _waiver(_Entry.model_validate(value))
    except ValidationError as error:
        raise _malformed(error, "", where) from error


def _waiver(one: _Entry) -> Waiver:
    return Waiver(one.rule, one.endpoint, one.owner, one.reason, one.expires)


def _each_once(waivers: Sequence[Waiver], source: tuple[str, str]) -> tuple[Waiver, ...]:
    known: set[tuple[str, str]] = set()
    for number, one in enumerate(waivers):
        if (one.rule, one.endpoint) in known:
            text, name = source
            raise waiver_problem(
                "one waiver for a rule at a place",
                f"a second one for {one.rule} {one.endpoint}",
                f"{name}:{line_of_waiver(text, ('waiver', number, 'rule'))}",
                "take one of them out",
            )
        known.add((one.rule, one.endpoint))
    return tuple(waivers)


def _malformed(error: ValidationError, text: str, name: str) -> WaiverProblem:
    # A key that is misspelt is also missing: the misspelling is what is told.
    first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
    kind, loc = first["type"], first["loc"]
    key = str(loc[-1]) if loc else ""
    place = f"{name}:{line_of_waiver(text, loc)} {key}" if text else f"{name} {key}"
    seen = first["msg"].removeprefix("Value error, ")
    mend = "see docs/reference/waivers.md"
    if kind == "extra_forbidden":
        known = KEYS if len(loc) > 1 else ("waiver",)
        near = get_close_matches(key, known, n=1)
        mend = f"did you mean {near[0]!r}?" if near else mend
        return waiver_problem(
            f"only {', '.join(known)}", f"the key {printable(key)!r}", place, mend
        )
    if kind == "missing":
        return waiver_problem(f"the key {key!r}", "nothing", place, mend)
    if key == "rule" and kind == "value_error":
        near = get_close_matches(seen.rpartition(" ")[2].strip("'").upper(), _CODES, n=1)
        mend = f"did you mean {near[0]}? " if near else ""
        return waiver_problem(
            "the code of a rule", seen, place, f"{mend}`seamwright explain` lists them"
        )
    if key == "expires":
        return waiver_problem("a date without quotes, as 2027-01-31", seen, place, mend)
    return waiver_problem(_EXPECTED.get(key, "a value of the documented form"), seen, place, mend)


_EXPECTED = {
    "rule": "the code of a rule",
    "endpoint": ENDPOINT_FORM,
    "owner": f"whoever answers for it, in one line of at most {_LONGEST_NAME} characters",
    "reason": f"why it is accepted, in one line of at most {_LONGEST_REASON:,} characters",
    "waiver": "tables [[waiver]]",
}


def line_of_waiver(text: str, loc: tuple[int | str, ...]) -> int:
    """The line (from 1) of a key of one waiver, `("waiver", number, key)`.

    A plain `line_of` knows no lists of tables.
    """
    if len(loc) < 2 or not isinstance(loc[1], int):
        return line_of(text, tuple(str(one) for one in loc))
    lines = text.splitlines()
    heads = [at for at, line in enumerate(lines) if line.strip().startswith("[[waiver]]")]
    if loc[1] >= len(heads):
        return 1
    at = heads[loc[1]]
    rest = "\n".join(lines[at:])
    return at + line_of(rest, ("waiver", *(str(one) for one in loc[2:])))
