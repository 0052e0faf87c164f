"""DUR001: the duration is promised in milliseconds, and told in microseconds."""

from __future__ import annotations

import time
from dataclasses import replace

from seamwright.contract import Member, Role
from tests.miniatures.contract import SYSTEM as NOTES
from tests.miniatures.keeps_its_promises import Body, Notes, serve

_DURATION = Member("/meta/duration", Role.DURATION)
_PLAIN = NOTES.envelope
SYSTEM = replace(
    NOTES,
    envelope=_PLAIN
    and replace(
        _PLAIN,
        success=replace(_PLAIN.success, members=(*_PLAIN.success.members, _DURATION)),
        failure=replace(_PLAIN.failure, members=(*_PLAIN.failure.members, _DURATION)),
    ),
)


class Microseconds(Notes):
    """Takes two milliseconds for everything."""

    def meta(self) -> Body:
        began_s = time.monotonic()
        time.sleep(0.002)
        took_us = round((time.monotonic() - began_s) * 1_000_000)
        return {"meta": {"requestId": self.id_in_body(), "duration": took_us}}


if __name__ == "__main__":
    serve(Microseconds)
