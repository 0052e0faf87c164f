"""The one problem of documents: this is none, or none that can be read."""

from __future__ import annotations

from seamwright.problem import UsageProblem


class DescriptionProblem(UsageProblem):
    """A document is no OpenAPI document, or is not fit to be read."""


def unfit(where: str, expected: str, seen: str, mend: str = "mend the document") -> Exception:
    """The problem, in its four parts."""
    return DescriptionProblem(expected=expected, seen=seen, where=where, mend=mend)
