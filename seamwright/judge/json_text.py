"""JSON as RFC 8259 has it: Python's reader takes NaN for a number, and endless digits for none."""

from __future__ import annotations

import json
import math
import sys


def read_json(text: str) -> object:
    """The value of a JSON text; a number that is greater than any float is the greatest float.

    Raises:
        ValueError: when it is none.
        RecursionError: when it is nested too deeply to be read.
    """
    return _READER.decode(text)


def _whole(digits: str) -> int | float:
    try:
        return int(digits)
    except ValueError:  # Python reads 4,300 digits
        return _number(digits)


def _number(digits: str) -> float:
    value = float(digits)
    return value if math.isfinite(value) else math.copysign(sys.float_info.max, value)


def _none(constant: str) -> object:
    raise ValueError(constant)


_READER = json.JSONDecoder(parse_int=_whole, parse_float=_number, parse_constant=_none)
