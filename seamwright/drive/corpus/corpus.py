"""A corpus: what is asked of each endpoint, and its file: the same bytes for the same corpus.

    line 1    format, contract digest, seed, random
    others    one request each: service, endpoint, and the request

The file is gzip of lines of JSON, without a moment or a name in it.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, TypeAdapter, ValidationError

from seamwright.drive.cases.generated import GeneratedRequest
from seamwright.problem import UsageProblem

FORMAT = 2
_LARGEST = 1 << 30
"""Bytes of a corpus when it is no longer compressed."""

Place = tuple[str, str]
"""A service and the id of one of its endpoints."""


class CorpusProblem(UsageProblem):
    """A corpus file cannot be read."""


class CorpusHead(BaseModel, frozen=True, extra="forbid"):
    """What a corpus was made of.

    Attributes:
        format: of the file.
        digest: of the contract.
        generator: what made it, with its version: another one makes others.
        seed: what chance was drawn from.
        random: random cases of each mode and endpoint.
        enough: with so many others an endpoint has none of them; None of no bound.
    """

    format: Literal[2] = FORMAT
    digest: str
    generator: str
    seed: int
    random: int
    enough: int | None = None


@dataclass(frozen=True, slots=True)
class Corpus:
    """Requests by endpoint, each in the order in which they are sent."""

    head: CorpusHead
    requests: dict[Place, tuple[GeneratedRequest, ...]]

    def __len__(self) -> int:
        """How many requests there are."""
        return sum(map(len, self.requests.values()))


class _Request(BaseModel, extra="forbid"):
    positive: bool
    scenario: str
    place: str
    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""

    def request(self) -> GeneratedRequest:
        return GeneratedRequest(
            self.positive,
            self.scenario,
            self.place,
            self.method,
            self.target,
            self.headers,
            base64.b64decode(self.body),
        )


class _Line(_Request):
    service: str
    endpoint: str


_REQUESTS = TypeAdapter(list[_Request])


def dumped(corpus: Corpus) -> bytes:
    """The file's bytes."""
    lines = [json.dumps(corpus.head.model_dump(), separators=(",", ":"))]
    lines += [
        json.dumps({"service": service, "endpoint": endpoint, **request_line(one)})
        for (service, endpoint), requests in corpus.requests.items()
        for one in requests
    ]
    made = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=made, mtime=0) as file:
        file.write("\n".join(lines).encode() + b"\n")
    return made.getvalue()


def parsed(content: bytes, where: str) -> Corpus:
    """The corpus of a file.

    Raises:
        CorpusProblem: when it is none.
    """
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
            text = file.read(_LARGEST).decode()
        head, *lines = text.splitlines()
        requests: dict[Place, list[GeneratedRequest]] = {}
        read = CorpusHead.model_validate_json(head)
        for line in lines:
            one = _Line.model_validate_json(line)
            requests.setdefault((one.service, one.endpoint), []).append(one.request())
    except (OSError, EOFError, ValueError, ValidationError) as error:
        raise CorpusProblem(
            expected=f"a corpus of format {FORMAT}",
            seen=str(error).splitlines()[0][:200],
            where=where,
            mend="take it away: it is made anew",
        ) from error
    return Corpus(read, {place: tuple(made) for place, made in requests.items()})


def request_line(one: GeneratedRequest) -> dict[str, object]:
    """A request as JSON says it."""
    return {
        "positive": one.positive,
        "scenario": one.scenario,
        "place": one.place,
        "method": one.method,
        "target": one.target,
        "headers": one.headers,
        "body": base64.b64encode(one.body).decode(),
    }


def requests_of(content: bytes) -> tuple[GeneratedRequest, ...]:
    """The requests of a JSON list of `request_line`s.

    Raises:
        ValueError: when it is none.
    """
    return tuple(one.request() for one in _REQUESTS.validate_json(content))
