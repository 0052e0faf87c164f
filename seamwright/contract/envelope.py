"""The one form in which a system answers: success or failure, never both.

An envelope is said in members: where in the body each thing lies, and what it means.

    {"success": true, "data": …, "meta": {"requestId": …}}

    Form(members=(Member("/success", Role.SUCCESS_FLAG),
                  Member("/data", Role.DATA),
                  Member("/meta/requestId", Role.REQUEST_ID)))

RFC 9457 problem details are said in the same words: the data of a success is the whole body (`""`),
and a failure has `Member("/status", Role.STATUS)`, `Member("/title", Role.MESSAGE)` and so on.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache


class Role(StrEnum):
    """What a member of the envelope means."""

    SUCCESS_FLAG = "success flag"
    DATA = "data"
    ERROR = "error"
    CODE = "error code"
    MESSAGE = "error message"
    RETRYABLE = "retryable"
    REQUEST_ID = "request ID"
    DURATION = "duration in milliseconds"
    STATUS = "HTTP status"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Member:
    """One place in the body.

    Attributes:
        at: JSON Pointer (RFC 6901); `""` is the whole body.
        role: what lies there.
        required: whether it must be there.
    """

    at: str
    role: Role
    required: bool = True

    @property
    def path(self) -> tuple[str, ...]:
        """The pointer's steps, unescaped."""
        return _steps(self.at)


@cache
def _steps(pointer: str) -> tuple[str, ...]:
    return tuple(one.replace("~1", "/").replace("~0", "~") for one in pointer.split("/")[1:])


@dataclass(frozen=True, slots=True)
class Form:
    """What a success or a failure looks like.

    Attributes:
        members: all that the contract names.
        content_type: media type without parameters.
        extra: whether objects of the envelope may have members that are not named.
    """

    members: tuple[Member, ...]
    content_type: str = "application/json"
    extra: bool = False

    def member(self, role: Role) -> Member | None:
        """The first member with this role, or None."""
        return next((member for member in self.members if member.role is role), None)


@dataclass(frozen=True, slots=True)
class Exemption:
    """An endpoint whose answers are outside of the envelope.

    Attributes:
        service: whose endpoint it is.
        endpoint: `METHOD /path/template`.
        content_type: what it answers instead.
        reason: why.
    """

    service: str
    endpoint: str
    content_type: str
    reason: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """How every answer of every service is wrapped.

    Attributes:
        success: the form of answers below 400.
        failure: the form of answers from 400 on.
        exempt: the answers that are outside of it.
    """

    success: Form
    failure: Form
    exempt: tuple[Exemption, ...] = ()

    def exemption(self, service: str, endpoint: str | None) -> Exemption | None:
        """The exemption that covers this endpoint, if there is one."""
        return next(
            (one for one in self.exempt if (one.service, one.endpoint) == (service, endpoint)),
            None,
        )

    def form(self, status: int) -> Form:
        """The form that an answer with this status has."""
        return self.success if status < 400 else self.failure
