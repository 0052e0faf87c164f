"""`seamwright explain CODE`: what a rule demands, why, and how to mend what it finds."""

from __future__ import annotations

from pathlib import Path

import click

import seamwright
from seamwright.exit_code import ExitCode
from seamwright.judge.registry import RULES
from seamwright.problem import UsageProblem

_PACKAGE = Path(seamwright.__file__).parent
_FOLDERS = (_PACKAGE / "rule_pages", _PACKAGE.parent / "docs" / "reference" / "rules")
"""The pages: in an installed tool, and in a checkout."""


class ExplainProblem(UsageProblem):
    """No rule has that code."""


@click.command()
@click.argument("code", required=False)
def explain(*, code: str | None) -> int:
    """Explain a rule by its code; without one, list all rules."""
    if code is None:
        for one in RULES:
            click.echo(f"{one.code}  {one.title}")
        return ExitCode.HOLDS
    wanted = code.upper()
    if wanted not in {one.code for one in RULES}:
        raise ExplainProblem(
            expected=f"one of {', '.join(sorted(one.code for one in RULES))}",
            seen=repr(code),
            where="seamwright explain",
            mend="name a rule by its code, as a finding does",
        )
    page = next(folder / f"{wanted}.md" for folder in _FOLDERS if folder.is_dir())
    click.echo(page.read_text(encoding="utf-8").rstrip())
    return ExitCode.HOLDS
