"""Which answers the envelope is demanded of, and what is wrong with one: for all rules the same."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jsonschema_rs import validator_for

from seamwright.contract.derive.json_schema import envelope_schema
from seamwright.contract.derive.members import members_of
from seamwright.contract.envelope import Role
from seamwright.judge.body import NotJson, media_type, member_value, parse
from seamwright.judge.schema_error import first_error

if TYPE_CHECKING:
    from jsonschema_rs import Validator

    from seamwright.contract.answer import Answer
    from seamwright.contract.endpoint import Endpoint
    from seamwright.contract.envelope import Envelope
    from seamwright.contract.system import System
    from seamwright.record.observation import Response

_FIRST_ERROR = 400


class Enveloped:
    """The envelope of a contract, ready to judge answers."""

    def __init__(self, system: System, envelope: Envelope) -> None:
        """Compile its schemas."""
        self.envelope = envelope
        self._validators: dict[bool, Validator] = {
            failed: validator_for(envelope_schema(system, failed=failed) or {})
            for failed in (False, True)
        }

    def fault(self, answer: Response) -> str | None:
        """What is wrong with an answer that should have it."""
        form = self.envelope.form(answer.status)
        kind = media_type(answer)
        if kind != form.content_type:
            return f"the content type is {kind or 'missing'}, not {form.content_type}"
        try:
            body = parse(answer)
        except NotJson as error:
            return str(error)
        fault = first_error(self._validators[answer.status >= _FIRST_ERROR], body)
        told = member_value(form, Role.STATUS, body)
        if fault is None and told is not None and told != answer.status:
            return "the body tells another status than the answer has"
        return fault


def is_beside(envelope: Envelope | None, endpoint: Endpoint | None, answer: Response) -> bool:
    """Whether an answer is one that the endpoint declares outside of the envelope.

    A failure whose own declaration demands all that the envelope does is within it.
    """
    declared = endpoint.answer(answer.status) if endpoint else None
    if declared is None:
        return False
    return envelope is None or answer.status < _FIRST_ERROR or not _has_envelope(envelope, declared)


@cache
def _has_envelope(envelope: Envelope, declared: Answer) -> bool:
    form = envelope.failure
    if declared.body is None or declared.media != form.content_type:
        return False
    needed = {one.path[0] for one in form.members if one.required and one.path}
    return bool(needed) and needed <= members_of(declared.body).required
