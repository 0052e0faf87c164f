"""The envelope in TypeScript, loose as people write it and exact as it is promised.

Loose, every answer has one type: only the success flag is sure.

    interface ApiResponse<T> { success: boolean; data?: T; error?: {…}; meta?: {…} }

Exact, a success and a failure have one each, told apart by the flag, or else by a member that only
one of them has. Where a success is a bare body, nothing in it tells, and there are no guards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from seamwright.contract.derive.typescript.form_shape import Branch, leaf, members, tree, whole
from seamwright.contract.derive.typescript.spelling import access, comment, literal
from seamwright.contract.envelope import Role

if TYPE_CHECKING:
    from seamwright.contract.envelope import Envelope

FORM_NAMES = ("ApiResponse", "ApiSuccess", "ApiFailure", "isSuccess", "isFailure")
_SAID = {
    "ApiResponse": "Any answer, said loosely: only what tells success from failure is sure.",
    "ApiSuccess": "A success, exactly.",
    "ApiFailure": "A failure, exactly.",
    "isSuccess": "Whether an answer is a success.",
    "isFailure": "Whether an answer is a failure.",
}


@dataclass(frozen=True, slots=True)
class Forms:
    """The envelope's types, and what tells at runtime whether a body has one.

    Attributes:
        text: their declarations and guards; "" where a system has no envelope.
        enveloped: whether the data of a success lies in it, so that its type has a parameter.
        coded: whether a failure has a code, so that its type has a parameter.
        success_paths: the places that a success must have.
        failure_paths: the places that a failure must have.
        flag: where the success flag lies, or () where there is none.
        code: where the error code lies, or () where there is none.
    """

    text: str = ""
    enveloped: bool = False
    coded: bool = False
    success_paths: tuple[tuple[str, ...], ...] = ()
    failure_paths: tuple[tuple[str, ...], ...] = ()
    flag: tuple[str, ...] = ()
    code: tuple[str, ...] = ()

    def success(self, data: str) -> str:
        """The type of a success with this data."""
        if not self.text:
            return data
        return f"ApiSuccess<{data}>" if self.enveloped else "ApiSuccess"

    def failure(self, codes: str) -> str:
        """The type of a failure with one of these codes."""
        if not self.text:
            return "unknown"
        return f"ApiFailure<{codes}>" if self.coded else "ApiFailure"


def forms(envelope: Envelope | None) -> Forms:
    """The envelope of a system, if it has one."""
    if envelope is None:
        return Forms()
    success, failure = tree(envelope.success), tree(envelope.failure)
    code = envelope.failure.member(Role.CODE)
    data = envelope.success.member(Role.DATA)
    flag = _flag(envelope)
    given = "<T>" if data else ""
    exact = whole(success, leaf("true", data="T"), extra=envelope.success.extra)
    failed = whole(failure, leaf("false", code="C"), extra=envelope.failure.extra)
    codes = "<C extends string = ErrorCode>" if code else ""
    parts = [
        _declared("ApiResponse", given, _loose(envelope, success, failure, flag)),
        _declared("ApiSuccess", given, exact),
        _declared("ApiFailure", codes, failed),
        *_guards(_telling(envelope, success, failure, flag), given, extra=bool(code)),
    ]
    return Forms(
        text="\n\n".join(parts),
        enveloped=bool(data),
        coded=bool(code),
        success_paths=tuple(one.path for one in envelope.success.members if one.required),
        failure_paths=tuple(one.path for one in envelope.failure.members if one.required),
        flag=flag,
        code=code.path if code else (),
    )


def _declared(name: str, parameters: str, text: str) -> str:
    head = f"interface {name}{parameters} " if text[0] == "{" else f"type {name}{parameters} = "
    end = "" if text[0] == "{" else ";"
    return "\n".join((*comment(_SAID[name]), f"export {head}{text}{end}"))


def _flag(envelope: Envelope) -> tuple[str, ...]:
    """Where both forms have a flag that must be there; () where they do not agree on one."""
    found = [one.member(Role.SUCCESS_FLAG) for one in (envelope.success, envelope.failure)]
    places = {one.path if one and one.required else () for one in found}
    return places.pop() if len(places) == 1 else ()


def _loose(envelope: Envelope, success: Branch, failure: Branch, flag: tuple[str, ...]) -> str:
    """What every answer is, whichever form it has.

    Inside of a member it is as a success demands, or as a failure where a success has no such
    member. A success that is bare data has no members of its own: then it is one or the other.
    """
    if success.member or failure.member:
        data = "<T>" if envelope.success.member(Role.DATA) else ""
        return f"ApiSuccess{data} | ApiFailure"
    steps = list(success.inner)
    for step in reversed(failure.inner):
        if step not in steps:
            later = list(failure.inner)[list(failure.inner).index(step) + 1 :]
            at = next((steps.index(one) for one in later if one in steps), len(steps))
            steps.insert(at, step)
    merged = {one: success.inner.get(one) or failure.inner[one] for one in steps}
    sure = {
        step: Branch(required=step in flag[:1], member=one.member, inner=one.inner)
        for step, one in merged.items()
    }
    extra = envelope.success.extra or envelope.failure.extra
    return members(sure, leaf("boolean", data="T"), "", extra=extra)


def _telling(
    envelope: Envelope, success: Branch, failure: Branch, flag: tuple[str, ...]
) -> tuple[str, str] | None:
    """The expressions that tell a success and a failure by the body; None where none can."""
    if flag:
        place = access("body", flag)
        return f"{place} === true", f"{place} === false"
    if success.member or failure.member:
        return None
    # A member that one form must have and that the other cannot have.
    for one, other, form in (
        (failure, success, envelope.success),
        (success, failure, envelope.failure),
    ):
        own = [step for step, at in one.inner.items() if at.required and step not in other.inner]
        if own and not form.extra:
            there = f"{literal(own[0])} in body"
            told = (f"!({there})", there)
            return told if one is failure else (told[1], told[0])
    return None


def _guards(telling: tuple[str, str] | None, given: str, *, extra: bool) -> list[str]:
    if telling is None:
        return []
    kinds = "<C>" if extra else ""
    parameters = [*(["T"] if given else []), *(["C extends string"] if extra else [])]
    listed = f"<{', '.join(parameters)}>" if parameters else ""
    body = f"body: ApiResponse{given} | ApiSuccess{given} | ApiFailure{kinds}"
    guards = (("isSuccess", f"ApiSuccess{given}"), ("isFailure", f"ApiFailure{kinds}"))
    return [
        "\n".join(
            (
                *comment(_SAID[name]),
                f"export function {name}{listed}(",
                f"  {body},",
                f"): body is {kind} {{",
                f"  return {told};",
                "}",
            )
        )
        for (name, kind), told in zip(guards, telling, strict=True)
    ]
