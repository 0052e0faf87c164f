"""Ports for what tests start: each is given once, to one of the processes that run tests."""

from __future__ import annotations

import os
from contextlib import ExitStack
from functools import cache
from random import Random
from typing import TYPE_CHECKING

from seamwright.drive.subject.port import free_ports, port_claims
from seamwright.drive.subject.toolchain import cache_folder

if TYPE_CHECKING:
    from collections.abc import Callable

_CLAIMS = ExitStack()
_GIVEN: set[int] = set()


def free_port() -> int:
    """A port on 127.0.0.1 that nobody listens on and no client takes before its server is up."""
    claim = _claim()
    (port,) = free_ports(1, Random(), lambda port: port not in _GIVEN and claim(port))
    _GIVEN.add(port)
    return port


@cache
def _claim() -> Callable[[int], bool]:
    return _CLAIMS.enter_context(port_claims(cache_folder(os.environ) / "test-ports"))
