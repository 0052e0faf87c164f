"""The body of an answer as JSON: whatever a subject answers is hostile."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from seamwright.record.observation import header

if TYPE_CHECKING:
    from collections.abc import Mapping

    from seamwright.contract.envelope import Form, Role
    from seamwright.record.observation import Response


class NotJson(ValueError):
    """A body that is no JSON text; its message says why, without the body."""


def parse(response: Response) -> object:
    """The JSON value of a body (RFC 8259).

    Raises:
        NotJson: when it is none, or nested so deeply that nobody should read it.
    """
    if not response.body:
        message = "the body is empty"
        raise NotJson(message)
    try:
        return json.loads(response.body.decode())
    except UnicodeDecodeError as error:
        message = "the body is not UTF-8"
        raise NotJson(message) from error
    except RecursionError as error:
        message = "the body is nested too deeply"
        raise NotJson(message) from error
    except ValueError as error:
        message = "the body is not JSON"
        raise NotJson(message) from error


def media_type(response: Response) -> str:
    """The media type in lower case, without parameters; "" where there is none."""
    return (header(response.headers, "content-type") or "").partition(";")[0].strip().lower()


def member_value(form: Form, role: Role, body: object) -> object:
    """What lies where a form's member of this role lies; None where there is nothing."""
    member = form.member(role)
    if member is None:
        return None
    for step in member.path:
        if not isinstance(body, dict):
            return None
        body = cast("Mapping[str, object]", body).get(step)
    return body
