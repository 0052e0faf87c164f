"""One thing that was seen.

    Observation = Again | Exchange | FaultSpan | LogLine | Mail | PactOutcome | Published | Unseen

Moments are seconds on the machine's monotonic clock, which all processes of a run share; the
record's head says which moment of the calendar its zero was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from seamwright.contract.derive.places import Places  # noqa: TC001 - a record's reader needs it

Headers = tuple[tuple[str, str], ...]

CLIENT_HEADERS = frozenset(
    {"host", "content-length", "user-agent", "accept", "accept-encoding", "connection"}
)
"""Headers of a request that any client puts there itself, in lower case."""


NO_CREDENTIAL = "no credential: "
"""How the reason of a case begins whose hidden header proves nothing."""


HUNG = "TimeoutError"
"""How the failure of an exchange begins that no answer came to in time."""

GIVEN_UP = "given up"
"""The same, where it was not waited for long: nobody can say whether an answer would have come."""

BROKEN_OFF = "broken off"
"""How the failure of an exchange begins whose answer came in part, or cannot be decoded."""


class Purpose(StrEnum):
    """Why a case was sent."""

    WELL = "well"
    BAD = "bad"
    STATE = "state"
    GENERATED = "generated"
    PACT = "pact"
    FAULT = "fault"
    PROVOKED = "provoked"
    BURST = "burst"
    WALK = "walk"
    AGAIN = "again"
    MISUSE = "misuse"
    RAW = "raw"
    """Bytes that a client library would correct; the body of the request is all of them."""


@dataclass(frozen=True, slots=True)
class CaseLabel:
    """What the driver meant by a request.

    Attributes:
        id: unique in the record.
        service: who was asked.
        endpoint: `METHOD /path/template`, or None for a route that no contract has.
        purpose: why it was sent.
        reason: the same in words.
        request_id: the request ID that the driver chose, or None where it sent none.
        valid: whether the contract says that this request is well-formed and let in.
        credential: the name of the one that was shown, None where none was.
        due: whether HTTP owes it an answer: not to what is no HTTP, or not whole.
    """

    id: str
    service: str
    endpoint: str | None
    purpose: Purpose
    reason: str
    request_id: str | None
    valid: bool
    credential: str | None = None
    due: bool = True


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it went over the wire; header names in lower case."""

    method: str
    target: str
    headers: Headers
    body: bytes

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]


@dataclass(frozen=True, slots=True)
class Response:
    """An answer as it came over the wire; header names in lower case."""

    status: int
    headers: Headers
    body: bytes
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer on one edge.

    Attributes:
        id: unique in the record, for evidence.
        edge: `caller→callee`; the driver is the caller `driver`.
        began_s: when the first byte of the request was seen.
        ended_s: when the last byte of the answer was, or the failure.
        request: None where the connection ended before a whole head was seen.
        response: None where no whole answer came.
        failure: how it ended without an answer, or "".
        case: what the driver meant by it; None on edges between services.
        base_url: where the driver sent it, for the curl line; "" elsewhere.
        tries: how often it was sent: once more where a kept-alive connection had been closed.
    """

    id: str
    edge: str
    began_s: float
    ended_s: float
    request: Request | None
    response: Response | None
    failure: str = ""
    case: CaseLabel | None = None
    base_url: str = ""
    tries: int = 1

    @property
    def hung(self) -> bool:
        """Whether no answer came for as long as one is waited for."""
        return self.failure.startswith(HUNG)

    @property
    def asked_size(self) -> int:
        """How much was asked, in bytes: target and body; 0 where nothing was."""
        return len(self.request.target) + len(self.request.body) if self.request else 0


@dataclass(frozen=True, slots=True)
class FaultSpan:
    """A fault on an edge, from its laying on to its lifting (None: the record ends before)."""

    id: str
    edge: str
    fault: str
    laid_s: float
    lifted_s: float | None

    @property
    def until_s(self) -> float:
        """When it was lifted; without end where it never was."""
        return float("inf") if self.lifted_s is None else self.lifted_s

    def met(self, one: Exchange) -> bool:
        """Whether it lay at any moment of an exchange."""
        return self.laid_s <= one.ended_s and one.began_s <= self.until_s


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line that a box wrote."""

    id: str
    box: str
    at_s: float
    text: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A message that an edge carried to a mail server, with the server's last word on it."""

    id: str
    edge: str
    at_s: float
    sender: str
    recipients: tuple[str, ...]
    headers: Headers
    reply: str


@dataclass(frozen=True, slots=True)
class PactOutcome:
    """What a pact run showed on one side of one interaction.

    Attributes:
        id: unique in the record.
        consumer: who calls.
        provider: who answers.
        interaction: its description.
        side: `consumer` (the mock server's word) or `provider` (the verifier's).
        matched: whether the two agree.
        mismatch: what differs, or "".
        request_id: the request ID that the interaction demanded.
    """

    id: str
    consumer: str
    provider: str
    interaction: str
    side: str
    matched: bool
    mismatch: str
    request_id: str


@dataclass(frozen=True, slots=True)
class Unseen:
    """Something that this run could not see, break or provoke, and why.

    `what` is an edge, a box, an error code as `told_code` names it, or the reason of a walk.
    """

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A published file as it was found: its path from the project's root, its SHA-256."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Published:
    """What was found where the project publishes what is derived from its contract set.

    Attributes:
        id: unique in the record.
        places: where the project says that it publishes.
        files: those that should be there and are, and those that nothing generates any more.
        reference: the text of the API reference, "" where there is none.
    """

    id: str
    places: Places
    files: tuple[PublishedFile, ...]
    reference: str


@dataclass(frozen=True, slots=True)
class Again:
    """A finding that was looked for once more while the subject was still up.

    Attributes:
        id: unique in the record.
        finding: its name.
        shown: whether it was seen again.
        exchange: the id of the smallest exchange that shows it; "" where it was not seen again.
        said: what is wrong with that exchange, which may name another member than the first did.
    """

    id: str
    finding: str
    shown: bool
    exchange: str
    said: str = ""


Observation = Again | Exchange | FaultSpan | LogLine | Mail | PactOutcome | Published | Unseen


def as_meant(exchange: Exchange, purpose: Purpose) -> Exchange:
    """An exchange that was sent again, as the rules know it: by the purpose that its case had."""
    if exchange.case is None or exchange.case.purpose is not Purpose.AGAIN:
        return exchange
    return replace(exchange, case=replace(exchange.case, purpose=purpose))


def header(headers: Headers, name: str) -> str | None:
    """The first value of a header, its name in lower case."""
    return next((value for key, value in headers if key == name), None)


def media_type(headers: Headers) -> str:
    """The media type that headers tell, in lower case, without parameters; "" of none."""
    return (header(headers, "content-type") or "").partition(";")[0].strip().lower()


def told_code(service: str, endpoint: str, code: str) -> str:
    """How `Unseen.what` names an error code of an endpoint ("": of the whole service)."""
    return " ".join(part for part in (service, endpoint, code) if part)
