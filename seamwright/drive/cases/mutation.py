"""Requests that are a step away from another: one value of it is another one.

    body     a value in it, anywhere: an edge of its type, another type, left out, doubled, borrowed
    query    a value, a name left out or doubled
    path     the value of a parameter
    headers  one left out

What chance there is comes from outside: `draw(n)` is a whole number from 0 to n - 1.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, cast
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from seamwright.drive.cases.generated import GeneratedRequest

    Draw = Callable[[int], int]

MUTATION = "mutation"
"""The scenario of what is made here."""

_NUMBERS = (
    *(0, 1, -1, 2, 10, 100, 127, 128, 255, 256, 1000, 32767, 32768, 65535, 65536),
    *(2**31 - 1, 2**31, -(2**31), -(2**31) - 1, 2**32, 2**53, 2**53 + 1, 2**63 - 1, 2**63, 10**30),
    *(0.1, -0.5, 1e-9, 1e308),
)
_TEXTS = (
    *("", " ", "0", "-1", "null", "true", "NaN", "A", "\u00e9", "\u0130", "\u200b", "\U0001f600"),
    *("'", '"', "\\", "`", "%", "%00", "&", "<b>", "{{7*7}}", "${7}", "../..", "/", "\n", "\x00"),
    *("2024-02-30", "1970-01-01T00:00:00Z", "9999-12-31", "a@b", "1e999", "\ufeff", "\u202e"),
)
_EMPTY: tuple[object, ...] = (0, "", [], {})
_LONG = 5_000
_MOST = 2_000
"""Values of a body among which one is chosen."""
_PARAMETER = re.compile(r"\{[^{}/]+\}")

_Path = tuple[str | int, ...]


def mutated(
    request: GeneratedRequest, template: str, words: Sequence[object], draw: Draw
) -> GeneratedRequest:
    """A request one step away; now and then several steps.

    Args:
        request: that is changed.
        template: the path of its endpoint.
        words: values that other requests to the endpoint have.
        draw: chance.
    """
    made = replace(request, positive=False, scenario=MUTATION, place="")
    for _ in range(1 + (draw(3) == 0) + (draw(6) == 0)):
        made = _step(made, template, words, draw)
    return made


def words_of(request: GeneratedRequest) -> list[object]:
    """The values of a request that others may borrow: leaves of its body, values of its query."""
    words: list[object] = [unquote(one.partition("=")[2]) for one in _pairs(request.target)]
    value = _parsed(request.body)
    if value is not None:
        leaves = (_at(value, one) for one in _places(value))
        words += [one for one in leaves if not isinstance(one, (dict, list))]
    return words


def _step(
    made: GeneratedRequest, template: str, words: Sequence[object], draw: Draw
) -> GeneratedRequest:
    value = _parsed(made.body)
    ways = [_in_body] * 6 if value is not None else []
    ways += [_in_query] * 3 if "?" in made.target else []
    ways += [_in_path] * 2 if _PARAMETER.search(template) else []
    ways += [_in_headers] if made.headers else []
    if not ways:
        return replace(made, target=f"{made.target}?q={_quoted(_value('', words, draw))}")
    return ways[draw(len(ways))](made, template, words, draw)


def _in_body(
    made: GeneratedRequest, _: str, words: Sequence[object], draw: Draw
) -> GeneratedRequest:
    value = _parsed(made.body)
    places = _places(value)
    place = places[draw(len(places))]
    changed = _changed(value, place, words, draw)
    return replace(made, body=json.dumps(changed).encode())


def _changed(value: object, place: _Path, words: Sequence[object], draw: Draw) -> object:
    """A value with what lies at a place left out, doubled, or another."""
    if not place:
        return _value(value, words, draw)
    step, *rest = place
    if isinstance(value, dict):
        pairs = cast("dict[str, object]", value)
        if not rest and draw(6) == 0:
            return {key: one for key, one in pairs.items() if key != step}
        return {
            key: _changed(one, tuple(rest), words, draw) if key == step else one
            for key, one in pairs.items()
        }
    items = cast("list[object]", value)
    at = int(step)
    if not rest and draw(4) == 0:
        return [*items[:at], *([items[at]] * (0, 2, 50)[draw(3)]), *items[at + 1 :]]
    return [*items[:at], _changed(items[at], tuple(rest), words, draw), *items[at + 1 :]]


def _value(value: object, words: Sequence[object], draw: Draw) -> object:
    """Another value in place of one: more often of its type than of another."""
    if words and draw(5) == 0:
        return words[draw(len(words))]
    if draw(5) == 0:
        return (None, True, False, 0, "", [], {}, [value], {"a": value})[draw(9)]
    match value:
        case bool():
            return not value
        case int() | float():
            near = (value + 1, value - 1, -value, value * 2)
            return near[draw(4)] if draw(3) == 0 else _NUMBERS[draw(len(_NUMBERS))]
        case str():
            return _text(value, draw)
        case dict():
            return {**cast("dict[str, object]", value), _TEXTS[draw(len(_TEXTS))]: None}
        case list():
            return [*cast("list[object]", value), _TEXTS[draw(len(_TEXTS))]]
        case _:
            return _EMPTY[draw(len(_EMPTY))]


def _text(value: str, draw: Draw) -> str:
    other = _TEXTS[draw(len(_TEXTS))]
    at = draw(len(value) + 1)
    ways = (
        other,
        value[:at] + other + value[at:],
        value[:at],
        value[at:] + value[:at],
        value.swapcase(),
        (value or "a") * (2, 16, 256)[draw(3)],
        value + " ",
    )
    return ways[draw(len(ways))][:_LONG]


def _in_query(
    made: GeneratedRequest, _: str, words: Sequence[object], draw: Draw
) -> GeneratedRequest:
    path, pairs = made.target.partition("?")[0], _pairs(made.target)
    at = draw(len(pairs))
    name, _mark, value = pairs[at].partition("=")
    other = f"{name}={_quoted(_value(unquote(value), words, draw))}"
    several = ([other], [other], [other], [], [pairs[at], other])[draw(5)]
    told = "&".join([*pairs[:at], *several, *pairs[at + 1 :]])
    return replace(made, target=f"{path}?{told}" if told else path)


def _in_path(
    made: GeneratedRequest, template: str, words: Sequence[object], draw: Draw
) -> GeneratedRequest:
    path, mark, query = made.target.partition("?")
    steps, told = path.split("/"), template.split("/")
    places = [at for at, one in enumerate(told) if _PARAMETER.search(one)]
    if len(steps) != len(told):
        return made
    at = places[draw(len(places))]
    value = _quoted(_value(unquote(steps[at]), words, draw))
    # An empty step, or one of dots, is another path and none of this endpoint's.
    steps[at] = value if value.strip(".") else "0"
    return replace(made, target="/".join(steps) + mark + query)


def _in_headers(
    made: GeneratedRequest, _: str, __: Sequence[object], draw: Draw
) -> GeneratedRequest:
    at = draw(len(made.headers))
    return replace(made, headers=made.headers[:at] + made.headers[at + 1 :])


def _pairs(target: str) -> list[str]:
    return target.partition("?")[2].split("&") if "?" in target else []


def _quoted(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return quote(text.encode(errors="surrogatepass"), safe="")


def _parsed(body: bytes) -> object:
    """The JSON value of a body; None where it is none, and where it is null."""
    try:
        return json.loads(body) if body else None
    except (ValueError, RecursionError):
        return None


def _places(value: object) -> list[_Path]:
    """Where there are values in a value, itself first; of very many the first ones."""
    places: list[_Path] = [()]
    for place in places:
        if len(places) >= _MOST:
            break
        inner = _at(value, place)
        if isinstance(inner, dict):
            places += [(*place, key) for key in cast("dict[str, object]", inner)]
        elif isinstance(inner, list):
            places += [(*place, at) for at in range(len(cast("list[object]", inner)))]
    return places


def _at(value: object, place: _Path) -> object:
    for step in place:
        value = cast("dict[str | int, object]", value)[step]
    return value
