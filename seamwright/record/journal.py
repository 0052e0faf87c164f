"""The record on disk, written as things happen.

    OUT/record.partial/journal.ndjson    what the harness saw and did     (this file)
    OUT/record.partial/wire.ndjson       what the tap relayed             (drive.edges.tap)
    OUT/record/                          the same, once the run is over

Every line is flushed when it is written: a record that was cut short lacks at most its last one.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from seamwright.record.encoding import encode
from seamwright.record.observation import (
    Exchange,
    LogLine,
    Mail,
    PactOutcome,
    Published,
    Request,
    Response,
)

if TYPE_CHECKING:
    from pathlib import Path

    from seamwright.record.encoding import Line
    from seamwright.record.redaction import Redactor

JOURNAL = "journal.ndjson"
WIRE = "wire.ndjson"
_AS_JSON = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))


class Lines(Protocol):
    """Where the lines of a record go."""

    def append(self, line: Line) -> None:
        """Take one line."""
        ...


class NoLines:
    """Keeps nothing: for those who look at what is seen while they see it."""

    def append(self, line: Line) -> None:
        """Forget one line."""


class Journal:
    """Appends lines to a record; secrets are taken out on the way."""

    def __init__(self, folder: Path, redactor: Redactor) -> None:
        """Begin `folder`.partial anew."""
        self._final = folder
        self.folder = folder.with_name(folder.name + ".partial")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self._redactor = redactor
        self._file = (self.folder / JOURNAL).open("wb")

    def append(self, line: Line) -> None:
        """Write one line and flush it."""
        if self._file.closed:
            return
        text = _AS_JSON.encode(encode(_redacted(line, self._redactor)))
        self._file.write(f"{text}\n".encode("ascii"))
        self._file.flush()

    def close(self) -> None:
        """End the file; the folder keeps its `.partial` name."""
        self._file.close()

    def finish(self) -> Path:
        """End the file and give the folder its final name, in place of an older record."""
        self.close()
        shutil.rmtree(self._final, ignore_errors=True)
        self.folder.rename(self._final)
        return self._final


def _redacted(line: Line, redactor: Redactor) -> Line:
    match line:
        case Exchange(request=request, response=response):
            # Made anew rather than by `replace`, which takes several times as long: there is one
            # of these for each request.
            return replace(
                line,
                request=request
                and Request(
                    request.method,
                    redactor.text(request.target),
                    redactor.headers(request.headers),
                    redactor.data(request.body),
                ),
                response=response
                and Response(
                    response.status,
                    redactor.headers(response.headers),
                    redactor.data(response.body),
                    response.truncated,
                ),
            )
        case LogLine():
            return LogLine(line.id, line.box, line.at_s, redactor.text(line.text))
        case Mail():
            return replace(line, headers=redactor.headers(line.headers))
        case PactOutcome():
            return replace(line, mismatch=redactor.text(line.mismatch))
        case Published():
            return replace(line, reference=redactor.text(line.reference))
        case _:
            return line
