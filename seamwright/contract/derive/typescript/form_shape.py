"""A form of the envelope as a tree: which members lie inside of which, and which must be there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from seamwright.contract.derive.typescript.spelling import STEP, key
from seamwright.contract.envelope import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from seamwright.contract.envelope import Form, Member

_TYPES = {
    Role.MESSAGE: "string",
    Role.RETRYABLE: "boolean",
    Role.REQUEST_ID: "string",
    Role.DURATION: "number",
    Role.STATUS: "number",
}


@dataclass(slots=True)
class Branch:
    """One step of a pointer, while a form is taken apart.

    Attributes:
        required: whether a member that must be there lies in it.
        member: the member that lies here, or None.
        inner: step → what lies inside of it.
    """

    required: bool = False
    member: Member | None = None
    inner: dict[str, Branch] = field(default_factory=dict[str, "Branch"])


def tree(form: Form) -> Branch:
    """The members of a form, each where its pointer leads."""
    root = Branch(required=True)
    for member in form.members:
        here = root
        for step in member.path:
            here = here.inner.setdefault(step, Branch())
            here.required = here.required or member.required
        here.member = member
    return root


def leaf(flag: str, *, code: str = "string", data: str = "unknown") -> Callable[[Role], str]:
    """Role → type, told that of a success flag, of an error code and of the data."""
    types = {**_TYPES, Role.SUCCESS_FLAG: flag, Role.CODE: code, Role.DATA: data}
    return lambda role: types.get(role, "unknown")


def members(
    branches: Mapping[str, Branch], types: Callable[[Role], str], indent: str, *, extra: bool
) -> str:
    """An object's type, over several lines."""
    inner = indent + STEP
    lines = [
        f"{inner}{key(step)}{'' if one.required else '?'}: {_text(one, types, inner, extra=extra)};"
        for step, one in branches.items()
    ]
    lines += [f"{inner}[key: string]: unknown;"] if extra else []
    return "\n".join(("{", *lines, f"{indent}}}"))


def whole(root: Branch, types: Callable[[Role], str], *, extra: bool) -> str:
    """The type of a whole body: an object, or what lies at the root, or both."""
    there = types(root.member.role) if root.member else ""
    if not root.inner:
        return there or "unknown"
    text = members(root.inner, types, "", extra=extra)
    return f"{there} & {text}" if there and there != "unknown" else text


def _text(one: Branch, types: Callable[[Role], str], indent: str, *, extra: bool) -> str:
    if one.inner:
        return members(one.inner, types, indent, extra=extra)
    role = one.member.role if one.member else Role.OTHER
    return "Record<string, unknown>" if role is Role.ERROR else types(role)
