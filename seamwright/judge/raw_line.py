"""Raw bytes as a line for a POSIX shell: printf says them, nc sends them."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

_LARGEST = 4_096
_RUN = re.compile(rb"(.)\1{255,}", re.DOTALL)
"""A byte that comes this often in a row is counted out by the shell."""

_HIDDEN = re.compile(rb"(?m)^([!-9;-~]+)(:[ ]?)(\*+)(?=\r?$)")
_PLAIN = frozenset(range(32, 127)) - frozenset(b"%\\'")
_NAMED = {ord("\r"): r"\r", ord("\n"): r"\n", ord("%"): "%%", ord("\\"): r"\\"}


def raw_line(bytes_: bytes, base_url: str, shown: Callable[[str], str]) -> str:
    """The line; "" where it would be too long for people.

    Args:
        bytes_: what was sent, secrets as asterisks.
        base_url: `http://host:port`.
        shown: what stands for a hidden header, by its name: a scheme and a shell variable.
    """
    url = urlsplit(base_url)
    parts: list[str] = []
    at = 0
    for run in _RUN.finditer(bytes_):
        parts += [_printed(bytes_[at : run.start()], shown), _repeated(run[1], len(run[0]))]
        at = run.end()
    parts.append(_printed(bytes_[at:], shown))
    told = "; ".join(part for part in parts if part)
    if len(told) > _LARGEST:
        return ""
    said = f"{{ {told}; }}" if len(parts) > 1 else told
    return f"{said} | nc {shlex.quote(url.hostname or '')} {url.port or 80}"


def _printed(bytes_: bytes, shown: Callable[[str], str]) -> str:
    if not bytes_:
        return ""
    values: list[str] = []
    form = ""
    at = 0
    for hidden in _HIDDEN.finditer(bytes_):
        form += _escaped(bytes_[at : hidden.end(2)]) + "%s"
        values.append(f' "{shown(hidden[1].decode().lower())}"')
        at = hidden.end()
    return f"printf '{form}{_escaped(bytes_[at:])}'" + "".join(values)


def _repeated(byte: bytes, count: int) -> str:
    octal = f"\\{byte[0]:03o}"
    return f"head -c {count} /dev/zero | tr '\\000' '{octal}'"


def _escaped(bytes_: bytes) -> str:
    return "".join(chr(one) if one in _PLAIN else _NAMED.get(one, f"\\{one:03o}") for one in bytes_)
