"""The request ID, and the header that tells the version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seamwright.contract.compare.change import Change, ChangeClass
from seamwright.contract.compare.wording import became

if TYPE_CHECKING:
    from collections.abc import Iterator

    from seamwright.contract.compare.promises import Promises

HEADER_ADDED = ChangeClass(
    "RID-HEADER-ADDED",
    "the request ID may come in one more header",
    consumers=False,
    providers=True,
    reason="every provider must read it there too",
    cure="announce it to providers first",
)
HEADER_REMOVED = ChangeClass(
    "RID-HEADER-REMOVED",
    "the request ID may come in one header less",
    consumers=True,
    providers=False,
    reason="whoever sends it there loses the trace of its requests",
    cure="go on reading it",
)
SENT_CHANGED = ChangeClass(
    "RID-SENT-CHANGED",
    "the request ID is sent in another header",
    consumers=True,
    providers=True,
    reason="consumers look for it in the old header, and providers send it there",
    cure="send it in both for a while",
)
PATTERN_CHANGED = ChangeClass(
    "RID-PATTERN-CHANGED",
    "a request ID has another form",
    consumers=True,
    providers=True,
    reason="IDs that were taken over may now be replaced, and others must be taken over",
    cure="keep the pattern",
)
MAIL_HEADER_CHANGED = ChangeClass(
    "RID-MAIL-HEADER-CHANGED",
    "mail carries the request ID in another header",
    consumers=True,
    providers=True,
    reason="who reads mail looks in the old header, and who sends it writes there",
    cure="write both for a while",
)
LOG_FIELD_CHANGED = ChangeClass(
    "RID-LOG-FIELD-CHANGED",
    "log lines hold the request ID in another field",
    consumers=False,
    providers=True,
    reason="callers do not see logs, but every provider must write the new field",
    cure="write both for a while",
)
REQUEST_ID_ADDED = ChangeClass(
    "RID-ADDED",
    "requests have an ID",
    consumers=False,
    providers=True,
    reason="nobody needs to send it, but every provider must make it and hand it on",
    cure="announce it to providers first",
)
REQUEST_ID_REMOVED = ChangeClass(
    "RID-REMOVED",
    "requests no longer have an ID",
    consumers=True,
    providers=False,
    reason="consumers can no longer name what went wrong",
    cure="keep it",
)
VERSION_HEADER_CHANGED = ChangeClass(
    "VER-HEADER-CHANGED",
    "the version is told in another header, or only now, or no longer",
    consumers=True,
    providers=True,
    reason="consumers that pin a version are not heard, and providers answer in the old header",
    cure="read and send both for a while",
)
UNSUPPORTED_CHANGED = ChangeClass(
    "VER-UNSUPPORTED-CHANGED",
    "a version that does not exist is refused with another error code",
    consumers=True,
    providers=True,
    reason="consumers wait for the old code, and providers answer it",
    cure="keep the code",
)
VERSION_MOVED = ChangeClass(
    "VER-MOVED",
    "the version moved",
    consumers=False,
    providers=False,
    reason="that is how a change is announced",
)
CLASSES = (
    HEADER_ADDED,
    HEADER_REMOVED,
    SENT_CHANGED,
    PATTERN_CHANGED,
    MAIL_HEADER_CHANGED,
    LOG_FIELD_CHANGED,
    REQUEST_ID_ADDED,
    REQUEST_ID_REMOVED,
    VERSION_HEADER_CHANGED,
    UNSUPPORTED_CHANGED,
    VERSION_MOVED,
)


def changes(old: Promises, new: Promises) -> Iterator[Change]:
    """Every change of the request ID and of the version."""
    yield from _request_id(old, new)
    before, after = old.version, new.version
    headers = (before.header.lower() if before else None, after.header.lower() if after else None)
    if headers[0] != headers[1]:
        yield Change(VERSION_HEADER_CHANGED, "version header", became(*headers))
    if before and after:
        if before.unsupported != after.unsupported:
            said = became(before.unsupported, after.unsupported)
            yield Change(UNSUPPORTED_CHANGED, "version unsupported", said)
        if before.current != after.current:
            yield Change(VERSION_MOVED, "version", became(before.current, after.current))


def _request_id(old: Promises, new: Promises) -> Iterator[Change]:
    before, after = old.request_id, new.request_id
    if before is None or after is None:
        if before or after:
            kind = REQUEST_ID_ADDED if after else REQUEST_ID_REMOVED
            yield Change(kind, "request ID", "nothing → ID" if after else "ID → nothing")
        return
    if before.headers[:1] != after.headers[:1]:
        said = became(before.headers[:1], after.headers[:1])
        yield Change(SENT_CHANGED, "request ID headers", said)
    for name in sorted(set(after.headers) - set(before.headers)):
        yield Change(HEADER_ADDED, "request ID headers", became(None, name))
    for name in sorted(set(before.headers) - set(after.headers)):
        yield Change(HEADER_REMOVED, "request ID headers", became(name, None))
    for kind, was, will in (
        (PATTERN_CHANGED, before.pattern, after.pattern),
        (MAIL_HEADER_CHANGED, before.mail_header, after.mail_header),
        (LOG_FIELD_CHANGED, before.log_field, after.log_field),
    ):
        if was != will:
            yield Change(kind, "request ID", became(was, will))
