"""Routes that do not exist, written in every way in which a path can be written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from seamwright.drive.cases.misuse.aim import NOWHERE, unowed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.drive.cases.case import Case
    from seamwright.drive.cases.misuse.aim import Aim

_LONG = 6_000

_WAYS: tuple[tuple[str, str], ...] = (
    (f"{NOWHERE}/%2e%2e/%2e%2e/etc/passwd", "dot segments that are percent-encoded"),
    (f"{NOWHERE}/../{NOWHERE[1:]}", "dot segments"),
    (f"{NOWHERE}/%2F%2F", "slashes that are percent-encoded"),
    (f"{NOWHERE}%00", "NUL that is percent-encoded"),
    (f"{NOWHERE}%0d%0ax-misused:%20yes", "CR and LF that are percent-encoded"),
    (f"{NOWHERE}%0a", "LF at the end, percent-encoded"),
    (f"{NOWHERE}/%ff%fe", "bytes that are no UTF-8, percent-encoded"),
    (f"{NOWHERE}/%ed%a0%80", "half of a surrogate pair, percent-encoded"),
    (f"{NOWHERE}/%zz%", "percent signs that encode nothing"),
    (f"/{NOWHERE}//", "empty segments"),
    (f"{NOWHERE};a=b;c", "path parameters of old"),
    (f"{NOWHERE}?%00=%ff&=&&a=%zz", "a query that says nothing"),
    (f"{NOWHERE}/{{id}}", "a template that nobody filled"),
)


def route_cases(aim: Aim) -> Iterator[Case]:
    """Unknown routes, one very long; and a known one of which a letter is percent-encoded."""
    for target, reason in _WAYS:
        yield aim.nowhere("GET", target, reason)
    yield unowed(aim.nowhere("GET", f"{NOWHERE}/{'a' * _LONG}", "a very long path"))
    for endpoint in aim.reads[:1]:
        case = aim.well(endpoint, "a letter of the path that is percent-encoded")
        # The same resource (RFC 3986, 6.2.2.2).
        path, mark, query = case.target.partition("?")
        letters = [at for at, one in enumerate(path) if one.isalpha()]
        if letters:
            at = letters[-1]
            path = f"{path[:at]}%{ord(path[at]):02X}{path[at + 1 :]}"
            yield replace(case, target=path + mark + query)
        case = aim.well(endpoint, "a very long query")
        joint = "&" if "?" in case.target else "?"
        yield unowed(replace(case, target=f"{case.target}{joint}no-such-name={'a' * _LONG}"))
